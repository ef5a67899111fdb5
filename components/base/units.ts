/** A Kubernetes memory quantity of that many mebibytes: `512` becomes `512Mi`. */
export const mebibytes = (mib: number): string => `${mib}Mi`;

/** A JVM memory setting of that many mebibytes, as Spark takes it: `512` becomes `512m`. */
export const sparkMebibytes = (mib: number): string => `${mib}m`;

/** A Kubernetes CPU quantity of that many thousandths of a core: `1200` becomes `1200m`. */
export const millicores = (thousandths: number): string => `${thousandths}m`;

/** Whether it is a whole number of at least `least`. */
export const isWholeFrom = (least: number, value: number): boolean =>
  Number.isInteger(value) && value >= least;
