import { z } from "zod";
import { pulumi } from "../embedded/local/engine";
import type { LocalPaths } from "../embedded/local/paths";

const json = z.record(z.string(), z.unknown());
const resource = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  inputs: json.default({}),
  outputs: json.default({}),
  dependencies: z.array(z.string()).default([]),
  propertyDependencies: z
    .record(z.string(), z.array(z.string()).nullable())
    .default({})
    .transform((all) => Object.fromEntries(Object.entries(all).map(([k, v]) => [k, v ?? []]))),
});
const state = z.object({ deployment: z.object({ resources: z.array(resource).default([]) }) });

/** A resource of a stack's state, in clear. */
export type StateResource = z.infer<typeof resource>;

/** What is deployed of a stack, as the engine knows it: secrets in clear. */
export async function stateOf(
  paths: LocalPaths,
  bin: string,
  stack: string,
): Promise<readonly StateResource[]> {
  const args = ["stack", "export", "--show-secrets", "--stack", stack];
  const { stdout } = await pulumi(paths, bin, args);
  return state.parse(unwrap(JSON.parse(String(stdout)))).deployment.resources;
}

/** The engine's mark of a secret in an exported state. */
const secretMark = "4dabf18193072939515e22adb298388d";

/** Secrets in clear and the engine's own `__` keys left out. */
function unwrap(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrap);
  if (typeof value !== "object" || value === null) return value;
  if (secretMark in value && "plaintext" in value) return JSON.parse(String(value.plaintext));
  const entries = Object.entries(value).filter(([key]) => !key.startsWith("__"));
  return Object.fromEntries(entries.map(([key, inner]) => [key, unwrap(inner)]));
}
