import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ApiAccess, filledIn, type OpenStackClusterArgs } from "../../../components/cluster/args";
import { makeNodes } from "../../../components/cluster/makeNodes";
import { apiServerPort } from "../../../components/cluster/apiAddress";
import { networksOf } from "../../../components/cluster/nodes/hardware";
import { leadingNode, plannedNodes } from "../../../components/cluster/nodes/plan";
import { poolsNeeds } from "../../../components/cluster/nodes/needs";
import { ClusterEngine } from "../../../components/openstack/engines";
import { at, listAt, record, type Recording } from "../recording";
import { clusterArgs, controlPool, pools, types, workerPool } from "./specimens";

/** The options that resources were given, by name. */
type Options = Map<string, pulumi.CustomResourceOptions>;

/** Stands in for a cluster of either distribution. */
class Nodes extends pulumi.ComponentResource {
  constructor(args: OpenStackClusterArgs, seen: Options) {
    super(
      "test:index:Nodes",
      "prod",
      {},
      {
        transformations: [
          ({ name, opts }) => {
            seen.set(name, opts);
            return undefined;
          },
        ],
      },
    );
    const distribution = { engine: ClusterEngine.Rke, served: [apiServerPort] };
    makeNodes("prod", filledIn(args), distribution, this);
  }
}

async function nodesOf(changes: Partial<OpenStackClusterArgs> = {}) {
  const options: Options = new Map();
  const seen = await record(() => new Nodes(clusterArgs(changes), options));
  return { seen, options };
}

const names = (seen: Recording) => new Set(seen.all.map(({ name }) => name));
const workers = (count: number) => ({
  pools: { control: controlPool(), workers: workerPool({ count }) },
});

