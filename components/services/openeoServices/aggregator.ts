import type { OpenEoAggregatorArgs } from "./args";
import { serviceImages } from "./images";
import { webService, type WebService } from "./webService";

const folder = "/etc/openeo-aggregator";
const fileName = "aggregator.py";

/** Longest that the aggregator waits for a back-end: for a result, `CONNECTION_TIMEOUT_RESULT`, in seconds. */
const longestRequestSeconds = 15 * 60;

/** Requests that a server process works on at once; most of the time it waits for a back-end. */
const threads = 8;

/** Where the openEO API lets clients start without a redirect: a device shows a code. */
const clientGrants = [
  "authorization_code+pkce",
  "urn:ietf:params:oauth:grant-type:device_code+pkce",
  "refresh_token",
];

/** A value that Python and JSON write alike: no boolean, no null. What is undefined is left out. */
type Literal =
  string | number | readonly Literal[] | { readonly [key: string]: Literal | undefined };

/** The value as Python writes it. */
const python = (value: Literal): string => JSON.stringify(value);

/**
 * The aggregator's configuration, a Python module.
 *
 * @param redirectUrls where the web editors of this stack are, which users log in from
 */
export function aggregatorConfiguration(
  args: OpenEoAggregatorArgs,
  redirectUrls: readonly string[],
): string {
  const ids = args.backends.map(({ id }) => id);
  const fields: [string, string][] = [
    ["id", python("openeo-aggregator")],
    ["capabilities_title", python(args.title ?? "openEO federation")],
    [
      "capabilities_description",
      python(args.description ?? `A federation of openEO back-ends: ${ids.join(", ")}.`),
    ],
    [
      "aggregator_backends",
      python(Object.fromEntries(args.backends.map(({ id, url }) => [id, url]))),
    ],
    ["oidc_providers", oidcProviders(args, redirectUrls)],
    ["memoizer", python(memoizer(args))],
    ...(args.zooKeeper === undefined
      ? []
      : [["partitioned_job_tracking", python({ zk_hosts: args.zooKeeper })] as [string, string]]),
  ];
  return [
    "from openeo_aggregator.config import AggregatorBackendConfig",
    "from openeo_driver.users.oidc import OidcProvider",
    "",
    "config = AggregatorBackendConfig(",
    ...fields.map(([name, value]) => `    ${name}=${value},`),
    ")",
    "",
  ].join("\n");
}

function memoizer({ zooKeeper, cacheSeconds }: OpenEoAggregatorArgs): Literal {
  return {
    type: zooKeeper === undefined ? "dict" : "zookeeper",
    config: { zk_hosts: zooKeeper, default_ttl: cacheSeconds },
  };
}

function oidcProviders(args: OpenEoAggregatorArgs, redirectUrls: readonly string[]): string {
  const providers = (args.oidcProviders ?? []).map(({ id, issuer, title, clientId }) => {
    const client = { id: clientId, grant_types: clientGrants, redirect_urls: redirectUrls };
    const default_clients = clientId === undefined ? undefined : [client];
    return `OidcProvider(**${python({ id, issuer, title, scopes: ["openid"], default_clients })})`;
  });
  return `[${providers.join(", ")}]`;
}

/** The aggregator as a web server. */
export const aggregator = (
  args: OpenEoAggregatorArgs,
  redirectUrls: readonly string[],
): WebService => ({
  ...webService("aggregator", args),
  environment: {
    OPENEO_BACKEND_CONFIG: `${folder}/${fileName}`,
    // The image listens on its own loopback, and works on one request at a time, unless told otherwise.
    GUNICORN_CMD_ARGS: [
      `--bind=0.0.0.0:${serviceImages.aggregator.port}`,
      `--workers=${args.workers ?? 2}`,
      `--threads=${threads}`,
      `--timeout=${longestRequestSeconds}`,
    ].join(" "),
  },
  file: { folder, name: fileName, content: aggregatorConfiguration(args, redirectUrls) },
  // It asks its back-ends before it answers for the first time.
  probeTimeoutSeconds: 15,
});
