import { describeProblem, readCatalogue } from "../../components/workloads/openeo/catalogue";

/** A collection that has one of everything which is checked. */
export const collection = () => ({
  id: "SENTINEL2_L2A",
  type: "Collection",
  stac_version: "1.0.0",
  title: "Sentinel-2",
  description: "Surface reflectance.",
  license: "proprietary",
  keywords: ["optical"],
  providers: [{ name: "ESA", roles: ["producer"], url: "https://example.org" }],
  links: [{ rel: "license", href: "https://example.org/license" }],
  extent: {
    spatial: { bbox: [[-180, -56, 180, 83]] },
    temporal: { interval: [["2015-07-04T00:00:00Z", null]] },
  },
  "cube:dimensions": {
    x: { type: "spatial", axis: "x", step: 10, reference_system: 32631 },
    y: { type: "spatial", axis: "y", step: 10, extent: [0, 10] },
    t: { type: "temporal", extent: ["2015-07-04", null], step: "P5D" },
    bands: { type: "bands", values: ["B02", "B03"] },
  },
  summaries: { "eo:bands": [{ name: "B02" }, { name: "B03" }] },
  _vito: {
    data_source: {
      type: "file-s2",
      opensearch_collection_id: "S2",
      opensearch_endpoint: "https://example.org/search",
      "provider:backend": "incd",
    },
  },
});

/** A copy of a value with another at a path; `undefined` removes what is there. */
export function changed(
  value: unknown,
  path: readonly (string | number)[],
  leaf: unknown,
): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return leaf;
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    return list.map((item, index) => (index === first ? changed(item, rest, leaf) : item));
  }
  const own = new Map<string | number, unknown>(
    Object.entries(typeof value === "object" && value !== null ? value : {}),
  );
  own.set(first, changed(own.get(first), rest, leaf));
  return Object.fromEntries([...own].filter(([, part]) => part !== undefined));
}

/** A catalogue file of these collections, as a person writes it. */
export const fileOf = (name: string, ...collections: readonly unknown[]) => ({
  name,
  content: JSON.stringify(collections, undefined, 2),
});

/** What is wrong with these files, a line each. */
export const said = (...files: readonly { name: string; content: string }[]) =>
  readCatalogue(files).problems.map(describeProblem);

/** What is said of the specimen with one change, without file and place. */
export const after = (at: readonly (string | number)[], value: unknown) =>
  said(fileOf("a.json", changed(collection(), at, value))).map((line) =>
    line.replace(/^a\.json:\d+:\d+: (SENTINEL2_L2A: )?/, ""),
  );
