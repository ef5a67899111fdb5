import { parseSettings, readFiles, SettingsError } from "../settings";
import type { Answer } from "./graph";
import { readStackFile } from "./stackFile";
import { UserError } from "./userError";

/**
 * Checks a stack's settings and the files that they name; what components warn of, they say by
 * themselves.
 *
 * @throws UserError with every problem
 */
export function check(stack: string): Answer {
  try {
    const settings = parseSettings(readStackFile(stack));
    readFiles(settings, stack);
    return { text: `the settings of ${stack} are in order\n`, notes: settings.ownWarnings };
  } catch (error) {
    if (error instanceof SettingsError) throw new UserError(error.message);
    throw error;
  }
}
