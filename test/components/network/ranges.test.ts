import assert from "node:assert/strict";
import fc from "fast-check";
import { ClusterEngine } from "../../../components";
import { cidrText, overlaps, parseCidr } from "../../../components/network/cidr";
import { clusterDnsAddress, rangeProblems } from "../../../components/network/ranges";

const problems = (args: Partial<Parameters<typeof rangeProblems>[0]>) =>
  rangeProblems({ engine: ClusterEngine.Rke, ...args }).map(
    ({ propertyPath, reason }) => `${propertyPath}: ${reason}`,
  );

describe("the ranges of a cluster", () => {
  it("are taken as they are by default, with either engine", () => {
    assert.deepEqual(problems({}), []);
    assert.deepEqual(problems({ engine: ClusterEngine.Rke2 }), []);
  });

  it("are refused in pairs, one message for each, all at once, with a free range near by", () => {
    assert.deepEqual(
      problems({
        cidr: "10.42.16.0/20",
        podCidr: "10.42.0.0/16",
        serviceCidr: "10.42.0.0/17",
        reservedCidrs: ["10.40.0.0/15", "10.42.255.0/24"],
      }),
      [
        "podCidr: the pods' 10.42.0.0/16 overlaps the reserved 10.42.255.0/24 (reservedCidrs[1]); 10.43.0.0/16 is free",
        "podCidr: the pods' 10.42.0.0/16 overlaps the nodes' 10.42.16.0/20 (cidr); 10.43.0.0/16 is free",
        "serviceCidr: the Services' 10.42.0.0/17 overlaps the nodes' 10.42.16.0/20 (cidr); 10.44.0.0/17 is free",
        "serviceCidr: the Services' 10.42.0.0/17 overlaps the pods' 10.42.0.0/16 (podCidr); 10.44.0.0/17 is free",
      ],
    );
  });

  it("are free of overlaps once every remedy is taken", () => {
    const range = (widest: number, narrowest: number) =>
      fc
        .tuple(
          fc.integer({ min: 0, max: 2 ** 20 - 1 }),
          fc.integer({ min: widest, max: narrowest }),
        )
        .map(([high, prefix]) => {
          const value = 10 * 2 ** 24 + high * 16;
          return cidrText({ first: value - (value % 2 ** (32 - prefix)), prefix });
        });
    const ranges = fc.record({
      cidr: range(12, 24),
      podCidr: range(12, 19),
      serviceCidr: range(12, 24),
      reservedCidrs: fc.array(range(12, 24), { maxLength: 4 }),
    });
    fc.assert(
      fc.property(ranges, (before) => {
        const after = { ...before };
        for (const { propertyPath, reason } of rangeProblems({
          engine: ClusterEngine.Rke,
          ...before,
        })) {
          const [, remedy] = /; (\S+) is free$/.exec(reason) ?? [];
          assert.ok(remedy, reason);
          assert.ok(["cidr", "podCidr", "serviceCidr"].includes(propertyPath));
          if (propertyPath === "cidr") after.cidr = remedy;
          if (propertyPath === "podCidr") after.podCidr = remedy;
          if (propertyPath === "serviceCidr") after.serviceCidr = remedy;
        }
        assert.deepEqual(problems(after), []);
        const [nodes, pods] = [parseCidr(after.cidr), parseCidr(after.podCidr)];
        assert.ok(nodes && pods && !overlaps(nodes, pods));
      }),
      { numRuns: 300 },
    );
  });

  it("cannot be what no network can have, nor with RKE what Docker has", () => {
    assert.match(
      problems({ cidr: "169.254.0.0/20" })[0] ?? "",
      /^cidr: .* the link, where .* is free$/,
    );
    assert.match(problems({ podCidr: "172.16.0.0/12" })[0] ?? "", /Docker's bridge on each node's/);
    assert.deepEqual(problems({ podCidr: "172.16.0.0/12", engine: ClusterEngine.Rke2 }), []);
  });

  it("are written by their first address, in IPv4", () => {
    assert.deepEqual(problems({ cidr: "10.8.0.1/20", podCidr: "fd00::/48" }), [
      'cidr: "10.8.0.1/20" is not written as its first address and prefix; write 10.8.0.0/20',
      'podCidr: "fd00::/48" is no IPv4 range; write it as address and prefix, such as 10.8.0.0/20',
    ]);
    assert.match(problems({ reservedCidrs: ["x"] })[0] ?? "", /^reservedCidrs\[0\]: /);
  });

  it("hold the nodes that there may be: a /24 of pods and an address each", () => {
    assert.deepEqual(problems({ podCidr: "10.42.0.0/20", maxNodes: 16 }), []);
    assert.deepEqual(problems({ podCidr: "10.42.0.0/20", maxNodes: 17 }), [
      "podCidr: the pods' 10.42.0.0/20 has a /24 for each of 16 nodes; for 17 nodes it must be /19 or wider, or maxNodes less",
    ]);
    assert.deepEqual(problems({ cidr: "10.8.0.0/24", maxNodes: 244 }), []);
    assert.deepEqual(problems({ cidr: "10.8.0.0/24", maxNodes: 245 }), [
      "cidr: the nodes' 10.8.0.0/24 has 256 addresses; for 245 nodes and 12 others it must be /23 or wider, or maxNodes less",
    ]);
  });

  it("have the sizes that Kubernetes takes", () => {
    const [pods, services] = problems({ podCidr: "10.0.0.0/7", serviceCidr: "172.0.0.0/11" });
    assert.match(pods ?? "", /^podCidr: the pods' 10\.0\.0\.0\/7 must be of \/8 to \/24$/);
    assert.match(services ?? "", /^serviceCidr: .* must be of \/12 to \/24$/);
  });

  it("tell the address of the cluster's name server", () => {
    assert.equal(clusterDnsAddress("10.43.0.0/16"), "10.43.0.10");
    assert.throws(() => clusterDnsAddress("x"), RangeError);
  });
});
