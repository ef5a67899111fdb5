import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { terraformOf, terraformTypes } from "../../bench/openstack/terraform";
import type { StateResource } from "../../bench/state";

const urn = (type: string, name: string) => `urn:pulumi:bench::bench::${type}::${name}`;
const types = {
  network: "openstack:networking/network:Network",
  port: "openstack:networking/port:Port",
  instance: "openstack:compute/instance:Instance",
  group: "openstack:compute/serverGroup:ServerGroup",
  random: "random:index/randomId:RandomId",
} as const;

const resource = (
  type: string,
  name: string,
  more: Partial<StateResource> = {},
): StateResource => ({
  urn: urn(type, name),
  type,
  id: `${name}-id`,
  inputs: {},
  outputs: {},
  dependencies: [],
  propertyDependencies: {},
  ...more,
});

const converted = (...state: StateResource[]) => terraformOf(state).resource;

describe("the peer's configuration", () => {
  it("names types and properties as Terraform does, and leaves the user's keys alone", () => {
    const inputs = {
      adminStateUp: true,
      fixedIps: [{ subnetId: "subnet" }],
      metadata: { camelKey: "value" },
    };
    assert.deepEqual(converted(resource(types.port, "node.1", { inputs })), {
      openstack_networking_port_v2: {
        node_1: {
          admin_state_up: true,
          fixed_ip: [{ subnet_id: "subnet" }],
          metadata: { camelKey: "value" },
        },
      },
    });
  });

  it("makes a list of what Pulumi has as its only element", () => {
    const made = converted(resource(types.group, "group", { inputs: { policies: "affinity" } }));
    assert.deepEqual(made["openstack_compute_servergroup_v2"]?.["group"], {
      policies: ["affinity"],
    });
  });

  it("refers to the resource that a value came from, and to no other that has the same value", () => {
    const network = resource(types.network, "network", { outputs: { allTags: [], mtu: "1500" } });
    const other = resource(types.network, "other", { id: "network-id" });
    const port = resource(types.port, "port", {
      inputs: { networkId: "network-id", name: "network-id", description: "1500" },
      dependencies: [network.urn],
      propertyDependencies: { networkId: [network.urn], description: [network.urn] },
    });
    const made = converted(other, network, port)["openstack_networking_port_v2"]?.["port"];
    assert.deepEqual(made, {
      network_id: "${openstack_networking_network_v2.network.id}",
      name: "network-id",
      description: "${openstack_networking_network_v2.network.mtu}",
    });
  });

  it("looks through what is not the cloud's", () => {
    const group = resource(types.group, "group");
    const identity = resource(types.random, "identity", { dependencies: [group.urn] });
    const server = resource(types.instance, "server", {
      inputs: { schedulerHints: [{ group: "group-id" }] },
      dependencies: [identity.urn],
      propertyDependencies: { schedulerHints: [identity.urn] },
    });
    const made = converted(group, identity, server);
    assert.deepEqual(made["openstack_compute_instance_v2"], {
      server: { scheduler_hints: [{ group: "${openstack_compute_servergroup_v2.group.id}" }] },
    });
    assert.equal("random_id" in made, false);
  });

  it("waits for what ours waits for, said once", () => {
    const network = resource(types.network, "network");
    const port = resource(types.port, "port");
    const server = resource(types.instance, "server", {
      inputs: { networks: [{ port: "port-id" }] },
      dependencies: [network.urn, port.urn],
      propertyDependencies: { networks: [port.urn] },
    });
    const made = converted(network, port, server)["openstack_compute_instance_v2"]?.["server"];
    assert.deepEqual(made, {
      network: [{ port: "${openstack_networking_port_v2.port.id}" }],
      depends_on: ["openstack_networking_network_v2.network"],
    });
  });

  it("keeps text that Terraform would take for a template", () => {
    const inputs = { userData: "echo ${HOME} %{x} $5 100%" };
    const made = converted(resource(types.instance, "server", { inputs }));
    assert.deepEqual(made["openstack_compute_instance_v2"]?.["server"], {
      user_data: "echo $${HOME} %%{x} $5 100%",
    });
  });

  it("refuses a type that it has no name for", () => {
    const made = () => converted(resource("openstack:identity/user:User", "user"));
    assert.throws(made, /openstack:identity\/user:User has no name/);
  });

  it("has the types' names of the bridged plugin", async () => {
    const file = path.resolve(__dirname, "../../embedded/plugins/openstack/tokens.go");
    const source = await readFile(file, "utf8");
    for (const [token, name] of Object.entries(terraformTypes)) {
      const line = new RegExp(`"${name}":\\s+"${token.replace("openstack:", "")}"`);
      assert.match(source, line);
    }
  });
});
