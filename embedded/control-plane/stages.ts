import { stringify } from "yaml";
import { realImages, referencePattern } from "./images";

type Expression = { jq: { key: string; operator: string; values?: string[] } };

const absent = (key: string): Expression => ({ jq: { key, operator: "DoesNotExist" } });
const present = (key: string): Expression => ({ jq: { key, operator: "Exists" } });
const oneOf = (key: string, ...values: string[]): Expression => ({
  jq: { key, operator: "In", values },
});
const noneOf = (key: string, ...values: string[]): Expression => ({
  jq: { key, operator: "NotIn", values },
});

const nodeIsReady = '.status.conditions.[] | select(.type == "Ready") | .status';
/** Pods of real images belong to the node agent: no stage may touch them. */
const simulated = noneOf(
  `any(.spec.containers[].image; test("${realImages.map(referencePattern).join("|")}"))`,
  "true",
);

/** Every pressure a node can report, and that the simulated ones never have. */
const nodeStatus = `
{{ $now := Now }}
conditions:
- {type: Ready, status: "True", reason: KubeletReady, message: simulated node, lastHeartbeatTime: {{ $now | Quote }}, lastTransitionTime: {{ .metadata.creationTimestamp | Quote }}}
{{ range $type := (list "MemoryPressure" "DiskPressure" "PIDPressure" "NetworkUnavailable") }}
- {type: {{ $type }}, status: "False", reason: Simulated, message: simulated node, lastHeartbeatTime: {{ $now | Quote }}, lastTransitionTime: {{ $.metadata.creationTimestamp | Quote }}}
{{ end }}
`;

const podRunning = `
{{ $now := Now }}
phase: Running
startTime: {{ $now | Quote }}
hostIP: {{ NodeIPWith .spec.nodeName | Quote }}
podIP: {{ PodIPWith .spec.nodeName (or .spec.hostNetwork false) (or .metadata.uid "") (or .metadata.name "") (or .metadata.namespace "") | Quote }}
conditions:
{{ range $type := (list "PodReadyToStartContainers" "Initialized" "ContainersReady" "Ready") }}
- {type: {{ $type }}, status: "True", lastTransitionTime: {{ $now | Quote }}}
{{ end }}
{{ range .spec.readinessGates }}
- {type: {{ .conditionType | Quote }}, status: "True", lastTransitionTime: {{ $now | Quote }}}
{{ end }}
{{ if .spec.initContainers }}
initContainerStatuses:
{{ range .spec.initContainers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: simulated
  ready: true
  restartCount: 0
  {{ if eq (or .restartPolicy "") "Always" }}
  started: true
  state: {running: {startedAt: {{ $now | Quote }}}}
  {{ else }}
  started: false
  state: {terminated: {exitCode: 0, reason: Completed, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }}}}
  {{ end }}
{{ end }}
{{ end }}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: simulated
  ready: true
  started: true
  restartCount: 0
  state: {running: {startedAt: {{ $now | Quote }}}}
{{ end }}
`;

const podSucceeded = `
{{ $now := Now }}
phase: Succeeded
conditions:
{{ range $type := (list "ContainersReady" "Ready") }}
- {type: {{ $type }}, status: "False", reason: PodCompleted, lastTransitionTime: {{ $now | Quote }}}
{{ end }}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: simulated
  ready: false
  started: false
  restartCount: 0
  state: {terminated: {exitCode: 0, reason: Completed, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }}}}
{{ end }}
`;

interface StageArgs {
  readonly name: string;
  readonly kind: "Node" | "Pod";
  readonly when: readonly Expression[];
  readonly delayMs?: number;
  readonly then: readonly object[];
}

const patchStatus = (template: string) => ({
  patch: { subresource: "status", root: "status", type: "strategic", template },
});

/** What happens to nodes and pods, and when: the life that kwok plays for them. */
const stages: readonly StageArgs[] = [
  {
    name: "node-ready",
    kind: "Node",
    when: [noneOf(nodeIsReady, "True")],
    then: [patchStatus(nodeStatus)],
  },
  {
    name: "node-heartbeat",
    kind: "Node",
    when: [oneOf(nodeIsReady, "True")],
    delayMs: 300_000,
    then: [patchStatus(nodeStatus)],
  },
  {
    name: "pod-run",
    kind: "Pod",
    when: [simulated, absent(".metadata.deletionTimestamp"), absent(".status.podIP")],
    then: [patchStatus(podRunning)],
  },
  {
    name: "pod-of-job-complete",
    kind: "Pod",
    when: [
      simulated,
      absent(".metadata.deletionTimestamp"),
      oneOf(".status.phase", "Running"),
      oneOf(".metadata.ownerReferences.[].kind", "Job"),
    ],
    delayMs: 500,
    then: [patchStatus(podSucceeded)],
  },
  {
    name: "pod-delete",
    kind: "Pod",
    when: [simulated, present(".metadata.deletionTimestamp"), absent(".metadata.finalizers")],
    then: [{ delete: true }],
  },
];

/** The text of kwok's configuration file. */
export function kwokConfig(): string {
  return stages.map((stage) => stringify(stageObject(stage))).join("---\n");
}

function stageObject({ name, kind, when, delayMs, then }: StageArgs): object {
  return {
    apiVersion: "kwok.x-k8s.io/v1alpha1",
    kind: "Stage",
    metadata: { name },
    spec: {
      resourceRef: { apiGroup: "v1", kind },
      selector: { matchExpressions: when },
      ...(delayMs === undefined ? {} : { delay: { durationMilliseconds: delayMs } }),
      steps: then,
    },
  };
}
