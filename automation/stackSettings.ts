import { isSecretKey, parseSettings, SettingsError, type Settings } from "../settings";
import { readStackFile } from "./stackFile";
import { UserError } from "./userError";

/** The settings of a stack, for whoever need not be trusted with its secrets. */
export interface StackSettings {
  readonly settings: Settings;
  /** Required secrets that are not set. */
  readonly missingSecrets: readonly string[];
}

/**
 * The settings of a stack, with every missing secret taken as set.
 *
 * @throws UserError with every other problem
 */
export function stackSettings(stack: string): StackSettings {
  const source = readStackFile(stack);
  try {
    return { settings: parseSettings(source), missingSecrets: [] };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const missing = error.problems.filter((problem) => problem.kind === "missing-secret");
    const missingSecrets = missing.map((problem) => problem.key).filter(isSecretKey);
    const other = error.problems.length - missingSecrets.length;
    if (other > 0) throw new UserError(error.message);
    const secretKeys = [...source.secretKeys, ...missingSecrets];
    return { settings: parseSettings({ ...source, secretKeys }), missingSecrets };
  }
}
