/** Whether Kubernetes takes it as a DNS-1123 label: namespaces and most objects. */
export function isDns1123Label(name: string): boolean {
  return name.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name);
}

/** Whether Kubernetes takes it as a DNS-1035 label: Services, and SparkApplications since 2.4. */
export function isDns1035Label(name: string): boolean {
  return name.length <= 63 && /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name);
}

/** Whether it is a host name that an Ingress rule takes: labels with dots between them. */
export function isHostName(name: string): boolean {
  return name.length <= 253 && name.split(".").every(isDns1123Label);
}

/** What a DNS-1123 label looks like, for messages. */
export const dns1123Rule =
  "at most 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit";

/** What a DNS-1035 label looks like, for messages. */
export const dns1035Rule =
  "at most 63 lower-case letters, digits and hyphens, starting with a letter (no dots)";

/** Whether Helm takes it as a release's name, with room for what charts append to it. */
export const isReleaseName = (name: string): boolean => isDns1035Label(name) && name.length <= 40;

/** What a release's name looks like, for messages. */
export const releaseNameRule =
  "at most 40 lower-case letters, digits and hyphens, starting with a letter (no dots)";
