import { z } from "zod";
import { filePath } from "./fields";
import type { Target } from "./target";

const kubernetesVersion = z
  .string()
  .regex(/^1\.\d{1,2}$/)
  .meta({
    description:
      "Kubernetes version of the cluster, as `major.minor`. Required unless the target is `local`.",
    allowed: 'major.minor, quoted in YAML (unquoted, 1.30 is read as 1.3): "1.35"',
    examples: ["1.35"],
  });

const kubeContext = z
  .string()
  .regex(/^\S+$/)
  .meta({
    description: "Context of the kubeconfig. Left out: the kubeconfig's current one.",
    allowed: "the name of a context, without spaces",
    examples: ["minikube"],
  });

const chartMirror = z
  .string()
  .regex(/^(oci:\/\/[^\s@]+|https?:\/\/[^\s@]+|(?![a-z][a-z0-9+.-]*:\/\/)[^~\s][^\n]*)$/)
  .meta({
    description:
      "Where all charts are taken from instead of their public repositories: a folder, relative to the folder of Pulumi.yaml, or an `http(s)://` or `oci://` address.",
    allowed: "a folder (no `~`), or an http://, https:// or oci:// address without credentials",
    examples: ["oci://registry.example.org/charts"],
  });

const kubeconfigFile = filePath(
  "File of the kubeconfig. Left out: the one that kubectl takes.",
  "kubeconfig",
);

/** What a target says about the cluster when the stack file does not. */
const byTarget = {
  // The embedded control plane has one version: the pinned one.
  local: {
    kubernetesVersion: "1.36",
    kubeconfigFile: ".local/kubeconfig",
    chartMirror: ".local/charts",
  },
  minikube: { kubeContext: "minikube" },
  existing: {},
  openstack: {},
} as const satisfies Record<Target, Partial<Record<ClusterKey, string>>>;

type ClusterKey = "kubernetesVersion" | "kubeconfigFile" | "kubeContext" | "chartMirror";

/** The settings of the cluster and of how it is reached, with the defaults of a target. */
export function clusterFields(target: Target) {
  const own: Partial<Record<ClusterKey, string>> = byTarget[target];
  const preset = (schema: z.ZodString, key: ClusterKey): z.ZodType<string | undefined> => {
    const value = own[key];
    return value === undefined ? schema.optional() : schema.default(value);
  };
  const version: z.ZodType<string> =
    own.kubernetesVersion === undefined
      ? kubernetesVersion
      : kubernetesVersion.default(own.kubernetesVersion);
  return {
    kubernetesVersion: version,
    kubeconfigFile: preset(kubeconfigFile, "kubeconfigFile"),
    kubeContext: preset(kubeContext, "kubeContext"),
    chartMirror: preset(chartMirror, "chartMirror"),
  };
}
