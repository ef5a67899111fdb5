/**
 * Longest name of an instance: Kubernetes appends eleven characters to the name of a CronJob, of which
 * 63 are allowed, and the job tracker's is `<name>-job-tracker`.
 */
export const longestName = 40;

/** What the names of an instance's resources go on with after its own. */
const roles = [
  ...["application", "backend-config", "basic-password", "batch", "cluster", "driver"],
  ...["environment", "executor", "http-credentials", "ingress", "ingressroute", "job-tracker"],
  ...["layercatalog", "lite", "log4j2", "podmonitor", "prometheus-config", "s3", "service"],
  ...["services", "signed-url-secret", "signing"],
];

/** Whether resources of one instance would have the names of another's. */
export const namesMeet = (one: string, other: string): boolean =>
  roles.some((role) =>
    [one, other].some((name) => {
      const start = `${name === one ? other : one}-${role}`;
      return name === start || name.startsWith(`${start}-`);
    }),
  );
