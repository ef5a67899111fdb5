import type * as pulumi from "@pulumi/pulumi";

/** A value in which every part may be an output of another resource. */
export type Inputs<T> = T extends readonly (infer Element)[]
  ? pulumi.Input<Inputs<Element>[]>
  : T extends object
    ? pulumi.Input<{ [Name in keyof T]: Inputs<Exclude<T[Name], undefined>> }>
    : pulumi.Input<T>;
