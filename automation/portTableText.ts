import { ClusterCni, ClusterEngine } from "../components/openstack/engines";
import { ClusterIngress } from "../components/network/args";
import { portTable, type PortChoice, type PortRow } from "../components/network/portTable";

/** With which engine and pod network a row is open. */
interface Column {
  readonly title: string;
  readonly engine: ClusterEngine;
  readonly cni: ClusterCni;
}

const columns: readonly Column[] = [
  { title: "RKE, Canal", engine: ClusterEngine.Rke, cni: ClusterCni.Canal },
  { title: "RKE, Calico", engine: ClusterEngine.Rke, cni: ClusterCni.Calico },
  { title: "RKE 2, Canal", engine: ClusterEngine.Rke2, cni: ClusterCni.Canal },
  { title: "RKE 2, Calico", engine: ClusterEngine.Rke2, cni: ClusterCni.Calico },
];

/** What a row may hang on beside engine and pod network. */
const everything = {
  ingress: ClusterIngress.Workers,
  apiLoadBalancer: true,
  hasBastion: true,
} as const;
const conditions: readonly { readonly without: Partial<PortChoice>; readonly text: string }[] = [
  { without: { hasBastion: false }, text: "with a bastion" },
  { without: { apiLoadBalancer: false }, text: "with `apiLoadBalancer`" },
  { without: { ingress: ClusterIngress.LoadBalancer }, text: "with `ingress: Workers`" },
];

/** The table of ports as Markdown. */
export function portTableText(): string {
  const head = ["of", "port", "from", "what", ...columns.map(({ title }) => title)];
  const rows = portTable.map((row) => [
    row.at,
    trafficText(row),
    row.from,
    [row.what, ...conditionsOf(row)].join("; "),
    ...columns.map(({ engine, cni }) => (isOpen(row, { ...everything, engine, cni }) ? "yes" : "")),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line), ""].join("\n");
}

const isOpen = ({ when }: PortRow, choice: PortChoice): boolean => when?.(choice) ?? true;

function trafficText({ traffic: { protocol, ports } }: PortRow): string {
  if (ports === undefined) return `IP protocol ${protocol}`;
  return `${[...new Set(ports)].join("–")} ${protocol}`;
}

function conditionsOf(row: PortRow): string[] {
  const open = columns.find(({ engine, cni }) => isOpen(row, { ...everything, engine, cni }));
  if (open === undefined) return [];
  const choice = { ...everything, engine: open.engine, cni: open.cni };
  return conditions
    .filter(({ without }) => !isOpen(row, { ...choice, ...without }))
    .map(({ text }) => text);
}
