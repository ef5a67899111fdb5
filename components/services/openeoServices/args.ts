import type * as pulumi from "@pulumi/pulumi";

/** What all services beside openEO take. */
export interface OpenEoServiceArgs {
  /** Image without its tag. Defaults to upstream's. */
  image?: string;
  /** Tag of the image; an exact one. */
  imageTag: string;
  /** Host name of the Ingress. Without it there is none, and the service is reached inside the cluster only. */
  host?: string;
  /** Secret with the certificate and key of the host, in the services' namespace. Defaults to `<service>-tls` with `clusterIssuer`; without either, the Ingress speaks HTTP. */
  tlsSecret?: string;
  /** ClusterIssuer of cert-manager that fills `tlsSecret`. Defaults to none: the Secret has to be there. */
  clusterIssuer?: string;
  /** Number of pods, at least 1. Defaults to 1. */
  replicas?: number;
  /** CPU that is reserved for a pod, in thousandths of a core, at least 10. Defaults to what `images.ts` has for the service. */
  cpuMillicores?: number;
  /** Memory that a pod reserves and may use, in MiB, at least 32. Defaults to what `images.ts` has for the service. */
  memoryMib?: number;
}

/** The web editor: openEO's user interface in a browser. */
export interface OpenEoWebEditorArgs extends OpenEoServiceArgs {
  /** Public URL of the openEO that the editor opens with. */
  backendUrl: pulumi.Input<string>;
}

/** One openEO that the aggregator joins with others. */
export interface OpenEoAggregatedBackendArgs {
  /** Its id in the federation: letters, digits and underscores; the aggregator puts it before the ids of its jobs. */
  id: string;
  /** URL of its API, such as `https://openeo.example.org/openeo/1.2`. */
  url: string;
}

/** An OpenID Connect provider that users of the aggregator may log in with. */
export interface OpenEoOidcProviderArgs {
  /** Its id, such as `egi`. */
  id: string;
  /** Its issuer URL. */
  issuer: string;
  /** What users see. */
  title: string;
  /** A public client that openEO's clients may use. Defaults to none: users bring their own. */
  clientId?: string;
}

/** The aggregator: several openEO back-ends as one. */
export interface OpenEoAggregatorArgs extends OpenEoServiceArgs {
  /** Title of the federation. Defaults to `openEO federation`. */
  title?: string;
  /** Description of the federation. Defaults to one that names its back-ends. */
  description?: string;
  /** The back-ends, at least one, each id once. */
  backends: OpenEoAggregatedBackendArgs[];
  /** The providers that users may log in with. Defaults to none: nobody can run anything. */
  oidcProviders?: OpenEoOidcProviderArgs[];
  /** ZooKeeper that holds cache and split jobs, as `host:port`, several joined by commas. Without it each process caches for itself, and no job is split. */
  zooKeeper?: string;
  /** How long answers of back-ends are cached where the aggregator names no time, in seconds, at least 1. Defaults to the aggregator's own. */
  cacheSeconds?: number;
  /** Number of server processes of a pod, at least 1. Defaults to 2. */
  workers?: number;
}

/** The job registry: which openEO jobs there are, kept in Elasticsearch. */
export interface OpenEoJobRegistryArgs extends OpenEoServiceArgs {
  /** Elasticsearch that keeps the jobs, at least one `http(s)://` address without credentials. */
  elasticsearchUrls: string[];
  /** Index of the jobs. Defaults to `openeo-jobs`. */
  index?: string;
  /** Issuer URL of the OpenID Connect provider that tokens are checked at. */
  oidcIssuer: string;
  /** The registry's own client at the provider; it must be allowed to introspect tokens. */
  oidcClientId: string;
  /** Secret of that client. */
  oidcClientSecret: pulumi.Input<string>;
}

/** The workspaces API: where users keep their results, kept in Elasticsearch. */
export interface OpenEoWorkspacesArgs extends OpenEoServiceArgs {
  /** URL of Keycloak, which users log in at. */
  keycloakUrl: string;
  /** Realm of Keycloak. Defaults to `openeo`. */
  keycloakRealm?: string;
  /** The API's own client at Keycloak. Defaults to `openeo-workspaces`. */
  keycloakClientId?: string;
  /** Secret of that client. */
  keycloakClientSecret: pulumi.Input<string>;
  /** Elasticsearch that keeps the workspaces, as an `http(s)://` address without credentials. */
  elasticsearchUrl: string;
  /** User of Elasticsearch. Without it nobody logs in there. */
  elasticsearchUser?: string;
  /** Password of that user, a secret; with `elasticsearchUser`, and only then. */
  elasticsearchPassword?: pulumi.Input<string>;
  /** Most that a workspace may hold, in GiB, at least 1. Defaults to 1024. */
  quotaGib?: number;
  /** Kinds of storage that workspaces may lie on: `s3`, `gcs`, `azure`; the first is the default one. Defaults to `s3`. */
  providers?: string[];
}

/** What `OpenEoServices` is made from: each service is there when its arguments are. */
export interface OpenEoServicesArgs {
  /** Namespace of the services, which is made. Defaults to `openeo-services`. */
  namespace?: string;
  /** Class of the Ingresses. Defaults to `traefik`. */
  ingressClassName?: pulumi.Input<string>;
  /** Credentials of private registries, as a Docker `config.json`; a secret. Defaults to none. */
  pullConfig?: pulumi.Input<string>;
  /** How long the pods of a service may take to be ready, in seconds, at least 1. Defaults to 300. */
  timeoutSeconds?: number;
  /** The web editor. Left out by default. */
  webEditor?: OpenEoWebEditorArgs;
  /** The aggregator. Left out by default. */
  aggregator?: OpenEoAggregatorArgs;
  /** The job registry. Left out by default. */
  jobRegistry?: OpenEoJobRegistryArgs;
  /** The workspaces API. Left out by default. */
  workspaces?: OpenEoWorkspacesArgs;
}
