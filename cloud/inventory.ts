import type { OpenStackClient } from "./client";
import { readOffer, type Offer } from "./offer";
import { readPresent, type Present } from "./present";
import type { Quota } from "./quota";
import { readQuotas } from "./readQuotas";

/** What a cloud has, may have, and has of one cluster. */
export interface Inventory extends Offer {
  /** Name of the project. */
  readonly project: string;
  /** Quotas by what they count: a key of `resources`, or one of them `ofType`. */
  readonly quotas: Readonly<Record<string, Quota>>;
  /** Which quotas could not be read, and why. */
  readonly unread: readonly string[];
  /** What is there of the cluster. */
  readonly present: Present;
}

/**
 * Reads all that the preflight of a cluster looks at, and changes nothing.
 *
 * @throws OpenStackRefusal, OpenStackSilence where a service does not tell what it has
 */
export async function readInventory(client: OpenStackClient, cluster: string): Promise<Inventory> {
  const offer = await readOffer(client);
  const present = await readPresent(client, cluster);
  // After all lists: the first list of security groups makes the project's default group.
  const { quotas, unread } = await readQuotas(client);
  return { ...offer, project: client.projectName, quotas, unread, present };
}
