import { clouds } from "./clouds";
import type { PlainOpenStack } from "./index";

/** What a cluster is named after where nobody says the stack's name. */
export const defaultStack = "stack";

/** The section with what is known of its cloud filled in, and with what nobody said. */
export interface ResolvedOpenStack {
  readonly openstack: OpenStackValues;
  /** Settings that neither the stack file nor the table of clouds has. */
  readonly missing: readonly (readonly string[])[];
}

/** The section `openstack` of a stack with all that its cloud is known for. */
export interface OpenStackValues extends Omit<PlainOpenStack, "network" | "image" | "etcdBackup"> {
  /** Name of the cluster. */
  readonly name: string;
  readonly network: PlainOpenStack["network"] & {
    readonly externalNetwork: string;
    readonly eodata: boolean;
  };
  readonly image: PlainOpenStack["image"] & {
    readonly user: string;
    /** Empty where `id` is given, which needs none. */
    readonly source: string;
    /** That of the first pool where nobody says another. */
    readonly buildFlavor: string;
  };
  readonly etcdBackup?: NonNullable<PlainOpenStack["etcdBackup"]> & {
    readonly endpoint: string;
    readonly region: string;
  };
}

/**
 * Fills in what is known of the cloud. What is missing stays empty, so that the rest can be judged.
 *
 * @param stack the stack's name, which names the cluster unless the section does
 */
export function resolveOpenStack(section: PlainOpenStack, stack: string): ResolvedOpenStack {
  const known = clouds[section.cloud];
  const missing: (readonly string[])[] = [];
  const need = (value: string | undefined, ...at: string[]): string => {
    if (value === undefined) missing.push(["openstack", ...at]);
    return value ?? "";
  };
  const { network, image, etcdBackup } = section;
  const eodataNetwork = network.eodataNetwork ?? known.eodataNetwork;
  const eodata = network.eodata ?? eodataNetwork !== undefined;
  const authUrl = section.authUrl ?? known.authUrl;
  const region = section.region ?? known.region;
  if (section.cloudsYaml === undefined) {
    need(authUrl, "authUrl");
    need(region, "region");
  }
  const openstack: OpenStackValues = {
    ...section,
    name: section.name ?? stack,
    authUrl,
    region,
    network: {
      ...network,
      externalNetwork: need(
        network.externalNetwork ?? known.externalNetwork,
        "network",
        "externalNetwork",
      ),
      eodata,
      eodataNetwork: eodata ? need(eodataNetwork, "network", "eodataNetwork") : undefined,
    },
    image: {
      ...image,
      user: need(image.user ?? known.imageUser, "image", "user"),
      source:
        image.id === undefined ? need(image.source ?? known.sourceImage, "image", "source") : "",
      buildFlavor: image.buildFlavor ?? Object.values(section.pools)[0]?.flavor ?? "",
    },
    etcdBackup: etcdBackup && {
      ...etcdBackup,
      endpoint: need(etcdBackup.endpoint ?? known.objectStore?.endpoint, "etcdBackup", "endpoint"),
      region: need(etcdBackup.region ?? known.objectStore?.region, "etcdBackup", "region"),
    },
  };
  return { openstack, missing };
}
