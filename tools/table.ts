/** A machine that a tool runs on, in Go's words. */
export interface Platform {
  readonly os: "linux" | "darwin";
  readonly arch: "amd64" | "arm64";
}

/** An official release: one file, or a `.tar.gz` that holds the tool. */
export interface Release {
  /** Where it is; undefined where this platform has none. */
  readonly url: (platform: Platform) => string | undefined;
  /** Its published SHA-256: a file of one sum, or of lines `sum  file name`. */
  readonly checksum: (platform: Platform) => string;
  /** Path of the tool inside the archive; undefined where the file is the tool itself. */
  readonly member?: (platform: Platform) => string;
}

/** How a tool is built from the Go module proxy. */
export interface GoBuild {
  /** Folder, from `tools/modules/`, whose go.mod and go.sum pin it. */
  readonly set: string;
  /** Folders of the set with Go sources of our own, which decide the binary like go.sum. */
  readonly sources?: readonly string[];
  readonly package: string;
  /** Linker flags; a version stamp above all. Default: none but `-s -w`. */
  readonly ldflags?: string;
  /** Where in a module the scripts are that belong beside the binary. */
  readonly scripts?: { readonly module: string; readonly folder: string };
  /** A Helm chart that the same module carries. */
  readonly chart?: ModuleChart;
}

/** A Helm chart inside a Go module. */
export interface ModuleChart {
  readonly name: string;
  readonly version: string;
  /** Folder of `tools/modules/` whose go.sum guards the module. */
  readonly set: string;
  /** The module, with `@v…` where it is not the version of the set's go.mod. */
  readonly module: string;
  readonly folder: string;
}

/** One tool: what is wanted, what is accepted, and where it can come from. */
export interface ToolSpec {
  readonly name: string;
  /** The version that is downloaded or built, without `v`. */
  readonly version: string;
  /** Versions on PATH that are taken instead (semver range). */
  readonly accepts: string;
  /** Arguments that make the tool print its version; undefined where it cannot. */
  readonly askVersion?: readonly string[];
  /** Taken from PATH only out of the folder of this tool, whatever its version. */
  readonly besideOnPath?: string;
  /** Scripts that belong beside the binary and on PATH with it. */
  readonly alongside?: readonly string[];
  /** Tools of one group are fetched together, and one process at a time does it. */
  readonly group: string;
  /** Undefined where no release with a published checksum is known. */
  readonly release?: Release;
  readonly build: GoBuild;
  /** Seconds that its group takes to build on two cores with cold caches. */
  readonly coldSeconds: number;
  /** Size of the built binary, in MB. */
  readonly sizeMb: number;
}

export const toolNames = [
  "pulumi",
  "pulumi-language-nodejs",
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kubectl",
  "kwok",
  "helm",
  "spark-operator",
] as const;

/** What tests and figures alone need: nobody gets it who has not named it. */
export const testToolNames = [
  "versitygw",
  "bridged-openstack",
  "bridged-rke",
  "terraform-provider-openstack",
] as const;

/** A tool of `make up`. */
export type BaseToolName = (typeof toolNames)[number];

export type ToolName = BaseToolName | (typeof testToolNames)[number];

const versions = {
  pulumi: "3.259.0",
  nodeHost: "3.68.0",
  kubernetes: "1.36.3",
  etcd: "3.6.5",
  kwok: "0.8.0",
  helm: "3.20.2",
  sparkOperator: "2.5.2",
  versitygw: "1.8.0",
  pulumiOpenstack: "3.15.2",
  pulumiRke: "3.6.0",
  // What pulumiOpenstack is made from.
  terraformOpenstack: "1.54.1",
} as const;

/** The spark-operator's own chart, carried by the module that the operator is built from. */
export const operatorChart: ModuleChart = {
  name: "spark-operator",
  version: versions.sparkOperator,
  set: "spark-operator",
  module: "github.com/kubeflow/spark-operator/v2",
  folder: "charts/spark-operator-chart",
};

/**
 * The charts of cloud-provider-openstack, by Kubernetes. Modules of the newest releases are not to be
 * had from the module proxy.
 */
export const cloudProviderModuleCharts = {
  "1.31": cloudProviderModule("1.31.2", "2.31.2", "2.31.5"),
  "1.36": cloudProviderModule("1.36.0", "2.36.0", "2.36.0"),
} as const;

