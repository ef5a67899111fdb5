import type { Pki } from "./pki";

/**
 * The API server's configuration for calls into the cluster (webhooks, aggregated APIs, kubelets):
 * they go through the node agent, which knows what answers behind a Service. Over TLS on both
 * sides, so that nobody but the API server is served.
 *
 * @param port the agent's loopback port for CONNECT
 */
export function egressConfig(port: number, pki: Pki): string {
  const tlsConfig = {
    caBundle: pki.ca,
    clientCert: pki.certificate("kubelet-client"),
    clientKey: pki.key("kubelet-client"),
  };
  return JSON.stringify({
    apiVersion: "apiserver.k8s.io/v1beta1",
    kind: "EgressSelectorConfiguration",
    egressSelections: [
      {
        name: "cluster",
        connection: {
          proxyProtocol: "HTTPConnect",
          transport: { tcp: { url: `https://127.0.0.1:${port}`, tlsConfig } },
        },
      },
    ],
  });
}
