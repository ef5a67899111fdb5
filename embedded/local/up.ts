import { assembleMirror } from "../charts/mirror";
import { startControlPlane, type NodeShape } from "../control-plane";
import { ensureTools, sparkOperatorChart, findPyspark, toolBin } from "../../tools/toolchain";
import { pulumi, releaseDeadLocks, stackExists } from "./engine";
import { localPaths, type LocalPaths } from "./paths";
import { ensurePassphrase, prepareProject } from "./project";

export interface UpOptions {
  /** Where the platform keeps its data. Default: `.local` in the clone. */
  readonly paths?: LocalPaths;
  /** Number and size of the simulated nodes. */
  readonly nodes?: NodeShape;
  /** The stack. Default: `local`. */
  readonly stack?: string;
  /** Tools beyond those of `make up`, which have to be there. */
  readonly tools?: Parameters<typeof toolBin>[0];
  /** Settings that differ from the stack's committed file. */
  readonly overrides?: Readonly<Record<string, unknown>>;
  /** Ends the preparation; what it began of the control plane is stopped again. */
  readonly signal?: AbortSignal;
  /** Told what begins. */
  readonly onStep?: (step: string) => void;
}

/** The stack that `make up` deploys. */
export const localStack = "local";

/**
 * Everything that the engine needs for a stack: tools, control plane, charts, project,
 * passphrase and the stack itself. Each part is left as it is where it is there already.
 *
 * @returns the folder of the toolchain's programs
 */
export async function prepareLocal(options: UpOptions = {}): Promise<string> {
  const {
    paths = localPaths(),
    stack = localStack,
    nodes,
    signal,
    onStep = () => undefined,
  } = options;
  onStep("toolchain");
  const tools = await ensureTools();
  const bin = await toolBin(options.tools);
  onStep("control plane");
  const sparkHome = await findPyspark();
  await startControlPlane({ dir: paths.dir, tools, nodes, sparkHome, signal, onStep });
  onStep("charts");
  await assembleMirror({ dir: paths.charts, sparkOperatorChart: await sparkOperatorChart() });
  onStep("stack");
  await ensurePassphrase(paths);
  await prepareProject(paths, stack, options.overrides);
  await releaseDeadLocks(paths, bin, stack);
  if (!(await stackExists(paths, bin, stack))) {
    await pulumi(paths, bin, ["stack", "init", stack, "--non-interactive"]);
  }
  return bin;
}