function cloudProviderModule(release: string, cloudController: string, cinderCsi: string) {
  const set = "cloud-provider-openstack";
  const from = (version: string, name: string, folder: string): ModuleChart => ({
    name,
    version,
    set,
    module: `k8s.io/cloud-provider-openstack@v${release}`,
    folder: `charts/${folder}`,
  });
  const controller = "openstack-cloud-controller-manager";
  return {
    cloudController: from(cloudController, controller, controller),
    cinderCsi: from(cinderCsi, "openstack-cinder-csi", "cinder-csi-plugin"),
  };
}

const etcdRelease = `https://github.com/etcd-io/etcd/releases/download/v${versions.etcd}`;
const etcdName = (arch: Platform["arch"]) => `etcd-v${versions.etcd}-linux-${arch}`;

const pulumiArch = { amd64: "x64", arm64: "arm64" } as const;

/** One archive holds the engine and its language hosts. */
function pulumiRelease(file: string): Release {
  const base = "https://get.pulumi.com/releases/sdk";
  const version = versions.pulumi;
  return {
    url: ({ os, arch }) => `${base}/pulumi-v${version}-${os}-${pulumiArch[arch]}.tar.gz`,
    checksum: () => `${base}/pulumi-${version}-checksums.txt`,
    member: () => `pulumi/${file}`,
  };
}

/**
 * A program of Kubernetes. Without the stamp the API server reports a placeholder as its version,
 * and charts that compare versions fail.
 *
 * @param everywhere true where releases exist beyond Linux
 */
function kubernetes(
  name: ToolName,
  askVersion: readonly string[],
  accepts: string,
  sizeMb: number,
  everywhere = false,
): ToolSpec {
  const [major, minor] = versions.kubernetes.split(".");
  const stamp = "-X k8s.io/component-base/version";
  const url = ({ os, arch }: Platform) =>
    `https://dl.k8s.io/release/v${versions.kubernetes}/bin/${os}/${arch}/${name}`;
  return {
    name,
    version: versions.kubernetes,
    accepts,
    askVersion,
    group: "kubernetes",
    release: {
      url: (platform) => (everywhere || platform.os === "linux" ? url(platform) : undefined),
      checksum: (platform) => `${url(platform)}.sha256`,
    },
    build: {
      set: "kubernetes",
      package: `k8s.io/kubernetes/cmd/${name}`,
      ldflags: `${stamp}.gitVersion=v${versions.kubernetes} ${stamp}.gitMajor=${major} ${stamp}.gitMinor=${minor}`,
    },
    coldSeconds: 240,
    sizeMb,
  };
}

/** A Terraform provider behind Pulumi's bridge, in place of an official plugin: docs/plugins.md. */
function bridged(name: string, version: string, figures: Pick<ToolSpec, "coldSeconds" | "sizeMb">) {
  const spec: ToolSpec = {
    name: `bridged-${name}`,
    version,
    accepts: version,
    askVersion: ["-version"],
    group: "bridged",
    build: {
      set: "../../embedded/plugins",
      sources: ["bridge", name],
      package: `eoplatform/embedded/plugins/${name}`,
      ldflags: `-X main.version=${version}`,
    },
    ...figures,
  };
  return spec;
}

const sameMinor = ">=1.36.0 <1.37.0-0";

