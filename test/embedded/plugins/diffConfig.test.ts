import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { stringify } from "yaml";
import { diffConfig } from "../../../embedded/plugins/kubernetes/diffConfig";
import { unknown, type JsonObject } from "../../../embedded/plugins/protocol/properties";
import { parseUrn } from "../../../embedded/plugins/protocol/urn";
import { newFolder } from "../control-plane/support";

const urn = parseUrn("urn:pulumi:test::test::pulumi:providers:kubernetes::k8s");

/** Two contexts of two clusters; the first one is the current one. */
const kubeconfigOf = (first: JsonObject = {}): JsonObject => ({
  apiVersion: "v1",
  kind: "Config",
  "current-context": "context1",
  contexts: [1, 2].map((n) => ({
    name: `context${n}`,
    context: { cluster: `cluster${n}`, user: "user" },
  })),
  clusters: [
    { name: "cluster1", cluster: { server: "https://127.0.0.1:1", ...first } },
    { name: "cluster2", cluster: { server: "https://127.0.0.1:2" } },
  ],
  users: [{ name: "user", user: { token: "x" } }],
});
const kubeconfig = stringify(kubeconfigOf());
const moved = stringify(kubeconfigOf({ "tls-server-name": "kubernetes.example.org" }));

interface Case {
  readonly title: string;
  readonly olds: JsonObject;
  readonly news: JsonObject;
  readonly diffs: string[];
  readonly replaces: string[];
}

/** A change of one argument beside those that stay. */
const change = (
  title: string,
  key: string,
  [before, after]: readonly [string | undefined, string | undefined],
  replaces: boolean,
  same: JsonObject = {},
): Case => ({
  title,
  olds: { ...same, ...(before === undefined ? {} : { [key]: before }) },
  news: { ...same, ...(after === undefined ? {} : { [key]: after }) },
  diffs: [key],
  replaces: replaces ? [key] : [],
});

const identified = { clusterIdentifier: "one" };

// The cases of the official plugin's own tests, and what follows from its source.
const cases: Case[] = [
  { title: "nothing at all", olds: {}, news: {}, diffs: [], replaces: [] },
  {
    title: "the same kubeconfig as an object",
    olds: { kubeconfig: kubeconfigOf() },
    news: { kubeconfig: kubeconfigOf() },
    diffs: [],
    replaces: [],
  },
  change("a kubeconfig where none was", "kubeconfig", [undefined, kubeconfig], false),
  change("another entry of the cluster", "kubeconfig", [kubeconfig, moved], true),
  change(
    "another user in the kubeconfig",
    "kubeconfig",
    [kubeconfig, kubeconfig.replace("token: x", "token: y")],
    false,
  ),
  change("a late kubeconfig", "kubeconfig", [kubeconfig, unknown], true),
  change("a late context", "context", ["context1", unknown], true, { kubeconfig }),
  change("a late cluster", "cluster", ["cluster1", unknown], true, { kubeconfig }),
  change("a context of another cluster", "context", ["context1", "context2"], true, { kubeconfig }),
  change("a context that is not there", "context", ["context1", "other"], false, { kubeconfig }),
  change("another cluster", "cluster", ["cluster1", "cluster2"], true, { kubeconfig }),
  change("a cluster that is not there", "cluster", ["cluster1", "other"], false, { kubeconfig }),
  change("another namespace", "namespace", ["a", "b"], false, { kubeconfig }),
  change("a new identifier", "clusterIdentifier", [undefined, "one"], false),
  change("an identifier that goes", "clusterIdentifier", ["one", undefined], false),
  change("another identifier", "clusterIdentifier", ["one", "two"], true, { kubeconfig }),
  change("a late identifier", "clusterIdentifier", ["one", unknown], true, { kubeconfig }),
  change("another entry, identified", "kubeconfig", [kubeconfig, moved], false, identified),
  change("a late kubeconfig, identified", "kubeconfig", [kubeconfig, unknown], false, identified),
  change("a context, identified", "context", ["context1", "context2"], false, {
    kubeconfig,
    ...identified,
  }),
  {
    title: "another kubeconfig and another identifier",
    olds: { kubeconfig, clusterIdentifier: "one" },
    news: { kubeconfig: moved, clusterIdentifier: "two" },
    diffs: ["clusterIdentifier", "kubeconfig"],
    replaces: ["clusterIdentifier", "kubeconfig"],
  },
  ...Object.entries({ another: moved, "a late": unknown }).map(([which, news]) => ({
    title: `${which} kubeconfig, and an identifier that comes`,
    olds: { kubeconfig },
    news: { kubeconfig: news, clusterIdentifier: "one" },
    diffs: ["clusterIdentifier", "kubeconfig"],
    replaces: ["kubeconfig"],
  })),
  {
    title: "another kubeconfig, and an identifier that goes",
    olds: { kubeconfig: kubeconfigOf(), clusterIdentifier: "one" },
    news: { kubeconfig: kubeconfigOf({ "tls-server-name": "kubernetes.example.org" }) },
    diffs: ["clusterIdentifier", "kubeconfig"],
    replaces: ["kubeconfig"],
  },
];

const answer = (olds: JsonObject, news: JsonObject) => {
  const { changes } = diffConfig({
    urn,
    olds: { value: olds, secrets: [] },
    news: { value: news, secrets: [] },
  });
  const replaces = [...changes].filter(([, { replace }]) => replace).map(([key]) => key);
  return { diffs: [...changes.keys()].sort(), replaces: replaces.sort() };
};

describe("what another configuration means to the kubernetes stand-in", () => {
  for (const { title, olds, news, diffs, replaces } of cases) {
    const meaning = replaces.length > 0 ? "another cluster" : "the same cluster";
    it(`is ${meaning} for ${title}`, () => {
      assert.deepEqual(answer(olds, news), { diffs, replaces });
    });
  }

  it("is read from files, and one that is gone is no other cluster", async () => {
    const folder = await newFolder();
    const [one, same, other] = ["one", "same", "other"].map((name) => path.join(folder, name));
    assert.ok(one && same && other);
    await writeFile(one, kubeconfig);
    await writeFile(same, kubeconfig);
    await writeFile(other, moved);
    assert.deepEqual(answer({ kubeconfig: one }, { kubeconfig: same }).replaces, []);
    assert.deepEqual(answer({ kubeconfig: one }, { kubeconfig: other }).replaces, ["kubeconfig"]);
    await rm(one);
    assert.deepEqual(answer({ kubeconfig: one }, { kubeconfig: other }).replaces, []);
    await rm(folder, { recursive: true });
  });

  it("is not told of what is no kubeconfig, identified or not, and nothing of it is shown", () => {
    const broken = "apiVersion: v1\nclusters: [ BROKEN\n";
    for (const more of [{}, identified]) {
      assert.throws(
        () => answer({ kubeconfig, ...more }, { kubeconfig: broken, ...more }),
        (error: Error) => /is no kubeconfig/.test(error.message) && !/BROKEN/.test(error.message),
      );
    }
  });
});
