import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { templateHash, type TemplateFile } from "../../../components/image/templateHash";

const root = path.resolve(__dirname, "../../..");
const files: readonly TemplateFile[] = [
  { name: "node.pkr.hcl", content: "build {}\n" },
  { name: "scripts/10-packages.sh", content: "#!/bin/sh\n" },
  { name: "Zeta.hcl", content: new Uint8Array([0, 255, 10]) },
];

describe("the checksum of an image's template", () => {
  it("is 64 hexadecimal digits, and the same in any order of files and inputs", () => {
    const hash = templateHash(files, { flavour: "rke", kubernetes: "1.31" });
    assert.match(hash, /^[0-9a-f]{64}$/);
    assert.equal(templateHash([...files].reverse(), { kubernetes: "1.31", flavour: "rke" }), hash);
    assert.notEqual(hash, templateHash(files));
  });

  it("changes with a content, a name, a missing file and a moved border between files", () => {
    const [first, second, third] = files;
    assert.ok(first && second && third);
    const other = [
      [{ ...first, content: "build { }\n" }, second, third],
      [{ ...first, name: "other.pkr.hcl" }, second, third],
      [first, second],
      [
        { ...first, content: "" },
        { ...second, content: `build {}\n${String(second.content)}` },
      ],
      [],
    ];
    const hashes = [files, ...other].map((some) => templateHash(some));
    assert.equal(new Set(hashes).size, hashes.length);
  });

  it("changes with an input's name and value", () => {
    const inputs: readonly Readonly<Record<string, string>>[] = [
      {},
      { a: "b" },
      { a: "c" },
      { b: "a" },
      { a: "b", c: "d" },
      { a: 'b","c":"d' },
    ];
    assert.equal(new Set(inputs.map((some) => templateHash(files, some))).size, inputs.length);
  });

  it("is what sha256sum prints of the same folder", async function () {
    this.timeout(20_000);
    const folder = path.join(root, "components/compatibility");
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
    const read = names.map((name) => ({ name, content: readFileSync(path.join(folder, name)) }));
    const command =
      "find . -type f | sed 's|^[.]/||' | LC_ALL=C sort | xargs sha256sum | sha256sum";
    const { stdout } = await execa("sh", ["-c", command], { cwd: folder });
    assert.equal(`${templateHash(read)}  -`, stdout);
  });
});
