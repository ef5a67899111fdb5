import { CoreV1Api, KubeConfig, type V1Node } from "@kubernetes/client-node";

/** What of a cluster's nodes rolling them asks for. */
export interface NodeStates {
  /** Whether a node of that name is there and takes pods. */
  isReady(name: string): Promise<boolean>;
}

/** The nodes of the cluster that a kubeconfig names. */
export function nodeStates(kubeconfig: string): NodeStates {
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  const core = config.makeApiClient(CoreV1Api);
  return {
    async isReady(name) {
      const { items } = await core.listNode({ fieldSelector: `metadata.name=${name}` });
      return items.some(takesPods);
    },
  };
}

const takesPods = ({ spec, status }: V1Node): boolean =>
  spec?.unschedulable !== true &&
  (status?.conditions ?? []).some(({ type, status: is }) => type === "Ready" && is === "True");
