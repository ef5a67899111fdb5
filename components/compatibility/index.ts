export { cinderConfigFolder, cloudProviderFor, cloudProviderRows } from "./cloudProviderTable";
export { compatibility, minimumKubernetes } from "./table";
export {
  judgeImageTag,
  judgeOperator,
  judgeOperatorSpark,
  namespacesKey,
  operatorRow,
  operatorVersions,
} from "./judgeOperator";
export { judgeChart, judgeFink, judgeKops, kubernetesEndOfLife } from "./judgePlatform";
export {
  dockerLines,
  judgeDocker,
  judgeRke,
  judgeRkeProvider,
  newestDocker,
  rkeKubernetesName,
  rkeProviderWindow,
  rkeWindow,
} from "./judgeRke";
export { rkeProviderVersion } from "./rkeTable";
export { judgeRke2, rke2Release } from "./judgeRke2";
export { judgeSpark, sparkRow } from "./judgeSpark";
export type { NamespacesKey, OperatorRow, OperatorVersion } from "./operatorTable";
export type { RkeWindow } from "./judgeRke";
export type { Judgement, Verdict } from "./verdict";
