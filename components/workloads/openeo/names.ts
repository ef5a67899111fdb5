/**
 * Longest name of an instance: Kubernetes appends eleven characters to the name of a CronJob, of which
 * 63 are allowed, and the job tracker's is `<name>-job-tracker`.
 */
export const longestName = 40;

/**
 * What the names of an instance's resources go on with after its own; a test holds them against what
 * is registered. `cluster` and `services` are those of a stack's parts beside the first instance.
 */
const roles = [
  ...["application", "backend-config", "basic-password", "batch", "cluster", "driver"],
  ...["environment", "executor", "http-credentials", "ingress", "ingressroute", "job-tracker"],
  ...["layercatalog", "lite", "log4j2", "podmonitor", "prometheus-config", "s3", "service"],
  ...["services", "signed-url-secret", "signing"],
];

/** Whether resources of one instance would have the names of another's. */
export const namesMeet = (one: string, other: string): boolean =>
  isWithin(one, other) || isWithin(other, one);

/** Whether a name is one that an instance's resources may have. */
export const isWithin = (name: string, instance: string): boolean =>
  roles.some((role) => `${name}-`.startsWith(`${instance}-${role}-`));
