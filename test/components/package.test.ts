import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execa } from "execa";
import * as ts from "typescript";
import * as components from "../../components";
import { tokens } from "../../components/base/tokens";
import { program } from "./programs";

const root = resolve(__dirname, "../..");

/** What the engine prints of a package. */
interface Schema {
  readonly name: string;
  readonly resources: Record<
    string,
    { isComponent: boolean; requiredInputs?: string[]; properties: Record<string, unknown> }
  >;
  readonly types: Record<string, unknown>;
}

describe("the component package", () => {
  it("shows its components to the engine under the tokens that states hold", async function () {
    // The engine starts the plugin, which reads the types of the whole package.
    this.timeout(120_000);
    const pulumi = await program(this, "pulumi");
    const home = await mkdtemp(join(tmpdir(), "eo-package-"));
    try {
      const plugin = join(root, "embedded/plugins/bin/pulumi-resource-eoplatform");
      const { stdout } = await execa(pulumi, ["package", "get-schema", plugin], {
        cwd: home,
        env: { PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" },
      });
      const schema = JSON.parse(stdout) as Schema;
      assert.equal(schema.name, "eoplatform");
      assert.deepEqual(Object.keys(schema.resources).sort(), Object.values(tokens).sort());
      const required = (name: string) => schema.resources[name]?.requiredInputs ?? [];
      assert.deepEqual(required(tokens.Traefik), ["kubernetesVersion"]);
      assert.deepEqual(required(tokens.SparkOperator), ["jobNamespaces", "kubernetesVersion"]);
      assert.deepEqual(required(tokens.ObjectStore), []);
      assert.deepEqual(required(tokens.ClusterNetwork), [
        ...["adminCidrs", "cluster", "cni", "engine", "externalNetwork"],
      ]);
      assert.ok(required(tokens.OpenEo).includes("operatorReady"));
      assert.ok(schema.types["eoplatform:index:OpenEoRouteKind"]);
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  });

  it("exports every component that has a token", () => {
    for (const name of Object.keys(tokens)) assert.ok(name in components, name);
  });

  it("documents every exported thing and each of its properties, with its default", () => {
    const config = ts.getParsedCommandLineOfConfigFile(
      join(root, "components/tsconfig.json"),
      {},
      {
        ...ts.sys,
        onUnRecoverableConfigFileDiagnostic: (problem) =>
          assert.fail(ts.flattenDiagnosticMessageText(problem.messageText, " ")),
      },
    );
    const files = (config?.fileNames ?? []).filter((file) => !file.includes("/compatibility/"));
    assert.ok(files.length > 20);
    const undocumented = files.flatMap((file) => undocumentedIn(file));
    assert.deepEqual(undocumented, []);
  });

  it("finds a property that is not documented, or says no default", () => {
    const source = `/** A. */ export interface AArgs {
      /** One. */ one: string;
      two: string;
      /** Three. */ three?: string;
      /** Four. Defaults to 4. */ four?: number;
    }
    export const five = 5;`;
    assert.deepEqual(undocumentedIn("x.ts", source), [
      "x.ts: AArgs.two",
      "x.ts: AArgs.three says no default",
      "x.ts: five",
    ]);
  });
});

/** Exported declarations, their properties and methods which no comment describes. */
function undocumentedIn(file: string, text?: string): string[] {
  const content = text ?? ts.sys.readFile(file) ?? "";
  const source = ts.createSourceFile(file, content, ts.ScriptTarget.ES2022, true);
  const where = (name: string) => `${file.replace(`${root}/`, "")}: ${name}`;
  return source.statements.flatMap((statement) => {
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported) return [];
    const name = nameOf(statement);
    const missing = docOf(statement) === "" ? [where(name)] : [];
    if (!("members" in statement)) return missing;
    const members = [...(statement.members as ts.NodeArray<ts.Node>)];
    return missing.concat(
      members.filter(isPublic).flatMap((member) => {
        const doc = docOf(member);
        const property = where(`${name}.${nameOf(member)}`);
        if (doc === "") return [property];
        const optional = ts.isPropertySignature(member) && member.questionToken !== undefined;
        const saysDefault = /default|left out|without|with `|none/i.test(doc);
        return optional && name.endsWith("Args") && !saysDefault
          ? [`${property} says no default`]
          : [];
      }),
    );
  });
}

const docOf = (node: ts.Node): string =>
  ts
    .getJSDocCommentsAndTags(node)
    .map((doc) => doc.getText())
    .join("");

const isPublic = (member: ts.Node): boolean =>
  !ts.isSemicolonClassElement(member) &&
  !ts.isIndexSignatureDeclaration(member) &&
  !(ts.isPropertyDeclaration(member) && ts.isPrivateIdentifier(member.name));

function nameOf(node: ts.Node): string {
  if (ts.isVariableStatement(node)) {
    return node.declarationList.declarations.map((declared) => declared.name.getText()).join();
  }
  if (ts.isConstructorDeclaration(node)) return "constructor";
  return "name" in node && node.name !== undefined ? (node.name as ts.Node).getText() : "";
}
