import { cloudProviderRows } from "./cloudProviderTable";
import { endOfLifeRows } from "./endOfLifeTable";
import { operatorRows } from "./operatorTable";
import { capoRows, chartRows, finkRows, kopsRule } from "./platformTable";
import { rke2Rows } from "./rke2Table";
import { dockerReleases, rkeKubernetesNames, rkeProviders, rkeRows } from "./rkeTable";
import { sparkRows } from "./sparkTable";

/** Everything that is known of which version works with which, each fact with its source. */
export const compatibility = {
  spark: sparkRows,
  operator: operatorRows,
  charts: chartRows,
  cloudProvider: cloudProviderRows,
  rke: rkeRows,
  rkeProviders,
  rkeKubernetesNames,
  rke2: rke2Rows,
  dockerReleases,
  fink: finkRows,
  kops: kopsRule,
  capo: capoRows,
  endOfLife: endOfLifeRows,
} as const;

/** Oldest Kubernetes that each service takes, in the version of `charts.ts`. */
export const minimumKubernetes = {
  sparkOperator: "1.16",
  traefik: "1.25",
} as const;
