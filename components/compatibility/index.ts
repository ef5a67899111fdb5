export { compatibility, minimumKubernetes } from "./table";
export {
  judgeImageTag,
  judgeOperator,
  judgeOperatorSpark,
  namespacesKey,
  operatorRow,
  operatorVersions,
} from "./judgeOperator";
export {
  judgeChart,
  judgeDocker,
  judgeFink,
  judgeKops,
  judgeRke,
  judgeRkeProvider,
  kubernetesEndOfLife,
} from "./judgePlatform";
export { judgeSpark, sparkRow } from "./judgeSpark";
export type { NamespacesKey, OperatorRow, OperatorVersion } from "./operatorTable";
export type { Judgement, Verdict } from "./verdict";
