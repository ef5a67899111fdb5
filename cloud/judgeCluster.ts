import type { Inventory } from "./inventory";
import type { CloudWanted } from "./preflight";

/** How a platform comes to what its cluster cannot become. */
const migration = "docs/migration-rke1-rke2.md moves a platform to a second cluster";

/** One line for each change that the cluster which is there would not survive. */
export const judgeCluster = (wanted: CloudWanted, found: Inventory): readonly string[] => [
  ...judgeEngine(wanted, found),
  ...judgeAddresses(wanted, found),
  ...judgeEtcd(wanted, found),
];

function judgeEngine({ cluster, engine }: CloudWanted, { present }: Inventory): readonly string[] {
  const other = present.engines.filter((one) => one !== engine);
  if (engine === undefined || other.length === 0) return [];
  return [
    `cluster ${cluster} has servers made with ${other.join(" and ")}, its settings say ${engine}: an engine is not switched in place; ${migration}`,
  ];
}

function judgeAddresses(
  { cluster, addresses }: CloudWanted,
  { present }: Inventory,
): readonly string[] {
  const made = present.servers.flatMap((server) => server.addresses ?? []);
  const other = made.find((one) => one !== addresses);
  if (addresses === undefined || other === undefined) return [];
  return [
    `cluster ${cluster} was made with ${other}, its settings say ${addresses}: these are for good; set openstack.network back, or make another cluster: ${migration}`,
  ];
}

/**
 * RKE takes members out of etcd before their servers go, so that one has to stay. RKE 2 does as the
 * servers go, when two that are lost at once can be the majority.
 */
function judgeEtcd({ engine, etcd }: CloudWanted, { present }: Inventory): readonly string[] {
  if (etcd === undefined) return [];
  const members = present.servers.flatMap(({ node, roles = [] }) =>
    node !== undefined && roles.includes("etcd") ? [node] : [],
  );
  const lost = members.filter((node) => !etcd.includes(node));
  const isAllowed = engine === "rke" ? lost.length < members.length : lost.length <= 1;
  if (lost.length === 0 || isAllowed) return [];
  return [
    `etcd would lose ${lost.sort().join(", ")} of its members ${members.sort().join(", ")} at once, and the cluster its state: leave name, roles and count of their pool in openstack.pools as they were, and replace nodes one by one with \`./eo nodes roll\`; ${migration}`,
  ];
}
