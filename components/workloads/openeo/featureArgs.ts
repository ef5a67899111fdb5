import type * as pulumi from "@pulumi/pulumi";

/** The object store of the results. */
export interface OpenEoS3Args {
  /** URL of its S3 API, such as `https://s3.waw3-1.cloudferro.com`. */
  endpoint: pulumi.Input<string>;
  /** Its region. Defaults to the client's own. */
  region?: pulumi.Input<string>;
  /** Bucket of the results; it has to be there. Defaults to the image's `OpenEO-data`. */
  bucket?: string;
  /** Access key; kept as a secret in any case. */
  accessKeyId: pulumi.Input<string>;
  /** Secret key; kept as a secret in any case. */
  secretAccessKey: pulumi.Input<string>;
}

/** An object store of input data beside that of the results, such as CreoDIAS' EO data. */
export interface OpenEoInputDataArgs {
  /** URL of its S3 API. */
  endpoint: pulumi.Input<string>;
  /** Its region. Defaults to the image's `RegionOne`. */
  region?: pulumi.Input<string>;
  /** Access key. Defaults to that of the results' store. */
  accessKeyId?: pulumi.Input<string>;
  /** Secret key. Defaults to that of the results' store. */
  secretAccessKey?: pulumi.Input<string>;
}

/** A client that the provider knows, which users need not register for themselves. */
export interface OpenEoOidcClientArgs {
  /** Its id at the provider; no secret goes with it. */
  id: string;
  /** Its grant types. Defaults to authorization code and device code, both with PKCE, and refresh tokens. */
  grantTypes?: string[];
  /** Where the provider may send users back to, such as the web editor. Defaults to none. */
  redirectUrls?: string[];
}

/** An OpenID Connect provider that users log in at. */
export interface OpenEoOidcProviderArgs {
  /** Its id in openEO: letters, digits, `-` and `_`. */
  id: string;
  /** Its issuer, an `https://` URL. */
  issuer: string;
  /** What users see. */
  title: string;
  /** Scopes that are asked for. Defaults to `openid`. */
  scopes?: string[];
  /** Clients for users without one of their own. Defaults to none. */
  clients?: OpenEoOidcClientArgs[];
}

/** Who may log in. With neither, nobody can start a job. */
export interface OpenEoLoginArgs {
  /** Name of the one user with a generated password: for trials. Defaults to none. */
  basicUser?: string;
  /** OpenID Connect providers. Defaults to none. */
  oidc?: OpenEoOidcProviderArgs[];
}

/** The Elastic job registry, which keeps the batch jobs' records. */
export interface OpenEoJobRegistryArgs {
  /** URL of its API. */
  api: pulumi.Input<string>;
  /** The name that this instance's jobs are kept under. */
  backendId: string;
  /** Its OpenID Connect client as the image reads it, `client_id:client_secret@issuer`; kept as a secret in any case. Defaults to none. */
  clientCredentials?: pulumi.Input<string>;
}

/** ZooKeeper, which keeps user-defined processes and, for the older tracker, batch jobs. */
export interface OpenEoZooKeeperArgs {
  /** Its servers, each as `host:port`; at least one. */
  nodes: pulumi.Input<string>[];
  /** Path of the batch jobs. Defaults to `/openeo/jobs`. */
  batchJobsPath?: string;
  /** User of the digest scheme. Defaults to none: what is kept there may be read by all. */
  username?: string;
  /** The user's password; kept as a secret in any case. Without `username` there is none. */
  password?: pulumi.Input<string>;
}

/** Kind of object that leads from outside to the web application. */
export enum OpenEoRouteKind {
  /** `networking.k8s.io/v1`, which every controller understands. */
  Ingress = "Ingress",
  /** Traefik's own, `traefik.io/v1alpha1`. */
  IngressRoute = "IngressRoute",
}

/** TLS at the way in. */
export interface OpenEoTlsArgs {
  /** Secret of type `kubernetes.io/tls` in the namespace; made there by `clusterIssuer`, else by you. */
  secretName: string;
  /** cert-manager's ClusterIssuer that makes the Secret. Defaults to none. */
  clusterIssuer?: string;
}

/** The way from outside to the web application. */
export interface OpenEoRouteArgs {
  /** Host name. */
  host: string;
  /** Kind of object. Defaults to `Ingress`. */
  kind?: OpenEoRouteKind;
  /** IngressClass, of an `Ingress` only. Defaults to `traefik`. */
  ingressClassName?: pulumi.Input<string>;
  /** TLS. Without it the way is open to listeners. */
  tls?: OpenEoTlsArgs;
  /** Host name of the Spark UI, which knows no login. Without it there is no way to the Spark UI. */
  sparkUiHost?: string;
}

/** Metrics of the JVMs in Prometheus' format. */
export interface OpenEoMetricsArgs {
  /** Path of the JMX exporter's jar in the image. Defaults to that of the known releases. */
  jmxExporterJar?: string;
  /** Whether the driver serves its metrics. Defaults to `true`. */
  driver?: boolean;
  /** Whether the executors serve theirs. Defaults to `true`. */
  executors?: boolean;
  /** Port that they are served on, 1024 to 49151. Defaults to 8090. */
  port?: number;
  /** Content of the exporter's configuration, as YAML. Defaults to the operator's own. */
  configuration?: string;
  /** Labels by which a Prometheus selects the PodMonitor. Without them there is no PodMonitor. */
  podMonitorLabels?: Record<string, string>;
}
