import * as pulumi from "@pulumi/pulumi";
import type { OpenEo } from "../components";
import { keepsJobsItself } from "../components/workloads/openeo/batch/tracker";
import type { OpenEoInstance } from "../settings";

/** What the stack tells of an openEO. */
export interface OpenEoOutputs {
  /** Its URL from outside. */
  readonly url: pulumi.Output<string>;
  /** Its URL inside the cluster. */
  readonly internalUrl: pulumi.Output<string>;
  /** The SparkApplication that serves it, as `namespace/name`. */
  readonly application: pulumi.Output<string>;
  /** The DNS record that leads to it. */
  readonly dns: pulumi.Output<string>;
  /** Where its certificate comes from. */
  readonly tls: string;
  /** How users log in. */
  readonly login: string;
  /** A command that tells whether it answers. */
  readonly health: pulumi.Output<string>;
  /** Commands of a first batch job, one after the other; else why there are none. */
  readonly firstJob: pulumi.Input<string[]>;
}

/** An openEO of the stack, and the component that it became. */
export type MadeOpenEo = OpenEoInstance & { readonly made: OpenEo };

/** The version of openEO's API that all images serve. */
const api = "/openeo/1.2";

/**
 * What the stack tells of each openEO.
 *
 * @param address of the load balancer in front of them; empty, or left out, where there is none
 */
export const openEoOutputs = (
  instances: readonly MadeOpenEo[],
  address?: pulumi.Output<string>,
): Readonly<Record<string, OpenEoOutputs>> =>
  Object.fromEntries(instances.map((instance) => [instance.name, outputsOf(instance, address)]));

/** The generated passwords, by name of the openEO. */
export const openEoPasswords = (
  instances: readonly MadeOpenEo[],
): Readonly<Record<string, pulumi.Output<string>>> =>
  Object.fromEntries(
    instances
      .filter(({ openeo }) => hasPassword(openeo))
      .map(({ name, made }) => [name, made.basicPassword]),
  );

function outputsOf(
  { name, openeo, made }: MadeOpenEo,
  address: pulumi.Output<string> = pulumi.output(""),
): OpenEoOutputs {
  const { sparkUiHost } = openeo.route;
  const hosts = [openeo.host, ...(sparkUiHost === undefined ? [] : [sparkUiHost])];
  return {
    url: made.url,
    internalUrl: made.internalUrl,
    application: pulumi.interpolate`${openeo.namespace}/${made.application}`,
    dns: address.apply((target) => hosts.map((one) => record(one, target)).join("; ")),
    tls: tlsOf(openeo),
    login: loginOf(name, openeo),
    health: pulumi.interpolate`curl ${made.url}${api}/health`,
    firstJob:
      whyNoJob(openeo) ??
      made.url.apply((url) => firstJob(name, `${url}${api}`, openeo.login.basicUser)),
  };
}

function record(host: string, target: string): string {
  if (target === "") return `${host} has to point to where the cluster's ingress is reached`;
  const type = /^[\d.]+$/.test(target) ? "A" : target.includes(":") ? "AAAA" : "CNAME";
  return `${host} ${type} ${target}`;
}

function tlsOf({ route, namespace }: MadeOpenEo["openeo"]): string {
  const { tlsSecret, clusterIssuer } = route;
  if (tlsSecret === undefined) return "none: whoever is on the way can listen";
  const secret = `Secret ${namespace}/${tlsSecret}`;
  return clusterIssuer === undefined
    ? `${secret}, which you make`
    : `${secret}, made by ClusterIssuer ${clusterIssuer}`;
}

/** Why there are no commands of a first batch job, if there are none. */
function whyNoJob({ login, backendConfig, imageVersion, ...rest }: MadeOpenEo["openeo"]) {
  if (!login.basic || backendConfig !== undefined) {
    return ["they take openeo.login.basic: a password that the stack knows"];
  }
  const isKept =
    keepsJobsItself(imageVersion) || rest.zooKeeper !== undefined || rest.jobRegistry !== undefined;
  return isKept
    ? undefined
    : [`image ${imageVersion} keeps no batch jobs without openeo.zooKeeper or openeo.jobRegistry`];
}

const hasPassword = ({ login, backendConfig }: MadeOpenEo["openeo"]): boolean =>
  login.basic && backendConfig === undefined;

function loginOf(name: string, { login, backendConfig }: MadeOpenEo["openeo"]): string {
  if (backendConfig !== undefined) return "as your backendconfig.py says";
  const methods = [
    ...(login.basic
      ? [
          `user ${login.basicUser}, password of ${name}: pulumi stack output openeoPasswords --show-secrets`,
        ]
      : []),
    ...login.oidc.map(({ id, issuer }) => `OpenID Connect ${id} (${issuer})`),
  ];
  return methods.length === 0 ? "nobody can log in" : methods.join("; ");
}

/**
 * Commands for a shell: the token, the job, its start, its state. What it computes needs no data.
 * Password and token stand on no command line: `curl` reads them from files.
 *
 * @param name of the openEO
 * @param url of its API
 */
export function firstJob(name: string, url: string, user: string): string[] {
  const graph = JSON.stringify({
    title: "first job",
    process: {
      process_graph: { sum: { process_id: "add", arguments: { x: 3, y: 5 }, result: true } },
    },
  });
  const password = `$(pulumi stack output openeoPasswords --show-secrets --json | jq -r '."${name}"')`;
  const header = `"header = \\"Authorization: Bearer basic//" + .access_token + "\\""`;
  const identifier = `awk -F': ' 'tolower($1) == "openeo-identifier" {print $2}' | tr -d '\\r'`;
  return [
    `(umask 077; curl -s -K <(printf 'user = "${user}:%s"' "${password}") ${url}/credentials/basic | jq -r '${header}' > openeo.curl)`,
    `JOB=$(curl -s -i -K openeo.curl ${url}/jobs -H 'Content-Type: application/json' -d '${graph}' | ${identifier})`,
    `curl -K openeo.curl -X POST ${url}/jobs/$JOB/results`,
    `curl -K openeo.curl ${url}/jobs/$JOB`,
    "rm openeo.curl",
  ];
}
