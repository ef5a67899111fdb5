import { reasonOf, ScriptError } from "./access";
import { runScript } from "./script";

// A process of its own, which the engine starts: its environment is how it is given secrets.
// eslint-disable-next-line no-restricted-properties
runScript(process.argv.slice(2), process.env, (line) => console.log(line)).catch(
  (error: unknown) => {
    console.error(error instanceof ScriptError ? error.message : reasonOf(error));
    process.exitCode = 1;
  },
);
