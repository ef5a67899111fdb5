/**
 * A stand-in for Spark's spark-submit, for machines without Spark: it makes in the cluster what a
 * submission in cluster mode makes there (driver pod, its headless Service, its ConfigMap), and
 * nothing else. It runs no Java, resolves no packages and uploads no files.
 */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { ApiException, CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import { submitted } from "./driverPod";
import { readArguments, type Submission } from "./submitArguments";

async function submit(argv: readonly string[]): Promise<string> {
  const submission = readArguments(argv);
  const unique = randomBytes(16).toString("hex");
  const { namespace, pod, dependents } = submitted(submission, unique, {
    driver: await templateOf(submission, "driver"),
    executor: await templateOf(submission, "executor"),
  });
  const config = new KubeConfig();
  config.loadFromDefault();
  const core = config.makeApiClient(CoreV1Api);
  const created = await core.createNamespacedPod({ namespace, body: pod });
  const { name = "", uid = "" } = created.metadata ?? {};
  const owner = { apiVersion: "v1", kind: "Pod", name, uid, controller: true };
  const { configMaps, service } = dependents(owner);
  for (const body of configMaps) await core.createNamespacedConfigMap({ namespace, body });
  await core.createNamespacedService({ namespace, body: service });
  return name;
}

async function templateOf({ properties }: Submission, role: string): Promise<string | undefined> {
  const file = properties.get(`spark.kubernetes.${role}.podTemplateFile`);
  return file === undefined ? undefined : readFile(file, "utf8");
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
