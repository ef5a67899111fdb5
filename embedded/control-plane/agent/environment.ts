import type { V1Container, V1EnvFromSource, V1EnvVar, V1Pod } from "@kubernetes/client-node";

type Variables = Record<string, string>;

/** Reads the data of a Secret (decoded) or ConfigMap in the pod's namespace; throws where missing. */
export interface Lookup {
  readonly secret: (name: string) => Promise<Variables>;
  readonly configMap: (name: string) => Promise<Variables>;
}

/** A container's environment as a kubelet would make it. */
export async function containerEnvironment(
  pod: V1Pod,
  container: V1Container,
  lookup: Lookup,
): Promise<Variables> {
  const variables: Variables = {};
  for (const source of container.envFrom ?? []) {
    Object.assign(variables, await fromSource(source, lookup));
  }
  for (const entry of container.env ?? []) {
    const value = await valueOf(entry, pod, lookup);
    if (value !== undefined) variables[entry.name] = expand(value, variables);
  }
  return variables;
}

/** Replaces `$(NAME)` by the variable of that name; `$$` stands for one `$`. */
export function expand(text: string, variables: Readonly<Variables>): string {
  return text.replaceAll(/\$\$|\$\(([A-Za-z_][\w.-]*)\)/g, (match, name?: string) => {
    if (name === undefined) return "$";
    return variables[name] ?? match;
  });
}

async function fromSource(source: V1EnvFromSource, lookup: Lookup): Promise<Variables> {
  const reference = source.secretRef ?? source.configMapRef;
  if (!reference?.name) return {};
  const read = source.secretRef ? lookup.secret : lookup.configMap;
  const data = await optionally(reference.optional, () => read(reference.name ?? ""));
  const prefix = source.prefix ?? "";
  return Object.fromEntries(
    Object.entries(data ?? {}).map(([name, value]) => [prefix + name, value]),
  );
}

async function valueOf(entry: V1EnvVar, pod: V1Pod, lookup: Lookup): Promise<string | undefined> {
  const from = entry.valueFrom;
  if (!from) return entry.value ?? "";
  if (from.fieldRef) return field(pod, from.fieldRef.fieldPath);
  const reference = from.secretKeyRef ?? from.configMapKeyRef;
  if (!reference) throw new Error(`env ${entry.name}: the node agent knows no such source`);
  const read = from.secretKeyRef ? lookup.secret : lookup.configMap;
  const { name = "", key, optional } = reference;
  const data = await optionally(optional, () => read(name));
  if (data?.[key] === undefined && optional !== true) {
    throw new Error(`env ${entry.name}: ${name} has no key ${key}`);
  }
  return data?.[key];
}

function field(pod: V1Pod, path: string): string {
  const [, map, key = ""] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path) ?? [];
  if (map === "labels") return pod.metadata?.labels?.[key] ?? "";
  if (map === "annotations") return pod.metadata?.annotations?.[key] ?? "";
  const fields: Record<string, string | undefined> = {
    "metadata.name": pod.metadata?.name,
    "metadata.namespace": pod.metadata?.namespace,
    "metadata.uid": pod.metadata?.uid,
    "spec.nodeName": pod.spec?.nodeName,
    "spec.serviceAccountName": pod.spec?.serviceAccountName,
    "status.podIP": pod.status?.podIP,
    "status.hostIP": pod.status?.hostIP,
  };
  return fields[path] ?? "";
}

async function optionally(
  optional: boolean | undefined,
  read: () => Promise<Variables>,
): Promise<Variables | undefined> {
  try {
    return await read();
  } catch (error) {
    if (optional === true) return undefined;
    throw error;
  }
}
