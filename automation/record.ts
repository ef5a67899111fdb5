import * as pulumi from "@pulumi/pulumi";
// Neither is part of the SDK's index; this file is the only one that reaches for them.
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { getMonitor } from "@pulumi/pulumi/runtime/settings";
import { noCharts, withChartReader, type ChartReader } from "../components/base/chartSource";

/** A resource as the engine would get it. */
export interface Recorded {
  /** The full type token, such as `kubernetes:core/v1:Namespace`. */
  readonly type: string;
  readonly name: string;
  /** The URN, which tells the types of all parents. */
  readonly urn: string;
  /** What the engine would be given; a secret is {@link masked}. Empty for a component. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What stands in place of a secret's value. */
export const masked = "<secret>";

/** How the engine's protocol marks a secret. */
const secretMark = "4dabf18193072939515e22adb298388d";

/**
 * Runs a program with no engine and no provider behind it and tells what it registered, in the order
 * of the URNs, the stack itself left out. Runs of one process must not overlap: the SDK has one
 * monitor a process.
 *
 * @param run builds the resources
 * @param reader reads charts; by default none, so that neither disk nor network is touched
 * @throws whatever the program throws
 */
export async function record(
  run: () => unknown,
  reader: ChartReader = noCharts,
): Promise<Recorded[]> {
  const inputs = new Map<string, Readonly<Record<string, unknown>>>();
  const made: string[] = [];
  const mocks: pulumi.runtime.Mocks = {
    newResource(args) {
      inputs.set(`${args.type} ${args.name}`, withoutSecrets(args.inputs));
      made.push(`${args.type} ${args.name}`);
      return {
        id: `${args.name}-id`,
        state: { ...asRecord(args.inputs), ...generated(args.type) },
      };
    },
    call: ({ inputs: wanted }) => found(asRecord(wanted)),
  };
  await pulumi.runtime.setMocks(mocks, "eoplatform", "recorded", false);
  const urns = await withChartReader(reader, async () => {
    run();
    await pulumi.runtime.disconnect();
    return registeredUrns();
  });
  const registered = urns
    .map((urn) => ({ urn, ...typeAndName(urn) }))
    .filter(({ type }) => type !== "pulumi:pulumi:Stack");
  refuseTwins(made, registered);
  return registered.map((resource) => ({
    ...resource,
    inputs: inputs.get(`${resource.type} ${resource.name}`) ?? {},
  }));
}

/** The engine refuses two resources of one URN; the mocks let the second take the first one's place. */
function refuseTwins(
  made: readonly string[],
  registered: readonly { readonly type: string; readonly name: string }[],
): void {
  for (const key of new Set(made)) {
    const places = registered.filter(({ type, name }) => `${type} ${name}` === key).length;
    if (made.filter((one) => one === key).length > places) {
      throw new pulumi.RunError(`two resources have one URN: ${key}`);
    }
  }
}

/** Everything that the mock monitor has seen, components too: mocks are not told of them. */
function registeredUrns(): string[] {
  const monitor: unknown = getMonitor();
  if (monitor instanceof MockMonitor) return [...monitor.getRegisteredResources().keys()].sort();
  throw new Error("cannot happen: no mock monitor after setMocks");
}

/** `urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>` */
function typeAndName(urn: string): { type: string; name: string } {
  const [, , types = "", ...name] = urn.split("::");
  return { type: types.split("$").at(-1) ?? "", name: name.join("::") };
}

/** What a provider would make up: a recorded program must not see `undefined` there. */
const generated = (type: string): Record<string, unknown> => inventions[type] ?? {};

const kubeconfig = JSON.stringify({
  apiVersion: "v1",
  kind: "Config",
  clusters: [{ name: "recorded", cluster: { server: "https://10.8.0.10:6443" } }],
});

const inventions: Readonly<Record<string, Record<string, unknown>>> = {
  "random:index/randomPassword:RandomPassword": { result: masked },
  "random:index/randomId:RandomId": { hex: "c0ffee" },
  "openstack:networking/port:Port": { allFixedIps: ["10.8.0.10"] },
  "openstack:networking/floatingIp:FloatingIp": { address: "203.0.113.10" },
  "openstack:compute/keypair:Keypair": { privateKey: masked },
  "openstack:loadbalancer/loadBalancer:LoadBalancer": {
    vipAddress: "10.8.0.9",
    vipPortId: "balancer-port",
  },
  "command:remote:Command": { stdout: kubeconfig },
  "rke:index/cluster:Cluster": { kubeConfigYaml: kubeconfig },
};

/** What a provider would find: a thing of the name that was asked for. */
const found = (wanted: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  typeof wanted["name"] === "string" ? { ...wanted, id: `${wanted["name"]}-id` } : {};

function withoutSecrets(inputs: unknown): Readonly<Record<string, unknown>> {
  return asRecord(mask(inputs));
}

function mask(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mask);
  if (typeof value !== "object" || value === null) return value;
  if (secretMark in value) return hidden("value" in value ? value.value : undefined);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mask(inner)]));
}

/** A secret's shape without its values: the keys of a Kubernetes Secret are no secret. */
function hidden(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hidden);
  if (typeof value !== "object" || value === null) return masked;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hidden(inner)]));
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
