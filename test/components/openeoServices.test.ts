import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { OpenEoServices, type OpenEoServicesArgs } from "../../components";
import { at, canary, listAt, masked, record, refusals } from "./recording";
import { openEoServicesArgs, types } from "./specimens";

const make = (changes?: Partial<OpenEoServicesArgs>, name = "openeo-services") =>
  new OpenEoServices(name, openEoServicesArgs(changes));

const only = (changes: Partial<OpenEoServicesArgs>): Partial<OpenEoServicesArgs> => ({
  webEditor: undefined,
  aggregator: undefined,
  jobRegistry: undefined,
  workspaces: undefined,
  ...changes,
});

const { webEditor, aggregator, jobRegistry, workspaces } = openEoServicesArgs();

/** The pods of a service. */
const podOf = (deployment: unknown) => at(deployment, "spec", "template", "spec");

/** The plain environment of a service. */
const environmentOf = (deployment: unknown) =>
  Object.fromEntries(
    listAt(podOf(deployment), "containers", 0, "env").map((entry) => [
      String(at(entry, "name")),
      at(entry, "value") ?? at(entry, "valueFrom", "secretKeyRef"),
    ]),
  );

const deployment = (service: string) => `openeo-services-${service}-deployment`;

describe("OpenEoServices", () => {
  it("makes Deployment, Service and Ingress of every service, in one restricted namespace", async () => {
    const seen = await record(() => make());
    for (const kind of [types.deployment, types.service, types.ingress]) {
      const names = seen.of(kind).map(({ inputs }) => at(inputs, "metadata", "name"));
      const all = ["aggregator", "job-registry", "web-editor", "workspaces"];
      const expected = kind === types.ingress ? all.filter((one) => one !== "job-registry") : all;
      assert.deepEqual(names.sort(), expected);
    }
    const labels = at(seen.one(types.namespace), "metadata", "labels");
    assert.equal(at(labels, "pod-security.kubernetes.io/enforce"), "restricted");
  });

  it("runs pods that the level restricted lets in, without a token of the API server", async () => {
    const seen = await record(() => make());
    for (const { inputs } of seen.of(types.deployment)) {
      const pod = podOf(inputs);
      assert.equal(at(pod, "automountServiceAccountToken"), false);
      assert.equal(at(pod, "securityContext", "runAsNonRoot"), true);
      assert.notEqual(at(pod, "securityContext", "runAsUser"), 0);
      assert.equal(at(pod, "securityContext", "seccompProfile", "type"), "RuntimeDefault");
      const security = at(pod, "containers", 0, "securityContext");
      assert.equal(at(security, "allowPrivilegeEscalation"), false);
      assert.deepEqual(at(security, "capabilities", "drop"), ["ALL"]);
    }
  });

  it("leads each Service to a port that its pods have, by labels that they bear", async () => {
    const seen = await record(() => make());
    for (const { inputs } of seen.of(types.service)) {
      const name = String(at(inputs, "metadata", "name"));
      const pods = at(seen.one(types.deployment, deployment(name)), "spec", "template");
      const ports = listAt(pods, "spec", "containers", 0, "ports").map((port) => at(port, "name"));
      assert.ok(ports.includes(at(inputs, "spec", "ports", 0, "targetPort")), name);
      for (const [key, value] of Object.entries(at(inputs, "spec", "selector") ?? {})) {
        assert.equal(at(pods, "metadata", "labels", key), value, name);
      }
    }
  });

  it("makes a service only when its arguments are given", async () => {
    const seen = await record(() => make(only({ jobRegistry })));
    assert.deepEqual(
      seen.of(types.deployment).map(({ name }) => name),
      [deployment("job-registry")],
    );
    assert.deepEqual(seen.of(types.ingress), []);
  });

  it("guards more than one pod by a budget, and spreads them", async () => {
    assert.ok(webEditor);
    const two = await record(() => make(only({ webEditor: { ...webEditor, replicas: 2 } })));
    assert.equal(at(two.one(types.budget), "spec", "maxUnavailable"), 1);
    const pod = podOf(two.one(types.deployment));
    assert.equal(listAt(pod, "topologySpreadConstraints").length, 1);
    const one = await record(() => make(only({ webEditor })));
    assert.deepEqual(one.of(types.budget), []);
  });

  it("speaks HTTPS with a Secret that is there, or that cert-manager fills", async () => {
    assert.ok(webEditor);
    const given = { ...webEditor, tlsSecret: "editor-cert" };
    const seen = await record(() => make(only({ webEditor: given })));
    const tls = at(seen.one(types.ingress), "spec", "tls", 0);
    assert.deepEqual(tls, { hosts: ["editor.example.org"], secretName: "editor-cert" });

    const issued = { ...webEditor, clusterIssuer: "letsencrypt" };
    const ingress = (await record(() => make(only({ webEditor: issued })))).one(types.ingress);
    assert.equal(at(ingress, "spec", "tls", 0, "secretName"), "web-editor-tls");
    const annotation = "cert-manager.io/cluster-issuer";
    assert.equal(at(ingress, "metadata", "annotations", annotation), "letsencrypt");
  });

  it("tells where each service is reached, and openEO where the job registry is", async () => {
    const urls: Record<string, string> = {};
    await record(() => {
      const made = make({ webEditor: webEditor && { ...webEditor, clusterIssuer: "letsencrypt" } });
      const { namespace, webEditorUrl, aggregatorUrl, jobRegistryInternalUrl } = made;
      const told = { namespace, webEditorUrl, aggregatorUrl, jobRegistryInternalUrl };
      pulumi.output(told).apply((values) => Object.assign(urls, values));
    });
    assert.deepEqual(urls, {
      namespace: "openeo-services",
      webEditorUrl: "https://editor.example.org",
      aggregatorUrl: "http://federation.example.org",
      jobRegistryInternalUrl: "http://job-registry.openeo-services.svc",
    });
  });

  it("gives secrets to pods by reference only, and shows none", async () => {
    const seen = await record(() => make({ pullConfig: `{"auths":"${canary}"}` }));
    assert.ok(!JSON.stringify(seen.all).includes(canary));
    const registry = environmentOf(seen.one(types.deployment, deployment("job-registry")));
    assert.deepEqual(registry["OIDC_CLIENT_SECRET"], {
      name: "job-registry",
      key: "OIDC_CLIENT_SECRET",
    });
    const api = environmentOf(seen.one(types.deployment, deployment("workspaces")));
    assert.equal(at(api["ELASTICSEARCH_PASSWORD"], "key"), "ELASTICSEARCH_PASSWORD");
    const secret = seen.one(types.secret, "openeo-services-workspaces-secrets");
    assert.deepEqual(at(secret, "stringData"), {
      KEYCLOAK_CLIENT_SECRET: masked,
      ELASTICSEARCH_PASSWORD: masked,
    });
    const pod = podOf(seen.one(types.deployment, deployment("web-editor")));
    assert.deepEqual(at(pod, "imagePullSecrets"), [{ name: "registries" }]);
  });

  it("starts pods again when a secret or a file changes, and no others", async () => {
    assert.ok(jobRegistry && webEditor);
    const checksums = async (changes: Partial<OpenEoServicesArgs>) => {
      const seen = await record(() => make(changes));
      const annotations = seen
        .of(types.deployment)
        .map(({ name, inputs }) => [
          name,
          at(inputs, "spec", "template", "metadata", "annotations"),
        ]);
      return Object.fromEntries(annotations) as Record<string, unknown>;
    };
    const before = await checksums({});
    const changed = (after: Record<string, unknown>) =>
      Object.keys(before).filter(
        (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
      );
    const secret = { ...jobRegistry, oidcClientSecret: "another" };
    assert.deepEqual(changed(await checksums({ jobRegistry: secret })), [
      deployment("job-registry"),
    ]);
    const file = { ...webEditor, backendUrl: "https://other.example.org" };
    assert.deepEqual(changed(await checksums({ webEditor: file })), [deployment("web-editor")]);
  });

  it("gives the services what they read from their environment", async () => {
    const seen = await record(() => make());
    const registry = environmentOf(seen.one(types.deployment, deployment("job-registry")));
    assert.equal(registry["DB_HOSTS"], "http://es-1.example.org:9200,http://es-2.example.org:9200");
    assert.equal(registry["DB_JOBS_IDX"], "openeo-jobs");
    // At more than errors it would write tokens into its log.
    assert.ok(!("LOG_LEVEL" in registry));
    const api = environmentOf(seen.one(types.deployment, deployment("workspaces")));
    assert.equal(api["ELASTICSEARCH_SCHEME"], "https");
    assert.equal(api["ELASTICSEARCH_HOST"], "es.example.org");
    assert.equal(api["ELASTICSEARCH_PORT"], "443");
    assert.equal(api["MAX_WORKSPACE_QUOTA"], "1099511627776");
    assert.equal(api["SUPPORTED_PROVIDERS"], '["s3"]');
    const joined = environmentOf(seen.one(types.deployment, deployment("aggregator")));
    assert.match(String(joined["GUNICORN_CMD_ARGS"]), /--bind=0\.0\.0\.0:8080 --workers=2/);
    assert.equal(joined["OPENEO_BACKEND_CONFIG"], "/etc/openeo-aggregator/aggregator.py");
  });

  it("refuses all that is wrong at once, and registers nothing", async () => {
    assert.ok(webEditor && aggregator && jobRegistry && workspaces);
    let told: string[] = [];
    const seen = await record(() => {
      told = refusals(() =>
        make({
          namespace: "Services",
          timeoutSeconds: 0,
          webEditor: { ...webEditor, imageTag: "latest", backendUrl: "https://me:pw@x.org" },
          aggregator: {
            ...aggregator,
            host: webEditor.host,
            backends: [
              { id: "a-b", url: "https://a.org" },
              { id: "agg", url: "ftp://b.org" },
              { id: "agg", url: "https://c.org" },
            ],
            zooKeeper: "zookeeper",
          },
          jobRegistry: {
            ...jobRegistry,
            image: "registry/x:1",
            elasticsearchUrls: [],
            tlsSecret: "t",
          },
          workspaces: { ...workspaces, elasticsearchUser: undefined, providers: ["ftp"] },
        }),
      );
    });
    assert.deepEqual(
      told.map((line) => line.split(": ")[0]),
      [
        "namespace",
        "timeoutSeconds",
        "webEditor.imageTag",
        "jobRegistry.image",
        "jobRegistry.tlsSecret",
        "aggregator.host",
        "aggregator.backends[2].id",
        "aggregator.backends[0].id",
        "aggregator.backends[1].id",
        "aggregator.backends[1].url",
        "aggregator.backends[2].id",
        "aggregator.zooKeeper",
        "webEditor.backendUrl",
        "jobRegistry.elasticsearchUrls",
        "workspaces.elasticsearchPassword",
        "workspaces.providers",
      ],
    );
    assert.ok(!told.join("\n").includes("pw"));
    assert.deepEqual(seen.all, []);
  });

  it("wants at least one service", () => {
    const told = refusals(() => make(only({})));
    assert.equal(told.length, 1);
    assert.match(told[0] ?? "", /give at least one/);
  });
});
