import * as pulumi from "@pulumi/pulumi";

/**
 * Tells the user what a component may trip over. The messages name the component and are not
 * attached to it: the log keeps its order, and a resource that waits for others, or is never made
 * because one of them failed, would hold back every later message.
 */
export function warnOf(component: string, warnings: readonly string[]): void {
  for (const warning of warnings) void pulumi.log.warn(`${component}: ${warning}`);
}
