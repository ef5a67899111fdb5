import {
  hasUnknown,
  objectAt,
  redact,
  secretStrings,
  type JsonObject,
} from "../../protocol/properties";
import type { CheckRequest, CheckResult, Failure } from "../../protocol/provider";
import { ApiError } from "../api";
import { describe, referenceOf } from "../cluster";
import type { Context } from "../context";
import { markInputs } from "./checkpoint";
import { compare } from "./compare";
import { withName } from "./naming";
import { ConflictError, fieldManager } from "./ownership";
import { existsAlready } from "./existing";
import { tryOut, type Plan } from "./plan";
import { toApi } from "./shape";

/** Keeps what a check has learnt for the comparison that follows. */
export type RememberPlan = (urn: string, object: JsonObject, plan: Plan) => void;

/** Completes the inputs with name and namespace, and lets the API server judge them by a dry run. */
export async function check(
  context: Context,
  request: CheckRequest,
  remember: RememberPlan,
): Promise<CheckResult> {
  const { urn, olds, news } = request;
  const named = withName(news.value, { ...request, olds: olds?.value });
  const metadata = objectAt(named, "metadata");
  if (metadata["generateName"] !== undefined && news.value["metadata"] === named["metadata"]) {
    return failure(
      request,
      "metadata.generateName",
      "not possible with server-side apply; set metadata.name or neither",
    );
  }
  const value = await withNamespace(context, named);
  const inputs = markInputs(value, news);
  if (hasUnknown(value)) return { inputs, failures: [] };
  const object = toApi(value);
  const manager = fieldManager(urn);
  try {
    const plan = await tryOut(context.cluster, object, {
      manager,
      force: context.settings.enablePatchForce,
    });
    remember(urn.text, object, plan);
    if (plan.kind === "untried") return { inputs, failures: [] };
    if (olds === undefined && plan.live) {
      const reason = existsAlready(context.settings, urn, object, plan.live, manager);
      if (reason !== undefined) return { inputs, failures: [{ property: "", reason }] };
    }
    return { inputs, failures: [] };
  } catch (error) {
    // The comparison says what comes of it where nothing is to be changed anyway.
    if (error instanceof ConflictError && olds && compare(olds.value, value).length === 0) {
      return { inputs, failures: [] };
    }
    return { inputs, failures: refusals(error, object, secretStrings(inputs)) };
  }
}

function failure({ news }: CheckRequest, property: string, reason: string): CheckResult {
  return { inputs: news, failures: [{ property, reason }] };
}

/** The API server's own words; what is secret in them is blotted out. */
function refusals(error: unknown, object: JsonObject, secrets: readonly string[]): Failure[] {
  if (!(error instanceof ApiError) && !(error instanceof ConflictError)) throw error;
  const name = describe(referenceOf(object));
  const causes = error instanceof ApiError ? error.causes : [];
  if (causes.length === 0) {
    const message = error instanceof ApiError ? `${name}: ${error.message}` : error.message;
    return [{ property: "", reason: redact(message, secrets) }];
  }
  return causes.map(({ field, message }) => ({
    property: field,
    reason: redact(`${name}: ${message}`, secrets),
  }));
}

/** Objects of the provider's namespace say so, that the plan shows where they go. */
async function withNamespace(
  { settings, cluster }: Context,
  object: JsonObject,
): Promise<JsonObject> {
  const metadata = objectAt(object, "metadata");
  if (settings.namespace === undefined || metadata["namespace"]) return object;
  const { apiVersion, kind } = referenceOf(object);
  const served = await cluster.served(apiVersion, kind).catch(() => undefined);
  if (served && !served.namespaced) return object;
  return { ...object, metadata: { ...metadata, namespace: settings.namespace } };
}