/** Every tool of the toolchain. This is the only place that names their versions. */
export const tools: Readonly<Record<ToolName, ToolSpec>> = {
  pulumi: {
    name: "pulumi",
    version: versions.pulumi,
    accepts: ">=3.200.0 <4.0.0-0",
    askVersion: ["version"],
    group: "pulumi",
    release: pulumiRelease("pulumi"),
    build: {
      set: "pulumi",
      package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
      // Without it `pulumi version` prints nothing, and the Automation API refuses the engine.
      ldflags: `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${versions.pulumi}`,
    },
    coldSeconds: 190,
    sizeMb: 115,
  },
  "pulumi-language-nodejs": {
    name: "pulumi-language-nodejs",
    version: versions.nodeHost,
    // It has no way to ask its version: the one beside the engine belongs to the engine.
    accepts: "*",
    besideOnPath: "pulumi",
    alongside: ["pulumi-analyzer-policy", "pulumi-resource-pulumi-nodejs"],
    group: "pulumi",
    release: pulumiRelease("pulumi-language-nodejs"),
    build: {
      // Later hosts are a module of their own that the Go proxy does not have.
      set: "pulumi-language-nodejs",
      package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
      ldflags: `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${versions.nodeHost}`,
      scripts: { module: "github.com/pulumi/pulumi/sdk/v3", folder: "nodejs/dist" },
    },
    coldSeconds: 15,
    sizeMb: 18,
  },
  etcd: {
    name: "etcd",
    version: versions.etcd,
    accepts: ">=3.6.0 <3.7.0-0",
    askVersion: ["--version"],
    group: "etcd",
    release: {
      // Releases for macOS are zip files; there it is built.
      url: ({ os, arch }) =>
        os === "linux" ? `${etcdRelease}/${etcdName(arch)}.tar.gz` : undefined,
      checksum: () => `${etcdRelease}/SHA256SUMS`,
      member: ({ arch }) => `${etcdName(arch)}/etcd`,
    },
    build: { set: "etcd", package: "go.etcd.io/etcd/server/v3" },
    coldSeconds: 32,
    sizeMb: 27,
  },
  "kube-apiserver": kubernetes("kube-apiserver", ["--version"], sameMinor, 105),
  "kube-controller-manager": kubernetes("kube-controller-manager", ["--version"], sameMinor, 96),
  "kube-scheduler": kubernetes("kube-scheduler", ["--version"], sameMinor, 73),
  // A client may be one minor older or newer than its API server.
  kubectl: kubernetes(
    "kubectl",
    ["version", "--client", "--output", "json"],
    ">=1.35.0 <1.38.0-0",
    60,
    true,
  ),
  kwok: {
    name: "kwok",
    version: versions.kwok,
    // Its stages are part of its interface and change with the minor.
    accepts: ">=0.8.0 <0.9.0-0",
    askVersion: ["--version"],
    group: "kwok",
    // Its release page has binaries without checksums: it is built, where go.sum guards it.
    build: { set: "kwok", package: "sigs.k8s.io/kwok/cmd/kwok" },
    coldSeconds: 57,
    sizeMb: 64,
  },
  helm: {
    name: "helm",
    version: versions.helm,
    accepts: ">=3.16.0 <4.0.0-0",
    askVersion: ["version", "--template", "{{.Version}}"],
    group: "helm",
    release: {
      url: ({ os, arch }) => `https://get.helm.sh/helm-v${versions.helm}-${os}-${arch}.tar.gz`,
      checksum: ({ os, arch }) =>
        `https://get.helm.sh/helm-v${versions.helm}-${os}-${arch}.tar.gz.sha256sum`,
      member: ({ os, arch }) => `${os}-${arch}/helm`,
    },
    build: {
      set: "helm",
      package: "helm.sh/helm/v3/cmd/helm",
      ldflags: `-X helm.sh/helm/v3/internal/version.version=v${versions.helm}`,
    },
    coldSeconds: 55,
    sizeMb: 58,
  },
  "spark-operator": {
    name: "spark-operator",
    version: versions.sparkOperator,
    accepts: ">=2.5.2 <2.6.0-0",
    askVersion: ["version", "--short"],
    group: "spark-operator",
    // Released as a container image only.
    build: {
      set: "spark-operator",
      package: "github.com/kubeflow/spark-operator/v2/cmd/operator",
      ldflags: `-X k8s.io/component-base/version.gitVersion=v${versions.sparkOperator}`,
      chart: operatorChart,
    },
    coldSeconds: 80,
    sizeMb: 56,
  },
  versitygw: {
    name: "versitygw",
    version: versions.versitygw,
    // Tests run what the image of this release has in it.
    accepts: "~1.8.0",
    askVersion: ["--version"],
    group: "versitygw",
    build: {
      set: "versitygw",
      package: "github.com/versity/versitygw/cmd/versitygw",
      ldflags: `-X main.Version=v${versions.versitygw}`,
    },
    coldSeconds: 75,
    sizeMb: 45,
  },
  "bridged-openstack": bridged("openstack", versions.pulumiOpenstack, {
    coldSeconds: 75,
    sizeMb: 36,
  }),
  "bridged-rke": bridged("rke", versions.pulumiRke, { coldSeconds: 150, sizeMb: 78 }),
  "terraform-provider-openstack": {
    name: "terraform-provider-openstack",
    version: versions.terraformOpenstack,
    accepts: versions.terraformOpenstack,
    // It has no way to ask its version, so that none on PATH is taken.
    group: "terraform-provider-openstack",
    build: {
      set: "terraform-provider-openstack",
      package: "github.com/terraform-provider-openstack/terraform-provider-openstack",
    },
    coldSeconds: 45,
    sizeMb: 24,
  },
};
