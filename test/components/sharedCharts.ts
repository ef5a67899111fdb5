import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Context } from "mocha";
import { parse } from "yaml";
import { skip } from "../support/skip";

const folder = process.env["EO_SHARED"] ?? resolve(__dirname, "../../../shared");

/** A file of a real chart, parsed; skips the test where the charts' facts are not there. */
export function sharedChart(context: Context, chart: string, file: string): unknown {
  const path = join(folder, "charts", chart, file);
  if (!existsSync(path)) {
    return skip(
      context,
      `${chart}'s own ${file} is not here; set EO_SHARED to a folder with charts/`,
    );
  }
  return parse(readFileSync(path, "utf8"));
}
