import assert from "node:assert/strict";
import { changed, problemOf, problemsOf, settingsOf, specimen } from "./specimen";

/** Changes that enable a service, with what it requires; fresh, for changes write into them. */
const fresh = () => ({
  webEditor: {
    "openeoServices.webEditor": {
      enabled: true,
      imageTag: "v0.15.1",
      host: "editor.example.org",
    },
  },
  aggregator: {
    "openeoServices.aggregator": {
      enabled: true,
      imageTag: "0.49.0",
      host: "federation.example.org",
      backends: [{ id: "one", url: "https://one.example.org/openeo/1.2" }],
    },
  },
  jobRegistry: {
    "openeoServices.jobRegistry": {
      enabled: true,
      elasticsearchUrls: ["http://es.example.org:9200"],
      oidcIssuer: "https://login.example.org/realms/openeo",
      oidcClientId: "openeo-job-registry",
    },
  },
  workspaces: {
    "openeoServices.workspaces": {
      enabled: true,
      imageTag: "0.0.1",
      host: "workspaces.example.org",
      keycloakUrl: "https://login.example.org",
      elasticsearchUrl: "https://es.example.org:9200",
    },
  },
});

const keysOf = (changes: Readonly<Record<string, unknown>>, secrets: readonly string[] = []) =>
  problemsOf(changed(changes), secrets).map(({ key }) => key);

describe("the services beside openEO", () => {
  let enabled: ReturnType<typeof fresh>;

  beforeEach(() => {
    enabled = fresh();
  });

  it("are all off, and demand nothing then, however deep they stand", () => {
    const { openeoServices } = settingsOf(specimen());
    const { webEditor, aggregator, jobRegistry, workspaces } = openeoServices;
    for (const service of [webEditor, aggregator, jobRegistry, workspaces]) {
      assert.equal(service.enabled, false);
    }
    assert.deepEqual(keysOf({ "openeoServices.jobRegistry": { enabled: false } }), []);
  });

  it("demand at once what they need when they are on", () => {
    const on = (service: string) => keysOf({ [`openeoServices.${service}.enabled`]: true });
    const required = (service: string, ...keys: string[]) =>
      keys.map((key) => `openeoServices.${service}.${key}`);
    assert.deepEqual(on("webEditor"), required("webEditor", "host", "imageTag"));
    assert.deepEqual(on("aggregator"), required("aggregator", "backends", "host", "imageTag"));
    assert.deepEqual(on("jobRegistry"), [
      "jobRegistryClientSecret",
      ...required("jobRegistry", "elasticsearchUrls", "oidcClientId", "oidcIssuer"),
    ]);
    assert.deepEqual(on("workspaces"), [
      ...required("workspaces", "elasticsearchUrl", "host", "imageTag", "keycloakUrl"),
      "workspacesClientSecret",
    ]);
  });

  it("are in order with what they need", () => {
    assert.deepEqual(keysOf(enabled.webEditor), []);
    assert.deepEqual(keysOf(enabled.aggregator), []);
    assert.deepEqual(keysOf(enabled.jobRegistry, ["jobRegistryClientSecret"]), []);
    assert.deepEqual(keysOf(enabled.workspaces, ["workspacesClientSecret"]), []);
  });

  it("come with an exact tag where upstream names one, and take no moving one", () => {
    const { openeoServices } = settingsOf(changed(enabled.jobRegistry), [
      "jobRegistryClientSecret",
    ]);
    assert.equal(openeoServices.jobRegistry.imageTag, "1.31.0");
    const latest = { ...enabled.webEditor["openeoServices.webEditor"], imageTag: "latest" };
    const problem = problemOf({ "openeoServices.webEditor": latest });
    assert.match(problem?.message ?? "", /names no one image/);
  });

  it("ask for each secret with the command that sets it", () => {
    const problem = problemOf(enabled.workspaces);
    assert.equal(problem?.kind, "missing-secret");
    assert.match(problem.remedy, /pulumi config set.* --secret workspacesClientSecret$/);
    const user = {
      ...enabled.workspaces["openeoServices.workspaces"],
      elasticsearchUser: "openeo",
    };
    const keys = keysOf({ "openeoServices.workspaces": user }, ["workspacesClientSecret"]);
    assert.deepEqual(keys, ["workspacesElasticsearchPassword"]);
  });

  it("refuse an editor that has nothing to open with", () => {
    const problem = problemOf({ ...enabled.webEditor, openeo: { enabled: false } });
    assert.equal(problem?.key, "openeoServices.webEditor.backendUrl");
    const own = "openeoServices.webEditor.backendUrl";
    const given = { ...enabled.webEditor, openeo: { enabled: false }, [own]: "https://other.org" };
    assert.deepEqual(keysOf(given), []);
  });

  it("refuse one host for two, and a namespace of another part", () => {
    const host = "openeo.example.org";
    const key = "openeoServices.webEditor.host";
    const problem = problemOf({ ...enabled.webEditor, [key]: host });
    assert.equal(problem?.key, key);
    assert.match(problem.message, /is openeo\.host too/);
    const namespace = { "openeoServices.namespace": "spark-jobs" };
    assert.deepEqual(keysOf({ ...enabled.aggregator, ...namespace }), ["openeoServices.namespace"]);
    assert.deepEqual(keysOf(namespace), []);
  });

  it("refuse ids of back-ends that the aggregator could not tell from its jobs", () => {
    for (const id of ["a-b", "agg", ""]) {
      const backends = [{ id, url: "https://one.example.org" }];
      const service = { ...enabled.aggregator["openeoServices.aggregator"], backends };
      const problem = problemOf({ "openeoServices.aggregator": service });
      assert.equal(problem?.key, "openeoServices.aggregator.backends[0].id");
    }
  });

  it("refuse two back-ends with one id, and a certificate for no host", () => {
    const url = "https://one.example.org";
    const backends = [
      { id: "one", url },
      { id: "one", url },
    ];
    const service = { ...enabled.aggregator["openeoServices.aggregator"], backends };
    const problem = problemOf({ "openeoServices.aggregator": service });
    assert.equal(problem?.key, "openeoServices.aggregator.backends[1].id");
    const registry = { ...enabled.jobRegistry["openeoServices.jobRegistry"], tlsSecret: "tls" };
    const keys = keysOf({ "openeoServices.jobRegistry": registry }, ["jobRegistryClientSecret"]);
    assert.deepEqual(keys, ["openeoServices.jobRegistry.host"]);
  });

  it("warn about a private registry that nobody logs in to", () => {
    const told = (...secrets: string[]) =>
      settingsOf(changed(enabled.jobRegistry), ["jobRegistryClientSecret", ...secrets]).warnings;
    assert.equal(told().filter((line) => line.includes("private registry")).length, 1);
    assert.deepEqual(
      told("openeoServicesPullConfig").filter((line) => line.includes("registry")),
      [],
    );
  });
});
