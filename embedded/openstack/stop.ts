import type { Records } from "../processes/record";
import { endTree } from "../processes/tree";
import type { ComponentName } from "./state";

/** Services before the broker that they talk through: without it they take minutes to end. */
const order: readonly (readonly ComponentName[])[] = [
  ["cinder", "nova", "neutron", "glance", "placement", "keystone"],
  ["rabbitmq"],
  ["epmd", "memcached", "mariadb"],
];

/** How long a component may take to end by itself, in milliseconds. */
const graceMs: Readonly<Partial<Record<ComponentName, number>>> = {
  rabbitmq: 15_000,
  mariadb: 20_000,
};
const serviceGraceMs = 6_000;

/**
 * Ends the recorded processes with their children, and only those.
 *
 * @param gracefully false where the data is thrown away anyway: no time is spent on closing it well
 */
export async function stopComponents(
  records: Records<ComponentName>,
  gracefully: boolean,
): Promise<void> {
  for (const group of order) {
    await Promise.all(
      group.map(async (name) => {
        const record = records[name];
        if (record) await endTree(record, gracefully ? (graceMs[name] ?? serviceGraceMs) : 0);
      }),
    );
  }
}
