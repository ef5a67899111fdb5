import assert from "node:assert/strict";
import { parseSettings, SettingsError } from "../../settings";
import {
  changed,
  cloud,
  cloudSecrets,
  onOpenStack,
  problemsOf,
  root,
  settingsOf,
} from "./specimen";

const keysOf = (changes: Readonly<Record<string, unknown>>, secrets = cloudSecrets) =>
  problemsOf(onOpenStack(changes), secrets).map(({ key }) => key);

describe("the section openstack", () => {
  it("is in order in the specimen, and says what RKE's end means", () => {
    const { openstack, warnings } = settingsOf(onOpenStack(), cloudSecrets);
    assert.equal(openstack?.name, "prod");
    assert.equal(openstack?.network.cidr, "10.8.0.0/20");
    assert.equal(openstack?.network.eodata, false);
    assert.match(warnings.join("\n"), /RKE has ended on 2025-07-31/);
    assert.match(warnings.join("\n"), /openstack\.etcdBackup is not set/);
  });

  it("names the cluster after the stack", () => {
    const plain = onOpenStack({ "openstack.name": undefined });
    const parsed = parseSettings({ plain, secretKeys: cloudSecrets, root, stack: "site-two" });
    assert.equal(parsed.openstack?.name, "site-two");
    const source = { plain, secretKeys: cloudSecrets, root, stack: "Site_Two" };
    assert.throws(
      () => parseSettings(source),
      /openstack\.name: is required, for the stack's name/,
    );
  });

  it("is required by the target openstack, and refused by others", () => {
    assert.deepEqual(keysOf({ openstack: undefined }), ["openstack"]);
    const [problem] = problemsOf(changed(cloud()));
    assert.match(problem?.message ?? "", /is of the target openstack, and this one is local/);
  });

  it("is unset where the engine fills in the empty default of Pulumi.yaml", () => {
    assert.deepEqual(problemsOf(changed({ openstack: "{}" })), []);
    assert.deepEqual(keysOf({ openstack: "{}" }), ["openstack"]);
  });

  it("asks for what is not known of the cloud", () => {
    const keys = keysOf({
      "openstack.authUrl": undefined,
      "openstack.region": undefined,
      "openstack.network": {},
      "openstack.image": {},
      "openstack.etcdBackup": { bucket: "etcd" },
    });
    assert.deepEqual(keys, [
      "etcdBackupAccessKeyId",
      "etcdBackupSecretAccessKey",
      "openstack.authUrl",
      "openstack.etcdBackup.endpoint",
      "openstack.etcdBackup.region",
      "openstack.image.source",
      "openstack.image.user",
      "openstack.network.externalNetwork",
      "openstack.region",
    ]);
  });

  it("takes one credential: an id with its secret, or a clouds.yaml", () => {
    assert.deepEqual(keysOf({}, cloudSecrets.slice(1)), ["openstackSecret"]);
    const none = { "openstack.applicationCredentialId": undefined };
    assert.deepEqual(keysOf(none), ["openstack.applicationCredentialId"]);
    const both = { "openstack.cloudsYaml": "clouds.yaml" };
    assert.deepEqual(keysOf(both), ["openstack.applicationCredentialId"]);
    assert.deepEqual(
      keysOf({ ...none, ...both, "openstack.authUrl": undefined, "openstack.region": undefined }),
      [],
    );
  });

  it("wants to know who administers it, and proposes this machine's address", () => {
    const refusal = (adminCidrs: unknown, address?: string) => {
      const plain = onOpenStack({ "openstack.adminCidrs": adminCidrs });
      try {
        parseSettings({ plain, secretKeys: cloudSecrets, root, address });
      } catch (error) {
        if (error instanceof SettingsError) return error.message;
      }
      return "";
    };
    const message = refusal(undefined, "198.51.100.4");
    assert.match(message, /openstack\.adminCidrs: required: .*you come from 198\.51\.100\.4/);
    assert.match(message, /config set --path 'openstack\.adminCidrs\[0\]' 198\.51\.100\.4\/32/);
    assert.match(refusal([]), /write the public address that you come from/);
    for (const open of ["0.0.0.0/0", "0.0.0.0/1"])
      assert.match(
        refusal(["203.0.113.7/32", open]),
        /adminCidrs\[1\]: .* opens SSH and the Kubernetes API to the world/,
      );
  });

  const [control, workers] = [
    { roles: ["control", "etcd"], count: 3, flavor: "large" },
    { roles: ["worker"], count: 3, flavor: "large" },
  ];

  it("refuses ranges that overlap, with one that is free", () => {
    const [problem, ...others] = problemsOf(
      onOpenStack({ "openstack.network.podCidr": "10.8.0.0/16" }),
      cloudSecrets,
    );
    assert.equal(others.length, 0);
    assert.equal(problem?.key, "openstack.network.podCidr");
    assert.match(problem.message, /10\.8\.0\.0\/16 .*overlap/);
  });

  it("refuses an even number of etcd's members, and to lose two of them at once", () => {
    const [even] = problemsOf(
      onOpenStack({ "openstack.pools": { control: { ...control, count: 2 }, workers } }),
      cloudSecrets,
    );
    assert.equal(even?.key, "openstack.pools.control.count");
    assert.match(even.message, /etcd has 2 members; allowed are 1, 3 and 5/);
    assert.equal(even.remedy, "pulumi config set --path openstack.pools.control.count 3");
    const [two] = problemsOf(
      onOpenStack({ "openstack.replaceNodes": ["control-1", "control-2"] }),
      cloudSecrets,
    );
    assert.equal(two?.key, "openstack.replaceNodes");
    assert.match(two.message, /control-1 and control-2 are members of etcd/);
  });

  it("wants to know the networks of the server that builds the image", () => {
    const image = { user: "debian", source: "Debian 12", build: true };
    assert.deepEqual(keysOf({ "openstack.image": image }), ["openstack.image.buildNetworks"]);
    const named = { ...image, buildNetworks: ["0f1e8a8c"] };
    assert.deepEqual(keysOf({ "openstack.image": named }), []);
  });

  it("makes the cluster, so that nobody gives its kubeconfig", () => {
    const plain = onOpenStack({ kubeContext: "prod" });
    const problems = problemsOf(plain, [...cloudSecrets, "kubeconfig"]);
    assert.deepEqual(
      problems.map(({ key, message }) => [key, message]),
      ["kubeContext", "kubeconfig"].map((key) => [
        key,
        "is of no use: the target openstack makes its cluster",
      ]),
    );
  });

  it("is judged by RKE's window, and not with RKE2", () => {
    const newer = { kubernetesVersion: "1.34" };
    const [problem, ...others] = problemsOf(onOpenStack(newer), cloudSecrets);
    assert.equal(others.length, 0);
    assert.match(problem?.message ?? "", /take Kubernetes 1\.28 to 1\.31/);
    assert.deepEqual(keysOf({ ...newer, "openstack.engine": "rke2" }), []);
  });
});
