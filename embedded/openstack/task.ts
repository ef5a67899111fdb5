import { rm } from "node:fs/promises";
import { execa } from "execa";
import { failure } from "../processes/launch";
import { runRecipe, writePlan } from "./components";
import type { RunPlan } from "./commands";
import type { Site } from "./configuration/shared";

/** Runs a plan to its end. Environment variables may hold secrets, arguments never. */
export type RunTask = (
  name: string,
  plan: RunPlan,
  env?: Readonly<Record<string, string>>,
) => Promise<void>;

/** @param signal ends the running command too */
export function runTask(site: Site, signal?: AbortSignal): RunTask {
  return async (name, plan, env = {}) => {
    signal?.throwIfAborted();
    writePlan(site, name, plan);
    const recipe = runRecipe(site, name, env);
    await rm(recipe.log, { force: true });
    const run = await execa(recipe.command, recipe.args, {
      env: recipe.env,
      extendEnv: false,
      cwd: recipe.cwd,
      stdin: "ignore",
      stdout: { file: recipe.log, append: true },
      stderr: { file: recipe.log, append: true },
      cancelSignal: signal,
      reject: false,
    });
    signal?.throwIfAborted();
    if (run.exitCode !== 0) throw await failure(`${name} failed`, recipe.log);
  };
}
