export * from "./checks";
export * from "./model";
export * from "./spec";
export * from "./submit";
