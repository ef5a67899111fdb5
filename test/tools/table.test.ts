import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parse, satisfies } from "semver";
import { testToolNames, toolNames, tools, type Platform } from "../../tools/table";

const modules = path.resolve(__dirname, "../../tools/modules");
const linux: Platform = { os: "linux", arch: "amd64" };
const mac: Platform = { os: "darwin", arch: "arm64" };

describe("the table of tools", () => {
  for (const name of [...toolNames, ...testToolNames]) {
    const { build, version, accepts } = tools[name];

    if (!build.sources) {
      it(`builds ${name} at the version that go.mod of its set pins`, async () => {
        const mod = await readFile(path.join(modules, build.set, "go.mod"), "utf8");
        const pinned = [...mod.matchAll(/^(?:require )?\t?(\S+) v(\S+)$/gm)];
        const [, , required] =
          pinned.find(
            ([, module]) => build.package.startsWith(`${module}/`) || build.package === module,
          ) ?? [];
        assert.equal(required, version);
      });

      it(`has the package of ${name} in tools.go of its set`, async () => {
        const source = await readFile(path.join(modules, build.set, "tools.go"), "utf8");
        assert.ok(source.includes(`_ "${build.package}"`), build.package);
      });
    }

    it(`accepts on PATH the version of ${name} that it would build`, () => {
      assert.ok(parse(version));
      assert.ok(satisfies(version, accepts));
    });

    it(`downloads ${name} over HTTPS only, and never without a checksum`, () => {
      const { release } = tools[name];
      for (const platform of [linux, mac]) {
        const url = release?.url(platform);
        if (!release || url === undefined) continue;
        assert.match(url, /^https:\/\//);
        assert.match(
          release.checksum(platform),
          /^https:\/\/.*(sha256|sha256sum|SHA256SUMS|checksums\.txt)$/,
        );
      }
    });
  }

  it("downloads Kubernetes' servers for Linux only: there are no others", () => {
    assert.equal(tools["kube-apiserver"].release?.url(mac), undefined);
    assert.equal(
      tools["kube-apiserver"].release?.url(linux),
      "https://dl.k8s.io/release/v1.36.3/bin/linux/amd64/kube-apiserver",
    );
    assert.equal(
      tools.kubectl.release?.url(mac),
      "https://dl.k8s.io/release/v1.36.3/bin/darwin/arm64/kubectl",
    );
  });

  it("takes the engine and its Node host out of the same archive", () => {
    const [engine, host] = [tools.pulumi, tools["pulumi-language-nodejs"]];
    assert.equal(
      engine.release?.url(linux),
      "https://get.pulumi.com/releases/sdk/pulumi-v3.259.0-linux-x64.tar.gz",
    );
    assert.equal(host.release?.url(linux), engine.release?.url(linux));
  });
});
