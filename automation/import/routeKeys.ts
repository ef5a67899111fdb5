import { isRecord } from "../../settings/source";
import { told } from "./credentials";
import { dead, needless, to, unless, untranslated, whereOn } from "./fates";
import { isEmpty, isOn, note, setting, valueAt, weakly, type Fate, type Part } from "./part";
import { textOf, wholeOf } from "./quantities";

const recordsIn = (value: unknown): readonly Record<string, unknown>[] =>
  (Array.isArray(value) ? value : []).filter(isRecord);

/** The first host; an openEO has one. */
const hosts =
  (at: "host" | "route.sparkUiHost"): Fate =>
  (value, key) => {
    const rules = recordsIn(value);
    const [first, ...others] = rules.flatMap(({ host }) => textOf(host) ?? []);
    if (first === undefined) return [note("untranslated", key, "names no host")];
    const paths = rules.flatMap(({ paths }): unknown[] => (Array.isArray(paths) ? paths : []));
    return [
      setting(at, first, key),
      ...(others.length === 0
        ? []
        : [note("untranslated", key, `one host is taken, ${told([first])}; not ${told(others)}`)]),
      ...(paths.every((path) => path === "/" || path === "")
        ? []
        : [note("changed", key, "the whole host leads there, not some paths of it")]),
    ];
  };

const hostOf = (rules: unknown): string | undefined =>
  recordsIn(rules).flatMap(({ host }) => textOf(host) ?? [])[0];

const namesHost = (hosts: unknown, host: unknown): boolean =>
  Array.isArray(hosts) && hosts.includes(host);

const tlsSecretOf = (tls: unknown, host: unknown): string | undefined => {
  const entries = recordsIn(tls);
  const own = entries.find(({ hosts }) => namesHost(hosts, host)) ?? entries[0];
  return textOf(own?.["secretName"]);
};

const tls: Fate = (value, key, all) => {
  const secret = tlsSecretOf(value, hostOf(valueAt(all, "ingress.hosts")));
  return secret === undefined
    ? [note("untranslated", key, "names no Secret; set openeo.route.tlsSecret")]
    : [setting("route.tlsSecret", secret, key)];
};

const issuerAnnotation = "cert-manager.io/cluster-issuer";

const annotations: Fate = (value, key, all) => {
  const hasSecret = tlsSecretOf(valueAt(all, "ingress.tls"), undefined) !== undefined;
  return Object.entries(isRecord(value) ? value : {}).map(([name, text]): Part => {
    const place = `${key}["${name}"]`;
    if (name === issuerAnnotation && hasSecret)
      return setting("route.clusterIssuer", textOf(text), place);
    if (name === "kubernetes.io/ingress.class") {
      return note("needless", place, "the IngressClass is that of the stack's Traefik");
    }
    return note("untranslated", place, "there is no setting for annotations");
  });
};

/** Both at once would be two ways to one host. */
const ingressRoute: Fate = (value, key, all) => {
  if (!isOn(value)) return [];
  const message =
    "the chart makes it in the API group traefik.containo.us, which Traefik 3 does not know; here it is one of traefik.io";
  return isOn(valueAt(all, "ingress.enabled"))
    ? [note("untranslated", key, "one way is made, the Ingress")]
    : [setting("route.kind", "IngressRoute", key), note("changed", key, message)];
};

const hostMatch = /Host\(\s*[`"]([^`"]+)[`"]/;

const rules: Fate = (value, key) => {
  const all = recordsIn(value);
  const host = all.flatMap(({ match }) => hostMatch.exec(textOf(match) ?? "")?.[1] ?? [])[0];
  const parts: Part[] = host === undefined ? [] : [weakly("host", host, key)];
  if (all.some(({ middlewares }) => !isEmpty(middlewares))) {
    parts.push(note("untranslated", key, "there is no setting for middlewares"));
  }
  if (all.some(({ match }) => !/^\s*Host\([^)]*\)\s*$/.test(textOf(match) ?? ""))) {
    parts.push(note("changed", key, "the rule is the host alone: the whole of it leads to openEO"));
  }
  return parts;
};

