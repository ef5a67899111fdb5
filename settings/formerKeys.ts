/** Names that people carry over from elsewhere, and the setting that has taken their place. */
export const formerKeys: Readonly<Record<string, readonly string[]>> = {
  // The chart has renamed its key twice; a stale one is silently ignored there, never here.
  sparkJobNamespace: ["sparkOperator", "jobNamespaces"],
  sparkJobNamespaces: ["sparkOperator", "jobNamespaces"],
  jobNamespaces: ["sparkOperator", "jobNamespaces"],
  "sparkOperator.sparkJobNamespace": ["sparkOperator", "jobNamespaces"],
  "sparkOperator.sparkJobNamespaces": ["sparkOperator", "jobNamespaces"],
  "sparkOperator.spark": ["sparkOperator", "jobNamespaces"],
  "openeo.s3.accessKeyId": ["s3AccessKeyId"],
  "openeo.s3.secretAccessKey": ["s3SecretAccessKey"],
  "openeo.layerCatalog": ["openeo", "layerCatalogs"],
  "openeo.imageTag": ["openeo", "imageVersion"],
};
