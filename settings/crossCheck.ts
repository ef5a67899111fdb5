import type { Judgement } from "../components/compatibility";
import type { Problem } from "./problem";
import { secretSettings, type SecretKey } from "./secrets";
import { keyOf, type Remedies } from "./wording";

/** Collects what settings mean together. */
export class Check {
  readonly problems: Problem[] = [];
  /** Warnings that the components give too. */
  readonly shared: string[] = [];
  /** Warnings that no component gives. */
  readonly own: string[] = [];

  /**
   * @param secrets the secret settings that are set
   * @param remedies writes the commands that mend
   */
  constructor(
    readonly secrets: readonly SecretKey[],
    readonly remedies: Remedies,
  ) {}

  /** Notes a problem of a setting. */
  readonly refuse = (path: readonly PropertyKey[], message: string, remedy: string): void => {
    this.problems.push({ key: keyOf(path), message, remedy, kind: "wrong" });
  };

  /** Notes a warning. */
  readonly warn = (warning: string): void => {
    this.own.push(warning);
  };

  /** Notes a warning that a component gives too, in words of its own. */
  readonly warnAsComponents = (warning: string): void => {
    this.shared.push(warning);
  };

  /** Notes a secret that is not set. */
  readonly requireSecret = (key: SecretKey, why: string): void => {
    if (this.secrets.includes(key)) return;
    const remedy = this.remedies.setSecret(key, secretSettings[key].input);
    this.problems.push({ key, message: `is required, ${why}`, remedy, kind: "missing-secret" });
  };

  /**
   * Notes what the compatibility table says.
   *
   * @param path the setting to change
   * @param example a value of it that would do
   */
  readonly judge = (path: readonly PropertyKey[], judgement: Judgement, example: string): void => {
    const { verdict, reason, remedy } = judgement;
    if (verdict === "tested") return;
    const text = remedy === undefined ? reason : `${reason}; ${remedy}`;
    if (verdict === "impossible") this.refuse(path, text, this.remedies.set(path, example));
    else if (!this.shared.includes(text)) this.shared.push(text);
  };
}
