import assert from "node:assert/strict";
import { OpenEo, OpenEoRouteKind, type OpenEoArgs } from "../../components";
import { canary, record, type Recording } from "./recording";
import { openEoArgs } from "./specimens";

const route = { host: "openeo.example.org" };
const base: Partial<OpenEoArgs> = { route };
const make = (changes: Partial<OpenEoArgs>) =>
  record(() => new OpenEo("openeo", openEoArgs({ ...base, ...changes })));

/** What is another in one of two recordings: `+ name`, `- name`, or `~ name` where inputs differ. */
function difference(before: Recording, after: Recording): string[] {
  const inputs = (recording: Recording) =>
    new Map(recording.all.map((one) => [one.name, JSON.stringify(one.inputs)]));
  const [old, now] = [inputs(before), inputs(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((name) => {
    if (!old.has(name)) return [`+ ${name}`];
    if (!now.has(name)) return [`- ${name}`];
    return old.get(name) === now.get(name) ? [] : [`~ ${name}`];
  });
}

/** Each feature, and all that it may touch. */
const features: readonly [string, Partial<OpenEoArgs>, string[]][] = [
  ["TLS", { route: { ...route, tls: { secretName: "openeo-tls" } } }, ["~ openeo-ingress"]],
  [
    "the Spark UI",
    { route: { ...route, sparkUiHost: "spark.example.org" } },
    ["+ openeo-driver-ui-ingress"],
  ],
  [
    "Traefik's own route",
    { route: { ...route, kind: OpenEoRouteKind.IngressRoute } },
    ["+ openeo-ingressroute", "- openeo-ingress"],
  ],
  ["metrics", { metrics: {} }, ["~ openeo-application"]],
  [
    "metrics with a configuration",
    { metrics: { configuration: "rules: []" } },
    ["+ openeo-prometheus-config", "~ openeo-application"],
  ],
  [
    "a PodMonitor",
    { metrics: { podMonitorLabels: { release: "prometheus" } } },
    ["+ openeo-podmonitor", "~ openeo-application"],
  ],
  [
    "a logging configuration",
    { log4j2: "<Configuration/>" },
    ["+ openeo-log4j2", "~ openeo-application"],
  ],
  [
    "credentials for input data",
    { httpCredentials: canary },
    ["+ openeo-http-credentials", "~ openeo-application", "~ openeo-batch-template"],
  ],
  [
    "a user with a password",
    { login: { basicUser: "openeo" } },
    [
      "+ openeo-basic-password",
      "~ openeo-application",
      "~ openeo-backend-config",
      "~ openeo-signing",
    ],
  ],
  [
    "an OpenID Connect provider",
    { login: { oidc: [{ id: "a", title: "A", issuer: "https://a.example.org" }] } },
    ["~ openeo-application", "~ openeo-backend-config"],
  ],
  [
    "ZooKeeper with a password",
    { zooKeeper: { nodes: ["zk:2181"], username: "openeo", password: canary } },
    ["+ openeo-environment", "~ openeo-application", "~ openeo-backend-config"],
  ],
  [
    "a job registry",
    {
      jobRegistry: {
        api: "https://jobs.example.org",
        backendId: "example",
        clientCredentials: canary,
      },
    },
    [
      "+ openeo-environment",
      "~ openeo-application",
      "~ openeo-backend-config",
      "~ openeo-batch-template",
    ],
  ],
  [
    "dynamic allocation",
    { dynamicAllocation: { minExecutors: 1, initialExecutors: 1, maxExecutors: 3 } },
    ["~ openeo-application"],
  ],
  ["further environment", { extraEnv: { A: "b" } }, ["~ openeo-application"]],
  ["a limit of concurrent jobs", { batch: { concurrentJobs: 2 } }, ["~ openeo-application"]],
  [
    "preemptible nodes",
    { batch: { preemptible: {} } },
    ["~ openeo-application", "~ openeo-batch-template"],
  ],
];

describe("a feature of openEO", () => {
  for (const [what, changes, touched] of features) {
    it(`${what} touches only its own`, async () => {
      assert.deepEqual(difference(await make({}), await make(changes)).sort(), touched.sort());
    });
  }
});
