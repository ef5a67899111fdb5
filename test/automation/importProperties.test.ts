import assert from "node:assert/strict";
import fc from "fast-check";
import { chartKeys } from "../../automation/import/chartKeys";
import { valuesIn } from "../../automation/import/openeoValues";
import { partsOf } from "../../automation/import/translate";
import { variableFates } from "../../automation/import/variableFates";
import { UserError } from "../../automation/userError";
import { canary, importOf, printed } from "./importSpecimen";

describe("whatever a file of values holds", () => {
  const scalars = fc.oneof(
    fc.constantFrom<unknown>(true, false, null, 0, 1, 50001, "1000m", "4g", "latest", ""),
    fc.string({ maxLength: 10 }),
  );
  const variableNames = fc.oneof(
    fc.constantFrom(...Object.keys(variableFates), "__proto__", "constructor"),
    fc.string({ maxLength: 6 }),
  );
  const leaves = fc.oneof(
    scalars,
    fc.jsonValue({ maxDepth: 3 }),
    fc.array(fc.record({ name: variableNames, value: scalars, host: scalars }), { maxLength: 3 }),
    fc.dictionary(variableNames, fc.oneof(scalars, fc.jsonValue({ maxDepth: 1 })), { maxKeys: 4 }),
  );
  const keys = fc.oneof(
    fc.constantFrom(...Object.keys(chartKeys), "driver", "rbac", "configMaps", "global"),
    fc.string({ maxLength: 8 }),
  );
  const values = fc
    .array(fc.tuple(keys, leaves), { maxLength: 8 })
    .map((pairs) => pairs.reduce<Record<string, unknown>>(put, {}));

  function put(
    all: Record<string, unknown>,
    [key, leaf]: [string, unknown],
  ): Record<string, unknown> {
    const [first = "", ...rest] = key.split(".");
    const old = Object.hasOwn(all, first) ? all[first] : {};
    const inner = typeof old === "object" && old !== null ? (old as Record<string, unknown>) : {};
    const value = rest.length === 0 ? leaf : put(inner, [rest.join("."), leaf]);
    return Object.fromEntries([...Object.entries(all), [first, value]]);
  }

  it("comes to settings that lack something at most, never to an exception", () => {
    fc.assert(
      fc.property(values, (given) => {
        const imported = importOf(given);
        assert.equal(typeof printed(imported), "string");
        const again = importOf(given).openeo;
        const required = new Set(["openeo.host", "openeo.imageVersion"]);
        assert.ok(
          imported.missing.every(({ key }) => required.has(key)),
          printed(imported),
        );
        assert.deepEqual(again, imported.openeo);
      }),
      { numRuns: 200 },
    );
  });

  it("has no value of a secret variable repeated", () => {
    const secretNames = fc.constantFrom(
      ...[
        "AWS_ACCESS_KEY_ID",
        "SWIFT_SECRET_ACCESS_KEY",
        "ZOOKEEPER_PASSWORD",
        "SIGNED_URL_SECRET",
      ],
      ...["OPENEO_EJR_OIDC_CLIENT_CREDENTIALS", "MY_TOKEN", "LDAP_PASSWD", "FREEIPA_KEYTAB"],
    );
    const places = fc.constantFrom(
      "driver.env",
      "executor.env",
      "driver.extraEnv",
      "global.extraEnv",
    );
    fc.assert(
      fc.property(values, places, secretNames, (given, place, name) => {
        const leaf = place.endsWith(".env") ? { [name]: canary } : [{ name, value: canary }];
        assert.ok(!printed(importOf(put(given, [place, leaf]))).includes(canary));
      }),
      { numRuns: 100 },
    );
  });

  it("is taken or refused in a sentence, whatever its YAML", () => {
    assert.throws(() => valuesIn("[".repeat(20000), "values.yaml"), UserError);
    const snippets = ["a: &x [*x]", "a: *b", "- 1", "text", "a: 1\na: 2", "{", "%", "--- 1\n--- 2"];
    const yaml = fc.oneof(fc.string(), fc.constantFrom(...snippets, "[".repeat(50), "<<: 1"));
    fc.assert(
      fc.property(yaml, (text) => {
        try {
          partsOf(valuesIn(text, "values.yaml"));
        } catch (error) {
          assert.ok(error instanceof UserError, String(error));
          assert.match(error.message, /^values\.yaml /);
        }
      }),
      { numRuns: 300 },
    );
  });
});
