import { noNeeds, sumNeeds } from "../../components/openstack/needs";
import { readInventory, type Inventory } from "../../cloud/inventory";
import { judgePreflight, type CloudWanted } from "../../cloud/preflight";
import { amountsOf, labelOf, measured, resources, type Amounts } from "../../cloud/quota";
import type { Answer } from "../graph";
import { UserError } from "../userError";
import { connect, told } from "./access";
import { cloudOfStack, type CloudOfStack } from "./cloudOfStack";

/**
 * Compares what a stack is about to have with what its cloud has left.
 *
 * @param of what a stack wants, by its name
 * @returns a line for each quota that the stack takes of
 * @throws UserError with every problem
 */
export async function preflight(
  stack: string,
  of: (stack: string) => CloudOfStack | Promise<CloudOfStack> = cloudOfStack,
): Promise<Answer> {
  const { credential, wanted } = await of(stack);
  const { client, notes } = await connect(credential);
  const found = await told(() => readInventory(client, wanted.cluster));
  const { problems, warnings } = judgePreflight(wanted, found);
  if (problems.length > 0) {
    const lines = problems.map((problem) => `  ${problem}`);
    throw new UserError(
      [`the stack ${stack} does not fit its cloud, project ${found.project}:`, ...lines].join("\n"),
    );
  }
  const text = `the stack ${stack} fits its cloud, project ${found.project}\n`;
  return {
    text: text + quotaTable(found, wantedAmounts(wanted, found)),
    notes: [...notes, ...warnings],
  };
}

/** What a cloud has and may have, for whoever is about to write a stack's settings. */
export async function listCloud(cloud: string | undefined): Promise<Answer> {
  const { client, notes } = await connect({ cloud });
  const found = await told(() => readInventory(client, ""));
  const flavors = [...found.flavors]
    .sort((a, b) => a.vcpus - b.vcpus || a.ramMib - b.ramMib)
    .map(
      ({ name, vcpus, ramMib, diskGib }) =>
        `${name} (${vcpus} vCPU, ${measured("ramMib", ramMib)}, disk ${diskGib} GiB)`,
    );
  const networks = found.networks.map(
    ({ name, isExternal }) => `${name}${isExternal ? " (external)" : ""}`,
  );
  const images = found.images.map(({ name }) => name);
  const types = found.volumeTypes.map((type) =>
    type === found.defaultVolumeType ? `${type} (default)` : type,
  );
  const lists = {
    flavors,
    images,
    networks,
    "key pairs": found.keyPairs,
    "availability zones": found.zones,
    "volume types": types,
  };
  const text = Object.entries(lists).map(([what, all]) => listed(what, all));
  return {
    text: [`project ${found.project}\n`, quotaTable(found), ...text].join(""),
    notes: [...notes, ...found.unread],
  };
}

const listed = (what: string, all: readonly string[]): string =>
  `${what}: ${all.length === 0 ? "none" : [...new Set(all)].join(", ")}\n`;

const wantedAmounts = ({ parts }: CloudWanted, found: Inventory): Amounts =>
  amountsOf(
    { ...noNeeds, ...sumNeeds(...Object.values(parts)) },
    found.flavors,
    found.defaultVolumeType,
  );

/** A line for each quota: what is wanted of it, what of that is there, what is left. */
function quotaTable({ quotas, present }: Inventory, wanted?: Amounts): string {
  const ids = Object.keys(resources).filter((id) => wanted === undefined || (wanted[id] ?? 0) > 0);
  const lines = ids.flatMap((id) => {
    const quota = quotas[id];
    if (quota === undefined) return [];
    const { limit, used } = quota;
    const left =
      limit < 0
        ? `${measured(id, used)} used, no limit`
        : `${measured(id, Math.max(0, limit - used))} left of ${measured(id, limit)}`;
    const own = present.amounts[id] ?? 0;
    const mine =
      wanted && `${measured(id, wanted[id] ?? 0)} wanted, ${measured(id, own)} there already, `;
    return [`  ${labelOf(id)}: ${mine ?? ""}${left}\n`];
  });
  return lines.join("");
}
