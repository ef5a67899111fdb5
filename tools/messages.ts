import type { Missing } from "./locate";
import type { Platform, ToolSpec } from "./table";
import { rangeInWords } from "./version";

/** Tools with their version: `kube-apiserver, kubectl 1.36.3`. */
export function named(specs: readonly ToolSpec[]): string {
  const versions = [...new Set(specs.map((spec) => spec.version))];
  const [version] = versions;
  if (versions.length === 1) return `${specs.map((spec) => spec.name).join(", ")} ${version}`;
  return specs.map((spec) => `${spec.name} ${spec.version}`).join(", ");
}

/** What a first build costs, in parentheses; a machine that built them before is quicker. */
export function coldBuild(specs: readonly ToolSpec[]): string {
  const minutes = Math.ceil(Math.max(...specs.map((spec) => spec.coldSeconds)) / 60);
  const mb = specs.reduce((sum, spec) => sum + spec.sizeMb, 0);
  return `(${mb} MB; up to ${minutes} min on two cores)`;
}

/** One message for all tools that no way leads to: each with what would be accepted. */
export function cannotBeHad(
  missing: readonly Missing[],
  platform: Platform,
  go: { readonly problem: string; readonly needed: string },
): string {
  const lines = missing.map((one) => `  ${one.spec.name}: ${ways(one, platform).join(", or ")}`);
  return [
    `${missing.length} of the tools cannot be had: not on PATH, no release could be downloaded, ` +
      `and ${go.problem}`,
    ...lines,
    `all of them can be built: install Go >= ${go.needed} (https://go.dev/dl), then run it again`,
  ].join("\n");
}

function ways({ spec, refused }: Missing, platform: Platform): string[] {
  const url = spec.release?.url(platform);
  const onPath = spec.besideOnPath
    ? `install ${spec.besideOnPath}, which brings it along`
    : `put a version ${rangeInWords(spec.accepts)} on PATH${leftOut({ spec, refused })}`;
  return url === undefined ? [onPath] : [onPath, `reach ${new URL(url).origin}`];
}

/** Why what PATH has is not taken, in parentheses; empty where PATH has nothing. */
export function leftOut({ refused }: Missing): string {
  if (refused.length === 0) return "";
  const each = refused.map(({ file, version }) => `${file} is ${version ?? "of unknown version"}`);
  return ` (${each.join(", ")})`;
}

/** One message for all tools that are not there yet. */
export function notThereYet(missing: readonly Missing[]): string {
  const lines = missing.map((one) => `  ${named([one.spec])}${leftOut(one)}`);
  return ["these tools are not there yet; `make tools` gets them:", ...lines].join("\n");
}
