import { objectsAt, stringAt, type JsonObject } from "../protocol/properties";
import { ApiError, hasStatus, type Api } from "./api";

/** Names one object of the cluster. */
export interface Reference {
  readonly apiVersion: string;
  readonly kind: string;
  /** Undefined: the default namespace, or a kind that knows none. */
  readonly namespace: string | undefined;
  readonly name: string;
}

/** How a kind is served. */
export interface Served {
  /** Its name in paths, such as `deployments`. */
  readonly plural: string;
  readonly namespaced: boolean;
}

export type Propagation = "Foreground" | "Background" | "Orphan";

export interface ApplyOptions {
  /** Who owns the fields. */
  readonly manager: string;
  /** Take fields from other managers. */
  readonly force?: boolean;
  /** Let the server say what would be; nothing is changed. */
  readonly dryRun?: boolean;
}

/** The API server knows no such kind: its CRD is missing, or not there yet. */
export class UnknownKind extends Error {
  constructor({ apiVersion, kind }: Pick<Reference, "apiVersion" | "kind">) {
    super(
      `the Kubernetes API server knows no kind ${kind} of ${apiVersion}; its CustomResourceDefinition must be there first`,
    );
  }
}

/** The namespace in use where an object names none. */
export const fallbackNamespace = "default";

// The engine waits for its plugins a little, not for ever.
const aftermathMs = 15_000;

/** Objects of one cluster. */
export class Cluster {
  private readonly kinds = new Map<string, Promise<ReadonlyMap<string, Served>>>();

  constructor(
    private readonly api: Api,
    /** Namespace of objects that name none. */
    readonly namespace: string,
    /** Ends all calls that are under way. */
    readonly signal: AbortSignal,
    private readonly warn: (message: string) => void,
  ) {}

  /** The same cluster for what must still be looked at after a cancellation; for a short while. */
  uncancelled(): Cluster {
    const signal = AbortSignal.timeout(aftermathMs);
    return new Cluster(this.api, this.namespace, signal, this.warn);
  }

  /** How a kind is served; undefined where the API server does not know it now. */
  async served(apiVersion: string, kind: string): Promise<Served | undefined> {
    const asked = this.kinds.get(apiVersion) ?? this.discover(apiVersion);
    this.kinds.set(apiVersion, asked);
    const found = await asked.then((kinds) => kinds.get(kind));
    // What is missing may be there the next time.
    if (!found && this.kinds.get(apiVersion) === asked) this.kinds.delete(apiVersion);
    return found;
  }

  private async discover(apiVersion: string): Promise<ReadonlyMap<string, Served>> {
    try {
      const { body } = await this.api.call(
        { method: "GET", path: groupPath(apiVersion) },
        this.signal,
      );
      return new Map(
        objectsAt(body, "resources")
          .filter((resource) => !stringAt(resource, "name")?.includes("/"))
          .map((resource) => [
            stringAt(resource, "kind") ?? "",
            {
              plural: stringAt(resource, "name") ?? "",
              namespaced: resource["namespaced"] === true,
            },
          ]),
      );
    } catch (error) {
      this.kinds.delete(apiVersion);
      if (hasStatus(error, 404)) return new Map();
      throw error;
    }
  }

  /** The object as it is now; undefined where it, or its kind, is not there. */
  async get(reference: Reference): Promise<JsonObject | undefined> {
    try {
      const path = await this.path(reference);
      return (await this.api.call({ method: "GET", path }, this.signal)).body;
    } catch (error) {
      if (error instanceof UnknownKind || hasStatus(error, 404)) return undefined;
      throw error;
    }
  }

  /** Server-side apply: the server merges, and remembers which fields are the manager's. */
  async apply(object: JsonObject, options: ApplyOptions): Promise<JsonObject> {
    const query = new URLSearchParams({ fieldManager: options.manager });
    query.set("force", String(options.force ?? false));
    query.set("fieldValidation", "Warn");
    if (options.dryRun) query.set("dryRun", "All");
    const path = `${await this.path(referenceOf(object))}?${query.toString()}`;
    const contentType = "application/apply-patch+yaml";
    const body = JSON.stringify(object);
    const answer = await this.api.call({ method: "PATCH", path, contentType, body }, this.signal);
    for (const warning of answer.warnings) {
      this.warn(`${describe(referenceOf(object))}: ${warning}`);
    }
    return answer.body;
  }

  /** Sets exactly these fields; lists are replaced as they stand. */
  async mergePatch(object: JsonObject, { manager, dryRun }: ApplyOptions): Promise<JsonObject> {
    const query = new URLSearchParams({ fieldManager: manager });
    if (dryRun) query.set("dryRun", "All");
    const path = `${await this.path(referenceOf(object))}?${query.toString()}`;
    const contentType = "application/merge-patch+json";
    const body = JSON.stringify(object);
    return (await this.api.call({ method: "PATCH", path, contentType, body }, this.signal)).body;
  }

  /** Asks for deletion; false where there was nothing to delete. */
  async delete(reference: Reference, propagationPolicy: Propagation): Promise<boolean> {
    try {
      const path = await this.path(reference);
      const body = JSON.stringify({ kind: "DeleteOptions", apiVersion: "v1", propagationPolicy });
      const call = { method: "DELETE", path, body, contentType: "application/json" } as const;
      await this.api.call(call, this.signal);
      return true;
    } catch (error) {
      if (error instanceof UnknownKind || hasStatus(error, 404)) return false;
      throw error;
    }
  }

  /** Objects of a kind in a namespace; none where they cannot be listed. */
  async list(
    kind: Pick<Reference, "apiVersion" | "kind" | "namespace">,
    selector: { labels?: string; fields?: string },
  ): Promise<JsonObject[]> {
    const query = new URLSearchParams({ limit: "500" });
    if (selector.labels) query.set("labelSelector", selector.labels);
    if (selector.fields) query.set("fieldSelector", selector.fields);
    try {
      const path = await this.path({ ...kind, name: "" });
      const call = { method: "GET", path: `${path}?${query.toString()}` } as const;
      return objectsAt((await this.api.call(call, this.signal)).body, "items");
    } catch (error) {
      if (error instanceof UnknownKind || error instanceof ApiError) return [];
      throw error;
    }
  }

  /** The namespace that a reference means; undefined for a kind that knows none. */
  async namespaceOf(reference: Reference): Promise<string | undefined> {
    const served = await this.served(reference.apiVersion, reference.kind);
    // A kind that is not there yet: most are namespaced.
    if (served && !served.namespaced) return undefined;
    return reference.namespace ?? this.namespace;
  }

  private async path(reference: Reference): Promise<string> {
    const served = await this.served(reference.apiVersion, reference.kind);
    if (!served) throw new UnknownKind(reference);
    const parts = [groupPath(reference.apiVersion)];
    if (served.namespaced) parts.push("namespaces", reference.namespace ?? this.namespace);
    parts.push(served.plural);
    if (reference.name !== "") parts.push(encodeURIComponent(reference.name));
    return parts.join("/");
  }
}

function groupPath(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** The names that an object carries itself. */
export function referenceOf(object: JsonObject): Reference {
  return {
    apiVersion: stringAt(object, "apiVersion") ?? "",
    kind: stringAt(object, "kind") ?? "",
    namespace: stringAt(object, "metadata", "namespace"),
    name: stringAt(object, "metadata", "name") ?? "",
  };
}

/** A reference for messages: `Deployment spark-jobs/web`. */
export function describe({ kind, namespace, name }: Reference): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}
