import assert from "node:assert/strict";
import {
  currentJars,
  imageContent,
  imageReleases,
  lacksUntil,
  sitePackages,
} from "../../components/workloads/openeo/images";

describe("what an openEO image holds", () => {
  it("is known of the listed tags, each with its source", () => {
    for (const [imageVersion, release] of Object.entries(imageReleases)) {
      const { source, ...content } = release;
      assert.deepEqual(imageContent({ imageVersion }), content);
      assert.match(source, /openeo-geotrellis-kubernetes/);
    }
  });

  it("is known of what was built on one of them, and of nothing that looks alike", () => {
    const built = imageContent({ imageVersion: "20250325-2415-catalogue-0123456789ab" });
    assert.equal(built?.sparkVersion, "3.5.3");
    assert.equal(imageContent({ imageVersion: "20250325-24150" }), undefined);
    assert.equal(imageContent({ imageVersion: "20250325" }), undefined);
  });

  it("is what is said of it, even against the table", () => {
    const said = { imageVersion: "20250325-2415", sparkVersion: "4.0.1", jars: [] };
    const content = imageContent(said);
    assert.equal(content?.sparkVersion, "4.0.1");
    assert.equal(content.pythonVersion, "3.8");
    assert.deepEqual(content.jars, []);
    const other = { imageVersion: "20270101-1", sparkVersion: "4.0.1", pythonVersion: "3.11" };
    assert.deepEqual(imageContent(other)?.jars, currentJars);
  });

  it("is not known with half of it said", () => {
    assert.equal(imageContent({ imageVersion: "mine", sparkVersion: "3.5.3" }), undefined);
    assert.equal(imageContent({ imageVersion: "mine", pythonVersion: "3.8" }), undefined);
  });

  it("has its packages where its Python's version says", () => {
    assert.equal(sitePackages("3.11"), "/opt/openeo/lib64/python3.11/site-packages");
  });

  it("depends on the day of its tag; of a tag without a day the best is thought", () => {
    assert.equal(lacksUntil("20260423-1", "lite"), "2026-04-24");
    for (const tag of ["20260424-1", "20260424", "main", "202604230-1"]) {
      assert.equal(lacksUntil(tag, "lite"), undefined);
    }
  });
});
