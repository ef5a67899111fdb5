import * as pulumi from "@pulumi/pulumi";

/**
 * For `dependsOn`: everything that a value comes from, without the value being used.
 * A component that must wait for another takes one of its outputs as an argument, which works from
 * every language and cannot be forgotten, and orders its children with this.
 */
export function after(value: pulumi.Input<unknown>): pulumi.Output<pulumi.Resource[]> {
  return pulumi.output(value).apply((): pulumi.Resource[] => []);
}
