import type { OpenEoWorkspacesArgs } from "./args";
import { webService, type WebService } from "./webService";

const gibibyte = 1024 ** 3;

/** The workspaces API as a web server. */
export function workspaces(args: OpenEoWorkspacesArgs): WebService {
  const { elasticsearchUser, elasticsearchPassword } = args;
  const elasticsearch = new URL(args.elasticsearchUrl);
  const scheme = elasticsearch.protocol.replace(":", "");
  const [provider = "s3", ...others] = args.providers ?? ["s3"];
  return {
    ...webService("workspaces", args),
    environment: {
      API_VERSION: "v1",
      KEYCLOAK_SERVER_URL: args.keycloakUrl.replace(/\/+$/, ""),
      KEYCLOAK_REALM: args.keycloakRealm ?? "openeo",
      KEYCLOAK_CLIENT_ID: args.keycloakClientId ?? "openeo-workspaces",
      ELASTICSEARCH_SCHEME: scheme,
      ELASTICSEARCH_HOST: elasticsearch.hostname,
      ELASTICSEARCH_PORT: elasticsearch.port || (scheme === "https" ? "443" : "80"),
      ...(elasticsearchUser === undefined ? {} : { ELASTICSEARCH_USER: elasticsearchUser }),
      DEFAULT_WORKSPACE_PROVIDER: provider,
      MAX_WORKSPACE_QUOTA: String((args.quotaGib ?? 1024) * gibibyte),
      // The service reads lists as JSON; upstream's chart joins them by commas, and it does not start.
      SUPPORTED_PROVIDERS: JSON.stringify([provider, ...others]),
    },
    secrets: {
      KEYCLOAK_CLIENT_SECRET: args.keycloakClientSecret,
      ...(elasticsearchPassword === undefined
        ? {}
        : { ELASTICSEARCH_PASSWORD: elasticsearchPassword }),
    },
  };
}
