/** What programs read: plain values. Arguments have the same names in input.ts. */
export type * from "./access";
export type * from "./aws";
export type * from "./azure";
export type * from "./cloudProvider";
export type * from "./network";
export type * from "./nodes";
export type * from "./services";
export type * from "./systemImages";
export type * from "./vsphere";
