import { z } from "zod";
import { readIfThere, writeFileWhole } from "../processes/files";
import { processRecord } from "../processes/record";

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

/**
 * Reads the recorded state.
 *
 * @returns undefined where there is none
 * @throws where the file cannot be understood: what runs is then unknown
 */
export async function readState(file: string): Promise<State | undefined> {
  const text = await readIfThere(file);
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

/** The value of a JSON text, undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
