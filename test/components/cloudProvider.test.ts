import assert from "node:assert/strict";
import {
  CinderCsi,
  CinderDefaultClass,
  CloudController,
  LoadBalancerProvider,
} from "../../components";
import { cloudConf } from "../../components/services/openstackAccess";
import { at, canary, masked, record, refusals } from "./recording";
import { cinderCsiArgs, cloudControllerArgs, openStackAccess, types } from "./specimens";

const controller = (changes = {}, name = "cloud-controller") =>
  record(() => new CloudController(name, cloudControllerArgs(changes)));
const cinder = (changes = {}, name = "cinder-csi") =>
  record(() => new CinderCsi(name, cinderCsiArgs(changes)));

const loadBalancers = { floatingNetworkId: "external-1", subnetId: "nodes-1" };

describe("cloud.conf", () => {
  const access = { authUrl: "https://k", region: "R", id: "id", secret: 'a"b\\c' };

  it("holds the credential in quotes that nothing in it can leave", () => {
    assert.equal(
      cloudConf({ ...access, sections: { BlockStorage: { "ignore-volume-az": true }, Empty: {} } }),
      [
        "[Global]",
        'auth-url = "https://k"',
        'region = "R"',
        'application-credential-id = "id"',
        'application-credential-secret = "a\\"b\\\\c"',
        "",
        "[BlockStorage]",
        "ignore-volume-az = true",
        "",
      ].join("\n"),
    );
  });
});

for (const [title, make, args] of [
  ["CloudController", controller, cloudControllerArgs],
  ["CinderCsi", cinder, cinderCsiArgs],
] as const) {
  describe(title, () => {
    it("has its credential in a Secret and nowhere else", async () => {
      const seen = await make();
      assert.equal(at(seen.one(types.secret), "stringData", "cloud.conf"), masked);
      assert.ok(!JSON.stringify(seen.all).includes(canary));
      assert.equal(at(seen.one(types.release).values, "secret", "create"), false);
    });

    it("makes its pods anew for another credential or region, and not for the same", async () => {
      const sum = async (access = {}) => {
        const seen = await make({ access: { ...openStackAccess, ...access } });
        return at(seen.one(types.release).values, "commonAnnotations", "checksum/cloud-conf");
      };
      const [same, again] = [await sum(), await sum()];
      assert.match(String(same), /^[0-9a-f]{64}$/);
      assert.equal(again, same);
      assert.notEqual(await sum({ applicationCredentialId: "other" }), same);
      assert.notEqual(await sum({ region: "Other" }), same);
    });

    it("takes the certificates of a private cloud", async () => {
      const caCertificates = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n";
      const seen = await make({ access: { ...openStackAccess, caCertificates } });
      assert.ok(at(seen.one(types.secret), "stringData", "ca.crt"));
    });

    it("refuses all that is wrong at once, never telling the credential", async () => {
      const changes = {
        kubernetesVersion: "1.20",
        clusterName: "Prod",
        access: { ...openStackAccess, authUrl: "keystone", region: "", caCertificates: canary },
        namespace: "Kube",
        timeoutSeconds: 0,
      };
      let told: string[] = [];
      const seen = await record(() => {
        told = refusals(() =>
          title === "CinderCsi"
            ? new CinderCsi("C", { ...cinderCsiArgs(changes), replicas: 0 })
            : new CloudController("C", cloudControllerArgs(changes)),
        );
      });
      for (const path of [
        "name",
        "kubernetesVersion",
        "clusterName",
        "access.authUrl",
        "access.region",
        "access.caCertificates",
        "namespace",
        "timeoutSeconds",
      ]) {
        assert.ok(
          told.some((line) => line.startsWith(`${path}:`)),
          path,
        );
      }
      assert.match(told.join("\n"), /1\.28, .*1\.36/);
      assert.ok(!told.join("\n").includes(canary));
      assert.deepEqual(seen.all, []);
    });

    it("takes the chart of each Kubernetes", async () => {
      const { version } = (await make(args({ kubernetesVersion: "1.36" }))).one(types.release);
      assert.equal(version, "2.36.0");
      assert.match(String((await make()).one(types.release)["version"]), /^2\.31\.[37]$/);
    });
  });
}

describe("what CloudController runs", () => {
  it("runs on the control plane, whatever the nodes' taints", async () => {
    const { values } = (await controller()).one(types.release);
    assert.deepEqual(at(values, "tolerations"), [{ operator: "Exists" }]);
    assert.deepEqual(at(values, "nodeSelector"), {
      "node-role.kubernetes.io/control-plane": "true",
    });
  });

  it("makes load balancers only where it is told their networks", async () => {
    const controllers = async (changes: object) =>
      at((await controller(changes)).one(types.release)["values"], "enabledControllers");
    assert.deepEqual(await controllers({}), ["cloud-node", "cloud-node-lifecycle"]);
    const provider = LoadBalancerProvider.Ovn;
    assert.deepEqual(await controllers({ loadBalancers: { ...loadBalancers, provider } }), [
      "cloud-node",
      "cloud-node-lifecycle",
      "service",
    ]);
  });
});

describe("the storage classes of CinderCsi", () => {
  const byName = async (changes: object) => {
    const seen = await cinder(changes);
    return new Map(
      seen
        .of(types.storageClass)
        .map(({ inputs }) => [String(at(inputs, "metadata", "name")), inputs]),
    );
  };
  const isDefault = (inputs: unknown) =>
    at(inputs, "metadata", "annotations", "storageclass.kubernetes.io/is-default-class");

  it("have the names that others ask for; volumes of one go with their claim", async () => {
    const classes = await byName({});
    const policies = [...classes].map(([name, one]) => [name, one["reclaimPolicy"]]);
    assert.deepEqual(policies, [
      ["csi-cinder-sc-delete", "Delete"],
      ["csi-cinder-sc-retain", "Retain"],
    ]);
    assert.equal(isDefault(classes.get("csi-cinder-sc-delete")), "true");
    assert.equal(isDefault(classes.get("csi-cinder-sc-retain")), "false");
  });

  it("take type, zone and which one is the default", async () => {
    const classes = await byName({
      volumeType: "ssd",
      volumeZone: "nova",
      topology: false,
      defaultStorageClass: CinderDefaultClass.None,
    });
    for (const one of classes.values()) {
      assert.deepEqual(one["parameters"], { type: "ssd", availability: "nova" });
      assert.equal(one["volumeBindingMode"], "Immediate");
      assert.equal(isDefault(one), "false");
    }
  });

  it("have a snapshot class beside them only where the cluster knows its kind", async () => {
    assert.equal((await cinder()).of(types.snapshotClass).length, 0);
    assert.equal((await cinder({ snapshotClass: true })).of(types.snapshotClass).length, 1);
  });
});
