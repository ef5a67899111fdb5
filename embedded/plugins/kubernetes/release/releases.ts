import { isDeepStrictEqual } from "node:util";
import {
  hasUnknown,
  isObject,
  redact,
  secretStrings,
  unknown,
  type JsonObject,
  type Properties,
} from "../../protocol/properties";
import {
  InitializationFailed,
  type CheckRequest,
  type CheckResult,
  type CreateRequest,
  type CreateResult,
  type DeleteRequest,
  type DiffRequest,
  type DiffResult,
  type PropertyChange,
  type ReadRequest,
  type ReadResult,
  type UpdateRequest,
} from "../../protocol/provider";
import type { Urn } from "../../protocol/urn";
import type { Context } from "../context";
import { compare, type Difference } from "../objects/compare";
import { isUnder } from "../objects/replacement";
import { chartMetadata } from "./chart";
import { helm, HelmError } from "./helm";
import { completeInputs, releaseInputs, type ReleaseInputs } from "./inputs";
import { install, owner, tryInstall } from "./install";
import { readRecord, type ReleaseRecord } from "./record";
import { findDrift, manifestByName, mend, renderedObjects, resourceNames } from "./rendered";

const identity = ["name", "namespace"];

/** Helm releases, through the helm program. */
export class Releases {
  constructor(private readonly context: Context) {}

  /** Completes the inputs; the chart must be there, and helm must take the values. */
  async check(request: CheckRequest): Promise<CheckResult> {
    const { urn, olds, news } = request;
    const completed = completeInputs(request, this.context.cluster.namespace);
    const done = (value: JsonObject, failures: CheckResult["failures"] = []) => ({
      inputs: { value, secrets: news.secrets },
      failures,
    });
    if (hasUnknown(completed)) return done(completed);
    const secrets = secretStrings(news);
    try {
      const { version } = await chartMetadata(releaseInputs(completed).chart, this.helmOptions());
      const value = { ...completed, version };
      const same = olds !== undefined && compare(olds.value, value).length === 0;
      if (same) return done(value);
      const reason = await this.refusal(urn, releaseInputs(value));
      const failure = reason && { property: "", reason: redact(reason, secrets) };
      return done(value, failure ? [failure] : []);
    } catch (error) {
      if (!(error instanceof HelmError)) throw error;
      return done(completed, [{ property: "chart", reason: redact(error.message, secrets) }]);
    }
  }

  /** Why helm would not do it; nothing where it would, or where it cannot tell yet. */
  private async refusal(urn: Urn, inputs: ReleaseInputs): Promise<string | undefined> {
    const record = await readRecord(this.context.cluster, inputs.namespace, inputs.name);
    if (record?.status.startsWith("pending-")) return undefined;
    try {
      await tryInstall(inputs, urn, this.helmOptions());
      return undefined;
    } catch (error) {
      if (!(error instanceof HelmError)) throw error;
      return tooEarly.test(error.message)
        ? undefined
        : `release ${inputs.namespace}/${inputs.name}: ${error.message}`;
    }
  }

  async diff({ oldInputs, oldState, news, urn, ignoreChanges }: DiffRequest): Promise<DiffResult> {
    const before = Object.keys(oldInputs.value).length > 0 ? oldInputs.value : inputsOf(oldState);
    const inputChanges = compare(before, news.value).filter(
      ({ path }) => !ignoreChanges.includes(path),
    );
    const changes = new Map<string, PropertyChange>();
    record(changes, inputChanges, true);
    if (changes.size === 0 && !hasUnknown(news.value)) await this.recordDrift(urn, news, changes);
    return { changes, deleteBeforeReplace: false };
  }

  /** What somebody has changed: release, values, objects. */
  private async recordDrift(
    urn: Urn,
    news: Properties,
    changes: Map<string, PropertyChange>,
  ): Promise<void> {
    const { cluster, log } = this.context;
    const inputs = releaseInputs(news.value);
    const name = `release ${inputs.namespace}/${inputs.name}`;
    const found = await readRecord(cluster, inputs.namespace, inputs.name);
    const note = (path: string, message: string) => {
      changes.set(path, { kind: "update", replace: false, inputDiff: false });
      log.info(`${name} ${message}`, urn.text);
    };
    if (!found) return note("status", "was uninstalled outside of Pulumi; it is installed again");
    if (found.status !== "deployed")
      return note(
        "status",
        `is ${found.status}: ${redact(found.description, secretStrings(news))}`,
      );
    if (found.version !== inputs.chart.version)
      note("version", `has chart version ${found.version}`);
    const values = compare(withoutNulls(found.values), withoutNulls(inputs.values), "values");
    if (values.length > 0)
      note("values", `has other values: ${values.map(({ path }) => path).join(", ")}`);
    const objects = await renderedObjects(cluster, found.manifest, inputs.namespace);
    const drifts = await findDrift(cluster, objects);
    if (drifts.length > 0) {
      note(
        "resourceNames",
        `was changed outside of Pulumi: ${drifts.map(({ text }) => text).join("; ")}`,
      );
    }
  }

  async create({ urn, inputs, preview }: CreateRequest): Promise<CreateResult> {
    if (preview) return { id: "", state: foreseen(inputs) };
    const wanted = releaseInputs(inputs.value);
    const found = await readRecord(this.context.cluster, wanted.namespace, wanted.name);
    if (found && found.owner !== owner(urn) && !wanted.flags.has("takeOwnership")) {
      throw new Error(
        `release ${wanted.namespace}/${wanted.name} is in the cluster already, and is not of this stack; ` +
          `give it another name, import it, or remove it with: helm uninstall ${wanted.name} --namespace ${wanted.namespace}`,
      );
    }
    return { id: idOf(wanted), state: await this.apply(urn, inputs) };
  }

