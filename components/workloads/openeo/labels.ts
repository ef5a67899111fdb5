/** Labels of all objects of an instance. */
export const labelsOf = (name: string): Record<string, string> => ({
  "app.kubernetes.io/name": name,
  "app.kubernetes.io/part-of": "openeo",
  "app.kubernetes.io/managed-by": "eoplatform",
});

/** Labels by which the Service finds the driver's pod. */
export const driverLabels = (name: string): Record<string, string> => ({
  "app.kubernetes.io/name": `${name}-driver`,
});

/** Labels of the executors' pods. */
export const executorLabels = (name: string): Record<string, string> => ({
  "app.kubernetes.io/name": `${name}-executor`,
});
