import {
  AbortError,
  ApiException,
  CoreV1Api,
  createConfiguration,
  CustomObjectsApi,
  KubeConfig,
  ServerConfiguration,
  StorageV1Api,
  VersionApi,
  type Configuration,
} from "@kubernetes/client-node";
import { z } from "zod";

/** What the scripts ask of a cluster's API server. */
export interface Apis {
  /** Services, claims, volumes, pods, nodes. */
  readonly core: CoreV1Api;
  /** Storage classes. */
  readonly storage: StorageV1Api;
  /** Snapshots, whose kind a cluster may not have. */
  readonly custom: CustomObjectsApi;
  /** The version, as a sign of life. */
  readonly version: VersionApi;
}

/** Tells the user a line. */
export type Say = (line: string) => void;

/** A failure whose message says all that the user needs. */
export class ScriptError extends Error {
  /** What it is called in a stack trace. */
  override readonly name = "ScriptError";
}

/** The APIs of the cluster that a kubeconfig names. */
export function apisOf(kubeconfig: string): Apis {
  try {
    const config = new KubeConfig();
    config.loadFromString(kubeconfig);
    const patient = configuration(config, answerWithin.any);
    return {
      core: new CoreV1Api(patient),
      storage: new StorageV1Api(patient),
      custom: new CustomObjectsApi(patient),
      version: new VersionApi(configuration(config, answerWithin.version)),
    };
  } catch {
    // The parser's own message shows the text.
    throw new ScriptError(
      "the kubeconfig cannot be read: it must name a cluster as its current one",
    );
  }
}

/** How long an answer may take, in milliseconds: the version, as a sign of life, and all others. */
const answerWithin = { version: 10_000, any: 30_000 };

/** The client has no limit of its own: a server that is silent would keep the process for ever. */
function configuration(config: KubeConfig, withinMilliseconds: number): Configuration {
  const { server } = clusterOf(config);
  return createConfiguration({
    baseServer: new ServerConfiguration(server, {}),
    authMethods: { default: config },
    promiseMiddleware: [
      {
        pre: (request) => {
          request.setSignal(AbortSignal.timeout(withinMilliseconds));
          return Promise.resolve(request);
        },
        post: (response) => Promise.resolve(response),
      },
    ],
  });
}

function clusterOf(config: KubeConfig) {
  const cluster = config.getCurrentCluster();
  if (cluster === null) throw new Error("no current cluster");
  return cluster;
}

/** What an API server answers to a call, or that it answers something else. */
export const answered = (error: unknown, code: number): boolean =>
  error instanceof ApiException && error.code === code;

/** For a call whose object may have gone already. */
export function ignoreMissing(error: unknown): void {
  if (!answered(error, 404)) throw error;
}

/**
 * Why the API server cannot be used, after some tries; `undefined` where it answers.
 *
 * @param isExpected whether its silence is believed at once
 */
export async function unreachable(apis: Apis, isExpected: boolean): Promise<string | undefined> {
  let reason = "";
  for (let turn = 0; turn < 3; turn++) {
    if (turn > 0) await pause(2000);
    try {
      await apis.version.getCode();
      return undefined;
    } catch (error) {
      // It answers; what it refuses is told by the call that needs it.
      if (error instanceof ApiException && error.code !== 503) return undefined;
      reason = reasonOf(error);
      if (isExpected && error instanceof AbortError) break;
    }
  }
  return reason;
}

/** What went wrong, in one line: the API server's own words where it has any. */
export function reasonOf(error: unknown): string {
  if (error instanceof ApiException) {
    const told = statusShape.safeParse(jsonOf(error.body)).data?.message;
    return told ?? `the API server answers ${error.code}`;
  }
  if (error instanceof AbortError) return "the API server does not answer in time";
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error ? `${error.message}: ${cause.message}` : error.message;
}

const statusShape = z.object({ message: z.string() });

function jsonOf(body: unknown): unknown {
  if (typeof body !== "string") return body;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Waits. */
export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
