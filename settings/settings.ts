import type { OpenEoInstance as Instance } from "./openeo/instances";
import type { OpenStackValues } from "./openstack/resolve";
import type { PlainSettings } from "./schema";
import type { SecretKey } from "./secrets";
import type { Target } from "./target";

type Frozen<T> = T extends readonly (infer E)[]
  ? readonly Frozen<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Frozen<T[K]> }
    : T;

/** The Spark operator of a stack. */
export type SparkOperatorSettings = Frozen<PlainSettings["sparkOperator"]>;

/** Traefik in a stack. */
export type TraefikSettings = Frozen<PlainSettings["traefik"]>;

/** The object store of a stack. */
export type ObjectStoreSettings = Frozen<PlainSettings["objectStore"]>;

/** The OpenStack cloud of a stack, and the cluster on it; what is known of the cloud is filled in. */
export type OpenStackSettings = Frozen<OpenStackValues>;

/** An openEO of a stack; the files that it names are absolute paths. */
export type OpenEoSettings = Frozen<PlainSettings["openeo"]>;

/** An openEO that is deployed. */
export type OpenEoInstance = Instance<OpenEoSettings>;

/** The services beside openEO in a stack. */
export type OpenEoServicesSettings = Frozen<PlainSettings["openeoServices"]>;

/**
 * All settings of a stack: checked, defaults filled in, frozen to the last part. Of a section whose
 * `enabled` is false nothing else means anything.
 */
export interface Settings {
  /** Where the stack runs. */
  readonly target: Target;
  /** Kubernetes version of the cluster, as `major.minor`. */
  readonly kubernetesVersion: string;
  /** Absolute path of the kubeconfig. Neither this nor the secret: the one that kubectl takes. */
  readonly kubeconfigFile?: string;
  /** Context of the kubeconfig; its current one if left out. */
  readonly kubeContext?: string;
  /** Whether the kubeconfig is the secret setting `kubeconfig`. */
  readonly kubeconfigIsSecret: boolean;
  /** Where all charts are taken from: an absolute path, or an address. Left out: their repositories. */
  readonly chartMirror?: string;
  /** Where the stack makes its cluster; of the target `openstack` only. */
  readonly openstack?: OpenStackSettings;
  readonly sparkOperator: SparkOperatorSettings;
  readonly traefik: TraefikSettings;
  readonly objectStore: ObjectStoreSettings;
  readonly openeo: OpenEoSettings;
  readonly openeoServices: OpenEoServicesSettings;
  /** What provisions the volumes of batch jobs. Left out: the cluster has a class for them. */
  readonly batchVolumeProvisioner?: string;
  /** Further openEO instances, by name. */
  readonly openeoInstances: Readonly<Record<string, OpenEoSettings>>;
  /** The secret settings that are set. */
  readonly secrets: readonly SecretKey[];
  /** What works, or may work, and should be known; each one line. */
  readonly warnings: readonly string[];
  /** Those of the warnings that no component gives too, for whoever runs the components. */
  readonly ownWarnings: readonly string[];
}
