import { ensure } from "../../tools/toolchain";
import { plainLines } from "../../tools/progress";
import { thisPlatform } from "../../tools/shop";
import { hello } from "./hello";

/** A run of its own of the toolchain, to be interrupted: `ensureHello.ts CACHE MODULES`. */
const [cache = "", modules = ""] = process.argv.slice(2);
const platform = thisPlatform(process.platform, process.arch);
const show = plainLines((line) => process.stderr.write(`${line}\n`));

ensure({ platform, env: process.env, cache, modules }, [hello], { hello }, show).then(
  ([tool]) => console.log(tool?.file),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
