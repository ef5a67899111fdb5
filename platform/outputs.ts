import type * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings";
import {
  openEoOutputs,
  openEoPasswords,
  type MadeOpenEo,
  type OpenEoOutputs,
} from "./openeoOutputs";
import { openEoServicesOutputs, type OpenEoServicesOutputs } from "./openeoServices";
import type { MadeCluster } from "./openstack/make";
import type { Services } from "./services";

/** What a deployed stack tells its users; what is left out was switched off. */
export interface Outputs extends OpenEoServicesOutputs {
  /** Access to the cluster that the stack has made, as its administrator; secret. */
  readonly kubeconfig?: pulumi.Output<string>;
  /** Address of its API server. */
  readonly apiAddress?: pulumi.Output<string>;
  /** Address of the bastion: the way to its nodes over SSH. */
  readonly bastionAddress?: pulumi.Output<string>;
  /** Names of its nodes, by pool. */
  readonly nodes?: pulumi.Output<Record<string, string[]>>;
  /** Each openEO, by name: where it is, how to log in, and how to try it. */
  readonly openeo?: Readonly<Record<string, OpenEoOutputs>>;
  /** The generated passwords of openEO's one user, by name of the openEO; secret. */
  readonly openeoPasswords?: Readonly<Record<string, pulumi.Output<string>>>;
  /** The namespaces that SparkApplications may run in. */
  readonly jobNamespaces?: pulumi.Output<string[]>;
  /** URL of the object store, reachable inside the cluster only. */
  readonly objectStoreUrl?: pulumi.Output<string>;
  /** URL of the object store at the Ingress: its host's record has to point to Traefik's address. */
  readonly objectStorePublicUrl?: pulumi.Output<string>;
  /** The IngressClass of Traefik. */
  readonly ingressClass?: pulumi.Output<string>;
}

/** What there is to tell of what was made. Outputs that are `undefined` would be exported as such. */
export const outputsOf = (
  { objectStore }: Settings,
  { traefik, operator, store, beside }: Services,
  openeos: readonly MadeOpenEo[],
  made?: MadeCluster,
): Outputs => ({
  ...(made
    ? {
        kubeconfig: made.kubeconfig,
        apiAddress: made.apiAddress,
        bastionAddress: made.bastionAddress,
        nodes: made.pools,
      }
    : {}),
  ...(openeos.length > 0
    ? {
        openeo: openEoOutputs(openeos, traefik?.address),
        openeoPasswords: openEoPasswords(openeos),
      }
    : {}),
  ...(operator ? { jobNamespaces: operator.jobNamespaces } : {}),
  ...(store ? { objectStoreUrl: store.endpoint } : {}),
  ...(store && objectStore.host !== undefined ? { objectStorePublicUrl: store.publicUrl } : {}),
  ...(traefik ? { ingressClass: traefik.ingressClassName } : {}),
  ...(beside ? openEoServicesOutputs(beside) : {}),
});
