import { compatibility, minimumKubernetes } from "../components/compatibility";

/** The compatibility table as Markdown. */
export function compatibilityTables(): string {
  return [
    sparkText(),
    operatorText(),
    servicesText(),
    chartsText(),
    cloudProviderText(),
    finkText(),
    rkeText(),
    rkeNamesText(),
    othersText(),
    endOfLifeText(),
  ].join("\n");
}

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]) {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [`### ${title}`, "", line(head), line(head.map(() => "---")), ...rows.map(line), ""].join(
    "\n",
  );
}

const sparkText = () =>
  table(
    "Spark on Kubernetes",
    ["Spark", "oldest Kubernetes", "newest", "ran on", "note", "sources"],
    compatibility.spark.map((row) => [
      row.fromPatch === undefined ? row.spark : `${row.spark}.${row.fromPatch} and newer`,
      row.minimum ?? (row.recommended === undefined ? "" : `${row.recommended} recommended`),
      row.maximum ?? "",
      row.tested.join(", "),
      row.note ?? "",
      row.sources.join("; "),
    ]),
  );

const operatorText = () =>
  table(
    "Spark operator",
    ["chart", "operator", "submits with", "ran on", "job namespaces", "webhook", "sources"],
    compatibility.operator.map((row) => [
      row.chart,
      row.app,
      row.baseSpark,
      row.tested.join(", "),
      `\`${row.namespacesKey}\``,
      row.webhookDefault ? "on" : "off",
      row.sources.join("; "),
    ]),
  );

const servicesText = () =>
  table(
    "Oldest Kubernetes of each service",
    ["service", "Kubernetes"],
    Object.entries(minimumKubernetes).map(([service, minimum]) => [`\`${service}\``, minimum]),
  );

const chartsText = () =>
  table(
    "Charts on Kubernetes",
    ["chart", "version", "Kubernetes", "note", "sources"],
    compatibility.charts.map((row) => {
      const kubernetes = [
        ...(row.minimum === undefined ? [] : [`${row.minimum} and newer`]),
        ...(row.testedTo === undefined ? [] : [`tested to ${row.testedTo}`]),
      ];
      const { chart, version, note = "", sources } = row;
      return [chart, version, kubernetes.join(", "), note, sources.join("; ")];
    }),
  );

const cloudProviderText = () =>
  table(
    "Charts of cloud-provider-openstack",
    ["Kubernetes", "openstack-cloud-controller-manager", "openstack-cinder-csi"],
    compatibility.cloudProvider.map(({ kubernetes, cloudController, cinderCsi }) => [
      kubernetes,
      cloudController,
      cinderCsi,
    ]),
  );

const finkText = () =>
  table(
    "Fink",
    ["Fink", "Spark", "ran on Kubernetes", "newest", "image", "sources"],
    compatibility.fink.map((row) => [
      row.fink,
      row.spark,
      row.kubernetes ?? "",
      row.maximum ?? "",
      `\`${row.image}\``,
      row.sources.join("; "),
    ]),
  );

const rkeText = () =>
  table(
    "RKE 1, and Docker below it",
    ["Kubernetes", "RKE from", "to the line", "Docker"],
    compatibility.rke.map(({ kubernetes, from = "", to = "", docker = [] }) => [
      kubernetes,
      from,
      to,
      docker.join(", "),
    ]),
  );

const rkeNamesText = () =>
  table(
    "Kubernetes as RKE 1 names it, and as RKE 2 releases it",
    ["Kubernetes", "RKE", "`kubernetesVersion` of RKE", "release of RKE 2"],
    compatibility.rke2.map(({ kubernetes, release }) => {
      const [rke = "", name = ""] =
        Object.entries(compatibility.rkeKubernetesNames)
          .map(([version, names]) => [version, names[kubernetes] ?? ""])
          .find(([, found]) => found !== "") ?? [];
      return [kubernetes, rke, name, release];
    }),
  );

function othersText(): string {
  const providers = Object.entries(compatibility.rkeProviders).map(([provider, rke]) => [
    `Terraform provider rancher/rke ${provider}`,
    `RKE ${rke}`,
  ]);
  const capo = Object.entries(compatibility.capo).map(([version, api]) => [
    `Cluster API provider OpenStack ${version}`,
    `Cluster API ${api}`,
  ]);
  const { supported, deprecated } = compatibility.kops;
  const kops = [
    "kops N",
    `Kubernetes N to N-${supported}; deprecated: to N-${deprecated}; none newer`,
  ];
  return table("What belongs together", ["this", "with"], [...providers, ...capo, kops]);
}

const endOfLifeText = () =>
  table(
    "Ends of life",
    ["what", "since", "source"],
    compatibility.endOfLife.map(({ subject, date, source }) => [subject, date, source]),
  );
