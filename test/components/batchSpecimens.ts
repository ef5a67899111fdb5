import { Refusals } from "../../components/base/refusal";
import type { OpenEoContext } from "../../components/workloads/openeo/batch/context";
import { listAt, refusals, type Recording } from "./recording";

/** What the parts beside openEO's web application share with it. */
export const context: OpenEoContext = {
  name: "openeo",
  namespace: "team-a",
  image: "registry.example.org/openeo:20260601-1",
  python: "3.8",
  labels: { "app.kubernetes.io/part-of": "openeo" },
  environment: {
    KUBE: { value: "true" },
    SPARK_LOCAL_IP: { field: "status.podIP" },
    KUBE_OPENEO_API_PORT: { value: "50001" },
    OPENEO_CATALOG_FILES: { value: "/opt/a.json,/opt/b.json" },
    SIGNED_URL_SECRET: { secret: "openeo-signing", key: "signed-url-secret" },
    AWS_ACCESS_KEY_ID: { secret: "openeo-s3", key: "access-key-id" },
    AWS_SECRET_ACCESS_KEY: { secret: "openeo-s3", key: "secret-access-key" },
    OPENEO_EJR_API: { value: "https://registry.example.org" },
  },
  files: [
    {
      volume: "layercatalog",
      source: { configMap: "openeo-layercatalog" },
      key: "a.json",
      path: "/opt/a.json",
    },
  ],
  checksums: { "checksum/layercatalog": "abc" },
};

/** What a Role allows, a line for each resource. */
export const rights = (seen: Recording, type: string, name: string) =>
  listAt(seen.one(type, name), "rules").flatMap((rule) =>
    listAt(rule, "resources").map((what) => `${String(what)}: ${listAt(rule, "verbs").join()}`),
  );

/** The refusals of a check that throws none by itself. */
export const refusedBy = (check: (refusals: Refusals) => void): string[] =>
  refusals(() => {
    const collected = new Refusals("test");
    check(collected);
    collected.throwIfAny();
  });
