import type { CloudSourceName } from "./cloudSources";

/** What a flavor has, as the provider publishes it; a quota counts what Nova says. */
export interface FlavorSize {
  /** Virtual CPUs. */
  readonly vcpus: number;
  /** Memory in GB, rounded up by the provider: `eo2a.large` has 7632 MiB (mkcli). */
  readonly ramGb: number;
  /** Root disk in GB. */
  readonly diskGb: number;
}

const size = (vcpus: number, ramGb: number, diskGb: number): FlavorSize => ({
  vcpus,
  ramGb,
  diskGb,
});

/** Sizes of CloudFerro's general flavors. A name means the same in all its clouds as far as was seen. */
export const flavorSizes = {
  "eo1.xsmall": size(1, 1, 8),
  "eo1.small": size(2, 2, 16),
  "eo1.xmedium": size(1, 2, 8),
  "eo1.medium": size(2, 4, 16),
  "eo1.large": size(4, 8, 32),
  "eo2.medium": size(1, 4, 16),
  "eo2.large": size(2, 8, 32),
  "eo2.xlarge": size(4, 16, 64),
  "eo2.2xlarge": size(8, 32, 128),
  "eo2a.medium": size(1, 4, 16),
  "eo2a.large": size(2, 8, 32),
  "eo2a.xlarge": size(4, 16, 64),
  "eo2a.2xlarge": size(8, 32, 128),
  "hm.medium": size(2, 16, 64),
  "hm.large": size(4, 32, 128),
  "hm.xlarge": size(8, 64, 256),
} as const satisfies Record<string, FlavorSize>;

/** A flavor whose size is known. */
export type FlavorName = keyof typeof flavorSizes;

/** Where the sizes were read: the price list, and two of them once more at the cloud itself. */
export const flavorSources: readonly CloudSourceName[] = ["priceList", "wpl", "mkcli"];
