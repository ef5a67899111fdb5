import {
  hasUnknown,
  isObject,
  objectAt,
  omit,
  stringAt,
  type JsonObject,
  type Properties,
} from "../../protocol/properties";
import type { ReadRequest, ReadResult } from "../../protocol/provider";
import type { Urn } from "../../protocol/urn";
import { referenceOf, type Reference } from "../cluster";
import type { Context } from "../context";
import { markInputs, readCheckpoint, writeCheckpoint } from "./checkpoint";
import { essence, reflect } from "./compare";
import { fieldManager } from "./ownership";
import { tryOut } from "./plan";
import { fromApi, likeInputs, toApi } from "./shape";

/**
 * The object as it is now. Its inputs are the former ones, save where the cluster has something
 * else than the API server would make of them: there they show what the cluster has.
 */
export async function read(context: Context, request: ReadRequest): Promise<ReadResult> {
  const { cluster } = context;
  const {
    inputs: kept,
    live: known,
    manager = fieldManager(request.urn),
  } = readCheckpoint(request.state);
  const given = Object.keys(request.inputs.value).length > 0 ? request.inputs : undefined;
  const reference = referenceTo(request, given?.value ?? kept, known);
  const live = await cluster.get(reference);
  if (!live) return undefined;
  // Before server-side apply of ours, as with `pulumi import`, all of the object is inputs.
  const former = given ?? { value: kept, secrets: request.inputs.secrets };
  const value =
    "kind" in former.value ? await drifted(context, former.value, live, manager) : imported(live);
  const inputs: Properties = markInputs(value, former);
  return { id: request.id, inputs, state: writeCheckpoint(inputs, live, manager) };
}

async function drifted(
  context: Context,
  inputs: JsonObject,
  live: JsonObject,
  manager: string,
): Promise<JsonObject> {
  if (hasUnknown(inputs)) return inputs;
  const object = toApi(inputs);
  const wanted = await tryOut(context.cluster, object, { manager, force: true })
    .then((plan) => (plan.kind === "merged" ? plan.merged : object))
    // What cannot be tried is compared as it stands.
    .catch(() => object);
  const reflected = reflect(object, essence(live), essence(wanted));
  if (reflected === object || !isObject(reflected)) return inputs;
  return likeInputs(reflected, inputs);
}

const others = [
  "kubectl.kubernetes.io/last-applied-configuration",
  "deployment.kubernetes.io/revision",
];

/** All that a program could have written to get this object. */
function imported(live: JsonObject): JsonObject {
  const object = essence(fromApi(live));
  const annotations = omit(objectAt(object, "metadata", "annotations"), ...others);
  const metadata = omit(objectAt(object, "metadata"), "annotations");
  const kept = Object.keys(annotations).length > 0 ? { ...metadata, annotations } : metadata;
  return { ...object, metadata: kept };
}

function referenceTo({ id, urn }: ReadRequest, inputs: JsonObject, known: JsonObject): Reference {
  const slash = id.indexOf("/");
  const byId = {
    namespace: slash < 0 ? undefined : id.slice(0, slash),
    name: id.slice(slash + 1),
  };
  const source = [inputs, known].find((object) => stringAt(object, "kind") !== undefined);
  return { ...(source ? referenceOf(source) : kindOf(urn)), ...byId };
}

/** `kubernetes:apps/v1:Deployment` is kind Deployment of apps/v1; the group `core` has no name. */
export function kindOf({ type }: Urn): { apiVersion: string; kind: string } {
  const [, version = "", kind = ""] = type.split(":");
  const apiVersion = version.replace(/^core\//, "");
  return { apiVersion, kind: kind.replace(/Patch$/, "") };
}