const routeTls: Fate = (value, key) => {
  const { secretName, ...others } = isRecord(value) ? value : {};
  const secret = textOf(secretName);
  const names = told(Object.keys(others));
  return [
    ...(secret === undefined ? [] : [weakly("route.tlsSecret", secret, key)]),
    ...(names === "" ? [] : [note("untranslated", key, `there is no setting for ${names}`)]),
  ];
};

const service = (usual: unknown, message: string): Fate =>
  unless((value) => value === usual || isEmpty(value), untranslated(message));

/** What becomes of the ways to openEO. */
export const routeKeys: Readonly<Record<string, Fate>> = {
  "ingress.enabled": unless(
    isOn,
    needless("openEO has a way from outside in any case, at openeo.host, which is required"),
  ),
  "ingress.hosts": whereOn("ingress.enabled", hosts("host")),
  "ingress.tls": whereOn("ingress.enabled", tls),
  "ingress.annotations": whereOn("ingress.enabled", annotations),
  "ingressRoute.enabled": ingressRoute,
  "ingressRoute.name": needless("it is named after the instance"),
  "ingressRoute.annotations": untranslated("there is no setting for annotations"),
  "ingressRoute.entryPoints": needless("they follow from openeo.route.tlsSecret"),
  "ingressRoute.rules": whereOn("ingressRoute.enabled", rules),
  "ingressRoute.tls": whereOn("ingressRoute.enabled", routeTls),
  "service.enabled": unless(isOn, needless("the Service is made in any case")),
  "service.type": service("ClusterIP", "the Service is a ClusterIP; the way in is openeo.host"),
  "service.port": service(50001, "the web application and its Service have the port 50001"),
  "spark_ui.port": dead("the chart reads it nowhere"),
  "spark_ui.ingress.enabled": () => [],
  "spark_ui.ingress.hosts": whereOn("spark_ui.ingress.enabled", hosts("route.sparkUiHost")),
  "spark_ui.ingress.tls": untranslated("there is no setting for TLS of the Spark UI's host"),
  "spark_ui.ingress.annotations": untranslated("there is no setting for annotations"),
  sparkUIOptions: untranslated("there is no setting for the operator's own way to the Spark UI"),
};

const policy =
  "PodSecurityPolicy has been gone since Kubernetes 1.25; no cluster-wide role is made here";

const driverAccount =
  "the driver's account is made here, with the rights that openEO needs and no others; bind to its name what you gave the old one besides";

/** What becomes of accounts and rights. */
export const accessKeys: Readonly<Record<string, Fate>> = {
  "rbac.create": needless("accounts and rights are made in any case"),
  "rbac.role": needless(
    "the driver has the rights that openEO needs, and no others: docs/components/openeo.md",
  ),
  "rbac.createClusterRole": needless(policy),
  "rbac.createClusterRoleBinding": needless(policy),
  "rbac.clusterRole": needless(policy),
  "rbac.clusterRoleBinding": needless(policy),
  "rbac.clusterRoleName": needless(policy),
  "rbac.clusterRoleBindingName": needless(policy),
  "rbac.sparkOperator": needless("the operator's account is that of the stack's own"),
  "rbac.serviceAccountDriver": needless(driverAccount),
  "rbac.serviceAccountExecutor": needless(
    "executors have an account without rights here; the chart gives them `default` unless told",
  ),
  serviceAccount: dead("no template of the chart reads it; it reads rbac.serviceAccountDriver"),
};

const liteOnly = untranslated("there is no setting for it; in the chart it is openeo-lite's alone");

const named = needless("objects are named after the instance, which is openeo");

/** What becomes of openeo-lite, which takes most of what other charts have of Deployments. */
export const liteKeys: Readonly<Record<string, Fate>> = {
  replicaCount: unless((value) => value === 0, to("lite.replicas", wholeOf, "whole number")),
  autoscaling: dead("the chart makes no autoscaler"),
  nameOverride: named,
  fullnameOverride: named,
  liteNameOverride: named,
  liteFullnameOverride: named,
  podAnnotations: liteOnly,
  podLabels: liteOnly,
  securityContext: liteOnly,
  livenessProbe: liteOnly,
  readinessProbe: liteOnly,
  resources: liteOnly,
  nodeSelector: liteOnly,
  affinity: liteOnly,
  tolerations: liteOnly,
};
