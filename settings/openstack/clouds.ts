import type { CloudSourceName } from "./cloudSources";
import type { FlavorName } from "./flavors";

/** Clouds that something is known of; `generic` is any other, with nothing preset. */
export const cloudNames = ["waw3-1", "waw3-2", "waw4-1", "fra1-2", "cf2", "generic"] as const;

/** A known cloud, or `generic`: one of {@link cloudNames}. */
export type CloudName = (typeof cloudNames)[number];

/** A store that speaks S3. */
export interface S3Access {
  /** Its address. */
  readonly endpoint: string;
  /** The region that clients name when they sign. */
  readonly region: string;
}

/** The store of Earth-observation data; reached from the cloud's own network of that purpose. */
export interface EodataAccess {
  /** Its address. `http` where the provider has no other: the network is not the Internet. */
  readonly endpoint: string;
  /** The bucket with everything in it. */
  readonly bucket: string;
}

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
  /** Where buckets of the project's own are. */
  readonly objectStore?: S3Access;
  /** Where Earth-observation data are. */
  readonly eodata?: EodataAccess;
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

const newEodata: EodataAccess = { endpoint: "https://eodata.cloudferro.com", bucket: "eodata" };

const waw31: CloudFacts = {
  title: "CREODIAS WAW3-1",
  authUrl: keystone,
  region: "WAW3-1",
  externalNetwork: "external",
  // The network for eodata bears the project's number there, as in eodata_17281_1 (hrvpp).
  objectStore: { endpoint: "https://s3.waw3-1.cloudferro.com", region: "US" },
  eodata: { endpoint: "http://data.cloudferro.com", bucket: "eodata" },
  flavors: ["eo1.medium", "eo1.large", "eo2.large", "eo2.xlarge", "eo2a.large"],
  volumeTypes: ["ssd", "hdd"],
  imageUser: "eouser",
  sourceImage: "Ubuntu 22.04 LTS",
  sources: {
    authUrl: ["regions", "ewccli"],
    region: ["regions", "ewccli"],
    externalNetwork: ["hrvpp", "ewccli"],
    objectStore: ["regions"],
    eodata: ["regions", "hrvpp"],
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
  objectStore: { endpoint: "https://s3.waw3-2.cloudferro.com", region: "RegionOne" },
  eodata: newEodata,
  flavors: ["eo1.small", "eo1.large", "eo2a.large"],
  volumeTypes: ["hdd"],
  imageUser: "eouser",
  sourceImage: "Ubuntu 22.04 LTS",
  sources: {
    authUrl: ["regions", "hrwsi"],
    region: ["hrwsi", "rke2Sample"],
    externalNetwork: ["hrwsi", "rke2Sample", "s2e"],
    eodataNetwork: ["hrwsi", "s2e"],
    objectStore: ["regions"],
    eodata: ["regions", "s2e"],
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
  objectStore: { endpoint: "https://s3.waw4-1.cloudferro.com", region: "RegionOne" },
  eodata: newEodata,
  flavors: ["eo2a.large"],
  sources: {
    authUrl: ["regions"],
    region: ["regions", "mkcli"],
    externalNetwork: ["tofu"],
    objectStore: ["regions"],
    eodata: ["regions"],
    flavors: ["mkcli"],
  },
};

const fra12: CloudFacts = {
  title: "CREODIAS FRA1-2",
  authUrl: keystone,
  region: "FRA1-2",
  externalNetwork: "external",
  objectStore: { endpoint: "https://s3.fra1-2.cloudferro.com", region: "RegionOne" },
  eodata: newEodata,
  sources: {
    authUrl: ["regions"],
    region: ["regions"],
    externalNetwork: ["tofu"],
    objectStore: ["regions"],
    eodata: ["regions"],
  },
};

const cf2: CloudFacts = {
  title: "CREODIAS CF2, which CloudFerro's list of regions of 2026 no longer has",
  authUrl: "https://cf2.cloudferro.com:5000/v3",
  region: "RegionOne",
  // Several external networks (external2 in hrvpp, external3 in eoepca): the project says which.
  eodataNetwork: "eodata",
  objectStore: { endpoint: "https://cf2.cloudferro.com:8080", region: "RegionOne" },
  flavors: ["eo1.xsmall", "eo2.large", "eo2.xlarge"],
  volumeTypes: ["SSD"],
  imageUser: "eouser",
  sources: {
    authUrl: ["eoepca"],
    region: ["eoepca"],
    eodataNetwork: ["eoepca"],
    objectStore: ["eoepca"],
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
