import * as pulumi from "@pulumi/pulumi";

/**
 * For `dependsOn`: everything that a value comes from, without the value being used.
 * A component that must wait for another takes one of its outputs as an argument, which works from
 * every language and cannot be forgotten, and orders its children with this.
 */
export const after = (value: pulumi.Input<string>): pulumi.Output<pulumi.Resource[]> =>
  pulumi.output(value).apply((): pulumi.Resource[] => []);
