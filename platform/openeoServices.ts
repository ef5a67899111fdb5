import type * as pulumi from "@pulumi/pulumi";
import type { OpenEoServices, OpenEoServicesArgs } from "../components";
import type { Settings } from "../settings";
import { openEoUrl } from "./openeo";
import type { Sources } from "./sources";

/** Where the services beside openEO are; what is off is left out. */
export interface OpenEoServicesOutputs {
  /** URL of the web editor: its host's record has to point to Traefik's address. */
  readonly webEditorUrl?: pulumi.Output<string>;
  /** URL of the aggregator, likewise. */
  readonly aggregatorUrl?: pulumi.Output<string>;
  /** URL of the job registry; without a host of its own it is reachable inside the cluster only. */
  readonly jobRegistryUrl?: pulumi.Output<string>;
  /** URL of the workspaces API, like the aggregator's. */
  readonly workspacesUrl?: pulumi.Output<string>;
}

/** Whether any of the services is enabled. */
export const hasOpenEoServices = ({ openeoServices }: Settings): boolean => {
  const { webEditor, aggregator, jobRegistry, workspaces } = openeoServices;
  return [webEditor, aggregator, jobRegistry, workspaces].some(({ enabled }) => enabled);
};

/** Outputs that are `undefined` would be exported as such. */
export function openEoServicesOutputs(services: OpenEoServices): OpenEoServicesOutputs {
  const { webEditorUrl, aggregatorUrl, jobRegistryUrl, workspacesUrl } = services;
  return {
    ...(webEditorUrl ? { webEditorUrl } : {}),
    ...(aggregatorUrl ? { aggregatorUrl } : {}),
    ...(jobRegistryUrl ? { jobRegistryUrl } : {}),
    ...(workspacesUrl ? { workspacesUrl } : {}),
  };
}

/** The services that are enabled, with the secrets that they take. */
export function openEoServicesArgs(settings: Settings, sources: Sources): OpenEoServicesArgs {
  const { namespace, webEditor, aggregator, jobRegistry, workspaces } = settings.openeoServices;
  return {
    namespace,
    ...(settings.secrets.includes("openeoServicesPullConfig")
      ? { pullConfig: sources.secret("openeoServicesPullConfig") }
      : {}),
    ...(webEditor.enabled
      ? {
          webEditor: {
            ...webEditor,
            backendUrl: webEditor.backendUrl ?? openEoUrl(settings.openeo),
          },
        }
      : {}),
    ...(aggregator.enabled
      ? {
          aggregator: {
            ...aggregator,
            backends: [...aggregator.backends],
            oidcProviders: [...aggregator.oidcProviders],
          },
        }
      : {}),
    ...(jobRegistry.enabled
      ? {
          jobRegistry: {
            ...jobRegistry,
            elasticsearchUrls: [...jobRegistry.elasticsearchUrls],
            oidcClientSecret: sources.secret("jobRegistryClientSecret"),
          },
        }
      : {}),
    ...(workspaces.enabled
      ? {
          workspaces: {
            ...workspaces,
            keycloakClientSecret: sources.secret("workspacesClientSecret"),
            ...(workspaces.elasticsearchUser === undefined
              ? {}
              : { elasticsearchPassword: sources.secret("workspacesElasticsearchPassword") }),
          },
        }
      : {}),
  };
}
