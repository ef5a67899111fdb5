import { z } from "zod";
import {
  choice,
  contentFile,
  flag,
  hostName,
  httpAddress,
  namespace,
  part,
  texts,
  whole,
} from "../fields";
import type { Target } from "../target";

const region = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,63}$/)
  .meta({
    description: "Region of the S3 storage, where it has one.",
    allowed: "letters, digits and hyphens",
    examples: ["waw3-1"],
  });

const word = (description: string, example: string) =>
  z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/)
    .meta({
      description,
      allowed: "at most 64 letters, digits, dots, hyphens and underscores",
      examples: [example],
    });

const list = (
  item: z.ZodString,
  description: string,
  allowed: string,
  example: readonly string[],
) => z.array(item).meta({ description, allowed, examples: [example] });

const bucket = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9.-]{1,61}[A-Za-z0-9]$/)
  .meta({
    description: "Bucket of the results. Left out: the image's own, `OpenEO-data`.",
    allowed: "3 to 63 letters, digits, dots and hyphens",
    examples: ["openeo-data"],
  });

/** Where results go, and where input data come from. */
export const stores = {
  s3: part(
    {
      endpoint: httpAddress(
        "Address of the S3 storage for the results of batch jobs.",
        "https://s3.waw3-1.cloudferro.com",
      ),
      region: region.optional(),
      bucket: bucket.optional(),
    },
    "S3 storage for the results of batch jobs; its keys are the secrets `s3AccessKeyId` and `s3SecretAccessKey`. Left out: the stack's own, `objectStore`.",
    { endpoint: "https://s3.waw3-1.cloudferro.com" },
  ).optional(),
  inputData: part(
    {
      endpoint: httpAddress(
        "Address of the S3 storage with the input data.",
        "https://eodata.cloudferro.com",
      ),
      region: region.optional(),
    },
    "S3 storage with the input data. Left out: that of the results. Its keys are the secrets `inputDataAccessKeyId` and `inputDataSecretAccessKey`; without them, those of the results.",
    { endpoint: "https://eodata.cloudferro.com" },
  ).optional(),
} as const;

const client = z.strictObject({
  id: word("Id of the client at the provider.", "openeo-web-editor"),
  grantTypes: list(
    z.string().regex(/^\S+$/),
    "Grant types of the client. Left out: authorization code and device code with PKCE, and refresh tokens.",
    "a list of grant types",
    ["refresh_token"],
  ).optional(),
  redirectUrls: list(
    z.string().regex(/^https?:\/\/\S+$/),
    "Where the provider may send users back to.",
    "a list of http(s):// addresses",
    ["https://editor.openeo.org"],
  ).default([]),
});

