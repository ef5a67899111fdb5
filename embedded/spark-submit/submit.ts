/**
 * A stand-in for Spark's spark-submit, for machines without Spark: it makes in the cluster what a
 * submission in cluster mode makes there (driver pod, its headless Service, its ConfigMap), and
 * nothing else. It runs no Java, resolves no packages and uploads no files.
 */
import { randomBytes } from "node:crypto";
import { ApiException, CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import { submitted } from "./driverPod";
import { readArguments } from "./submitArguments";

async function submit(argv: readonly string[]): Promise<string> {
  const submission = readArguments(argv);
  const { namespace, pod, dependents } = submitted(submission, randomBytes(16).toString("hex"));
  const config = new KubeConfig();
  config.loadFromDefault();
  const core = config.makeApiClient(CoreV1Api);
  const created = await core.createNamespacedPod({ namespace, body: pod });
  const { name = "", uid = "" } = created.metadata ?? {};
  const owner = { apiVersion: "v1", kind: "Pod", name, uid, controller: true };
  const { configMap, service } = dependents(owner);
  await core.createNamespacedConfigMap({ namespace, body: configMap });
  await core.createNamespacedService({ namespace, body: service });
  return name;
}

/** In the form in which the spark-operator looks for the API server's codes: `code=409`. */
function message(error: unknown): string {
  if (error instanceof ApiException) return `code=${error.code}, ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}

submit(process.argv.slice(2)).then(
  (name) => console.log(`driver pod ${name} made by the stand-in for spark-submit`),
  (error: unknown) => {
    console.error(message(error));
    process.exitCode = 1;
  },
);
