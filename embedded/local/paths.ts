import path from "node:path";

/** The clone that this file is part of. */
export const cloneRoot = path.resolve(__dirname, "../..");

/** Where a local platform keeps its data; everything below `dir` goes with `make down`. */
export interface LocalPaths {
  readonly dir: string;
  readonly kubeconfig: string;
  /** Generated on the first `up`, mode 0600; encrypts the secrets in the state. */
  readonly passphrase: string;
  /** Pulumi's file backend: state, its backups and locks. */
  readonly backend: string;
  /** Pulumi's own home, so that nothing is written to the user's. */
  readonly pulumiHome: string;
  /** The project folder that the engine works in: settings of this clone, program of the clone. */
  readonly project: string;
  /** The folder that all charts are taken from. */
  readonly charts: string;
}

/** @param dir defaults to `$EO_LOCAL_DIR`, else `.local` in the clone */
export function localPaths(dir: string = defaultDir()): LocalPaths {
  const at = (name: string) => path.join(dir, name);
  return {
    dir,
    kubeconfig: at("kubeconfig"),
    passphrase: at("passphrase"),
    backend: at("pulumi"),
    pulumiHome: at("pulumi-home"),
    project: at("project"),
    charts: at("charts"),
  };
}

function defaultDir(): string {
  return path.resolve(process.env["EO_LOCAL_DIR"] ?? path.join(cloneRoot, ".local"));
}
