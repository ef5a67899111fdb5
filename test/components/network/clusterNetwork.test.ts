import assert from "node:assert/strict";
import { ClusterEngine, ClusterNetwork, type ClusterNetworkArgs } from "../../../components";
import { bastionUserData } from "../../../components/network/bastion";
import { networkProblems } from "../../../components/network/check";
import { networkNeeds } from "../../../components/network/needs";
import { at, listAt, record, refusals, type Recording } from "../recording";
import { choices, networkArgs } from "./specimen";

const types = {
  network: "openstack:networking/network:Network",
  subnet: "openstack:networking/subnet:Subnet",
  router: "openstack:networking/router:Router",
  routerInterface: "openstack:networking/routerInterface:RouterInterface",
  group: "openstack:networking/secGroup:SecGroup",
  rule: "openstack:networking/secGroupRule:SecGroupRule",
  port: "openstack:networking/port:Port",
  floatingIp: "openstack:networking/floatingIp:FloatingIp",
  instance: "openstack:compute/instance:Instance",
} as const;

const make = (changes: Partial<ClusterNetworkArgs> = {}) =>
  new ClusterNetwork("network", networkArgs(changes));
const recorded = (changes: Partial<ClusterNetworkArgs> = {}) => record(() => make(changes));

describe("ClusterNetwork", () => {
  it("makes a network with a subnet and a router to the external network", async () => {
    const seen = await recorded({ dnsServers: ["192.0.2.53"] });
    assert.deepEqual(seen.one(types.network), {
      name: "prod-nodes",
      adminStateUp: true,
      portSecurityEnabled: true,
      tags: ["eo-platform:prod"],
    });
    assert.deepEqual(seen.one(types.subnet), {
      name: "prod-nodes",
      networkId: "network-network-id",
      cidr: "10.8.0.0/20",
      ipVersion: 4,
      dnsNameservers: ["192.0.2.53"],
      tags: ["eo-platform:prod"],
    });
    assert.equal(seen.one(types.router)["externalNetworkId"], "external-id");
    assert.deepEqual(seen.one(types.routerInterface), {
      routerId: "network-router-id",
      subnetId: "network-subnet-id",
    });
  });

  it("names all that has a name after the cluster, and tags all that has tags", async () => {
    const seen = await recorded();
    const tagged = [types.network, types.subnet, types.router, types.group, types.port];
    for (const { type, inputs } of seen.all) {
      if ("name" in inputs) assert.match(String(inputs["name"]), /^prod-/, type);
      if ([...tagged, types.floatingIp].some((one) => one === type)) {
        assert.deepEqual(inputs["tags"], ["eo-platform:prod"], type);
      }
    }
    assert.deepEqual(seen.one(types.instance)["metadata"], {
      "eo-platform-cluster": "prod",
      "eo-platform-engine": "rke",
      "eo-platform-pool": "bastion",
      "eo-platform-image": "image-id",
    });
  });

  it("makes groups without OpenStack's own rules, and rules of IPv4 that name groups", async () => {
    const seen = await recorded();
    for (const { inputs } of seen.of(types.group)) assert.equal(inputs["deleteDefaultRules"], true);
    const rules = seen.of(types.rule).map(({ inputs }) => inputs);
    assert.ok(rules.length > 10);
    assert.ok(rules.every((rule) => rule["ethertype"] === "IPv4"));
    assert.deepEqual(seen.one(types.rule, "network-node-kubelet-from-node"), {
      securityGroupId: "network-node-id",
      direction: "ingress",
      ethertype: "IPv4",
      protocol: "tcp",
      portRangeMin: 10250,
      portRangeMax: 10250,
      remoteGroupId: "network-node-id",
      description: "kubelet",
    });
    assert.deepEqual(seen.one(types.rule, "network-node-egress"), {
      securityGroupId: "network-node-id",
      direction: "egress",
      ethertype: "IPv4",
      description: "everything that goes out",
    });
  });

  it("puts the bastion on a port of its own with a floating IP, and no secret on it", async () => {
    const seen = await recorded();
    const instance = seen.one(types.instance);
    assert.deepEqual(instance["networks"], [{ port: "network-bastion-port-id" }]);
    assert.equal(instance["imageId"], "image-id");
    assert.equal(instance["keyPair"], "prod");
    assert.equal(instance["userData"], bastionUserData);
    const floatingIp = seen.one(types.floatingIp);
    assert.equal(floatingIp["pool"], "external");
    assert.equal(floatingIp["portId"], "network-bastion-port-id");
    assert.deepEqual(seen.one(types.port)["securityGroupIds"], ["network-bastion-id"]);
  });

  it("boots the bastion from a volume of its own where it is told a size", async () => {
    const bastion = { image: "i", flavor: "f", keyPair: "k", rootVolumeGib: 20, volumeType: "ssd" };
    const instance = (await recorded({ bastion })).one(types.instance);
    assert.equal("imageId" in instance, false);
    assert.deepEqual(at(instance, "blockDevices", 0), {
      sourceType: "image",
      uuid: "i",
      destinationType: "volume",
      volumeSize: 20,
      bootIndex: 0,
      deleteOnTermination: true,
      volumeType: "ssd",
    });
  });

  it("makes no bastion, no address and no rule for SSH where there is to be none", async () => {
    const seen = await recorded({ engine: ClusterEngine.Rke2, bastion: undefined });
    for (const type of [types.instance, types.port, types.floatingIp]) {
      assert.deepEqual(seen.of(type), []);
    }
    assert.ok(!seen.of(types.rule).some(({ inputs }) => inputs["portRangeMin"] === 22));
  });

  it("takes of the quotas what it says it does, whatever is chosen", async () => {
    const bastion = { image: "i", flavor: "f", keyPair: "k", rootVolumeGib: 20 };
    const withVolume = networkArgs({ bastion });
    const without = networkArgs({ engine: ClusterEngine.Rke2, bastion: undefined });
    // The rules differ with every choice: these have each of them both ways.
    const chosen = choices.filter((_, index) => index % 5 === 0);
    for (const args of [...chosen, without, withVolume]) {
      const seen = await record(() => new ClusterNetwork("network", args));
      assert.deepEqual(networkNeeds(args), needsOf(seen));
    }
  });

  it("refuses all that is wrong at once, and registers nothing", async () => {
    let told: string[] = [];
    const seen = await record(() => {
      told = refusals(() =>
        make({
          cluster: "Prod",
          externalNetwork: "",
          adminCidrs: ["0.0.0.0/0", "::/0", "192.0.2.1/24", "192.0.2.0/24", "192.0.2.0/24"],
          cidr: "10.42.0.0/20",
          maxNodes: 0,
          dnsServers: ["dns.example.org"],
          eodataNetwork: "",
          bastion: { image: "i", flavor: "", keyPair: "k", volumeType: "ssd" },
        }),
      );
    });
    assert.deepEqual(seen.all, []);
    assert.deepEqual(
      told.map((line) => line.split(":")[0]),
      [
        ...["cluster", "externalNetwork", "maxNodes"],
        ...["adminCidrs[0]", "adminCidrs[1]", "adminCidrs[2]", "adminCidrs[4]"],
        ...["podCidr", "dnsServers[0]", "eodataNetwork", "bastion.flavor", "bastion.volumeType"],
      ],
    );
    const [, , , world = "", worldSix = "", spelling = "", twice = ""] = told;
    assert.match(world, /0\.0\.0\.0\/0 opens SSH and the Kubernetes API to the world/);
    assert.match(worldSix, /::\/0 opens .* to the world, and is of IPv6/);
    assert.match(spelling, /write 192\.0\.2\.0\/24$/);
    assert.match(twice, /192\.0\.2\.0\/24 is there twice$/);
  });

  it("asks who may administer, and proposes the caller's address where it is known", () => {
    const [asked] = networkProblems(networkArgs({ adminCidrs: [] }));
    assert.match(asked?.reason ?? "", /^required: .* such as 203\.0\.113\.7\/32$/);
    const [proposed] = networkProblems(networkArgs({ adminCidrs: [] }), "198.51.100.9");
    assert.match(proposed?.reason ?? "", /write \["198\.51\.100\.9\/32"\]$/);
  });

  it("refuses the world in two halves", () => {
    const problems = networkProblems(networkArgs({ adminCidrs: ["0.0.0.0/1", "128.0.0.0/1"] }));
    assert.equal(problems.length, 2);
  });

  it("refuses RKE without a bastion", () => {
    assert.deepEqual(
      refusals(() => make({ bastion: undefined })).map((line) => line.split(",")[0]),
      ["bastion: RKE installs nodes by SSH"],
    );
  });
});

/** What a recording takes of quotas: read from what was registered. */
function needsOf(seen: Recording) {
  const count = (type: string) => seen.of(type).length;
  const volumes = seen
    .of(types.instance)
    .flatMap(({ inputs }) =>
      listAt(inputs, "blockDevices").map((one) => Number(at(one, "volumeSize"))),
    );
  return {
    instances: Object.fromEntries(
      seen.of(types.instance).map(({ inputs }) => [String(inputs["flavorName"]), 1]),
    ),
    networks: count(types.network),
    subnets: count(types.subnet),
    routers: count(types.router),
    // And one for DHCP, which no resource is.
    ports: count(types.port) + count(types.routerInterface) + 1,
    securityGroups: count(types.group),
    securityGroupRules: count(types.rule),
    floatingIps: count(types.floatingIp),
    volumes: volumes.length === 0 ? {} : { "": volumes.length },
    volumeGib: volumes.length === 0 ? {} : { "": volumes.reduce((a, b) => a + b, 0) },
    serverGroups: 0,
    serverGroupMembers: 0,
    keyPairs: 0,
  };
}
