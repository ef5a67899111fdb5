import * as pulumi from "@pulumi/pulumi";
import { dns1123Rule, isDns1123Label } from "./names";
import { isWholeFrom } from "./units";

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

/** Refuses what is no namespace name. */
export function requireNamespace(refusals: Refusals, propertyPath: string, name: string): void {
  refusals.require(isDns1123Label(name), propertyPath, `"${name}" is no namespace: ${dns1123Rule}`);
}

/** Refuses a `timeoutSeconds` that is not a whole number from 1. */
export function requireTimeout(refusals: Refusals, seconds: number): void {
  refusals.require(
    isWholeFrom(1, seconds),
    "timeoutSeconds",
    `must be a whole number of seconds, at least 1, got ${seconds}`,
  );
}

/** Whether it is a Kubernetes version that can be judged; refuses it if not. */
export function requireKubernetesVersion(refusals: Refusals, version: string): boolean {
  const holds = /^v?\d+\.\d+(\.|$)/.test(version);
  refusals.require(
    holds,
    "kubernetesVersion",
    `"${version}" is no Kubernetes version; write it as major.minor, such as 1.36`,
  );
  return holds;
}
