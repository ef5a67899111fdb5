import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Urn } from "../../protocol/urn";
import type { Cluster } from "../cluster";
import type { Context } from "../context";
import { withChart } from "./chart";
import { helm, HelmError, type HelmOptions } from "./helm";
import type { ReleaseInputs } from "./inputs";
import { ownerLabel, readRecord, type ReleaseRecord } from "./record";
import { troubles } from "./troubles";

/** Marks a release as this resource's: an interrupted one is taken up again by its owner only. */
export function owner({ text }: Urn): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

export interface InstallOptions {
  readonly urn: Urn;
  readonly onProgress: (message: string) => void;
}

/**
 * Installs or upgrades a release and waits for its objects, as the inputs say.
 *
 * @throws HelmError with helm's words and with what the pods lacked when it gave up
 */
export async function install(
  context: Context,
  inputs: ReleaseInputs,
  { urn, onProgress }: InstallOptions,
): Promise<void> {
  const { cluster, connection } = context;
  await takeUpUnfinished(context, inputs, urn);
  const options = { connection, signal: cluster.signal, input: JSON.stringify(inputs.values) };
  const watch = watchTroubles(cluster, inputs, onProgress);
  try {
    await withChart(inputs.chart, options, (chart) =>
      helm(["upgrade", "--install", inputs.name, ...chart, ...installArgs(inputs, urn)], options),
    );
  } catch (error) {
    if (!(error instanceof HelmError)) throw error;
    const seen = watch.last();
    throw new HelmError(
      seen.length > 0 ? `${error.message}; at last: ${seen.join("; ")}` : error.message,
    );
  } finally {
    watch.stop();
  }
}

/**
 * Lets the API server judge what helm would do; nothing is changed.
 *
 * @throws HelmError with helm's words
 */
export async function tryInstall(
  inputs: ReleaseInputs,
  urn: Urn,
  options: HelmOptions,
): Promise<void> {
  const input = JSON.stringify(inputs.values);
  await withChart(inputs.chart, options, (chart) =>
    helm(
      [
        "upgrade",
        "--install",
        inputs.name,
        ...chart,
        ...installArgs(inputs, urn),
        "--dry-run=server",
      ],
      { ...options, input },
    ),
  );
}

function installArgs(inputs: ReleaseInputs, urn: Urn): string[] {
  const { flags } = inputs;
  const when = (wanted: boolean, ...args: string[]) => (wanted ? args : []);
  const given = (name: string, value: string | undefined) =>
    value === undefined ? [] : [name, value];
  return [
    "--namespace",
    inputs.namespace,
    "--values",
    "-",
    "--timeout",
    `${inputs.timeout}s`,
    "--labels",
    `${ownerLabel}=${owner(urn)}`,
    ...when(!flags.has("skipAwait"), "--wait"),
    ...when(!flags.has("skipAwait") && flags.has("waitForJobs"), "--wait-for-jobs"),
    ...when(flags.has("atomic"), "--atomic"),
    ...when(flags.has("cleanupOnFail"), "--cleanup-on-fail"),
    ...when(flags.has("createNamespace"), "--create-namespace"),
    ...when(flags.has("dependencyUpdate"), "--dependency-update"),
    ...when(flags.has("devel"), "--devel"),
    ...when(flags.has("disableWebhooks") || flags.has("disableCRDHooks"), "--no-hooks"),
    ...when(flags.has("disableOpenapiValidation"), "--disable-openapi-validation"),
    ...when(flags.has("forceUpdate"), "--force"),
    ...when(flags.has("renderSubchartNotes"), "--render-subchart-notes"),
    ...when(flags.has("resetValues"), "--reset-values"),
    ...when(flags.has("reuseValues"), "--reuse-values"),
    ...when(flags.has("skipCrds"), "--skip-crds"),
    ...when(flags.has("takeOwnership"), "--take-ownership"),
    ...when(flags.has("verify"), "--verify"),
    ...given("--keyring", inputs.keyring),
    ...given("--description", inputs.description),
    ...given("--post-renderer", inputs.postrender),
    ...given("--history-max", inputs.maxHistory?.toString()),
  ];
}

/**
 * Takes up what an earlier update left unfinished. helm refuses to go on where an operation was
 * interrupted, and after a failed upgrade it compares with the last good revision only, so that
 * what the failed one has set would stay: both end by a roll back. One of ours has nobody working
 * at it any more, for a stack has one update at a time.
 */
async function takeUpUnfinished(
  { cluster, connection, log }: Context,
  inputs: ReleaseInputs,
  urn: Urn,
): Promise<void> {
  const { namespace, name } = inputs;
  const record = await readRecord(cluster, namespace, name);
  if (!record) return;
  const interrupted = record.status.startsWith("pending-");
  if (interrupted && record.owner !== owner(urn)) throw new HelmError(foreign(record));
  if (!interrupted && record.status !== "failed") return;
  if (interrupted) {
    const text = `revision ${record.revision} of release ${name} was interrupted (${record.status}); it is taken up again`;
    log.info(text, urn.text);
  }
  if (record.lastGood !== undefined) {
    const args = ["rollback", name, String(record.lastGood), "--namespace", namespace];
    await helm([...args, "--timeout", `${inputs.timeout}s`], {
      connection,
      signal: cluster.signal,
    });
  } else if (interrupted) {
    // A first installation: without its record helm begins anew, and takes up the objects.
    const secret = { apiVersion: "v1", kind: "Secret", namespace, name: record.secret };
    await cluster.delete(secret, "Background");
  }
}

function foreign({ name, namespace, status }: ReleaseRecord): string {
  return (
    `release ${namespace}/${name} is ${status} by somebody else's helm; wait until that is done, ` +
    `or end it with: helm rollback ${name} --namespace ${namespace}`
  );
}

const lookEveryMs = 1_500;

/** Sees what the release's pods lack while helm waits: afterwards they may be gone. */
function watchTroubles(
  cluster: Cluster,
  inputs: ReleaseInputs,
  onProgress: (message: string) => void,
) {
  const stopping = new AbortController();
  let last: string[] = [];
  const look = async () => {
    for (;;) {
      await sleep(lookEveryMs, undefined, { signal: stopping.signal });
      const found = await troubles(cluster, inputs.namespace, inputs.name);
      // An empty answer after a failure is a release that has been rolled back.
      if (found.length > 0 && found.join() !== last.join())
        onProgress(`waiting: ${found.join("; ")}`);
      if (found.length > 0) last = found;
    }
  };
  look().catch(() => undefined);
  return { stop: () => stopping.abort(), last: () => last };
}
