import type { StateResource } from "../state";

/** Terraform's names of the types that a cluster is made of; the bridged plugin has them all. */
export const terraformTypes: Readonly<Record<string, string>> = {
  "openstack:compute/instance:Instance": "openstack_compute_instance_v2",
  "openstack:compute/keypair:Keypair": "openstack_compute_keypair_v2",
  "openstack:compute/serverGroup:ServerGroup": "openstack_compute_servergroup_v2",
  "openstack:networking/floatingIp:FloatingIp": "openstack_networking_floatingip_v2",
  "openstack:networking/floatingIpAssociate:FloatingIpAssociate":
    "openstack_networking_floatingip_associate_v2",
  "openstack:networking/network:Network": "openstack_networking_network_v2",
  "openstack:networking/port:Port": "openstack_networking_port_v2",
  "openstack:networking/router:Router": "openstack_networking_router_v2",
  "openstack:networking/routerInterface:RouterInterface":
    "openstack_networking_router_interface_v2",
  "openstack:networking/secGroup:SecGroup": "openstack_networking_secgroup_v2",
  "openstack:networking/secGroupRule:SecGroupRule": "openstack_networking_secgroup_rule_v2",
  "openstack:networking/subnet:Subnet": "openstack_networking_subnet_v2",
};

/** Blocks that may be repeated: Pulumi names them in the plural. */
const blocks: Readonly<Record<string, string>> = {
  blockDevices: "block_device",
  fixedIps: "fixed_ip",
  networks: "network",
};

/** Lists of at most one element: Pulumi has the element itself. */
const lists = ["policies"];

/** Properties whose keys are the user's, and no names of Terraform. */
const maps = ["metadata", "valueSpecs"];

/** The resources of a state that are in the cloud, and that Terraform makes too. */
export const cloudResources = (state: readonly StateResource[]): readonly StateResource[] =>
  state.filter(({ type }) => type.startsWith("openstack:"));

/**
 * The same resources for Terraform, as the JSON of its configuration. What came from another resource
 * is a reference to it, and what waited for another one depends on it, so that both have the same order.
 *
 * @throws Error for a type that has no name here
 */
export function terraformOf(state: readonly StateResource[]) {
  const known = new Map(state.map((one) => [one.urn, one]));
  const resource: Record<string, Record<string, unknown>> = {};
  for (const one of cloudResources(state)) {
    (resource[typeOf(one)] ??= {})[nameOf(one)] = bodyOf(one, known);
  }
  return {
    terraform: {
      required_providers: { openstack: { source: "terraform-provider-openstack/openstack" } },
    },
    provider: { openstack: {} },
    resource,
  };
}

type Known = ReadonlyMap<string, StateResource>;

function bodyOf(one: StateResource, known: Known): Record<string, unknown> {
  const referenced = new Set<string>();
  const body: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(one.inputs)) {
    const sources = cloudSources(one.propertyDependencies[key] ?? [], known);
    const refer = (text: string) => {
      for (const source of sources) {
        const attribute = attributeWith(source, text);
        if (attribute === undefined) continue;
        referenced.add(addressOf(source));
        return `\${${addressOf(source)}.${attribute}}`;
      }
      return literal(text);
    };
    const done = converted(value, refer, maps.includes(key));
    body[terraformName(key)] = lists.includes(key) && !Array.isArray(done) ? [done] : done;
  }
  const ofProperties = new Set(Object.values(one.propertyDependencies).flat());
  const waitedFor = one.dependencies.filter((urn) => !ofProperties.has(urn));
  const others = cloudSources(waitedFor, known)
    .map(addressOf)
    .filter((address) => !referenced.has(address));
  return others.length === 0 ? body : { ...body, depends_on: others };
}

/** The cloud's resources among these, and those behind what is not the cloud's, such as a random id. */
function cloudSources(urns: readonly string[], known: Known): readonly StateResource[] {
  const found = new Set<StateResource>();
  const seen = new Set<string>();
  const visit = (urn: string): void => {
    const one = known.get(urn);
    if (one === undefined || seen.has(urn)) return;
    seen.add(urn);
    if (typeOfOrNone(one) !== undefined) found.add(one);
    else for (const next of one.dependencies) visit(next);
  };
  for (const urn of urns) visit(urn);
  return [...found];
}

/** The attribute of a resource that has this value, its id before all others. */
function attributeWith({ id, outputs }: StateResource, text: string): string | undefined {
  if (text === "") return undefined;
  if (id === text) return "id";
  const [key] = Object.entries(outputs).find(([, value]) => value === text) ?? [];
  return key === undefined ? undefined : terraformName(key);
}

/** A value with Terraform's names, and every string of it as `refer` has it. */
function converted(value: unknown, refer: (text: string) => string, isMap: boolean): unknown {
  const inner = (each: unknown) => converted(each, refer, false);
  if (typeof value === "string") return refer(value);
  if (Array.isArray(value)) return value.map(inner);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [isMap ? key : terraformName(key), inner(each)]),
  );
}

const terraformName = (key: string): string =>
  blocks[key] ?? key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Text that Terraform takes as it is. */
const literal = (text: string): string => text.replace(/[$%](?=\{)/g, (sign) => sign + sign);

const typeOfOrNone = ({ type }: StateResource): string | undefined => terraformTypes[type];

function typeOf(one: StateResource): string {
  const type = typeOfOrNone(one);
  if (type === undefined) throw new Error(`${one.type} has no name in terraformTypes`);
  return type;
}

/** The engine's names may have dots and slashes in them. */
const nameOf = ({ urn }: StateResource): string =>
  (urn.split("::").at(-1) ?? urn).replace(/[^A-Za-z0-9_-]/g, "_");
const addressOf = (one: StateResource): string => `${typeOf(one)}.${nameOf(one)}`;
