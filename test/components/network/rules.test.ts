import assert from "node:assert/strict";
import { ClusterCni, ClusterEngine, ClusterIngress } from "../../../components";
import { openPorts, portTable, choiceOf } from "../../../components/network/portTable";
import { networkGroups, networkRules, type NetworkRule } from "../../../components/network/rules";
import { choices, networkArgs } from "./specimen";

/** A rule in a word: `node tcp 10250 < node`. */
function said({ group, direction, traffic, peer }: NetworkRule): string {
  const what = traffic
    ? `${traffic.protocol}${traffic.ports ? ` ${[...new Set(traffic.ports)].join("-")}` : ""}`
    : "all";
  const whom = !peer ? "all" : "group" in peer ? peer.group : peer.cidr;
  return `${group} ${what} ${direction === "ingress" ? "<" : ">"} ${whom}`;
}
const rulesOf = (...changes: Parameters<typeof networkArgs>) =>
  networkRules(networkArgs(...changes)).map(said);

describe("the rules of a cluster's security groups", () => {
  it("are these for RKE with Canal", () => {
    assert.deepEqual(rulesOf(), [
      "bastion tcp 22 < 203.0.113.7/32",
      "node tcp 22 < bastion",
      "control tcp 6443 < node",
      "control tcp 6443 < 203.0.113.7/32",
      "control tcp 6443 < bastion",
      "control tcp 2379-2380 < control",
      "node tcp 10250 < node",
      "node udp 8472 < node",
      "node tcp 9099 < node",
      "node tcp 30000-32767 < 10.8.0.0/20",
      "node udp 30000-32767 < 10.8.0.0/20",
      "node all > all",
      "bastion all > all",
    ]);
  });

  it("are these for RKE 2 with Calico and no bastion", () => {
    const engine = ClusterEngine.Rke2;
    assert.deepEqual(rulesOf({ engine, cni: ClusterCni.Calico, bastion: undefined }), [
      "control tcp 6443 < node",
      "control tcp 6443 < 203.0.113.7/32",
      "control tcp 9345 < node",
      "control tcp 2379-2380 < control",
      "node tcp 10250 < node",
      "node tcp 9099 < node",
      "node tcp 179 < node",
      "node udp 4789 < node",
      "node tcp 5473 < node",
      "node tcp 9098 < node",
      "node tcp 30000-32767 < 10.8.0.0/20",
      "node all > all",
    ]);
  });

  it("carry the pods of RKE's Calico in IP in IP, for it has no VXLAN", () => {
    const rules = rulesOf({ cni: ClusterCni.Calico });
    assert.ok(rules.includes("node 4 < node") && rules.includes("node tcp 179 < node"));
    assert.ok(!rules.some((rule) => rule.includes("udp 4789") || rule.includes("udp 8472")));
  });

  it("let the world in at 80 and 443 of workers alone, and only where they take it", () => {
    for (const args of choices) {
      const open = networkRules(args).filter(
        ({ direction, peer }) =>
          direction === "ingress" && (!peer || ("cidr" in peer && peer.cidr.endsWith("/0"))),
      );
      const expected = ["worker tcp 80 < 0.0.0.0/0", "worker tcp 443 < 0.0.0.0/0"];
      const wanted = args.ingress === ClusterIngress.Workers ? expected : [];
      assert.deepEqual(open.map(said), wanted);
    }
  });

  it("let administrators in at the bastion's SSH and at the API, and nobody else from outside", () => {
    for (const args of choices) {
      const outside = networkRules(args).filter(
        ({ direction, peer }) =>
          direction === "ingress" && peer && "cidr" in peer && peer.cidr === "203.0.113.7/32",
      );
      assert.deepEqual(outside.map(said), [
        "bastion tcp 22 < 203.0.113.7/32",
        "control tcp 6443 < 203.0.113.7/32",
      ]);
    }
  });

  it("let SSH to nodes in from the bastion's group alone", () => {
    for (const args of choices) {
      const ssh = networkRules(args).filter(
        ({ group, traffic }) => group !== "bastion" && traffic?.ports?.[0] === 22,
      );
      assert.deepEqual(ssh.map(said), ["node tcp 22 < bastion"]);
    }
  });

  it("differ from each other in name and in what Neutron compares", () => {
    for (const args of choices) {
      const rules = networkRules({ ...args, adminCidrs: ["203.0.113.7/32", "192.0.2.0/24"] });
      assert.equal(new Set(rules.map(({ name }) => name)).size, rules.length);
      assert.equal(new Set(rules.map(said)).size, rules.length);
    }
  });

  it("keep their names when another is added", () => {
    const before = networkRules(networkArgs());
    const after = networkRules(networkArgs({ adminCidrs: ["192.0.2.0/24", "203.0.113.7/32"] }));
    const byName = new Map(after.map((rule) => [rule.name, rule]));
    for (const rule of before) assert.deepEqual(byName.get(rule.name), rule);
    assert.deepEqual(
      after
        .filter(({ name }) => !before.some((rule) => rule.name === name))
        .map(({ name }) => name),
      ["bastion-ssh-from-192.0.2.0-24", "control-api-from-192.0.2.0-24"],
    );
  });

  it("name only groups that there are", () => {
    for (const args of [...choices, ...choices.map((one) => ({ ...one, bastion: undefined }))]) {
      const groups = networkGroups(args);
      for (const { group, peer } of networkRules(args)) {
        assert.ok(groups.includes(group));
        if (peer && "group" in peer) assert.ok(groups.includes(peer.group));
      }
    }
  });

  it("each come from a row that some choice opens and that says where it is from", () => {
    const opened = new Set(choices.flatMap((args) => openPorts(choiceOf(args))));
    for (const row of portTable) {
      assert.ok(opened.has(row), row.key);
      assert.ok(row.source !== "" && row.what !== "");
    }
  });
});
