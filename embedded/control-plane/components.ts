import path from "node:path";
import type { ControlPlanePaths } from "./paths";
import { logFile } from "./paths";
import type { CertificateName, Pki } from "./pki";
import type { Recipe } from "../processes/process";
import type { ComponentName, Ports } from "./state";

/** The programs that a control plane is made of, by name, each an absolute path. */
export type ControlPlaneTools = Readonly<
  Record<
    | "etcd"
    | "kube-apiserver"
    | "kube-controller-manager"
    | "kube-scheduler"
    | "kwok"
    | "spark-operator",
    string
  >
>;

/** All that the recipes of the components are made from. */
export interface Plan {
  readonly paths: ControlPlanePaths;
  readonly ports: Ports;
  readonly pki: Pki;
  readonly tools: ControlPlaneTools;
  /** A real Spark distribution; undefined for the stand-in. */
  readonly sparkHome?: string;
}

/** Where a component answers once it is ready. */
export interface Probe {
  readonly url: string;
  /** The certificate that the caller shows, where the component asks for one. */
  readonly as?: CertificateName;
}

/** How a component is started and how one knows that it is ready. */
export interface Component {
  readonly recipe: Recipe;
  readonly ready: Probe;
}

/** Addresses of Services and of simulated pods; nothing outside this machine is reached by them. */
const serviceRange = "10.96.0.0/16";
const podRange = "10.244.0.0/16";

/** Soft memory limits for the Go runtime, in MiB; they hold the whole below a GiB. */
const memoryMib = {
  etcd: 96,
  "kube-apiserver": 320,
  "kube-controller-manager": 112,
  "kube-scheduler": 80,
  kwok: 80,
} as const;

/** The recipe of every component. */
export function components(plan: Plan): Readonly<Record<ComponentName, Component>> {
  return {
    etcd: etcd(plan),
    "kube-apiserver": apiServer(plan),
    "kube-controller-manager": controllerManager(plan),
    "kube-scheduler": scheduler(plan),
    kwok: kwok(plan),
    agent: agent(plan),
  };
}

/** The API server's address. */
export function apiServerUrl(ports: Ports): string {
  return `https://127.0.0.1:${ports.apiServer}`;
}

/** The kubeconfig of one of the components that call the API server. */
export function componentKubeconfig(paths: ControlPlanePaths, name: CertificateName): string {
  return path.join(paths.config, `${name}.kubeconfig`);
}

/** The configuration files that the recipes name. */
export function configFiles(paths: ControlPlanePaths) {
  return {
    stages: path.join(paths.config, "stages.yaml"),
    egress: path.join(paths.config, "egress.json"),
  };
}

