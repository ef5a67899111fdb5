import * as grpc from "@grpc/grpc-js";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import {
  CheckFailure,
  CheckResponse,
  DiffResponse,
  ErrorResourceInitFailed,
  PropertyDiff,
} from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { seal } from "./properties";
import {
  InitializationFailed,
  type CheckResult,
  type DiffResult,
  type PropertyChange,
} from "./provider";

/** A check's result as the engine reads it. */
export function checkResponse({ inputs, failures }: CheckResult): CheckResponse {
  const response = new CheckResponse();
  response.setInputs(seal(inputs));
  for (const { property, reason } of failures) {
    const failure = new CheckFailure();
    failure.setProperty(property);
    failure.setReason(reason);
    response.addFailures(failure);
  }
  return response;
}

const kinds = {
  add: [PropertyDiff.Kind.ADD, PropertyDiff.Kind.ADD_REPLACE],
  delete: [PropertyDiff.Kind.DELETE, PropertyDiff.Kind.DELETE_REPLACE],
  update: [PropertyDiff.Kind.UPDATE, PropertyDiff.Kind.UPDATE_REPLACE],
} as const;

/** A comparison's result as the engine reads it. */
export function diffResponse({ changes, deleteBeforeReplace }: DiffResult): DiffResponse {
  const response = new DiffResponse();
  const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
  response.setChanges(changes.size === 0 ? DIFF_NONE : DIFF_SOME);
  response.setHasdetaileddiff(true);
  response.setDeletebeforereplace(deleteBeforeReplace);
  for (const [path, change] of changes) {
    response.getDetaileddiffMap().set(path, propertyDiff(change));
    if (change.replace) response.addReplaces(path);
    response.addDiffs(path);
  }
  return response;
}

function propertyDiff({ kind, replace, inputDiff }: PropertyChange): PropertyDiff {
  const diff = new PropertyDiff();
  diff.setKind(kinds[kind][replace ? 1 : 0]);
  diff.setInputdiff(inputDiff);
  return diff;
}

/** An error as the engine reads it; the state of a half-made object goes with it. */
export function errorAnswer(error: unknown): Partial<grpc.StatusObject> {
  const message = error instanceof Error ? error.message : String(error);
  const metadata = new grpc.Metadata();
  if (error instanceof InitializationFailed) {
    const detail = new ErrorResourceInitFailed();
    detail.setId(error.id);
    detail.setProperties(seal(error.state));
    detail.setReasonsList([...error.reasons]);
    const any = new Any();
    any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const status = new Status();
    status.setCode(grpc.status.UNKNOWN);
    status.setMessage(message);
    status.addDetails(any);
    // gRPC carries structured details of an error under this name.
    metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  }
  return { code: grpc.status.UNKNOWN, details: message, metadata };
}