const provider = z.strictObject({
  id: word("Id of the provider in openEO.", "egi"),
  issuer: z
    .string()
    .regex(/^https:\/\/[^\s/@?#]+(\/[^\s@?#]*)?$/)
    .meta({
      description: "Issuer of the tokens.",
      allowed: "an https:// address",
      examples: ["https://identity.example.org/realms/eo"],
    }),
  title: z
    .string()
    .min(1)
    .meta({
      description: "What users see.",
      allowed: "a text",
      examples: ["Example identity"],
    }),
  scopes: list(z.string().regex(/^\S+$/), "Scopes that are asked for.", "a list of scopes", [
    "openid",
  ]).default(["openid"]),
  clients: z
    .array(client)
    .meta({
      description: "Clients for users without one of their own.",
      allowed: "a list of objects",
      examples: [[{ id: "openeo-web-editor" }]],
    })
    .default([]),
});

/** Who may log in: in a stack for trials, one user with a generated password. */
export const loginOf = (target: Target) =>
  part(
    {
      basic: flag("Whether one user may log in with a generated password.", true).default(
        target === "local" || target === "minikube",
      ),
      basicUser: word("Name of that user.", "openeo").default("openeo"),
      oidc: z
        .array(provider)
        .meta({
          description: "OpenID Connect providers that users log in at.",
          allowed: "a list of objects",
          examples: [
            [{ id: "egi", issuer: "https://identity.example.org/realms/eo", title: "Example" }],
          ],
        })
        .default([]),
    },
    "Who may log in. Of no meaning with `backendConfig`, which says it then.",
    {},
  ).prefault({});

/** The way from outside, beside the host. */
export const route = part(
  {
    kind: choice(
      ["Ingress", "IngressRoute"],
      "Kind of object: Kubernetes' own, or Traefik's.",
      "Ingress",
    ).default("Ingress"),
    ingressClass: namespace(
      "IngressClass of the `Ingress`. Left out: that of the stack's Traefik.",
      "nginx",
    ).optional(),
    tlsSecret: namespace(
      "Secret with the certificate, in openEO's namespace. Left out: no TLS.",
      "openeo-tls",
    ).optional(),
    clusterIssuer: namespace(
      "cert-manager's ClusterIssuer that makes the Secret of `tlsSecret`; for the kind `Ingress`.",
      "letsencrypt",
    ).optional(),
    sparkUiHost: hostName(
      "Host name of the Spark UI, which knows no login. Left out: no way there.",
      "spark.example.org",
    ).optional(),
  },
  "The way from outside to openEO.",
  {},
)
  .refine((one) => one.clusterIssuer === undefined || one.tlsSecret !== undefined, {
    path: ["tlsSecret"],
    error: "is required, as clusterIssuer is set: the Secret that it makes",
  })
  .refine((one) => one.kind === "Ingress" || one.clusterIssuer === undefined, {
    path: ["clusterIssuer"],
    error: "is read at an Ingress only; take the kind Ingress, or make the Certificate yourself",
  })
  .prefault({});

/** What openEO is connected to, and what it tells of itself. */
export const connections = {
  jobRegistry: part(
    {
      api: httpAddress(
        "Address of the job registry's API. Left out: the stack's own, `openeoServices.jobRegistry`.",
        "https://jobregistry.example.org",
      ).optional(),
      backendId: word("The name that this openEO's jobs are kept under.", "example-openeo"),
    },
    "Elastic job registry, which keeps the records of batch jobs. Its client is the secret `openeoJobRegistryCredentials`, `client_id:client_secret@issuer`. Left out: jobs are forgotten with the driver.",
    { api: "https://jobregistry.example.org", backendId: "example-openeo" },
  ).optional(),
  zooKeeper: part(
    {
      nodes: list(
        z.string().regex(/^[A-Za-z0-9.-]+:\d{1,5}$/),
        "Servers of ZooKeeper.",
        "a list of host:port",
        ["zookeeper.zookeeper:2181"],
      ).refine((nodes) => nodes.length > 0, { error: "must name at least one host:port" }),
      batchJobsPath: z
        .string()
        .regex(/^(\/[A-Za-z0-9._-]+)+$/)
        .meta({
          description: "Path of the batch jobs.",
          allowed: "an absolute path",
          examples: ["/openeo/jobs"],
        })
        .default("/openeo/jobs"),
      username: word(
        "User of the digest scheme; its password is the secret `openeoZooKeeperPassword`.",
        "openeo",
      ).optional(),
    },
    "ZooKeeper, which keeps user-defined processes. Left out: there are none.",
    { nodes: ["zookeeper.zookeeper:2181"] },
  ).optional(),
  metrics: part(
    {
      driver: flag("Whether the driver serves its metrics.", true).default(true),
      executors: flag("Whether the executors serve theirs.", true).default(true),
      port: whole("Port that they are served on.", 1024, 49151, 8090).default(8090),
      configuration: contentFile(
        "YAML file with the JMX exporter's configuration. Left out: the operator's own.",
        "prometheus.yaml",
      ).optional(),
      podMonitorLabels: texts(
        /^\S+$/,
        "Labels by which a Prometheus selects the PodMonitor. Left out: no PodMonitor.",
        "an object of texts",
        { release: "prometheus" },
      ).optional(),
    },
    "Metrics of the JVMs. Left out: none.",
    {},
  ).optional(),
} as const;
