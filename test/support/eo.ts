import path from "node:path";
import { execa } from "execa";

export const root = path.resolve(__dirname, "../..");

/** Runs `./eo` as a user would, with no engine, passphrase or toolchain in its environment. */
export async function eo(...args: string[]) {
  const env = { PULUMI_CONFIG_PASSPHRASE: undefined, PULUMI_CONFIG_PASSPHRASE_FILE: undefined };
  const run = await execa("./eo", args, {
    cwd: root,
    env,
    reject: false,
    stripFinalNewline: false,
  });
  return { code: run.exitCode, stdout: run.stdout, stderr: run.stderr };
}
