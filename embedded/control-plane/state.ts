import { readFile } from "node:fs/promises";
import { z } from "zod";
import { writeFileWhole } from "../processes/files";
import { processRecord } from "../processes/record";

/** The processes of a control plane, in the order in which they are started. */
export const componentNames = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kwok",
  "agent",
] as const;

/** One process of the control plane. */
export type ComponentName = (typeof componentNames)[number];

/** What listens on a port of its own, always on loopback. */
export const portNames = [
  "etcd",
  "etcdPeer",
  "apiServer",
  "controllerManager",
  "scheduler",
  "kwok",
  "agent",
  "egress",
  "kubelet",
] as const;

/** One listening port of the control plane. */
export type PortName = (typeof portNames)[number];

/** A loopback port for each listener. */
export type Ports = Readonly<Record<PortName, number>>;

const stateSchema = z.object({
  version: z.literal(1),
  ports: z.record(z.enum(portNames), z.int().positive()),
  /** The Spark distribution that the operator submits with; none for the stand-in. */
  sparkHome: z.string().optional(),
  components: z.partialRecord(z.enum(componentNames), processRecord),
});

/** What is recorded of a control plane between two commands. */
export type State = z.infer<typeof stateSchema>;

/**
 * Reads the recorded state.
 *
 * @returns undefined where there is none
 * @throws where the file cannot be understood: what runs is then unknown
 */
export async function readState(file: string): Promise<State | undefined> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const parsed = stateSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new Error(
    `${file} cannot be understood, so it is unknown which processes belong to it: ` +
      `end them by hand, remove the folder of this file and start again`,
  );
}

/** Writes the state, whole or not at all. */
export function writeState(file: string, state: State): void {
  writeFileWhole(file, JSON.stringify(state, undefined, 2));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
