import { isDns1123Label } from "../../base/names";
import type { Problems } from "../../base/problems";
import { isWholeFrom } from "../../base/units";
import { isPoolName, poolNameRule } from "../../openstack/marks";
import { NodeRole, type NodePoolArgs, type NodeTaintArgs } from "./args";
import { does, plannedNodes, type PlannedNode } from "./plan";

/** A label's value and the part of its key after the slash; Kubernetes takes at most 63 letters. */
const isLabelValue = (value: string): boolean =>
  value.length <= 63 && /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/.test(value);

/** Whether Kubernetes takes it as the key of a label or a taint: a name, with a domain before it or not. */
function isLabelKey(key: string): boolean {
  const [name = "", domain, ...more] = key.split("/").reverse();
  const domainIsRight =
    domain === undefined || (domain.length <= 253 && domain.split(".").every(isDns1123Label));
  return more.length === 0 && domainIsRight && name !== "" && isLabelValue(name);
}

const keyRule =
  "a key is a name of at most 63 letters, digits, -, _ and ., with a domain and a slash before it or not";
const valueRule = "a value is at most 63 letters, digits, -, _ and .";

/** The most members of etcd that are worth having. */
const mostMembers = 5;

/**
 * Notes what is wrong with pools that cannot become a cluster; pure, so that settings can say it of a
 * stack file.
 *
 * @returns what there is to warn about
 */
export function checkPools(
  problems: Problems,
  pools: Readonly<Record<string, NodePoolArgs>>,
  replaceNodes: readonly string[],
  hasEodata: boolean,
): readonly string[] {
  for (const [name, pool] of Object.entries(pools)) checkPool(problems, name, pool, hasEodata);
  const nodes = Object.values(pools).every(({ count }) => isWholeFrom(0, count))
    ? plannedNodes(pools, replaceNodes)
    : [];
  checkRoles(problems, nodes);
  checkReplaced(problems, nodes, replaceNodes);
  const mixed = Object.keys(pools).filter((name) => isMixed(pools[name]));
  return mixed.length === 0 || nodes.length === 1
    ? []
    : mixed.map(
        (name) =>
          `pools.${name}.roles: workloads beside the control plane or etcd can starve it; give them pools of their own`,
      );
}

const isMixed = (pool: NodePoolArgs | undefined): boolean =>
  pool !== undefined && pool.roles.includes(NodeRole.Worker) && pool.roles.length > 1;

function checkPool(problems: Problems, name: string, pool: NodePoolArgs, hasEodata: boolean): void {
  const path = `pools.${name}`;
  const { roles, count, flavor, rootVolumeGib, volumeType, eodata } = pool;
  problems.require(isPoolName(name), path, `"${name}" names nodes: ${poolNameRule}`);
  problems.require(
    roles.length > 0 && new Set(roles).size === roles.length,
    `${path}.roles`,
    `must name each of control, etcd and worker at most once and one at least, got ${roles.join(", ") || "none"}`,
  );
  problems.require(
    isWholeFrom(0, count),
    `${path}.count`,
    `must be a whole number, at least 0, got ${count}`,
  );
  problems.require(flavor !== "", `${path}.flavor`, "must name a flavor of the cloud");
  problems.require(
    rootVolumeGib === undefined || isWholeFrom(1, rootVolumeGib),
    `${path}.rootVolumeGib`,
    `must be a whole number of GiB, at least 1, got ${rootVolumeGib ?? ""}`,
  );
  problems.require(
    volumeType === undefined || rootVolumeGib !== undefined,
    `${path}.volumeType`,
    "there is no root volume that it could be of; set rootVolumeGib too",
  );
  problems.require(
    eodata !== true || hasEodata,
    `${path}.eodata`,
    "there is no eodata network; name it, or leave it out",
  );
  for (const [key, value] of Object.entries(pool.labels ?? {})) {
    const told = `"${key}=${value}" is no label: ${keyRule}; ${valueRule}`;
    problems.require(isLabelKey(key) && isLabelValue(value), `${path}.labels`, told);
  }
  for (const taint of pool.taints ?? []) checkTaint(problems, `${path}.taints`, taint);
}

function checkTaint(problems: Problems, path: string, { key, value = "" }: NodeTaintArgs): void {
  const told = `"${key}=${value}" is no taint: ${keyRule}; ${valueRule}`;
  problems.require(isLabelKey(key) && isLabelValue(value), path, told);
}

/** How many nodes have the role. */
const membersOf = (nodes: readonly PlannedNode[], role: NodeRole): number =>
  nodes.filter((node) => does(node, role)).length;

function checkRoles(problems: Problems, nodes: readonly PlannedNode[]): void {
  for (const role of [NodeRole.Control, NodeRole.Worker]) {
    problems.require(
      membersOf(nodes, role) > 0,
      "pools",
      `no node has the role ${role}; give it to a pool with a count of 1 at least`,
    );
  }
  const members = membersOf(nodes, NodeRole.Etcd);
  const [pool, ...others] = new Set(
    nodes.filter((node) => does(node, NodeRole.Etcd)).map((node) => node.pool),
  );
  problems.require(
    members % 2 === 1 && members <= mostMembers,
    pool === undefined || others.length > 0 ? "pools" : `pools.${pool}.count`,
    `etcd has ${members} members; allowed are 1, 3 and 5${remedyFor(members)}`,
  );
}

function remedyFor(members: number): string {
  if (members === 0) return ": give the role etcd to a pool";
  if (members > mostMembers) return ": more members make it slower, not safer";
  return `, since ${members} survive no more losses than ${members - 1}: take ${members - 1} or ${members + 1}`;
}

function checkReplaced(
  problems: Problems,
  nodes: readonly PlannedNode[],
  replaceNodes: readonly string[],
): void {
  const known = nodes.map(({ name }) => name);
  for (const name of replaceNodes.filter((one) => !known.includes(one))) {
    problems.require(
      false,
      "replaceNodes",
      `there is no node "${name}"; there are ${known.join(", ") || "none"}`,
    );
  }
  const members = nodes.filter((node) => does(node, NodeRole.Etcd));
  const replaced = members.filter((node) => node.replaced).map(({ name }) => name);
  problems.require(
    replaced.length <= 1,
    "replaceNodes",
    `${replaced.join(" and ")} are members of etcd, which cannot lose two at once; replace one after the other`,
  );
  problems.require(
    replaced.length !== 1 || members.length > 1,
    "replaceNodes",
    `${replaced.join("")} is etcd's only member: the cluster's state would go with it; take a snapshot and make a new cluster, or grow the pool to 3 first`,
  );
}
