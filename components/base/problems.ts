/** Something of a component's arguments that cannot be taken. */
export interface ArgumentProblem {
  /** The argument, such as `driver.memoryMib`. */
  readonly propertyPath: string;
  /** What was given, what is allowed and what to do; lower case, no full stop, never a secret's value. */
  readonly reason: string;
}

/** Collects what is wrong with arguments, so that all of it is told at once. Pure: settings use it too. */
export class Problems {
  /** What was noted so far. */
  readonly all: ArgumentProblem[] = [];

  /**
   * Notes a problem when `holds` is false.
   *
   * @param holds what must be true
   * @param propertyPath the argument, such as `driver.memoryMib`
   * @param reason what was given, what is allowed and what to do; lower case, never a secret's value
   */
  require(holds: boolean, propertyPath: string, reason: string): void {
    if (!holds) this.all.push({ propertyPath, reason });
  }
}
