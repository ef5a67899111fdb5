import type { ChartReader } from "./chartSource";

/** Reads a chart from its mirror or its public repository. */
export const readChart: ChartReader = () => Promise.resolve(undefined);
