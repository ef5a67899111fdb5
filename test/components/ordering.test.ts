import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { CinderCsi, CloudController, OpenEo, SparkOperator } from "../../components";
import { noCharts, withChartReader } from "../../components/base/chartSource";
import { cinderCsiArgs, cloudControllerArgs, openEoArgs, operatorArgs, types } from "./specimens";

/** The order in which a program's resources are registered; releases begin, and are ready later. */
async function orderOf(program: () => void): Promise<readonly string[]> {
  const order: string[] = [];
  await pulumi.runtime.setMocks({
    async newResource({ type, name, inputs }) {
      if (type === types.release) {
        order.push(`${name} begins`);
        // Long enough for whatever does not wait to be registered meanwhile.
        for (let turn = 0; turn < 200; turn++) await setImmediate();
        order.push(`${name} ready`);
      } else order.push(name);
      const state = { ...(inputs as Record<string, unknown>), result: "generated" };
      return { id: `${name}-id`, state };
    },
    call: () => ({}),
  });
  const { warn } = console;
  console.warn = () => undefined;
  try {
    await withChartReader(noCharts, async () => {
      program();
      await pulumi.runtime.disconnect();
    });
  } finally {
    console.warn = warn;
  }
  return order;
}

describe("the order of things", () => {
  it("is CRDs and namespaces, operator with webhook, then openEO and nothing of it before", async () => {
    const order = await orderOf(() => {
      const operator = new SparkOperator("operator", operatorArgs());
      new OpenEo("openeo", openEoArgs({ operatorReady: operator.ready }));
    });
    const position = (name: string) => order.indexOf(name);
    for (const name of order.filter((one) => /^operator-.*(io|namespace|spark-jobs)$/.test(one))) {
      assert.ok(position(name) < position("operator-release begins"), name);
    }
    const openeo = order.filter((name) => name.startsWith("openeo"));
    assert.ok(openeo.includes("openeo-application"));
    for (const name of openeo) assert.ok(position(name) > position("operator-release ready"), name);
  });

  it("is the cloud controller, then Cinder's driver, whose pods have no node before", async () => {
    const order = await orderOf(() => {
      const { ready } = new CloudController("controller", cloudControllerArgs());
      new CinderCsi("cinder", cinderCsiArgs({ cloudController: ready }));
    });
    const cinder = order.filter((name) => name.startsWith("cinder-"));
    assert.ok(cinder.includes("cinder-release begins"));
    const ready = order.indexOf("controller-release ready");
    for (const name of cinder) assert.ok(order.indexOf(name) > ready, name);
  });
});
