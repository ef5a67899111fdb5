import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { isObject, numberAt, objectAt, stringAt, type JsonObject } from "../../protocol/properties";
import type { Cluster } from "../cluster";

/** What helm has written down of a release's newest revision. */
export interface ReleaseRecord {
  readonly name: string;
  readonly namespace: string;
  readonly revision: number;
  /** `deployed`, `failed`, `pending-install`, … */
  readonly status: string;
  /** helm's last word on it. */
  readonly description: string;
  readonly chart: string;
  readonly version: string;
  readonly appVersion: string;
  /** The values that were given. */
  readonly values: JsonObject;
  /** The objects, as YAML. */
  readonly manifest: string;
  /** Whose release it is: see {@link owner}. */
  readonly owner: string | undefined;
  /** Name of the Secret that holds the record. */
  readonly secret: string;
  /** The newest earlier revision that was deployed; undefined where there has been none. */
  readonly lastGood: number | undefined;
}

/** The label by which an interrupted release of ours is told from somebody else's. */
export const ownerLabel = "pulumi.com/resource";

const unpack = promisify(gunzip);

/** The newest revision of a release; undefined where there is no such release. */
export async function readRecord(
  cluster: Cluster,
  namespace: string,
  name: string,
): Promise<ReleaseRecord | undefined> {
  const kind = { apiVersion: "v1", kind: "Secret", namespace };
  const secrets = await cluster.list(kind, { labels: `owner=helm,name=${name}` });
  const revisionOf = (secret: JsonObject) =>
    Number(stringAt(secret, "metadata", "labels", "version"));
  const newest = secrets.reduce<JsonObject | undefined>(
    (best, secret) => (best && revisionOf(best) >= revisionOf(secret) ? best : secret),
    undefined,
  );
  if (!newest) return undefined;
  const good = secrets
    .filter((secret) => secret !== newest && isGood(secret))
    .map(revisionOf)
    .sort((a, b) => b - a);
  return { ...(await decode(newest, namespace)), lastGood: good[0] };
}

function isGood(secret: JsonObject): boolean {
  const status = stringAt(secret, "metadata", "labels", "status");
  return status === "deployed" || status === "superseded";
}

async function decode(secret: JsonObject, namespace: string) {
  // Twice base64, for helm encodes by itself, then gzip.
  const packed = Buffer.from(stringAt(secret, "data", "release") ?? "", "base64").toString();
  const release: unknown = JSON.parse((await unpack(Buffer.from(packed, "base64"))).toString());
  const record = isObject(release) ? release : {};
  const metadata = objectAt(record, "chart", "metadata");
  return {
    name: stringAt(record, "name") ?? "",
    namespace,
    revision: numberAt(record, "version") ?? 0,
    status: stringAt(record, "info", "status") ?? "unknown",
    description: stringAt(record, "info", "description") ?? "",
    chart: stringAt(metadata, "name") ?? "",
    version: stringAt(metadata, "version") ?? "",
    appVersion: stringAt(metadata, "appVersion") ?? "",
    values: objectAt(record, "config"),
    manifest: stringAt(record, "manifest") ?? "",
    owner: stringAt(secret, "metadata", "labels", ownerLabel),
    secret: stringAt(secret, "metadata", "name") ?? "",
  };
}
