import assert from "node:assert/strict";
import { record, type Recorded } from "../../automation/record";
import { metadataKeys } from "../../components/openstack/marks";
import { sumNeeds } from "../../components/openstack/needs";
import { deploy, type Sources } from "../../platform";
import { refuseForeign } from "../../platform/openstack/prepare";
import { cloudWanted } from "../../platform/openstack/wanted";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../../settings";
import { at } from "../components/recording";
import { cloudSecrets, onOpenStack, settingsOf } from "../settings/specimen";

const template = () => [{ name: "node.pkr.hcl", content: "" }];
const sources: Sources = {
  secret: (key) => pulumi.secret(`<${key}>`),
  file: () => "{}",
  template,
  cloud: {
    authUrl: "https://keystone.example.org:5000/v3",
    region: "RegionOne",
    applicationCredentialId: "0123",
    applicationCredentialSecret: pulumi.secret("<openstackSecret>"),
  },
};

const settings = (changes: Readonly<Record<string, unknown>> = {}): Settings =>
  settingsOf(onOpenStack({ openeo: { enabled: false }, ...changes }), cloudSecrets);

const deployed = (of: Settings) => record(() => void deploy(of, sources));

const count = (resources: readonly Recorded[], type: string): number =>
  resources.filter((resource) => resource.type === type).length;

/** The addresses that the nodes' servers are marked with. */
const addressesOf = (resources: readonly Recorded[]) =>
  resources
    .filter(({ type }) => type === "openstack:compute/instance:Instance")
    .flatMap(({ inputs }) => at(inputs, "metadata", metadataKeys.addresses) ?? []);

function wanted(of: Settings) {
  if (of.openstack === undefined) throw new Error("no section openstack");
  return cloudWanted("prod", of, of.openstack, { template, packer: undefined });
}

describe("a stack on OpenStack", () => {
  const pools = {
    control: { roles: ["control", "etcd"], count: 3, flavor: "large", rootVolumeGib: 40 },
    workers: { roles: ["worker"], count: 2, flavor: "huge" },
    spare: { roles: ["worker"], count: 0, flavor: "huge" },
  };
  const shapes: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
    ["as the specimen has it", {}],
    ["with root volumes and an empty pool", { "openstack.pools": pools }],
    [
      "with eodata",
      { "openstack.network": { externalNetwork: "external", eodataNetwork: "eodata" } },
    ],
    ["with RKE2", { "openstack.engine": "rke2" }],
    ["without a load balancer", { traefik: { serviceType: "NodePort" } }],
  ];
  it("tells every provider of its cluster the cluster's name, so that no kubeconfig makes it another", async () => {
    const of = settings();
    const providers = (await deployed(of)).filter(
      ({ type }) => type === "pulumi:providers:kubernetes",
    );
    assert.deepEqual(
      providers.map(({ name, inputs }) => [name, inputs["clusterIdentifier"]]).sort(),
      [
        ["cluster", of.openstack?.name],
        ["platform", of.openstack?.name],
      ],
    );
  });

  for (const [what, changes] of shapes) {
    it(`takes of the quotas what the preflight counts: ${what}`, async () => {
      const of = settings(changes);
      const resources = await deployed(of);
      const needs = sumNeeds(...Object.values(wanted(of).parts));
      const instances = Object.values(needs.instances).reduce((sum, number) => sum + number, 0);
      const made = (type: string) => count(resources, `openstack:${type}`);
      assert.equal(instances, made("compute/instance:Instance"));
      assert.deepEqual(
        addressesOf(resources),
        Array.from({ length: instances - 1 }, () => wanted(of).addresses),
      );
      assert.equal(needs.networks, made("networking/network:Network"));
      assert.equal(needs.subnets, made("networking/subnet:Subnet"));
      assert.equal(needs.routers, made("networking/router:Router"));
      // The cloud makes one for the subnet's DHCP, the router one for the subnet.
      assert.equal(
        needs.ports,
        made("networking/port:Port") + made("networking/routerInterface:RouterInterface") + 1,
      );
      assert.equal(needs.securityGroups, made("networking/secGroup:SecGroup"));
      assert.equal(needs.securityGroupRules, made("networking/secGroupRule:SecGroupRule"));
      assert.equal(needs.floatingIps, made("networking/floatingIp:FloatingIp"));
      assert.equal(needs.serverGroups, made("compute/serverGroup:ServerGroup"));
      assert.equal(needs.keyPairs, made("compute/keypair:Keypair"));
    });
  }

  it("takes no credential of its environment, and shows none", () => {
    const own = { OS_APPLICATION_CREDENTIAL_SECRET: "a", OS_REGION_NAME: "b", OS_CLOUD: "" };
    refuseForeign(own);
    assert.throws(
      () => refuseForeign({ ...own, OS_CLOUD: "mine", OS_PASSWORD: "of-a-test" }),
      ({ message }: Error) =>
        /^OS_CLOUD, OS_PASSWORD are set, .*env -u OS_CLOUD -u OS_PASSWORD pulumi up/.test(
          message,
        ) && !message.includes("of-a-test"),
    );
  });

  it("counts the ports that a node's successor has before the node's go", () => {
    const network = { externalNetwork: "external", eodataNetwork: "eodata" };
    const ports = (replaceNodes: readonly string[]) => {
      const of = settings({
        "openstack.network": network,
        "openstack.replaceNodes": replaceNodes,
      });
      return sumNeeds(...Object.values(wanted(of).parts)).ports;
    };
    assert.equal(ports(["control-1"]), ports([]) + 1);
    assert.equal(ports(["workers-1"]), ports([]) + 2);
  });

  it("looks for the image that this clone's packer/ makes, unless its id is given", () => {
    const byName = wanted(settings()).images ?? [];
    assert.deepEqual(
      byName.map(({ use, name }) => [use, name]),
      [["nodes", "eo-node-rke-kubernetes-1.31"]],
    );
    assert.match(byName[0]?.checksum ?? "", /^[0-9a-f]{64}$/);
    const byId = wanted(settings({ "openstack.image": { id: "4711", user: "debian" } }));
    assert.deepEqual(
      byId.images?.map(({ use, id }) => [use, id]),
      [["nodes", "4711"]],
    );
  });

  it("says of each image what is built or made from it", () => {
    const own = { ...pools, spare: { ...pools.spare, image: "4712" } };
    const [nodes, spare, ...others] =
      wanted(
        settings({
          "openstack.image": {
            build: true,
            buildNetworks: ["n"],
            source: "Debian 12",
            user: "debian",
          },
          "openstack.pools": own,
        }),
      ).images ?? [];
    assert.deepEqual(nodes?.build, { packer: undefined, sourceImage: "Debian 12" });
    assert.deepEqual(
      nodes.servers?.map(({ whose, rootVolumeGib }) => [whose, rootVolumeGib]),
      [
        ["pool control", 40],
        ["pool workers", undefined],
        ["bastion", undefined],
      ],
    );
    assert.deepEqual(
      [spare?.id, spare?.servers?.map(({ setting }) => setting)],
      ["4712", ["openstack.pools.spare.rootVolumeGib"]],
    );
    assert.deepEqual(others, []);
  });
});
