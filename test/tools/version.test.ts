import assert from "node:assert/strict";
import { isAccepted, rangeInWords, versionIn } from "../../tools/version";
import { tools } from "../../tools/table";

describe("a tool's version", () => {
  const printed: [string, string | undefined][] = [
    ["v3.259.0\n", "3.259.0"],
    ["etcd Version: 3.6.5\nGit SHA: Not provided\nGo Version: go1.26.8\n", "3.6.5"],
    ["Kubernetes v1.36.3", "1.36.3"],
    ["kwok version v0.8.0 go1.26.8 (linux/amd64)", "0.8.0"],
    ["v3.20.2+g8fb76d6", "3.20.2"],
    ['{"clientVersion": {"major": "1", "gitVersion": "v1.32.4-dispatcher"}}', "1.32.4-dispatcher"],
    ["Git Version: v2.5.2", "2.5.2"],
    ["v3.20", undefined],
    ["unknown", undefined],
    ["", undefined],
  ];
  for (const [text, version] of printed) {
    it(`is ${version ?? "not known"} where it prints ${JSON.stringify(text.slice(0, 40))}`, () => {
      assert.equal(versionIn(text)?.version, version);
    });
  }

  const verdicts: [keyof typeof tools, string, boolean][] = [
    ["kubectl", "v1.36.3", true],
    ["kubectl", "v1.35.0", true],
    ["kubectl", "v1.37.9", true],
    ["kubectl", "v1.34.9", false],
    ["kubectl", "v1.32.4-dispatcher", false],
    ["kubectl", "v1.36.1-gke.100", true],
    ["kubectl", "v1.38.0-alpha.1", false],
    ["helm", "v3.16.0", true],
    ["helm", "v3.15.4", false],
    ["helm", "v4.0.0", false],
    ["helm", "v4.0.0-rc.1", false],
    ["etcd", "3.5.21", false],
    ["kube-apiserver", "v1.36.0", true],
    ["kube-apiserver", "v1.37.0", false],
    ["pulumi", "v3.199.0", false],
    ["pulumi", "v3.300.1", true],
    ["kwok", "v0.9.0", false],
  ];
  for (const [name, version, accepted] of verdicts) {
    it(`${version} of ${name} on PATH is ${accepted ? "taken" : "left"}`, () => {
      const parsed = versionIn(version);
      assert.ok(parsed);
      assert.equal(isAccepted(parsed, tools[name].accepts), accepted);
    });
  }

  it("has no range that the parser does not know", () => {
    const version = versionIn("1.0.0");
    assert.ok(version);
    assert.throws(() => isAccepted(version, "latest"), /not a range of versions: latest/);
  });

  it("is said without the mark for pre-releases", () => {
    assert.equal(rangeInWords(">=3.16.0 <4.0.0-0"), ">=3.16.0 <4.0.0");
  });
});
