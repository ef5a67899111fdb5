/** What a Spark driver makes as long as it runs, and clears away when it ends. */
const onceMade = ["create", "delete", "deletecollection", "list"];

/**
 * What a Spark driver does in its namespace: it runs executors as pods, gives them a ConfigMap and,
 * where asked to, volumes, and clears all of it away, its own headless Service too. The operator
 * makes that Service. `patch` is for the labels of executors that are given up.
 * Source: `KubernetesClusterSchedulerBackend` and `ExecutorPodsAllocator` of Spark 3 and 4.
 */
export const sparkDriverRules = [
  {
    apiGroups: [""],
    resources: ["pods"],
    verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "watch"],
  },
  { apiGroups: [""], resources: ["configmaps"], verbs: onceMade },
  { apiGroups: [""], resources: ["persistentvolumeclaims"], verbs: onceMade },
  { apiGroups: [""], resources: ["services"], verbs: ["deletecollection", "list"] },
];
