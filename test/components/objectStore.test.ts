import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ObjectStore, type ObjectStoreArgs } from "../../components";
import { image } from "../../components/services/objectStore/image";
import { expectedBuckets, isBucketName } from "../../components/services/objectStore/buckets";
import { accounts } from "../../components/services/objectStore/pod";
import { tools } from "../../tools/table";
import { at, listAt, masked, record, refusals, type Inputs } from "./recording";
import { types } from "./specimens";

const make = (args: ObjectStoreArgs = {}, name = "object-store") => new ObjectStore(name, args);
const podOf = (server: Inputs) => at(server, "spec", "template", "spec");
const containerOf = (server: Inputs) => at(podOf(server), "containers", 0);
const hookOf = (server: Inputs) =>
  String(at(containerOf(server), "lifecycle", "postStart", "exec", "command", 2));
const variables = (server: Inputs) =>
  new Map(
    listAt(containerOf(server), "env").map((variable) => [at(variable, "name"), variable] as const),
  );

describe("ObjectStore", () => {
  it("runs one unprivileged pod in a namespace that takes no other", async () => {
    const seen = await record(() => make());
    const labels = at(seen.one(types.namespace), "metadata", "labels");
    assert.equal(at(labels, "pod-security.kubernetes.io/enforce"), "restricted");
    const server = seen.one(types.statefulSet);
    assert.equal(at(server, "spec", "replicas"), 1);
    const pod = podOf(server);
    assert.equal(at(pod, "securityContext", "runAsNonRoot"), true);
    assert.equal(at(pod, "securityContext", "seccompProfile", "type"), "RuntimeDefault");
    assert.equal(at(pod, "automountServiceAccountToken"), false);
    assert.deepEqual(at(containerOf(server), "securityContext"), {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
  });

  it("keeps its data on a claim of its own, which is protected unless told otherwise", async () => {
    const seen = await record(() => make({ sizeGib: 50, storageClass: "fast" }));
    const claim = seen.one(types.claim);
    assert.equal(at(claim, "spec", "resources", "requests", "storage"), "50Gi");
    assert.equal(at(claim, "spec", "storageClassName"), "fast");
    const volumes = listAt(podOf(seen.one(types.statefulSet)), "volumes");
    const claimed = volumes.map((volume) => at(volume, "persistentVolumeClaim", "claimName"));
    assert.ok(claimed.includes("object-store-data"));
    const left = (await record(() => make())).one(types.claim);
    assert.equal(at(left, "spec", "storageClassName"), undefined);
  });

  it("makes openEO's buckets and folders for openEO unless told otherwise", async () => {
    const hook = hookOf((await record(() => make())).one(types.statefulSet));
    for (const { name, folders } of expectedBuckets.openeo) {
      assert.match(hook, new RegExp(`^own ${name} openeo$`, "m"));
      for (const folder of folders) assert.ok(hook.includes(`keep /data/${name}/${folder}\n`));
    }
  });

  it("holds keys in Secrets only, a pair for each client and one for root", async () => {
    const clients = {
      openeo: { buckets: [{ name: "one" }] },
      fink: { buckets: [{ name: "two" }] },
    };
    const seen = await record(() => make({ clients }));
    const passwords = seen.of("random:index/randomPassword:RandomPassword");
    assert.deepEqual(passwords.map(({ name }) => name).sort(), [
      "object-store-fink-secret-access-key",
      "object-store-openeo-secret-access-key",
      "object-store-root-secret-access-key",
    ]);
    assert.deepEqual(seen.one(types.secret, "object-store-accounts")["stringData"], {
      "users.json": masked,
    });
    const rest = seen.all.filter(({ type }) => type !== types.secret);
    assert.ok(!JSON.stringify(rest).includes(masked), "a secret stands outside of the Secrets");
    const secret = variables(seen.one(types.statefulSet)).get("ROOT_SECRET_ACCESS_KEY");
    assert.equal(at(secret, "valueFrom", "secretKeyRef", "name"), "object-store-root");
  });

  it("writes the accounts as the server reads them: users who make no buckets", () => {
    assert.deepEqual(JSON.parse(accounts({ openeo: "a", fink: "b" })), {
      accessAccounts: {
        openeo: { access: "openeo", secret: "a", role: "user" },
        fink: { access: "fink", secret: "b", role: "user" },
      },
    });
  });

  it("has its administration on loopback, and its health where both probes look", async () => {
    const server = (await record(() => make())).one(types.statefulSet);
    const value = (name: string) => at(variables(server).get(name), "value");
    assert.match(String(value("VGW_ADMIN_PORT")), /^127\.0\.0\.1:/);
    for (const probe of ["readinessProbe", "livenessProbe"]) {
      assert.equal(at(containerOf(server), probe, "httpGet", "path"), value("VGW_HEALTH"));
    }
  });

  it("has no Ingress without a host, and one with TLS where it is given a certificate", async () => {
    assert.deepEqual((await record(() => make())).of(types.ingress), []);
    const host = "s3.example.org";
    const changes = { host, tlsSecret: "s3-tls", ingressClassName: "web" };
    const { spec } = (await record(() => make(changes))).one(types.ingress);
    assert.equal(at(spec, "ingressClassName"), "web");
    assert.deepEqual(at(spec, "tls"), [{ hosts: [host], secretName: "s3-tls" }]);
    const rule = at(spec, "rules", 0, "http", "paths", 0, "backend", "service");
    assert.deepEqual(rule, { name: "object-store", port: { name: "s3" } });
  });

  it("tells where it is, and what its keys are as a secret", async () => {
    const told: unknown[] = [];
    let isSecret: Promise<boolean> | undefined;
    await record(() => {
      const store = make({ host: "s3.example.org", tlsSecret: "s3-tls" });
      const { endpoint, publicUrl, buckets, secretAccessKeys } = store;
      pulumi
        .all([endpoint, publicUrl, buckets, secretAccessKeys])
        .apply((values) => told.push(...values));
      isSecret = pulumi.isSecret(secretAccessKeys);
    });
    assert.deepEqual(told, [
      "http://object-store.object-store.svc:7070",
      "https://s3.example.org",
      ["OpenEO-data", "spark-history"],
      { openeo: masked },
    ]);
    assert.equal(await isSecret, true);
  });

  it("runs the release that the tests run", () => {
    assert.equal(image.tag, `v${tools.versitygw.version}`);
  });

  it("refuses all that is wrong at once, and registers nothing", async () => {
    let told: string[] = [];
    const seen = await record(() => {
      told = refusals(() =>
        make(
          {
            namespace: "Store",
            sizeGib: 0,
            memoryMib: 64,
            region: "eu west",
            timeoutSeconds: 0,
            tlsSecret: "s3-tls",
            clients: {
              root: { buckets: [{ name: "a_b" }] },
              openeo: { buckets: [{ name: "data" }, { name: "logs", folders: ["../x"] }] },
              fink: { buckets: [{ name: "data" }] },
              none: { buckets: [] },
            },
          },
          "S",
        ),
      );
    });
    assert.deepEqual(
      told.map((line) => line.split(":")[0]),
      [
        ...["name", "namespace", "sizeGib", "memoryMib", "region", "timeoutSeconds", "tlsSecret"],
        ...["clients.root", "clients.root.buckets[0].name", "clients.openeo.buckets[1].folders"],
        ...["clients.fink.buckets[0].name", "clients.none.buckets"],
      ],
    );
    assert.deepEqual(seen.all, []);
  });

  const names: readonly [string, boolean][] = [
    ["OpenEO-data", true],
    ["spark-history", true],
    ["ab", false],
    ["1data", false],
    ["data-", false],
    ["da.ta", false],
    ["$(id)", false],
    ["a".repeat(64), false],
  ];
  for (const [name, taken] of names) {
    it(`${taken ? "takes" : "refuses"} a bucket called ${name}`, () => {
      assert.equal(isBucketName(name), taken);
    });
  }
});
