import { z } from "zod";
import { processRecord } from "../processes/record";
import { stateFile } from "../processes/state";

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

/** Reads and writes the recorded state. */
export const { read: readState, write: writeState } = stateFile(stateSchema);
