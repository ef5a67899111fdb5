import { z } from "zod";
import {
  serviceImages,
  type OpenEoServiceName,
} from "../components/services/openeoServices/images";
import {
  flag,
  hostName,
  httpAddress,
  imageRepository,
  imageTag,
  namespace,
  objectName,
  whole,
  words,
} from "./fields";
import type { Target } from "./target";

/** A stack for users survives the loss of one node. */
const replicas = { local: 1, minikube: 1, existing: 1, openstack: 2 } as const satisfies Record<
  Target,
  number
>;

/** Upstream's tag where it has an exact one; else there is no default. */
function tagOf(service: OpenEoServiceName): z.ZodType<string> {
  const { tag, exampleTag } = serviceImages[service];
  const schema = imageTag("Tag of the image; an exact one.", exampleTag).refine(
    (given) => given !== "latest",
    { error: "`latest` names no one image; name an exact tag" },
  );
  return tag === undefined ? schema : schema.default(tag);
}

/** What all services have in common. */
const serviceFields = (target: Target, service: OpenEoServiceName) => {
  const { repository, cpuMillicores, memoryMib } = serviceImages[service];
  return {
    enabled: flag("Whether the service is deployed.", true).default(false),
    image: imageRepository(
      "Image of the service, without tag.",
      "registry.example.org/openeo-service",
    ).default(repository),
    imageTag: tagOf(service),
    tlsSecret: objectName(
      "Secret with certificate and key of the host, in the services' namespace. Left out: `<service>-tls` with `clusterIssuer`; without either, the Ingress speaks HTTP.",
      "editor-tls",
    ).optional(),
    clusterIssuer: objectName(
      "ClusterIssuer of cert-manager that fills `tlsSecret`. Left out: the Secret has to be there.",
      "letsencrypt",
    ).optional(),
    replicas: whole("Number of pods.", 1, 20, 2).default(replicas[target]),
    cpuMillicores: whole(
      "CPU that is reserved for a pod, in thousandths of a core.",
      10,
      256000,
      500,
    ).default(cpuMillicores),
    memoryMib: whole("Memory that a pod reserves and may use, in MiB.", 32, 1048576, 512).default(
      memoryMib,
    ),
  };
};

const host = (what: string, example: string) =>
  hostName(`Host name that the ${what} is reached at.`, `${example}.example.org`);

const webEditor = (target: Target) =>
  z.strictObject({
    ...serviceFields(target, "webEditor"),
    host: host("web editor", "editor"),
    backendUrl: httpAddress(
      "Public URL of the openEO that the editor opens with. Left out: this stack's.",
      "https://openeo.example.org",
    ).optional(),
  });

const backends = z
  .array(
    z.strictObject({
      id: z
        .string()
        .regex(/^(?!agg$)[A-Za-z0-9_]{1,32}$/)
        .meta({
          description: "Id of the back-end, which the ids of its jobs begin with.",
          allowed: "at most 32 letters, digits and underscores, not agg",
          examples: ["cdse"],
        }),
      url: httpAddress("URL of its API.", "https://openeo.example.org/openeo/1.2"),
    }),
  )
  .min(1)
  .meta({
    description: "The back-ends that the aggregator joins.",
    allowed: "a list of at least one object with id and url",
    examples: [[{ id: "cdse", url: "https://openeo.example.org/openeo/1.2" }]],
  });

const oidcProviders = z
  .array(
    z.strictObject({
      id: words("Id of the provider.", "egi"),
      issuer: httpAddress("Issuer URL.", "https://login.example.org/realms/openeo"),
      title: words("What users see.", "EGI Check-in"),
      clientId: words(
        "A public client that openEO's clients may use. Left out: users bring their own.",
        "openeo-clients",
      ).optional(),
    }),
  )
  .default([])
  .meta({
    description: "OpenID Connect providers that users of the aggregator may log in with.",
    allowed: "a list of objects with id, issuer and title, and perhaps clientId",
    examples: [[{ id: "egi", issuer: "https://login.example.org/realms/openeo", title: "Login" }]],
  });

