import assert from "node:assert/strict";
import fc from "fast-check";
import { parseSettings, SettingsError } from "../../settings";
import { specimen } from "./specimen";

const canary = "CaNaRy4711";

/** Names that are settings, nearly settings, or traps of JavaScript. */
const names = fc.oneof(
  fc.constantFrom(
    ...["target", "kubernetesVersion", "kubeconfig", "chartMirror", "sparkOperator", "traefik"],
    ...["openeo", "s3", "endpoint", "host", "driver", "executor", "memoryMib", "jobNamespaces"],
    ...["enabled", "version", "namespace", "s3AccessKeyId", "sparkJobNamespace", "replicas"],
    ...["extraEnv", "secretEnv", "imageCatalogs", "batch", "propagatedEnvironment", "sparkConf"],
    ...["__proto__", "constructor", "toString", "hasOwnProperty", ""],
  ),
  fc.string({ maxLength: 12 }),
);

const values = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<unknown>("local", "openstack", "1.36", "true", 1, 4096) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value)) },
);

const mutations = fc.array(fc.tuple(fc.array(names, { minLength: 1, maxLength: 3 }), values), {
  maxLength: 6,
});

/** A value put at a path, as JSON would: `__proto__` is a key like any other. */
function put(value: unknown, path: readonly string[], leaf: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return leaf;
  const own = typeof value === "object" && value !== null ? Object.entries(value) : [];
  const old: unknown = own.find(([key]) => key === first)?.[1];
  return Object.fromEntries([
    ...own.filter(([key]) => key !== first),
    [first, put(old, rest, leaf)],
  ]);
}

const mutated = (changes: readonly (readonly [readonly string[], unknown])[]) =>
  changes.reduce<unknown>((plain, [path, value]) => put(plain, path, value), specimen()) as Record<
    string,
    unknown
  >;

function parse(plain: Record<string, unknown>, secretKeys: readonly string[]) {
  try {
    parseSettings({ plain, secretKeys, root: "/project" });
    return undefined;
  } catch (error) {
    if (error instanceof SettingsError) return error;
    throw error;
  }
}

describe("whatever a stack file holds", () => {
  it("it is understood, or refused with key and remedy, and never anything else", () => {
    fc.assert(
      fc.property(mutations, fc.array(names, { maxLength: 3 }), (changes, secretKeys) => {
        const error = parse(mutated(changes), secretKeys);
        if (error === undefined) return;
        assert.ok(error.problems.length > 0);
        for (const { remedy, message } of error.problems) {
          assert.match(remedy, /^pulumi config (set|rm) /);
          assert.ok(message.length > 0);
        }
        const keys = error.problems.map(({ key }) => key);
        assert.equal(new Set(keys).size, keys.length, "one problem a setting");
      }),
      { numRuns: 300 },
    );
  });

  it("a value in a secret setting or under an unknown name is never repeated", () => {
    const leaked = fc.oneof(
      fc.constantFrom(["kubeconfig"], ["s3AccessKeyId"], ["s3SecretAccessKey"]),
      fc.constantFrom(["openeo", "s3", "secretKey"], ["password"], ["openeo", "token"]),
      fc
        .array(fc.string({ maxLength: 8 }), { minLength: 1, maxLength: 3 })
        .map((path) => path.map((name) => `x${name}`)),
    );
    const wrapped = fc.constantFrom<unknown>(
      canary,
      { inner: canary },
      [canary],
      JSON.stringify({ inner: canary }),
    );
    fc.assert(
      fc.property(leaked, wrapped, mutations, (path, value, changes) => {
        const plain = put(mutated(changes), path, value) as Record<string, unknown>;
        const error = parse(plain, []);
        assert.ok(error, "nothing was refused");
        assert.ok(!JSON.stringify([error.message, error.problems]).includes(canary));
      }),
      { numRuns: 300 },
    );
  });
});
