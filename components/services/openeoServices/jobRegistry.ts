import type { OpenEoJobRegistryArgs } from "./args";
import { serviceImages } from "./images";
import { webService, type WebService } from "./webService";

/**
 * The job registry as a web server. Its log level stays what it is (errors): below that it writes
 * the headers of requests into its log, tokens among them.
 */
export const jobRegistry = (args: OpenEoJobRegistryArgs): WebService => ({
  ...webService("jobRegistry", args),
  environment: {
    PORT: String(serviceImages.jobRegistry.port),
    DB_HOSTS: args.elasticsearchUrls.join(","),
    DB_JOBS_IDX: args.index ?? "openeo-jobs",
    OIDC_ISSUER: args.oidcIssuer.replace(/\/+$/, ""),
    OIDC_CLIENT_ID: args.oidcClientId,
  },
  secrets: { OIDC_CLIENT_SECRET: args.oidcClientSecret },
});
