import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { OpenEo, SparkOperator } from "../../components";
import { noCharts, withChartReader } from "../../components/base/chartSource";
import { openEoArgs, operatorArgs, types } from "./specimens";

describe("the order of things", () => {
  it("is CRDs and namespaces, operator with webhook, then openEO and nothing of it before", async () => {
    const order: string[] = [];
    await pulumi.runtime.setMocks({
      async newResource({ type, name, inputs }) {
        if (type === types.release) {
          order.push("release begins");
          // Long enough for whatever does not wait to be registered meanwhile.
          for (let turn = 0; turn < 200; turn++) await setImmediate();
          order.push("release ready");
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
        const operator = new SparkOperator("operator", operatorArgs());
        new OpenEo("openeo", openEoArgs({ operatorReady: operator.ready }));
        await pulumi.runtime.disconnect();
      });
    } finally {
      console.warn = warn;
    }
    const position = (name: string) => order.indexOf(name);
    for (const name of order.filter((one) => /^operator-.*(io|namespace|spark-jobs)$/.test(one))) {
      assert.ok(position(name) < position("release begins"), name);
    }
    const openeo = order.filter((name) => name.startsWith("openeo"));
    assert.ok(openeo.includes("openeo-application"));
    for (const name of openeo) assert.ok(position(name) > position("release ready"), name);
  });
});
