import assert from "node:assert/strict";
import { catalogueImage, openeoTag } from "../../components/workloads/openeo/catalogue";

const a = { name: "catalogues/a.json", content: "[]" };
const b = { name: "b.json", content: "[]" };

describe("an image with a catalogue", () => {
  it("has each file under its own name, in a folder that openEO's image has not", () => {
    const { containerfile, files } = catalogueImage("example.org/openeo", "1", [a, b]);
    assert.deepEqual(files, [
      { inContext: "catalogues/a.json", inImage: "/opt/catalogues/a.json", content: "[]" },
      { inContext: "catalogues/b.json", inImage: "/opt/catalogues/b.json", content: "[]" },
    ]);
    assert.equal(
      containerfile,
      [
        "FROM example.org/openeo:1",
        'LABEL org.opencontainers.image.base.name="example.org/openeo:1"',
        "COPY catalogues/ /opt/catalogues/",
        "",
      ].join("\n"),
    );
  });

  it("has a tag that changes with the content and with what it stands on, and with nothing else", () => {
    const tag = catalogueImage("openeo", "1", [a]).tag;
    assert.match(tag, /^1-catalogue-[0-9a-f]{12}$/);
    assert.equal(catalogueImage("openeo", "1", [{ ...a, name: "elsewhere/a.json" }]).tag, tag);
    const others = [
      catalogueImage("openeo", "1", [{ ...a, content: "[ ]" }]),
      catalogueImage("openeo", "1", [{ ...a, name: "c.json" }]),
      catalogueImage("openeo", "1", [a, b]),
      catalogueImage("other", "1", [a]),
      catalogueImage("openeo", "2", [a]),
    ].map((image) => image.tag);
    assert.equal(new Set([tag, ...others]).size, 6);
  });

  it("has a tag that tells openEO's own, also when it stands on one of its kind", () => {
    const { tag } = catalogueImage("openeo", "20250325-2415", [a]);
    assert.equal(openeoTag(tag), "20250325-2415");
    const next = catalogueImage("openeo", tag, [a]).tag;
    assert.match(next, /^20250325-2415-catalogue-[0-9a-f]{12}$/);
    assert.notEqual(next, tag);
    assert.equal(openeoTag("20250325-2415"), "20250325-2415");
  });

  it("has a tag that is not too long for one", () => {
    assert.equal(catalogueImage("openeo", "v".repeat(128), [a]).tag.length, 128);
  });
});
