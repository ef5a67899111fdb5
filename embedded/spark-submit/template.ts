import { loadYaml, type V1Container, type V1Pod } from "@kubernetes/client-node";

/** Reads a pod template, as the operator writes it for driver and executors. */
export function readTemplate(text: string): V1Pod {
  return loadYaml<V1Pod>(text);
}

/**
 * A pod that Spark builds upon a template: the template's containers, volumes, labels and settings
 * stay, Spark's own are added, and where both say something Spark's wins.
 *
 * @param containerName the container of the template that Spark runs in; its first one where no
 * container has this name
 */
export function upon(template: V1Pod, pod: V1Pod, containerName: string | undefined): V1Pod {
  const [sparks] = pod.spec?.containers ?? [];
  const theirs = template.spec?.containers ?? [];
  const chosen = theirs.find(({ name }) => name === containerName) ?? theirs[0];
  const others = theirs.filter((container) => container !== chosen);
  return {
    metadata: {
      ...template.metadata,
      ...pod.metadata,
      labels: { ...template.metadata?.labels, ...pod.metadata?.labels },
      annotations: { ...template.metadata?.annotations, ...pod.metadata?.annotations },
      ownerReferences: both(template.metadata?.ownerReferences, pod.metadata?.ownerReferences),
    },
    spec: {
      ...template.spec,
      ...pod.spec,
      nodeSelector: { ...template.spec?.nodeSelector, ...pod.spec?.nodeSelector },
      containers: [...(sparks ? [merged(chosen, sparks)] : []), ...others],
      volumes: both(template.spec?.volumes, pod.spec?.volumes),
    },
  };
}

function merged(template: V1Container | undefined, container: V1Container): V1Container {
  return {
    ...template,
    ...container,
    // Spark keeps the name that the template gives.
    name: template?.name ?? container.name,
    env: both(template?.env, container.env),
    envFrom: both(template?.envFrom, container.envFrom),
    ports: both(template?.ports, container.ports),
    volumeMounts: both(template?.volumeMounts, container.volumeMounts),
    resources: {
      ...template?.resources,
      requests: { ...template?.resources?.requests, ...container.resources?.requests },
      limits: { ...template?.resources?.limits, ...container.resources?.limits },
    },
  };
}

function both<T>(first: readonly T[] | undefined, second: readonly T[] | undefined): T[] {
  return [...(first ?? []), ...(second ?? [])];
}
