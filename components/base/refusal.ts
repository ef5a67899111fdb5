import * as pulumi from "@pulumi/pulumi";
import { dns1123Rule, isDns1123Label } from "./names";
import { Problems } from "./problems";
import { isWholeFrom } from "./units";

/** Collects what is wrong with a component's arguments, and refuses to make it. */
export class Refusals extends Problems {
  readonly #component: string;

  /** @param component what refuses, such as `OpenEo openeo` */
  constructor(component: string) {
    super();
    this.#component = component;
  }

  /**
   * Throws if anything was noted. Call it before `super()`: a refused component registers nothing.
   *
   * @throws pulumi.InputPropertiesError with every problem
   */
  throwIfAny(): void {
    if (this.all.length === 0) return;
    throw new pulumi.InputPropertiesError({
      message: [
        `${this.#component} cannot be made`,
        ...this.all.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`),
      ].join("\n  "),
      errors: this.all,
    });
  }
}

/** Refuses what is no namespace name. */
export function requireNamespace(refusals: Refusals, propertyPath: string, name: string): void {
  refusals.require(isDns1123Label(name), propertyPath, `"${name}" is no namespace: ${dns1123Rule}`);
}

/** What a whole number may be. */
export interface WholeRange {
  /** The least that is allowed. */
  readonly least: number;
  /** The most that is allowed, if there is such. */
  readonly most?: number;
  /** What is counted, such as `MiB`, for the message. */
  readonly unit?: string;
}

/** Refuses what is no whole number, or out of range; what was left out has a default. */
export function requireWhole(
  refusals: Refusals,
  propertyPath: string,
  value: number | undefined,
  { least, most, unit }: WholeRange,
): void {
  const counted = unit === undefined ? "" : ` of ${unit}`;
  const range = most === undefined ? `, at least ${least}` : ` from ${least} to ${most}`;
  refusals.require(
    value === undefined || (isWholeFrom(least, value) && value <= (most ?? Infinity)),
    propertyPath,
    `must be a whole number${counted}${range}, got ${value}`,
  );
}

/** Refuses a `timeoutSeconds` that is not a whole number from 1. */
export const requireTimeout = (refusals: Refusals, seconds: number): void =>
  requireWhole(refusals, "timeoutSeconds", seconds, { least: 1, unit: "seconds" });

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
