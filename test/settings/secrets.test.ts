import assert from "node:assert/strict";
import { isPlaceholder, parseSettings } from "../../settings";
import { changed, onOpenStack, problemOf, problemsOf, settingsOf, specimen } from "./specimen";

const canary = "canary-4711-secret";

describe("secret settings", () => {
  it("are required where the target needs them, each with the command that asks for it", () => {
    const problems = problemsOf(onOpenStack());
    assert.deepEqual(
      problems.map(({ key, kind, remedy }) => [key, kind, remedy]),
      [
        ["openstackSecret", "missing-secret", "pulumi config set --secret openstackSecret"],
        ["s3AccessKeyId", "missing-secret", "pulumi config set --secret s3AccessKeyId"],
        ["s3SecretAccessKey", "missing-secret", "pulumi config set --secret s3SecretAccessKey"],
      ],
    );
  });

  it("are refused in plain text, without being repeated", () => {
    for (const key of ["kubeconfig", "s3AccessKeyId", "s3SecretAccessKey"]) {
      const problem = problemOf({ [key]: canary });
      assert.equal(problem?.key, key);
      assert.match(problem?.message ?? "", /is a secret, and stands in plain text/);
      assert.match(problem?.remedy ?? "", new RegExp(`config set --secret ${key}`));
      assert.ok(!JSON.stringify(problem).includes(canary));
    }
  });

  it("are no place for plain settings", () => {
    const problems = problemsOf({ target: "local", openeo: { enabled: false } }, ["kubeContext"]);
    assert.match(problems[0]?.message ?? "", /is encrypted, and takes a plain value/);
    assert.match(problems[0]?.remedy ?? "", /config set --plaintext kubeContext/);
  });

  it("are named where a section holds an encrypted part, and only that is reported", () => {
    const { target } = specimen();
    const [problem, ...others] = problemsOf({ target }, ["openeo"]);
    assert.equal(problem?.key, "openeo");
    assert.match(problem?.message ?? "", /holds an encrypted part/);
    assert.deepEqual(others, []);
  });

  it("are told from a misspelt name", () => {
    const problem = problemOf({}, ["s3AccesKeyId"]);
    assert.match(problem?.message ?? "", /did you mean s3AccessKeyId\?/);
  });

  it("take the place of the kubeconfig file, and only one of both can be set", () => {
    const settings = settingsOf(specimen(), ["kubeconfig"]);
    assert.equal(settings.kubeconfigFile, undefined);
    assert.equal(settings.kubeconfigIsSecret, true);
    const both = problemOf({ kubeconfigFile: "kubeconfig" }, ["kubeconfig"]);
    assert.match(both?.message ?? "", /only one of them/);
  });

  const credentialLike = [
    "AKIAIOSFODNN7SOMETHING",
    "https://user:pass-4711@s3.example.org",
    "-----BEGIN RSA PRIVATE KEY-----",
    "0123456789ABCDEF0123456789abcdef01234567",
    "apiVersion: v1\nkind: Config",
  ];
  it("are not repeated where they were put into a plain setting by mistake", () => {
    for (const value of credentialLike) {
      for (const key of ["openeo.host", "openeo.inputData.endpoint", "traefik.namespace"]) {
        const problem = problemOf({ [key]: value });
        assert.equal(problem?.given, undefined);
        assert.ok(!JSON.stringify(problem).includes(value));
      }
    }
  });

  it("are known for placeholders when they are published examples", () => {
    for (const value of ["AKIAIOSFODNN7INVALID", "AKIAIOSFODNN7EXAMPLE", " localuser1234\n"]) {
      assert.ok(isPlaceholder(value), value);
    }
    assert.ok(!isPlaceholder("AKIAI44QH8DHBFGHJKLM"));
  });
});

describe("the day", () => {
  it("turns ends of life into warnings", () => {
    const source = { plain: changed({ kubernetesVersion: "1.31" }), secretKeys: [], root: "/" };
    const on = (today: string) => parseSettings({ ...source, today }).warnings.join("\n");
    assert.match(on("2026-01-01"), /Kubernetes 1\.31 has not been maintained since 2025-11-11/);
    assert.doesNotMatch(on("2025-11-10"), /maintained/);
  });

  it("leaves the stack's name in every command", () => {
    const source = { plain: onOpenStack(), secretKeys: [], root: "/", stack: "site two" };
    assert.throws(
      () => parseSettings(source),
      /config set --stack 'site two' --secret openstackSecret/,
    );
  });
});
