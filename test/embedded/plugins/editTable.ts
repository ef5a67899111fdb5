import type { JsonObject } from "../../../embedded/plugins/protocol/properties";
import { configMap, deployment } from "./shared";

/** Where all of it lives. */
export const namespace = "edits";

const object = (apiVersion: string, kind: string, name: string, rest: JsonObject): JsonObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace },
  ...rest,
});

const pods = { containers: [{ name: "c", image: "busybox:1.36" }] };

/** What the program describes; each is edited by hand below. */
export const described: Record<string, JsonObject> = {
  web: deployment(
    namespace,
    "web",
    {},
    {
      env: [
        { name: "A", value: "1" },
        { name: "B", value: "2" },
      ],
      resources: { limits: { cpu: "1000m" } },
    },
  ),
  settings: configMap(namespace, "settings", { a: "1", b: "2" }),
  keys: object("v1", "Secret", "keys", { stringData: { password: "old" } }),
  front: object("v1", "Service", "front", {
    spec: { selector: { app: "web" }, ports: [{ name: "http", port: 80, targetPort: 80 }] },
  }),
  entry: object("networking.k8s.io/v1", "Ingress", "entry", {
    metadata: { name: "entry", namespace, annotations: { "pulumi.com/skipAwait": "true" } },
    spec: {
      rules: [
        {
          host: "a.example.org",
          http: {
            paths: [
              {
                path: "/",
                pathType: "Prefix",
                backend: { service: { name: "front", port: { number: 80 } } },
              },
            ],
          },
        },
      ],
    },
  }),
  reader: object("rbac.authorization.k8s.io/v1", "Role", "reader", {
    rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] }],
  }),
  readers: object("rbac.authorization.k8s.io/v1", "RoleBinding", "readers", {
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "reader" },
    subjects: [{ kind: "ServiceAccount", name: "worker", namespace }],
  }),
  worker: object("v1", "ServiceAccount", "worker", {
    metadata: { name: "worker", namespace, annotations: { role: "reader" } },
  }),
  nightly: object("batch/v1", "CronJob", "nightly", {
    spec: {
      schedule: "0 3 * * *",
      jobTemplate: { spec: { template: { spec: { ...pods, restartPolicy: "Never" } } } },
    },
  }),
  fence: object("networking.k8s.io/v1", "NetworkPolicy", "fence", {
    spec: { podSelector: {}, ingress: [{ ports: [{ port: 80, protocol: "TCP" }] }] },
  }),
  budget: object("policy/v1", "PodDisruptionBudget", "budget", {
    spec: { minAvailable: 1, selector: { matchLabels: { app: "web" } } },
  }),
  quota: object("v1", "ResourceQuota", "quota", { spec: { hard: { pods: "50" } } }),
  scaler: object("autoscaling/v2", "HorizontalPodAutoscaler", "scaler", {
    spec: {
      minReplicas: 1,
      maxReplicas: 3,
      scaleTargetRef: { apiVersion: "apps/v1", kind: "StatefulSet", name: "nobody" },
    },
  }),
  store: object("apps/v1", "StatefulSet", "store", {
    spec: {
      serviceName: "store",
      replicas: 1,
      selector: { matchLabels: { app: "store" } },
      template: { metadata: { labels: { app: "store" } }, spec: pods },
    },
  }),
  claim: object("v1", "PersistentVolumeClaim", "claim", {
    metadata: { name: "claim", namespace, labels: { tier: "data" } },
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
  }),
  kind: {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "things.edits.example.org" },
    spec: {
      group: "edits.example.org",
      scope: "Namespaced",
      names: { plural: "things", singular: "thing", kind: "Thing", shortNames: ["th"] },
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: "object",
              properties: { spec: { type: "object", x_kubernetes_preserve_unknown_fields: true } },
            },
          },
        },
      ],
    },
  },
  thing: object("edits.example.org/v1", "Thing", "thing", {
    spec: { size: 1, color: "red", list: ["a", "b"] },
  }),
};

export interface Edit {
  readonly what: string;
  /** Key in {@link described}. */
  readonly of: string;
  readonly kubectl: readonly string[];
  /** Where the plan must see it. */
  readonly at: string;
}

const merge = (target: string, patch: JsonObject) => [
  "patch",
  target,
  "--type=merge",
  `--patch=${JSON.stringify(patch)}`,
];

/** A JSON patch by kubectl. */
export const json = (target: string, op: string, path: string, value: string | number) => [
  "patch",
  target,
  "--type=json",
  `--patch=${JSON.stringify([{ op, path, value }])}`,
];

const words = (text: string) => text.split(" ");
const container = "spec.template.spec.containers[0]";
const things = "things.edits.example.org/thing";

