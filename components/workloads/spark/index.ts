export * from "./access";
export * from "./checks";
export * from "./model";
export * from "./pods";
export * from "./spec";
export * from "./submit";
