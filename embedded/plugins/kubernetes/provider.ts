import type { Log } from "../protocol/engineLog";
import type { Json, Properties } from "../protocol/properties";
import type {
  CheckRequest,
  CheckResult,
  ConfigRequest,
  CreateRequest,
  CreateResult,
  DeleteRequest,
  DiffRequest,
  DiffResult,
  Provider,
  ReadRequest,
  ReadResult,
  UpdateRequest,
} from "../protocol/provider";
import type { Urn } from "../protocol/urn";
import { Api, Unreachable } from "./api";
import { Cluster, fallbackNamespace } from "./cluster";
import { connect } from "./connection";
import type { Context } from "./context";
import { decodeYaml } from "./decodeYaml";
import { diffConfig } from "./diffConfig";
import { Objects } from "./objects/objects";
import { Releases } from "./release/releases";
import { parseSettings, refusedSettings, type Settings } from "./settings";
import { withoutCluster } from "./withoutCluster";

/** What serves one type of resource. */
type Part = Pick<Provider, "check" | "diff" | "create" | "read" | "update" | "delete">;

const releaseType = "kubernetes:helm.sh/v3:Release";

/** Stand-in for the `kubernetes` plugin. */
export class KubernetesProvider implements Provider {
  readonly version = "4.34.2";
  private readonly ending = new AbortController();
  private settings: Settings = parseSettings({});
  private parts: { objects: Part; releases: Part } | undefined;
  /** Why there is no cluster to work with. */
  private missing = "the provider is not configured";

  constructor(private readonly log: Log) {}

  async configure({ value }: Properties): Promise<void> {
    const refused = refusedSettings(value);
    if (refused.length > 0) throw new Error(`kubernetes provider: ${refused.join("; ")}`);
    this.settings = parseSettings(value);
    if (this.settings.unknown) {
      this.missing = "the kubeconfig is not known before the update";
      return;
    }
    try {
      const context = this.contextOf(this.settings);
      await context.cluster.served("v1", "Namespace");
      this.parts = { objects: new Objects(context), releases: new Releases(context) };
    } catch (error) {
      // A preview goes on without a cluster; an update cannot.
      this.missing = error instanceof Error ? error.message : String(error);
      const hint =
        error instanceof Unreachable ? "; is it running, and is this the right kubeconfig?" : "";
      this.log.warning(`kubernetes: ${this.missing}${hint}`);
    }
  }

  private contextOf(settings: Settings): Context {
    const connection = connect(settings);
    const namespace = settings.namespace ?? connection.namespace ?? fallbackNamespace;
    const said = new Set<string>();
    const warn = (message: string) => {
      // A plan and its execution ask the same; once is enough.
      if (settings.suppressDeprecationWarnings || said.has(message)) return;
      said.add(message);
      this.log.warning(message);
    };
    const cluster = new Cluster(new Api(connection), namespace, this.ending.signal, warn);
    return { settings, connection, cluster, log: this.log };
  }

  diffConfig(request: ConfigRequest): Promise<DiffResult> {
    return Promise.resolve(diffConfig(request));
  }

  check(request: CheckRequest): Promise<CheckResult> {
    return this.part(request.urn).check(request);
  }

  diff(request: DiffRequest): Promise<DiffResult> {
    return this.part(request.urn).diff(request);
  }

  create(request: CreateRequest): Promise<CreateResult> {
    return this.part(request.urn).create(request);
  }

  read(request: ReadRequest): Promise<ReadResult> {
    return this.part(request.urn).read(request);
  }

  update(request: UpdateRequest): Promise<Properties> {
    return this.part(request.urn).update(request);
  }

  delete(request: DeleteRequest): Promise<void> {
    return this.part(request.urn).delete(request);
  }

  invoke(token: string, { value }: Properties): Promise<Record<string, Json>> {
    if (token === "kubernetes:yaml:decode") {
      const text = value["text"];
      return Promise.resolve({ result: typeof text === "string" ? decodeYaml(text) : [] });
    }
    throw new Error(
      `${token}: this stand-in has yaml:decode only; use plain resources or the official plugin`,
    );
  }

  cancel(): void {
    this.ending.abort(new Error("cancelled"));
  }

  private part({ type }: Urn): Part {
    if (!this.parts) return withoutCluster(this.missing, this.settings, this.log);
    return type === releaseType ? this.parts.releases : this.parts.objects;
  }
}