describe("nodes", () => {
  it("are added to a pool without anything of another node changing", async () => {
    const three = (await nodesOf(workers(3))).seen;
    const five = (await nodesOf(workers(5))).seen;
    const added = five.all.filter(({ name }) => !names(three).has(name));
    assert.deepEqual(
      added.map(({ name }) => name).sort(),
      ["identity", "port", "server"]
        .flatMap((part) => [`prod-workers-4-${part}`, `prod-workers-5-${part}`])
        .sort(),
    );
    const kept = five.all.filter(({ name }) => names(three).has(name));
    assert.deepEqual(kept, three.all);
  });

  it("are named by pool and number, and by the mark of their identity", async () => {
    const { seen } = await nodesOf();
    const server = seen.one(types.server, "prod-workers-2-server");
    assert.equal(server["name"], "prod-workers-2-c0ffee");
    assert.equal(seen.one(types.port, "prod-workers-2-port")["name"], "prod-workers-2-c0ffee");
    assert.deepEqual(server["networks"], [{ port: "prod-workers-2-port-id" }]);
    assert.deepEqual(server["metadata"], {
      "eo-platform-cluster": "prod",
      "eo-platform-engine": "rke",
      "eo-platform-pool": "workers",
      "eo-platform-node": "workers-2",
      "eo-platform-roles": "worker",
      "eo-platform-addresses": "nodes 10.8.0.0/20, pods 10.42.0.0/16, Services 10.43.0.0/16, canal",
      "eo-platform-image": "image",
    });
  });

  it("keep what they were made from unless they are named to be replaced", async () => {
    const { seen, options } = await nodesOf({ replaceNodes: ["workers-2"] });
    const ignored = (node: string) => options.get(`prod-${node}-identity`)?.ignoreChanges;
    assert.deepEqual(ignored("workers-1"), ["keepers"]);
    assert.deepEqual(ignored("workers-2"), []);
    assert.deepEqual(at(seen.one(types.identity, "prod-control-2-identity"), "keepers"), {
      flavor: "eo2a.large",
      image: "image",
      keyPair: "prod",
      serverGroup: "prod-control-group-id",
      zone: "az2",
    });
  });

  it("get another port with another name, and leave before their successor comes", async () => {
    const { options } = await nodesOf();
    assert.deepEqual(options.get("prod-workers-1-port")?.replaceOnChanges, ["name"]);
    assert.equal(options.get("prod-workers-1-server")?.deleteBeforeReplace, true);
  });

  it("take their server's image, flavor, key and zone from their identity, not from the arguments", async () => {
    const { seen } = await nodesOf({ pools });
    const server = seen.one(types.server, "prod-control-1-server");
    assert.equal(server["imageId"], "image");
    assert.equal(server["availabilityZone"], "az1");
    assert.equal(server["flavorName"], "eo2a.large");
    assert.deepEqual(listAt(server, "blockDevices"), []);
    const onVolume = seen.one(types.server, "prod-workers-1-server");
    assert.equal(onVolume["imageId"], undefined);
    assert.deepEqual(onVolume["blockDevices"], [
      {
        sourceType: "image",
        uuid: "image",
        destinationType: "volume",
        bootIndex: 0,
        volumeSize: 80,
        volumeType: "ssd",
        deleteOnTermination: true,
      },
    ]);
    assert.equal(at(onVolume, "metadata", "eo-platform-image"), "image");
  });

  it("stand on different hosts: those of the control plane always, workers where there are enough", async () => {
    const { seen } = await nodesOf({ pools });
    assert.deepEqual(seen.one(types.group, "prod-control-group")["policies"], ["anti-affinity"]);
    assert.deepEqual(seen.one(types.group, "prod-workers-group")["policies"], [
      "soft-anti-affinity",
    ]);
    assert.equal(seen.of(types.group).length, 2);
    const hints = (node: string) => seen.one(types.server, `prod-${node}-server`)["schedulerHints"];
    assert.deepEqual(hints("control-3"), [{ group: "prod-control-group-id" }]);
    assert.deepEqual(hints("eodata-1"), []);
  });

  it("have a second port where their pool is on the eodata network, and cannot lose it", async () => {
    const { seen } = await nodesOf({ pools });
    const port = seen.one(types.port, "prod-eodata-1-eodata-port");
    assert.equal(port["networkId"], "eodata-network");
    // The network is another project's: Neutron forbids to say it, even where it is the default.
    assert.equal(port["portSecurityEnabled"], undefined);
    assert.equal(seen.one(types.port, "prod-eodata-1-port")["portSecurityEnabled"], true);
    assert.deepEqual(seen.one(types.server, "prod-eodata-1-server")["networks"], [
      { port: "prod-eodata-1-port-id" },
      { port: "prod-eodata-1-eodata-port-id" },
    ]);
    assert.deepEqual(networksOf("workers-1", "port", false, "new"), [{ port: "port" }]);
    assert.throws(() => networksOf("workers-1", "port", true, undefined), /cannot leave it/);
  });

  it("take zones in turn", () => {
    const zones = plannedNodes({ a: workerPool({ count: 5, availabilityZones: ["x", "y"] }) });
    assert.deepEqual(
      zones.map(({ zone }) => zone),
      ["x", "y", "x", "y", "x"],
    );
    assert.equal(plannedNodes({ a: workerPool({ count: 1 }) })[0]?.zone, undefined);
  });

  it("take of the quotas what the program then makes", async () => {
    const { seen } = await nodesOf({ pools });
    const needs = poolsNeeds(pools);
    const servers = seen.of(types.server);
    const volumes = servers.flatMap(({ inputs }) => listAt(inputs, "blockDevices"));
    assert.deepEqual(needs.instances, { "eo2a.large": 3, "eo2a.2xlarge": 5 });
    assert.equal(
      Object.values(needs.instances).reduce((sum, count) => sum + count, 0),
      servers.length,
    );
    assert.equal(needs.ports, seen.of(types.port).length);
    assert.equal(needs.serverGroups, seen.of(types.group).length);
    assert.deepEqual(needs.volumes, { ssd: volumes.length });
    assert.deepEqual(needs.volumeGib, { ssd: volumes.length * 80 });
    const inGroup = (group: string) =>
      servers.filter(({ inputs }) => at(inputs, "schedulerHints", 0, "group") === group).length;
    assert.equal(
      needs.serverGroupMembers,
      Math.max(inGroup("prod-control-group-id"), inGroup("prod-workers-group-id")),
    );
    assert.equal(needs.floatingIps, 0);
  });
});

describe("the API server's address", () => {
  it("is a floating IP that leads to the first control-plane node", async () => {
    const { seen } = await nodesOf();
    assert.equal(at(seen.one(types.floatingIp), "pool"), "external");
    assert.deepEqual(seen.one(types.association), {
      floatingIp: "203.0.113.10",
      portId: "prod-control-1-port-id",
    });
  });

  it("leads to another node while that one is replaced", async () => {
    const { seen } = await nodesOf({ replaceNodes: ["control-1"] });
    assert.equal(seen.one(types.association)["portId"], "prod-control-2-port-id");
    const alone = plannedNodes({ control: controlPool({ count: 1 }) }, ["control-1"]);
    assert.equal(leadingNode(alone)?.name, "control-1");
  });

  it("can be a load balancer's before all control-plane nodes", async () => {
    const adminCidrs = ["198.51.100.0/24"];
    const { seen } = await nodesOf({ apiAccess: ApiAccess.LoadBalancer, adminCidrs });
    assert.equal(seen.one(types.association)["portId"], "balancer-port");
    assert.equal(seen.of(types.member).length, 3);
    assert.deepEqual(seen.one(types.listener)["allowedCidrs"], [...adminCidrs, "10.8.0.0/20"]);
  });
});
