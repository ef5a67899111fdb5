import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as automation from "@pulumi/pulumi/automation";
import { z } from "zod";
import { readPresent } from "../../cloud/present";
import {
  ClusterCni,
  ClusterEngine,
  ClusterNetwork,
  type ClusterNetworkArgs,
} from "../../components";
import { networkNeeds } from "../../components/network/needs";
import { networkRules } from "../../components/network/rules";
import { locateTools } from "../../tools/toolchain";
import { pluginBin } from "../embedded/plugins/plugin";
import { newProject, openStackOrSkip, type TestProject } from "../support/openStack";
import { skip } from "../support/skip";

/**
 * Each `it` goes on from where the one before has left the stack. Without a bastion, whose server and
 * address take the provider half a minute to make and as long to delete.
 */
describe("ClusterNetwork in a real OpenStack", function () {
  this.timeout(300_000);
  const args: ClusterNetworkArgs = {
    cluster: "engine",
    engine: ClusterEngine.Rke2,
    cni: ClusterCni.Calico,
    externalNetwork: "external",
    eodataNetwork: "eodata",
    reservedCidrs: ["198.51.100.0/24"],
    dnsServers: ["192.0.2.53"],
    adminCidrs: ["203.0.113.7/32"],
  };
  let project: TestProject;
  let folder: string;
  let stack: automation.Stack;
  let resources = 0;

  before(async function () {
    const tools = await locateTools(["pulumi", "bridged-openstack"]).catch((error: Error) =>
      skip(this, `${error.message}; to get it: tools/main.ts ensure pulumi bridged-openstack`),
    );
    project = await newProject(await openStackOrSkip(this));
    folder = await mkdtemp(path.join(tmpdir(), "eo-network-"));
    stack = await newStack(folder, tools, project, () => new ClusterNetwork("network", args));
  });

  after(async () => {
    if (folder) await rm(folder, { recursive: true, force: true });
    if (project) await project.remove();
  });

  it("comes up, and the cloud counts what it said it would take", async () => {
    const { summary, outputs } = await stack.up();
    resources = summary.resourceChanges?.create ?? 0;
    const { amounts } = await readPresent(project.client, args.cluster);
    const needs = networkNeeds(args);
    // No DHCP agent here: its port is missing.
    assert.equal(amounts["ports"], needs.ports - 1);
    for (const kind of ["networks", "subnets", "routers", "securityGroups"] as const) {
      assert.equal(amounts[kind], needs[kind], kind);
    }
    assert.equal(amounts["securityGroupRules"], needs.securityGroupRules);
    assert.equal(outputs["bastionAddress"]?.value, "");
    assert.notEqual(outputs["eodataNetworkId"]?.value, "");
  });

  it("lets nothing of IPv6 in or out", async () => {
    const item = z.object({ ethertype: z.string(), security_group_id: z.string() });
    const groups = await ownGroups();
    const rules = (await network("security-group-rules", "security_group_rules", item)).filter(
      (rule) => groups.some(({ id }) => id === rule.security_group_id),
    );
    assert.equal(rules.length, networkRules(args).length);
    assert.deepEqual([...new Set(rules.map(({ ethertype }) => ethertype))], ["IPv4"]);
  });

  it("has nothing to do a second time, nor after a refresh", async () => {
    const up = await stack.up({ expectNoChanges: true });
    assert.deepEqual(up.summary.resourceChanges, { same: resources });
    const refresh = await stack.refresh({ expectNoChanges: true });
    assert.deepEqual(refresh.summary.resourceChanges, { same: resources });
  });

  it("touches nothing else where a rule comes or goes", async () => {
    args.adminCidrs = ["192.0.2.0/24", "203.0.113.7/32"];
    const added = await stack.up();
    assert.deepEqual(added.summary.resourceChanges, { same: resources, create: 1 });
    args.adminCidrs = ["203.0.113.7/32"];
    args.apiLoadBalancer = true;
    const changed = await stack.up();
    assert.deepEqual(changed.summary.resourceChanges, { same: resources, create: 2, delete: 1 });
  });

  it("is destroyed, and the project is as empty as before", async () => {
    await stack.destroy();
    const { amounts } = await readPresent(project.client, args.cluster);
    assert.deepEqual(
      Object.entries(amounts).filter(([, amount]) => amount !== 0),
      [],
    );
    const named = z.object({ name: z.string() });
    const left = await Promise.all(
      ["ports", "routers", "floatingips"].map((kind) => network(kind, kind, z.unknown())),
    );
    assert.deepEqual(left.flat(), []);
    const groups = await network("security-groups", "security_groups", named);
    assert.deepEqual(
      groups.map(({ name }) => name),
      ["default"],
    );
  });

  const network = <T>(kind: string, key: string, item: z.ZodType<T>): Promise<T[]> =>
    project.client.list({
      service: "network",
      path: `/v2.0/${kind}?project_id=${project.id}`,
      key,
      item,
    });

  async function ownGroups() {
    const item = z.object({ id: z.string(), name: z.string() });
    const groups = await network("security-groups", "security_groups", item);
    return groups.filter(({ name }) => name.startsWith("engine-"));
  }
});

/** A stack of a program that makes a network, with a state and plugins of its own. */
async function newStack(
  folder: string,
  tools: Readonly<Record<"pulumi" | "bridged-openstack", string>>,
  { access }: TestProject,
  make: () => ClusterNetwork,
): Promise<automation.Stack> {
  const [root, home, backend] = ["cli", "home", "backend"].map((name) => path.join(folder, name));
  if (!root || !home || !backend) throw new Error("three folders");
  await mkdir(path.join(root, "bin"), { recursive: true });
  await mkdir(backend);
  await symlink(tools.pulumi, path.join(root, "bin", "pulumi"));
  const found = [pluginBin, path.dirname(tools["bridged-openstack"]), process.env["PATH"]];
  const stack = await automation.LocalWorkspace.createStack(
    {
      stackName: "test",
      projectName: "network",
      program: () => {
        const { networkId, eodataNetworkId, bastionAddress } = make();
        return Promise.resolve({ networkId, eodataNetworkId, bastionAddress });
      },
    },
    {
      pulumiCommand: await automation.PulumiCommand.get({ root }),
      pulumiHome: home,
      projectSettings: {
        name: "network",
        runtime: "nodejs",
        backend: { url: `file://${backend}` },
      },
      envVars: {
        PATH: found.join(path.delimiter),
        PULUMI_CONFIG_PASSPHRASE: "of this test",
        PULUMI_SKIP_UPDATE_CHECK: "true",
      },
    },
  );
  const { authUrl, region, credential } = access;
  await stack.setAllConfig({
    "openstack:authUrl": { value: authUrl },
    "openstack:region": { value: region ?? "" },
    "openstack:applicationCredentialId": { value: credential.applicationCredentialId },
    "openstack:applicationCredentialSecret": { value: credential.secret, secret: true },
    "openstack:useOctavia": { value: "true" },
  });
  return stack;
}
