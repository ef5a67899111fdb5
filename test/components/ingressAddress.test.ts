import assert from "node:assert/strict";
import { IngressAddress } from "../../components";
import { record, refusals } from "./recording";

const args = { clusterName: "prod", externalNetwork: "external" };
const type = "openstack:networking/floatingIp:FloatingIp";

describe("IngressAddress", () => {
  it("is a floating IP of the stack, marked as such and connected by others", async () => {
    const seen = await record(() => new IngressAddress("address", args));
    assert.deepEqual(seen.one(type), {
      pool: "external",
      description: "prod-ingress",
      tags: ["eo-platform:prod"],
    });
  });

  it("leads to a node where the cloud has no load balancers", async () => {
    const seen = await record(() => new IngressAddress("address", { ...args, portId: "p" }));
    assert.equal(seen.one(type)["portId"], "p");
  });

  it("refuses all that is wrong at once", () => {
    const wrong = { clusterName: "Prod", externalNetwork: " " };
    const told = refusals(() => new IngressAddress("address", wrong));
    assert.deepEqual(
      told.map((line) => line.split(":")[0]),
      ["clusterName", "externalNetwork"],
    );
  });
});
