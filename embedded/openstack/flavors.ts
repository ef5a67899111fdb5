/** The shape of a server. */
export interface Flavor {
  readonly name: string;
  readonly vcpus: number;
  readonly ramMib: number;
  readonly diskGib: number;
}

/**
 * Flavors named as CloudFerro's (eo1 and eo2: general, hm: much memory), the clouds of CREODIAS:
 * https://docs.cloudferro.com. Sizes are this cloud's own: they grow with the name, and agree with
 * what CloudFerro's pages say of eo1.xsmall (1 core), eo1.large (4 cores) and eo2.2xlarge (8 cores,
 * 32 GB, 128 GB).
 */
export const flavors: readonly Flavor[] = [
  { name: "eo1.xsmall", vcpus: 1, ramMib: 1024, diskGib: 8 },
  { name: "eo1.small", vcpus: 1, ramMib: 2048, diskGib: 16 },
  { name: "eo1.medium", vcpus: 2, ramMib: 4096, diskGib: 32 },
  { name: "eo1.large", vcpus: 4, ramMib: 8192, diskGib: 64 },
  { name: "eo2.medium", vcpus: 1, ramMib: 4096, diskGib: 16 },
  { name: "eo2.large", vcpus: 2, ramMib: 8192, diskGib: 32 },
  { name: "eo2.xlarge", vcpus: 4, ramMib: 16_384, diskGib: 64 },
  { name: "eo2.2xlarge", vcpus: 8, ramMib: 32_768, diskGib: 128 },
  { name: "hm.medium", vcpus: 2, ramMib: 16_384, diskGib: 64 },
  { name: "hm.large", vcpus: 4, ramMib: 32_768, diskGib: 128 },
  { name: "hm.xlarge", vcpus: 8, ramMib: 65_536, diskGib: 128 },
];
