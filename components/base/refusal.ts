import * as pulumi from "@pulumi/pulumi";

/** Collects what is wrong with a component's arguments, so that all of it is told at once. */
export class Refusals {
  readonly #problems: pulumi.InputPropertyErrorDetails[] = [];
  readonly #component: string;

  /** @param component what refuses, such as `OpenEo openeo` */
  constructor(component: string) {
    this.#component = component;
  }

  /**
   * Notes a problem when `holds` is false.
   *
   * @param holds what must be true
   * @param propertyPath the argument, such as `driver.memoryMib`
   * @param reason what was given, what is allowed and what to do; lower case, never a secret's value
   */
  require(holds: boolean, propertyPath: string, reason: string): void {
    if (!holds) this.#problems.push({ propertyPath, reason });
  }

  /**
   * Throws if anything was noted. Call it before `super()`: a refused component registers nothing.
   *
   * @throws pulumi.InputPropertiesError with every problem
   */
  throwIfAny(): void {
    if (this.#problems.length === 0) return;
    throw new pulumi.InputPropertiesError({
      message: [
        `${this.#component} cannot be made`,
        ...this.#problems.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`),
      ].join("\n  "),
      errors: this.#problems,
    });
  }
}