const aggregator = (target: Target) =>
  z.strictObject({
    ...serviceFields(target, "aggregator"),
    host: host("aggregator", "federation"),
    title: words("Title of the federation.", "openEO federation").default("openEO federation"),
    description: words(
      "Description of the federation. Left out: one that names its back-ends.",
      "All the openEO that we have",
    ).optional(),
    backends,
    oidcProviders,
    zooKeeper: z
      .string()
      .regex(/^[a-z0-9.-]+:\d{1,5}(,[a-z0-9.-]+:\d{1,5})*$/)
      .meta({
        description:
          "ZooKeeper that holds cache and split jobs. Left out: each process caches for itself, and no job is split.",
        allowed: "host:port, several joined by commas",
        examples: ["zookeeper.zookeeper.svc:2181"],
      })
      .optional(),
    cacheSeconds: whole(
      "How long answers of back-ends are cached where the aggregator names no time, in seconds. Left out: its own default.",
      1,
      604800,
      3600,
    ).optional(),
    workers: whole("Number of server processes of a pod.", 1, 64, 2).default(2),
  });

const elasticsearch = (what: string) =>
  httpAddress(`Elasticsearch that keeps the ${what}.`, "https://elasticsearch.example.org:9200");

const jobRegistry = (target: Target) =>
  z.strictObject({
    ...serviceFields(target, "jobRegistry"),
    host: hostName(
      "Host name that the job registry is reached at. Left out: inside the cluster only.",
      "jobs.example.org",
    ).optional(),
    elasticsearchUrls: z
      .array(elasticsearch("jobs"))
      .min(1)
      .meta({
        description:
          "Elasticsearch that keeps the jobs. The registry cannot log in there: it would show the password.",
        allowed: "a list of at least one http(s):// address without credentials",
        examples: [["http://elasticsearch.example.org:9200"]],
      }),
    index: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/)
      .meta({
        description: "Index of the jobs.",
        allowed: "lower-case letters, digits, `.`, `_` and `-`, at most 100",
        examples: ["openeo-jobs"],
      })
      .default("openeo-jobs"),
    oidcIssuer: httpAddress(
      "Issuer of the tokens that the registry takes.",
      "https://login.example.org/realms/openeo",
    ),
    oidcClientId: words(
      "The registry's client at the issuer; it may introspect tokens.",
      "openeo-job-registry",
    ),
  });

const workspaces = (target: Target) =>
  z.strictObject({
    ...serviceFields(target, "workspaces"),
    host: host("workspaces API", "workspaces"),
    keycloakUrl: httpAddress("URL of Keycloak.", "https://login.example.org"),
    keycloakRealm: words("Realm of Keycloak.", "openeo").default("openeo"),
    keycloakClientId: words("The API's client at Keycloak.", "openeo-workspaces").default(
      "openeo-workspaces",
    ),
    elasticsearchUrl: elasticsearch("workspaces"),
    elasticsearchUser: words(
      "User of Elasticsearch; the secret `workspacesElasticsearchPassword` is the password. Left out: nobody logs in there.",
      "openeo",
    ).optional(),
    quotaGib: whole("Most that a workspace may hold, in GiB.", 1, 1048576, 1024).default(1024),
  });

/** The section `openeoServices`, with the defaults of a target. */
export const openeoServicesSchema = (target: Target) => {
  const optional = <T extends z.ZodType>(schema: T, description: string) =>
    schema.meta({ description, allowed: "an object", examples: [{ enabled: false }] });
  return z.strictObject({
    namespace: namespace("Namespace of the services.", "openeo-services").default(
      "openeo-services",
    ),
    webEditor: optional(webEditor(target), "openEO's user interface in a browser."),
    aggregator: optional(aggregator(target), "Several openEO back-ends as one."),
    jobRegistry: optional(jobRegistry(target), "Which openEO jobs there are."),
    workspaces: optional(workspaces(target), "Where users keep their results."),
  });
};
