import type { Json, JsonObject } from "../../../embedded/plugins/protocol/properties";
import { eventually, type TestControlPlane } from "../control-plane/support";
import { Resource, type Plugin } from "./plugin";

/** What the suites of the kubernetes stand-in share: one control plane, one configured plugin. */
export interface Shared {
  readonly plane: TestControlPlane;
  readonly plugin: Plugin;
  /** A new namespace with nothing in it. */
  namespace(name: string): Promise<string>;
  /** Runs kubectl; throws its output where it fails. */
  kubectl(...args: string[]): Promise<string>;
  /** What the cluster has of an object; undefined where it is not there. */
  live(kind: string, name: string, namespace?: string): Promise<JsonObject | undefined>;
}

/** Hands out what `before` has made. */
export type Use = () => Shared;

/** A value as text; an empty one where there is none. */
export function text(value: Json | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? "");
}

/** A type token of the SDK: `kubernetes:apps/v1:Deployment`. */
export function token(apiVersion: string, kind: string): string {
  return `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
}

/** A resource for an object. */
export function resourceFor(plugin: Plugin, object: JsonObject, name = "r"): Resource {
  return new Resource(plugin, token(text(object["apiVersion"]), text(object["kind"])), name);
}

/** A ConfigMap. */
export function configMap(
  namespace: string,
  name: string | undefined,
  data: JsonObject,
): JsonObject {
  const metadata: JsonObject = name === undefined ? { namespace } : { namespace, name };
  return { apiVersion: "v1", kind: "ConfigMap", metadata, data };
}

/** A Deployment with one container that needs nothing. */
export function deployment(
  namespace: string,
  name: string,
  spec: JsonObject = {},
  container: JsonObject = {},
): JsonObject {
  const labels = { app: name };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: {
      namespace,
      name,
      labels: { ...labels, tier: "front" },
      annotations: { note: "ours" },
    },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: "c", image: "nginx:1.27", ...container }] },
      },
      ...spec,
    },
  };
}

/** Messages come by themselves, a moment later than the answers. */
export function said(plugin: Plugin, pattern: RegExp): Promise<true> {
  return eventually(`the message ${String(pattern)}`, () =>
    plugin.log.some((line) => pattern.test(line)) ? true : undefined,
  );
}
