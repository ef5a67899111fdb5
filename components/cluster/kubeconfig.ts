import { parse, stringify } from "yaml";
import { z } from "zod";

/** Port of the API server. */
export const apiPort = 6443;

/** Of a kubeconfig, what is read here; the rest passes through. */
const kubeconfigShape = z.looseObject({
  clusters: z
    .array(
      z.looseObject({
        name: z.string(),
        cluster: z.looseObject({ server: z.string().optional() }),
      }),
    )
    .min(1),
});

/**
 * The kubeconfig with its one cluster at another address: its maker writes the address that it knows
 * itself by, such as 127.0.0.1 or a node's.
 *
 * @param host where the API server is reached, without scheme and port
 * @throws Error where the text is no kubeconfig; it shows nothing of it
 */
export function kubeconfigAt(kubeconfig: string, host: string): string {
  const read = kubeconfigShape.safeParse(parsed(kubeconfig));
  if (!read.success) throw new Error("the cluster handed out something that is no kubeconfig");
  const server = `https://${host.includes(":") ? `[${host}]` : host}:${apiPort}`;
  const clusters = read.data.clusters.map((one) => ({
    ...one,
    cluster: { ...one.cluster, server },
  }));
  return stringify({ ...read.data, clusters });
}

/** The host of a kubeconfig's first cluster, without port; empty where there is none. */
export function hostOf(kubeconfig: string): string {
  const read = kubeconfigShape.safeParse(parsed(kubeconfig));
  const server = read.data?.clusters[0]?.cluster.server ?? "";
  return URL.canParse(server) ? new URL(server).hostname.replace(/^\[(.*)\]$/, "$1") : "";
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