/** Edits of what the program describes: each must be found. */
export const edits = (
  [
    ["replicas scaled", "web", words("scale deployment web --replicas=5"), "spec.replicas"],
    ["an image changed", "web", words("set image deployment/web c=nginx:0"), `${container}.image`],
    ["a variable changed", "web", words("set env deployment/web A=9"), `${container}.env[0].value`],
    ["a variable removed", "web", words("set env deployment/web B-"), `${container}.env[1]`],
    ["a label removed", "web", words("label deployment web tier-"), "metadata.labels.tier"],
    [
      "a label changed",
      "web",
      words("label deployment web tier=back --overwrite"),
      "metadata.labels.tier",
    ],
    [
      "an annotation removed",
      "web",
      words("annotate deployment web note-"),
      "metadata.annotations.note",
    ],
    [
      "a limit changed",
      "web",
      words("set resources deployment web --limits=cpu=2"),
      `${container}.resources.limits.cpu`,
    ],
    [
      "a ConfigMap's value changed",
      "settings",
      merge("configmap/settings", { data: { a: "9" } }),
      "data.a",
    ],
    [
      "a ConfigMap's key removed",
      "settings",
      merge("configmap/settings", { data: { b: null } }),
      "data.b",
    ],
    [
      "a Secret's value changed",
      "keys",
      merge("secret/keys", { stringData: { password: "new" } }),
      "data.password",
    ],
    ["a Secret's key removed", "keys", merge("secret/keys", { data: { password: null } }), "data"],
    [
      "a Service's target port changed",
      "front",
      json("service/front", "replace", "/spec/ports/0/targetPort", 81),
      "spec.ports[0].targetPort",
    ],
    [
      "a Service's selector changed",
      "front",
      merge("service/front", { spec: { selector: { app: "other" } } }),
      "spec.selector.app",
    ],
    [
      "an Ingress' host changed",
      "entry",
      json("ingress/entry", "replace", "/spec/rules/0/host", "b.example.org"),
      "spec.rules[0].host",
    ],
    [
      "a Role's verbs changed",
      "reader",
      json("role/reader", "add", "/rules/0/verbs/-", "delete"),
      "rules[0].verbs[2]",
    ],
    [
      "a RoleBinding's subject changed",
      "readers",
      json("rolebinding/readers", "replace", "/subjects/0/name", "thief"),
      "subjects[0].name",
    ],
    [
      "a ServiceAccount's annotation changed",
      "worker",
      words("annotate serviceaccount worker role=admin --overwrite"),
      "metadata.annotations.role",
    ],
    [
      "a CronJob's schedule changed",
      "nightly",
      merge("cronjob/nightly", { spec: { schedule: "0 4 * * *" } }),
      "spec.schedule",
    ],
    [
      "a NetworkPolicy's port changed",
      "fence",
      json("networkpolicy/fence", "replace", "/spec/ingress/0/ports/0/port", 22),
      "spec.ingress[0].ports[0].port",
    ],
    [
      "a budget changed",
      "budget",
      merge("poddisruptionbudget/budget", { spec: { minAvailable: 0 } }),
      "spec.minAvailable",
    ],
    [
      "a quota changed",
      "quota",
      merge("resourcequota/quota", { spec: { hard: { pods: "99" } } }),
      "spec.hard.pods",
    ],
    [
      "an autoscaler's maximum changed",
      "scaler",
      merge("hpa/scaler", { spec: { maxReplicas: 30 } }),
      "spec.maxReplicas",
    ],
    [
      "a StatefulSet scaled",
      "store",
      words("scale statefulset store --replicas=2"),
      "spec.replicas",
    ],
    [
      "a claim's label removed",
      "claim",
      words("label persistentvolumeclaim claim tier-"),
      "metadata.labels",
    ],
    [
      "a CRD's short name removed",
      "kind",
      merge("crd/things.edits.example.org", { spec: { names: { shortNames: null } } }),
      "spec.names.shortNames",
    ],
    ["a custom object's field changed", "thing", merge(things, { spec: { size: 2 } }), "spec.size"],
    [
      "a custom object's field removed",
      "thing",
      merge(things, { spec: { color: null } }),
      "spec.color",
    ],
    [
      "a custom object's list changed",
      "thing",
      merge(things, { spec: { list: ["a"] } }),
      "spec.list[1]",
    ],
    ["an object deleted", "settings", words("delete configmap settings"), "metadata"],
  ] as const
).map(([what, of, kubectl, at]): Edit => ({ what, of, kubectl, at }));

/** Others may add what the program does not speak of: that is theirs, for kubectl diff as for us. */
export const notOurs = [
  ["a variable added", "web", words("set env deployment/web C=3")],
  ["a label added", "web", words("label deployment web owner=me")],
  ["an annotation added", "web", words("annotate deployment web seen=yes")],
  ["a pause", "web", words("rollout pause deployment/web")],
  ["a ConfigMap's key added", "settings", merge("configmap/settings", { data: { c: "3" } })],
  [
    "a Service's session affinity set",
    "front",
    merge("service/front", { spec: { sessionAffinity: "ClientIP" } }),
  ],
  ["a custom object's field added", "thing", merge(things, { spec: { extra: true } })],
] as const;
