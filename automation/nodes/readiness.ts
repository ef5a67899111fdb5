import { CoreV1Api, KubeConfig, type V1Node } from "@kubernetes/client-node";

/** What of a cluster's nodes rolling them asks for. */
export interface NodeStates {
  /** Whether a node of that name is there and takes pods. */
  isReady(name: string): Promise<boolean>;
  /** Whether no node of that name is there any more. */
  isGone(name: string): Promise<boolean>;
}

/** The nodes of the cluster that a kubeconfig names. */
export function nodeStates(kubeconfig: string): NodeStates {
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  const core = config.makeApiClient(CoreV1Api);
  const named = async (name: string) =>
    (await core.listNode({ fieldSelector: `metadata.name=${name}` })).items;
  return {
    isReady: async (name) => (await named(name)).some(takesPods),
    isGone: async (name) => (await named(name)).length === 0,
  };
}

const takesPods = ({ spec, status }: V1Node): boolean =>
  spec?.unschedulable !== true &&
  (status?.conditions ?? []).some(({ type, status: is }) => type === "Ready" && is === "True");
