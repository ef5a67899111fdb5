import type { CloudSourceName } from "./cloudSources";
import type { FlavorName } from "./flavors";

/** Clouds that something is known of; `generic` is any other, with nothing preset. */
export const cloudNames = ["waw3-1", "waw3-2", "waw4-1", "fra1-2", "cf2", "generic"] as const;

/** A known cloud, or `generic`: one of {@link cloudNames}. */
export type CloudName = (typeof cloudNames)[number];

/**
 * What is known of a cloud without asking it. Each field is there only where a public source was read,
 * named in `sources`; what is left out differs from project to project, or was seen nowhere: then the
 * stack's setting is required.
 */
export interface CloudFacts {
  /** What it is, for messages and documents. */
  readonly title: string;
  /** Keystone, version 3. */
  readonly authUrl?: string;
  /** Region of Keystone's catalogue, as the provider writes it. */
  readonly region?: string;
  /** Network that floating IPs come from. */
  readonly externalNetwork?: string;
  /** Second network of nodes that read Earth-observation data. */
  readonly eodataNetwork?: string;
  /** S3 with the project's own buckets. */
  readonly s3Endpoint?: string;
  /** The region that clients of it sign for. */
  readonly s3Region?: string;
  /**
   * S3 with the Earth-observation data, reached from nodes in the network of that purpose. `http` where
   * the provider has no other: that network is not the Internet.
   */
  readonly eodataEndpoint?: string;
  /** The bucket with all of them. */
  readonly eodataBucket?: string;
  /** Flavors that were seen in use there, of {@link flavorSizes}; a project may have more. */
  readonly flavors?: readonly FlavorName[];
  /** Volume types that were seen in use there, as they are written there. */
  readonly volumeTypes?: readonly string[];
  /** User of the provider's own Ubuntu images. */
  readonly imageUser?: string;
  /** A public image to build the nodes' image from. */
  readonly sourceImage?: string;
  /** Where each of these was read. */
  readonly sources: Readonly<Partial<Record<CloudField, readonly CloudSourceName[]>>>;
}

/** A field of {@link CloudFacts} that can be preset. */
export type CloudField = Exclude<keyof CloudFacts, "title" | "sources">;

const keystone = "https://keystone.cloudferro.com:5000/v3";

const eodata = { eodataEndpoint: "https://eodata.cloudferro.com", eodataBucket: "eodata" } as const;

const waw31: CloudFacts = {
  title: "CREODIAS WAW3-1",
  authUrl: keystone,
  region: "WAW3-1",
  externalNetwork: "external",
  // The network for eodata bears the project's number there, as in eodata_17281_1 (hrvpp).
  s3Endpoint: "https://s3.waw3-1.cloudferro.com",
  s3Region: "US",
  eodataEndpoint: "http://data.cloudferro.com",
  eodataBucket: "eodata",
  flavors: ["eo1.medium", "eo1.large", "eo2.large", "eo2.xlarge", "eo2a.large"],
  volumeTypes: ["ssd", "hdd"],
  imageUser: "eouser",
  sourceImage: "Ubuntu 22.04 LTS",
  sources: {
    authUrl: ["regions", "ewccli"],
    region: ["regions", "ewccli"],
    externalNetwork: ["hrvpp", "ewccli"],
    s3Endpoint: ["regions"],
    s3Region: ["regions"],
    eodataEndpoint: ["regions", "hrvpp"],
    eodataBucket: ["regions"],
    flavors: ["hrvpp", "ewccli", "guideWaw31"],
    volumeTypes: ["hrvpp"],
    imageUser: ["guideWaw31"],
    sourceImage: ["guideWaw31"],
  },
};

const waw32: CloudFacts = {
  title: "CREODIAS WAW3-2",
  authUrl: keystone,
  region: "WAW3-2",
  externalNetwork: "external",
  eodataNetwork: "eodata",
  s3Endpoint: "https://s3.waw3-2.cloudferro.com",
  s3Region: "RegionOne",
  ...eodata,
  flavors: ["eo1.small", "eo1.large", "eo2a.large"],
  volumeTypes: ["hdd"],
  imageUser: "eouser",
  sourceImage: "Ubuntu 22.04 LTS",
  sources: {
    authUrl: ["regions", "hrwsi"],
    region: ["hrwsi", "rke2Sample"],
    externalNetwork: ["hrwsi", "rke2Sample", "s2e"],
    eodataNetwork: ["hrwsi", "s2e"],
    s3Endpoint: ["regions"],
    s3Region: ["regions"],
    eodataEndpoint: ["regions", "s2e"],
    eodataBucket: ["regions"],
    flavors: ["hrwsi", "rke2Sample", "s2e", "wpl"],
    volumeTypes: ["hrwsi"],
    imageUser: ["hrwsi", "s2e", "wpl"],
    sourceImage: ["rke2Sample", "s2e"],
  },
};

const waw41: CloudFacts = {
  title: "CREODIAS WAW4-1",
  authUrl: keystone,
  region: "WAW4-1",
  externalNetwork: "external",
  s3Endpoint: "https://s3.waw4-1.cloudferro.com",
  s3Region: "RegionOne",
  ...eodata,
  flavors: ["eo2a.large"],
  sources: {
    authUrl: ["regions"],
    region: ["regions", "mkcli"],
    externalNetwork: ["tofu"],
    s3Endpoint: ["regions"],
    s3Region: ["regions"],
    eodataEndpoint: ["regions"],
    eodataBucket: ["regions"],
    flavors: ["mkcli"],
  },
};

const fra12: CloudFacts = {
  title: "CREODIAS FRA1-2",
  authUrl: keystone,
  region: "FRA1-2",
  externalNetwork: "external",
  s3Endpoint: "https://s3.fra1-2.cloudferro.com",
  s3Region: "RegionOne",
  ...eodata,
  sources: {
    authUrl: ["regions"],
    region: ["regions"],
    externalNetwork: ["tofu"],
    s3Endpoint: ["regions"],
    s3Region: ["regions"],
    eodataEndpoint: ["regions"],
    eodataBucket: ["regions"],
  },
};

const cf2: CloudFacts = {
  title: "CREODIAS CF2, which CloudFerro's list of regions of 2026 no longer has",
  authUrl: "https://cf2.cloudferro.com:5000/v3",
  region: "RegionOne",
  // Several external networks (external2 in hrvpp, external3 in eoepca): the project says which.
  eodataNetwork: "eodata",
  s3Endpoint: "https://cf2.cloudferro.com:8080",
  s3Region: "RegionOne",
  flavors: ["eo1.xsmall", "eo2.large", "eo2.xlarge"],
  volumeTypes: ["SSD"],
  imageUser: "eouser",
  sources: {
    authUrl: ["eoepca"],
    region: ["eoepca"],
    eodataNetwork: ["eoepca"],
    s3Endpoint: ["eoepca"],
    s3Region: ["eoepca"],
    flavors: ["eoepca"],
    volumeTypes: ["eoepca"],
    imageUser: ["eoepca"],
  },
};

/** What is known of each cloud. */
export const clouds: Readonly<Record<CloudName, CloudFacts>> = {
  "waw3-1": waw31,
  "waw3-2": waw32,
  "waw4-1": waw41,
  "fra1-2": fra12,
  cf2,
  generic: { title: "any OpenStack cloud", sources: {} },
};
