import type { Writable } from "node:stream";
import { reasonOf, ScriptError } from "./access";
import { runScript } from "./script";

const flushed = (stream: Writable): Promise<void> =>
  new Promise((resolve) => stream.write("", () => resolve()));

// Older states start this file by `node -r ts-node/register/transpile-only`: it keeps its place.
async function main(): Promise<void> {
  try {
    // A process of its own, which the engine starts: its environment is how it is given secrets.
    // eslint-disable-next-line no-restricted-properties
    await runScript(process.argv.slice(2), process.env, (line) => console.log(line));
  } catch (error) {
    console.error(error instanceof ScriptError ? error.message : reasonOf(error));
    process.exitCode = 1;
  }
  await Promise.all([process.stdout, process.stderr].map(flushed));
  // A connection that is still open would keep the process, and the engine with it.
  process.exit();
}

void main();
