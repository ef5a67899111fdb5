import { CoreV1Api, KubeConfig, ApiException } from "@kubernetes/client-node";
import type { Lookup } from "./environment";

/** The agent's way to the API server. */
export class AgentCluster {
  readonly config: KubeConfig;
  readonly core: CoreV1Api;

  constructor(kubeconfig: string) {
    this.config = new KubeConfig();
    this.config.loadFromFile(kubeconfig);
    this.core = this.config.makeApiClient(CoreV1Api);
  }

  /** Where the API server is, for the environment of pods. */
  get address(): { readonly url: string; readonly host: string; readonly port: string } {
    const url = this.config.getCurrentCluster()?.server ?? "";
    const { hostname, port } = new URL(url);
    return { url, host: hostname, port };
  }

  /** The certificate of the API server's authority, PEM. */
  get authority(): string {
    const data = this.config.getCurrentCluster()?.caData ?? "";
    return Buffer.from(data, "base64").toString("utf8");
  }

  /**
   * A token of a pod's own ServiceAccount. It is bound to the pod: it ends with it, and the API
   * server grants it what RBAC grants the account, no more.
   */
  async podToken(pod: PodIdentity): Promise<string> {
    const year = 365 * 24 * 60 * 60;
    const { status } = await this.core.createNamespacedServiceAccountToken({
      name: pod.serviceAccount,
      namespace: pod.namespace,
      body: {
        spec: {
          audiences: [],
          expirationSeconds: year,
          boundObjectRef: { apiVersion: "v1", kind: "Pod", name: pod.name, uid: pod.uid },
        },
      },
    });
    return status?.token ?? "";
  }

  /** A client that acts as a pod's own ServiceAccount. */
  async asPod(pod: PodIdentity): Promise<CoreV1Api> {
    const cluster = this.config.getCurrentCluster();
    const config = new KubeConfig();
    const user = { name: pod.serviceAccount, token: await this.podToken(pod) };
    if (cluster) config.loadFromClusterAndUser(cluster, user);
    return config.makeApiClient(CoreV1Api);
  }

  /** Secrets and ConfigMaps of a namespace. */
  lookup(namespace: string): Lookup {
    return {
      secret: async (name) => {
        const { data = {} } = await this.core.readNamespacedSecret({ name, namespace });
        const decode = (value: string) => Buffer.from(value, "base64").toString("utf8");
        return Object.fromEntries(Object.entries(data).map(([key, v]) => [key, decode(v)]));
      },
      configMap: async (name) => {
        const { data = {} } = await this.core.readNamespacedConfigMap({ name, namespace });
        return data;
      },
    };
  }
}

/** A pod, as its token is asked for. */
export interface PodIdentity {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly serviceAccount: string;
}

/** True for the API server's answer that there is no such object. */
export function isMissing(error: unknown): boolean {
  return error instanceof ApiException && error.code === 404;
}

/** True for the API server's answer that there is such an object already, or a newer one. */
export function isConflict(error: unknown): boolean {
  return error instanceof ApiException && error.code === 409;
}
