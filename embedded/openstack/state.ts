import { z } from "zod";
import { processRecord } from "../processes/record";
import { stateFile } from "../processes/state";

/** The processes of an OpenStack, in the order in which they are started. */
export const componentNames = [
  "mariadb",
  "memcached",
  "epmd",
  "rabbitmq",
  "keystone",
  "placement",
  "glance",
  "neutron",
  "nova",
  "cinder",
] as const;

/** One process of the OpenStack; `nova` and `cinder` have a child for each of their services. */
export type ComponentName = (typeof componentNames)[number];

/** What listens on a port of its own, always on loopback. */
export const portNames = [
  "mariadb",
  "memcached",
  "epmd",
  "rabbitmq",
  "erlang",
  "keystone",
  "placement",
  "glance",
  "neutron",
  "nova",
  "cinder",
] as const;

/** One listening port of the OpenStack. */
export type PortName = (typeof portNames)[number];

const portsSchema = z.record(z.enum(portNames), z.int().positive());

/** A loopback port for each listener. */
export type Ports = Readonly<z.infer<typeof portsSchema>>;

const stateSchema = z.object({
  version: z.literal(1),
  ports: portsSchema,
  /** Names of the compute nodes. */
  computes: z.array(z.string()),
  components: z.partialRecord(z.enum(componentNames), processRecord),
});

/** What is recorded of an OpenStack between two commands. */
export type State = z.infer<typeof stateSchema>;

/** Reads and writes the recorded state. */
export const { read: readState, write: writeState } = stateFile(stateSchema);