  async update({ urn, news, preview }: UpdateRequest): Promise<Properties> {
    return preview ? foreseen(news) : this.apply(urn, news);
  }

  async read({ id, inputs, state }: ReadRequest): Promise<ReadResult> {
    const kept =
      Object.keys(inputs.value).length > 0 ? inputs : { value: inputsOf(state), secrets: [] };
    const slash = id.indexOf("/");
    const [namespace, name] = [id.slice(0, Math.max(slash, 0)), id.slice(slash + 1)];
    const found = await readRecord(
      this.context.cluster,
      namespace || this.context.cluster.namespace,
      name,
    );
    if (!found) return undefined;
    const { values = {}, version } = kept.value;
    const sameValues =
      isObject(values) && isDeepStrictEqual(withoutNulls(values), withoutNulls(found.values));
    const value: JsonObject = {
      ...kept.value,
      name,
      namespace: found.namespace,
      chart: kept.value["chart"] ?? found.chart,
      values: sameValues ? values : found.values,
      version: version === found.version ? version : found.version,
    };
    const known = { value, secrets: kept.secrets };
    return { id, inputs: known, state: await this.stateOf(known, found) };
  }

  async delete({ urn, state }: DeleteRequest): Promise<void> {
    const wanted = releaseInputs(inputsOf(state));
    const { log } = this.context;
    log.status(`uninstalling ${wanted.name}`, urn.text);
    const wait = wanted.flags.has("skipAwait") ? [] : ["--wait", "--cascade", "foreground"];
    await this.named(wanted, state, () =>
      helm(
        [
          "uninstall",
          wanted.name,
          "--namespace",
          wanted.namespace,
          "--ignore-not-found",
          "--timeout",
          `${wanted.timeout}s`,
          ...wait,
        ],
        this.helmOptions(),
      ),
    );
  }

  private async apply(urn: Urn, inputs: Properties): Promise<Properties> {
    const wanted = releaseInputs(inputs.value);
    const onProgress = (message: string) => this.context.log.status(message, urn.text);
    try {
      await this.named(wanted, inputs, () => install(this.context, wanted, { urn, onProgress }));
    } catch (error) {
      const left = await this.recordOf(wanted).catch(() => undefined);
      const message = error instanceof Error ? error.message : String(error);
      // Rolled back or never begun: the engine's old state is the true one.
      if (!left || left.status === "deployed" || left.owner !== owner(urn)) throw error;
      throw new InitializationFailed(message, idOf(wanted), await this.stateOf(inputs, left), [
        message,
      ]);
    }
    const made = await this.recordOf(wanted);
    if (!made)
      throw new Error(
        `release ${wanted.namespace}/${wanted.name} is gone right after its installation`,
      );
    await this.setRight(urn, made);
    return this.stateOf(inputs, made);
  }

  /** The record, after a cancellation too. */
  private recordOf({ namespace, name }: ReleaseInputs): Promise<ReleaseRecord | undefined> {
    return readRecord(this.context.cluster.uncancelled(), namespace, name);
  }

  /** After an upgrade: what helm itself does not look at. */
  private async setRight(urn: Urn, made: ReleaseRecord): Promise<void> {
    const { cluster, log } = this.context;
    // What a first installation has made nobody has edited yet.
    if (made.revision === 1) return;
    const objects = await renderedObjects(cluster, made.manifest, made.namespace);
    const left = await mend(cluster, await findDrift(cluster, objects));
    for (const text of left) log.warning(`release ${made.name}: ${text}`, urn.text);
  }

  private async stateOf(inputs: Properties, found: ReleaseRecord): Promise<Properties> {
    const cluster = this.context.cluster.uncancelled();
    const objects = await renderedObjects(cluster, found.manifest, found.namespace);
    const { name, namespace, revision, status, chart, version, appVersion } = found;
    const value: JsonObject = {
      ...inputs.value,
      resourceNames: resourceNames(objects),
      manifest: manifestByName(objects),
      status: { name, namespace, revision, status, chart, version, appVersion },
      __inputs: inputs.value,
    };
    return { value, secrets: [...inputs.secrets, ["manifest"], ["__inputs"]] };
  }

  /** Errors name the release and show no secret. */
  private async named<T>(
    { namespace, name }: ReleaseInputs,
    inputs: Properties,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new Error(redact(`release ${namespace}/${name}: ${message}`, secretStrings(inputs)), {
        cause: error,
      });
    }
  }

  private helmOptions() {
    return { connection: this.context.connection, signal: this.context.cluster.signal };
  }
}

// What comes with the same update: kinds, namespaces, webhooks.
const tooEarly =
  /resource mapping not found|no matches for kind|namespaces? .* not found|failed calling webhook|does not support dry run|another operation .* in progress/;

function idOf({ namespace, name }: ReleaseInputs): string {
  return `${namespace}/${name}`;
}

function inputsOf({ value }: Properties): JsonObject {
  const { __inputs: inputs } = value;
  return isObject(inputs) ? inputs : {};
}

function foreseen(inputs: Properties): Properties {
  const value = { ...inputs.value, status: unknown, resourceNames: unknown, manifest: unknown };
  return { value, secrets: inputs.secrets };
}

function record(
  changes: Map<string, PropertyChange>,
  differences: readonly Difference[],
  inputDiff: boolean,
): void {
  for (const { path, kind } of differences)
    changes.set(path, { kind, inputDiff, replace: isUnder(path, identity) });
}

function withoutNulls(values: JsonObject): JsonObject {
  const entries = Object.entries(values).filter(([, value]) => value !== null);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, isObject(value) ? withoutNulls(value) : value]),
  );
}
