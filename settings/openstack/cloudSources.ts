/** Where a fact of a cloud can be looked up. */
export interface CloudSource {
  /** Repository, or page. */
  readonly url: string;
  /** File in the repository, or what to look for there. */
  readonly place: string;
  /** Day or month of the version that was read, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly date: string;
}

/** Public sources of {@link clouds}; each was read, none is from memory. */
export const cloudSources = {
  /** CloudFerro's documentation: endpoints of all regions. */
  regions: {
    url: "https://github.com/cloudferrodocumentation/ecis",
    place: "conf.py, COMMON_CLOUDFERRO_REGIONS",
    date: "2026-04",
  },
  /** CloudFerro's documentation for users of WAW3-1: which image, flavor and user. */
  guideWaw31: {
    url: "https://github.com/cloudferrodocumentation/ecis",
    place:
      "source, for Eumetsat Elasticity: openstackcli/Resizing-a-virtual-machine-using-OpenStack-CLI, networking/How-to-connect-to-your-virtual-machine-via-SSH-in-Linux; conf.py says WAW3-1",
    date: "2026-04",
  },
  /** CloudFerro's price list of VMs, which has their sizes. */
  priceList: {
    url: "https://github.com/CloudFerro/doc",
    place: "source/static/pricelist.rst, figure1.png",
    date: "2021-06-17",
  },
  /** CloudFerro's modules for all its regions. */
  tofu: {
    url: "https://github.com/CloudFerro/tofu",
    place: "modules/bastion/main.tf, modules/ha_tier/main.tf",
    date: "2026-05-22",
  },
  /** CloudFerro's RKE2 on WAW3-2. */
  rke2Sample: {
    url: "https://github.com/CloudFerro/K8s-samples",
    place: "rke2-terraform/main.tf, variables.tf",
    date: "2024-07-26",
  },
  /** CloudFerro's client of its managed Kubernetes: what a machine on WAW4-1 has. */
  mkcli: {
    url: "https://github.com/CloudFerro/cf-mkcli",
    place: "tests/integration/test_cluster_commands.py",
    date: "2025-12-22",
  },
  /** Production of the European snow and ice products on WAW3-2. */
  hrwsi: {
    url: "https://github.com/eea/clms-hrwsi-system",
    place: "HRWSI_Deployment/provision/terraform",
    date: "2024-05-31",
  },
  /** Production of the European vegetation products, with Spark, on WAW3-1. */
  hrvpp: {
    url: "https://github.com/eea/clms-hrvpp-productionsystem",
    place: "01_Cloud_deployment: README.md, infrastructure/main.tf, variables.tf",
    date: "2023-12-21",
  },
  /** Bulk processing of Sentinel-2 on WAW3-2. */
  s2e: {
    url: "https://github.com/data-desk-eco/s2e",
    place: "cloud/box.sh, cloud/cloud-init.yaml",
    date: "2026-07-19",
  },
  /** A virtual machine on WAW3-2, with its size. */
  wpl: {
    url: "https://github.com/Assimila/wpl-notebooks",
    place: "deployment/readme.md",
    date: "2025-10-17",
  },
  /** The European Weather Cloud's client, which knows WAW3-1. */
  ewccli: {
    url: "https://github.com/ewcloud/ewccli",
    place: "ewccli/configuration.py, ewccli/enums.py",
    date: "2026-08-06",
  },
  /** An exploitation platform on CF2. */
  eoepca: {
    url: "https://github.com/EOEPCA/eoepca",
    place: "creodias/README.md, eoepca.tfvars, modules/compute; bin/delete-buckets.sh",
    date: "2024-02-28",
  },
} as const satisfies Record<string, CloudSource>;

/** One of {@link cloudSources}. */
export type CloudSourceName = keyof typeof cloudSources;
