import { join, relative } from "node:path";
import type { CustomTimeouts } from "@pulumi/pulumi";
import type { ScriptAction, ScriptEnvironment } from "./script";

/**
 * The shell command that runs the script, from the folder that the program and its plugins run in: it
 * stands in the stack's state, so another checkout must understand it too.
 *
 * @param node the node to drain
 */
export function scriptCommand(action: ScriptAction, node?: string): string {
  const words = ["node", relative(process.cwd(), join(__dirname, "run.mjs")), action];
  return [...words, ...(node === undefined ? [] : [node])].map(quoted).join(" ");
}

/**
 * How long the engine gives the script: the script's own limit comes first, and says what is left.
 * What is on top is for its start, three tries to reach the API server, and a last answer that is late.
 *
 * @param limitSeconds the script's own limit where something is deleted
 */
export const scriptTimeouts = (limitSeconds: number): CustomTimeouts => ({
  create: "120s",
  update: "120s",
  delete: `${limitSeconds + 120}s`,
});

/** As a word of a shell; plain words stay as they are. */
const quoted = (word: string): string =>
  /^[-\w./:=]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/**
 * The environment of the script; the kubeconfig in it is secret.
 *
 * @param env what the script is told
 */
export const scriptEnvironment = <Text>(
  env: Partial<Record<keyof ScriptEnvironment, Text>>,
): Record<string, Text> => ({ ...env });