function goProgram(
  plan: Plan,
  name: Exclude<ComponentName, "agent">,
  flags: Readonly<Record<string, string | number | boolean>>,
): Recipe {
  return {
    command: plan.tools[name],
    args: Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`),
    env: { GOMEMLIMIT: `${memoryMib[name]}MiB`, GOGC: "60" },
    log: logFile(plan.paths, name),
    cwd: plan.paths.root,
  };
}

function etcd(plan: Plan): Component {
  const { ports, pki, paths } = plan;
  const client = `https://127.0.0.1:${ports.etcd}`;
  const peer = `https://127.0.0.1:${ports.etcdPeer}`;
  const tls = { crt: pki.certificate("server"), key: pki.key("server") };
  const recipe = goProgram(plan, "etcd", {
    name: "local",
    "data-dir": paths.etcd,
    "listen-client-urls": client,
    "advertise-client-urls": client,
    "listen-peer-urls": peer,
    "initial-advertise-peer-urls": peer,
    "initial-cluster": `local=${peer}`,
    "cert-file": tls.crt,
    "key-file": tls.key,
    "trusted-ca-file": pki.ca,
    "client-cert-auth": true,
    "peer-cert-file": tls.crt,
    "peer-key-file": tls.key,
    "peer-trusted-ca-file": pki.ca,
    "peer-client-cert-auth": true,
    "log-format": "console",
    // A power cut may cost this platform its data; a slow disk must not cost every write its time.
    "unsafe-no-fsync": true,
  });
  return { recipe, ready: { url: `${client}/readyz`, as: "etcd-client" } };
}

function apiServer(plan: Plan): Component {
  const { ports, pki, paths } = plan;
  const recipe = goProgram(plan, "kube-apiserver", {
    "bind-address": "127.0.0.1",
    "advertise-address": "127.0.0.1",
    "secure-port": ports.apiServer,
    // The Service `kubernetes` may not point at a loopback address, so nothing maintains it.
    "endpoint-reconciler-type": "none",
    "service-cluster-ip-range": serviceRange,
    "etcd-servers": `https://127.0.0.1:${ports.etcd}`,
    "etcd-cafile": pki.ca,
    "etcd-certfile": pki.certificate("etcd-client"),
    "etcd-keyfile": pki.key("etcd-client"),
    "tls-cert-file": pki.certificate("server"),
    "tls-private-key-file": pki.key("server"),
    "client-ca-file": pki.ca,
    // Whether a pod may be privileged is PodSecurity's to say, namespace by namespace.
    "allow-privileged": true,
    "authorization-mode": "Node,RBAC",
    "service-account-issuer": "https://kubernetes.default.svc",
    "service-account-key-file": pki.serviceAccountPublicKey,
    "service-account-signing-key-file": pki.serviceAccountKey,
    "kubelet-client-certificate": pki.certificate("kubelet-client"),
    "kubelet-client-key": pki.key("kubelet-client"),
    "egress-selector-config-file": configFiles(paths).egress,
  });
  return { recipe, ready: { url: `${apiServerUrl(ports)}/readyz`, as: "admin" } };
}

/** What controller-manager and scheduler have in common. */
function controllerFlags(plan: Plan, name: CertificateName, port: number) {
  return {
    kubeconfig: componentKubeconfig(plan.paths, name),
    "bind-address": "127.0.0.1",
    "secure-port": port,
    "tls-cert-file": plan.pki.certificate("server"),
    "tls-private-key-file": plan.pki.key("server"),
    // There is one of each: an election would only delay the start.
    "leader-elect": false,
  };
}

function controllerManager(plan: Plan): Component {
  const { ports, pki } = plan;
  const recipe = goProgram(plan, "kube-controller-manager", {
    ...controllerFlags(plan, "kube-controller-manager", ports.controllerManager),
    "service-account-private-key-file": pki.serviceAccountKey,
    "root-ca-file": pki.ca,
    "use-service-account-credentials": true,
  });
  return { recipe, ready: { url: `https://127.0.0.1:${ports.controllerManager}/healthz` } };
}

function scheduler(plan: Plan): Component {
  const { ports } = plan;
  const recipe = goProgram(
    plan,
    "kube-scheduler",
    controllerFlags(plan, "kube-scheduler", ports.scheduler),
  );
  return { recipe, ready: { url: `https://127.0.0.1:${ports.scheduler}/healthz` } };
}

function kwok(plan: Plan): Component {
  const { ports, paths } = plan;
  const recipe = goProgram(plan, "kwok", {
    kubeconfig: componentKubeconfig(paths, "kwok"),
    config: configFiles(paths).stages,
    "manage-all-nodes": true,
    cidr: podRange,
    "node-lease-duration-seconds": 40,
    "server-address": `127.0.0.1:${ports.kwok}`,
  });
  return { recipe, ready: { url: `http://127.0.0.1:${ports.kwok}/healthz` } };
}

function agent(plan: Plan): Component {
  const { ports, paths, pki, tools, sparkHome } = plan;
  const flags = {
    kubeconfig: componentKubeconfig(paths, "agent"),
    data: paths.agent,
    logs: paths.logs,
    "health-port": ports.agent,
    "egress-port": ports.egress,
    "kubelet-port": ports.kubelet,
    "tls-ca": pki.ca,
    "tls-cert": pki.certificate("server"),
    "tls-key": pki.key("server"),
    "spark-operator": tools["spark-operator"],
    ...(sparkHome === undefined ? {} : { "spark-home": sparkHome }),
  };
  const recipe: Recipe = {
    command: process.execPath,
    args: [
      "--max-old-space-size=160",
      "--require",
      require.resolve("ts-node/register/transpile-only"),
      path.join(__dirname, "agent/main.ts"),
      ...Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`),
    ],
    env: {
      ...inherited("PATH", "HOME", "JAVA_HOME", "TMPDIR", "LANG"),
      // Else ts-node looks for it from the working folder upwards.
      TS_NODE_PROJECT: path.join(__dirname, "../../tsconfig.json"),
    },
    log: logFile(paths, "agent"),
    cwd: paths.root,
  };
  return { recipe, ready: { url: `http://127.0.0.1:${ports.agent}/readyz` } };
}

function inherited(...names: string[]): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const name of names) {
    const value = process.env[name];
    if (value !== undefined) variables[name] = value;
  }
  return variables;
}
