import {
  dns1123Rule,
  isDns1123Label,
  isHostName,
  isReleaseName,
  releaseNameRule,
} from "../../base/names";
import { Refusals, requireNamespace, requireTimeout, requireWhole } from "../../base/refusal";
import type { ObjectStoreArgs, ObjectStoreClientArgs, Store } from "./args";
import { bucketNameRule, isBucketName, isFolder } from "./buckets";
import { rootAccount } from "./pod";

/**
 * @param store the arguments with every default filled in
 * @throws pulumi.InputPropertiesError with every argument that cannot be taken
 */
export function checkObjectStore(name: string, args: ObjectStoreArgs, store: Store): void {
  const refusals = new Refusals(`ObjectStore ${name}`);
  refusals.require(isReleaseName(name), "name", `"${name}" names the Service: ${releaseNameRule}`);
  requireNamespace(refusals, "namespace", store.namespace);
  requireWhole(refusals, "sizeGib", store.sizeGib, { least: 1, unit: "GiB" });
  requireWhole(refusals, "memoryMib", store.memoryMib, { least: 128, unit: "MiB" });
  refusals.require(
    /^[A-Za-z0-9-]{1,63}$/.test(store.region),
    "region",
    `"${store.region}" is no region; take letters, digits and hyphens, such as us-east-1`,
  );
  requireTimeout(refusals, store.timeoutSeconds);
  checkHost(refusals, args);
  if (args.clients !== undefined) checkClients(refusals, args.clients);
  refusals.throwIfAny();
}

function checkHost(refusals: Refusals, { host, tlsSecret }: ObjectStoreArgs): void {
  refusals.require(
    host === undefined || isHostName(host),
    "host",
    `"${host ?? ""}" is no host name; write it in lower case, without scheme and port`,
  );
  refusals.require(
    host !== undefined || tlsSecret === undefined,
    "tlsSecret",
    "has no host that it is for; give host, or leave tlsSecret out",
  );
}

function checkClients(refusals: Refusals, clients: Record<string, ObjectStoreClientArgs>): void {
  const names = Object.keys(clients);
  refusals.require(
    names.length > 0,
    "clients",
    "is empty; name who stores objects, or leave it out",
  );
  const owners = new Map<string, string>();
  for (const [client, { buckets }] of Object.entries(clients)) {
    const path = `clients.${client}`;
    refusals.require(
      isDns1123Label(client) && client !== rootAccount,
      path,
      `"${client}" cannot be an access key id; take ${dns1123Rule}, and not ${rootAccount}`,
    );
    refusals.require(buckets.length > 0, `${path}.buckets`, "is empty; name at least one bucket");
    buckets.forEach(({ name, folders = [] }, index) => {
      const at = `${path}.buckets[${index}]`;
      refusals.require(isBucketName(name), `${at}.name`, `"${name}" must be ${bucketNameRule}`);
      const owner = owners.get(name);
      refusals.require(
        owner === undefined,
        `${at}.name`,
        `"${name}" is a bucket of ${owner ?? ""} already; each has one owner`,
      );
      owners.set(name, client);
      for (const folder of folders) {
        refusals.require(
          isFolder(folder),
          `${at}.folders`,
          `"${folder}" is no folder; take letters, digits, _ . and - with / between names`,
        );
      }
    });
  }
}
