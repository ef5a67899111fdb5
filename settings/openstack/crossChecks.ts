import { isClusterName, clusterNameRule } from "../../components/openstack/marks";
import { judgeRkeProvider, rkeProviderVersion } from "../../components/compatibility";
import { setExample } from "../read";
import { nodeAt, schemaNode, type PlainSettings } from "../schema";
import type { Check } from "../crossCheck";
import { checkArguments } from "./argumentChecks";
import { defaultStack, resolveOpenStack, type OpenStackValues } from "./resolve";

/** Who asks: the stack's name, and the address that this machine has towards the world. */
export interface Caller {
  readonly stack?: string;
  readonly address?: string;
}

/** Looks at what the section `openstack` means, together with the rest. */
export function checkOpenStack(settings: PlainSettings, check: Check, caller: Caller): void {
  const { target, openstack, openeo } = settings;
  const { refuse, remedies } = check;
  if (openstack === undefined) return;
  if (target !== "openstack") {
    const message = `is of the target openstack, and this one is ${target}`;
    refuse(["openstack"], message, remedies.remove(["openstack"]));
    return;
  }
  const { openstack: values, missing } = resolveOpenStack(openstack, caller.stack ?? defaultStack);
  for (const path of missing) {
    const node = nodeAt(schemaNode("openstack"), path);
    const message = `is required, for it is not known of the cloud ${values.cloud}`;
    refuse(path, message, setExample(path, node, remedies));
  }
  checkName(values, openstack.name !== undefined, check);
  checkCredential(values, check);
  checkArguments(values, check, caller.address);
  checkCluster(values, settings, check);
  checkImage(values, check);
  checkSecrets(values, check);
  if (openeo.enabled && openeo.batch.eodata && !values.network.eodata) {
    check.warn(
      "openeo.batch.eodata is on, and the nodes are in no network of Earth-observation data: batch jobs find nothing at /eodata; name openstack.network.eodataNetwork, or turn it off",
    );
  }
}

function checkName({ name }: OpenStackValues, given: boolean, { refuse, remedies }: Check): void {
  if (isClusterName(name)) return;
  const why = given
    ? `is "${name}"`
    : `is required, for the stack's name "${name}" cannot name a cluster`;
  const path = ["openstack", "name"];
  refuse(path, `${why}: ${clusterNameRule}`, remedies.set(path, "prod"));
}

function checkCredential(
  { applicationCredentialId, cloudsYaml }: OpenStackValues,
  { refuse, requireSecret, remedies }: Check,
): void {
  const id = ["openstack", "applicationCredentialId"];
  if (applicationCredentialId !== undefined && cloudsYaml !== undefined) {
    const message = "is set beside openstack.cloudsYaml; only one of them can hold";
    refuse(id, message, remedies.remove(id));
  } else if (applicationCredentialId !== undefined) {
    requireSecret("openstackSecret", "as openstack.applicationCredentialId is set");
  } else if (cloudsYaml === undefined) {
    const message =
      "is required, unless openstack.cloudsYaml is set; `openstack application credential create eo-platform` prints it";
    refuse(id, message, remedies.set(id, "ID"));
  }
}

function checkCluster(
  { engine }: OpenStackValues,
  { kubernetesVersion: kubernetes }: PlainSettings,
  { judge, warnAsComponents }: Check,
): void {
  if (engine !== "rke") return;
  judge(
    ["kubernetesVersion"],
    judgeRkeProvider({ provider: rkeProviderVersion, kubernetes }),
    "1.31",
  );
  warnAsComponents(
    "openstack.engine rke: RKE has ended on 2025-07-31; for the way to rke2 see docs/migration-rke1-rke2.md",
  );
}

/** Nova chooses no network where there are several, and from the first update on there are. */
function checkImage({ image }: OpenStackValues, { refuse, remedies }: Check): void {
  if (!image.build || image.id !== undefined || image.buildNetworks.length > 0) return;
  const path = ["openstack", "image", "buildNetworks"];
  const message =
    "is required, as openstack.image.build is on: ids of networks that the server which builds reaches package repositories by, and that are reached from here or have floating IPs";
  refuse(path, message, remedies.set([...path, 0], "ID"));
}

function checkSecrets(
  { sshPublicKey, etcdBackup }: OpenStackValues,
  { requireSecret, warnAsComponents }: Check,
): void {
  if (sshPublicKey !== undefined)
    requireSecret("sshPrivateKey", "as openstack.sshPublicKey is set");
  if (etcdBackup === undefined) {
    warnAsComponents(
      "openstack.etcdBackup is not set: etcd's backups stay on its own nodes, and go with them",
    );
    return;
  }
  requireSecret("etcdBackupAccessKeyId", "as openstack.etcdBackup is set");
  requireSecret("etcdBackupSecretAccessKey", "as openstack.etcdBackup is set");
}
