import { createServer, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { readFile, writeFile } from "node:fs/promises";
import { parse, stringify } from "yaml";
import { z } from "zod";

const kubeconfigSchema = z.looseObject({
  clusters: z.tuple([z.looseObject({ cluster: z.looseObject({ server: z.string() }) })]),
});

/**
 * Stands for the way to a floating IP, which leads nowhere without an L3 agent: a proxy that takes
 * whoever asks for any address to one API server.
 */
export class FloatingAddress {
  private constructor(private readonly server: Server) {}

  /**
   * @param kubeconfig file of the API server's kubeconfig
   * @param through file that is written: the same, by way of this proxy
   */
  static async before(kubeconfig: string, through: string): Promise<FloatingAddress> {
    const config = kubeconfigSchema.parse(parse(await readFile(kubeconfig, "utf8")));
    const [{ cluster, ...rest }] = config.clusters;
    const { hostname, port } = new URL(cluster.server);
    const server = createServer().on("connect", (_, client, head) => {
      const there = connect(Number(port), hostname, () => {
        client.write("HTTP/1.1 200 Connection established\r\n\r\n");
        there.write(head);
        there.pipe(client).pipe(there);
      });
      for (const end of [client, there])
        end.on("error", () => [client, there].map((one) => one.destroy()));
    });
    server.listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port: own } = server.address() as AddressInfo;
    const by = { "proxy-url": `http://127.0.0.1:${own}`, "tls-server-name": hostname };
    const clusters = [{ ...rest, cluster: { ...cluster, ...by } }];
    await writeFile(through, stringify({ ...config, clusters }), { mode: 0o600 });
    return new FloatingAddress(server);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
