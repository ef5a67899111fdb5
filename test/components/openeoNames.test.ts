import assert from "node:assert/strict";
import { OpenEo, OpenEoRouteKind, type OpenEoArgs } from "../../components";
import { isWithin } from "../../components/workloads/openeo/names";
import { canary, record } from "./recording";
import { layerCatalog, openEoArgs } from "./specimens";

/** Whatever makes a resource of its own. */
const features = (kind: OpenEoRouteKind): OpenEoArgs =>
  openEoArgs({
    layerCatalogs: [
      { name: "one.json", content: layerCatalog },
      { name: "two.json", content: layerCatalog.replace("SENTINEL2", "SENTINEL3") },
    ],
    login: { basicUser: "me" },
    route: {
      kind,
      host: "openeo.example.org",
      sparkUiHost: "spark.example.org",
      tls: { secretName: "openeo-tls" },
    },
    log4j2: "<Configuration/>",
    httpCredentials: canary,
    metrics: { configuration: "rules: []", podMonitorLabels: { release: "prometheus" } },
    jobRegistry: { api: "https://jobs.example.org", backendId: "me", clientCredentials: canary },
    zooKeeper: { nodes: ["zookeeper:2181"] },
    jobTracker: {},
    lite: { replicas: 2 },
    batch: { fuse: {}, log4j2: "<Configuration/>" },
    secretEnv: { TOKEN: canary },
  });

describe("names of an openEO's resources", () => {
  for (const kind of [OpenEoRouteKind.Ingress, OpenEoRouteKind.IngressRoute]) {
    it(`are those that other instances keep clear of, with an ${kind}`, async () => {
      const seen = await record(() => new OpenEo("openeo", features(kind)));
      const names = seen.all.map(({ name }) => name).filter((name) => name !== "openeo");
      assert.ok(names.length > 30, `${names.length} are few for all features`);
      assert.deepEqual(
        names.filter((name) => !isWithin(name, "openeo")),
        [],
      );
    });
  }
});
