import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";

const installer = "/usr/local/sbin/eo-install-rke2";

/**
 * User data, as cloud-init reads them: a node's first start installs RKE 2 and joins the cluster.
 *
 * @param config the node's `config.yaml`
 * @param start as what it starts, which release, and where releases are
 */
export const userData = (
  config: string,
  start: { readonly kind: "server" | "agent"; readonly release: string; readonly source: string },
): string =>
  `#cloud-config\n${stringify({
    write_files: [
      { path: "/etc/rancher/rke2/config.yaml", permissions: "0600", content: config },
      {
        path: installer,
        permissions: "0700",
        content: readFileSync(join(__dirname, "install.sh"), "utf8"),
      },
    ],
    runcmd: [[installer, start.kind, start.release, start.source]],
  })}`;
