import { noNeeds, sumNeeds, type CloudNeeds } from "../components/openstack/needs";
import type { Inventory } from "./inventory";
import type { CloudWanted } from "./preflight";
import { amountsOf, labelOf, measured, resources } from "./quota";

/** One line for each quota that is too small for what is wanted and not there yet. */
export function judgeQuotas({ parts }: CloudWanted, found: Inventory): readonly string[] {
  const amounts = (needs: Partial<CloudNeeds>) =>
    amountsOf({ ...noNeeds, ...needs }, found.flavors, found.defaultVolumeType);
  const wanted = amounts(sumNeeds(...Object.values(parts)));
  const each = Object.entries(parts).map(([name, needs]) => ({ name, takes: amounts(needs) }));
  const ids = [...new Set([...Object.keys(resources), ...Object.keys(wanted)])];
  return ids.flatMap((id) => {
    const shortage = shortageOf(id, wanted[id] ?? 0, found);
    if (shortage === undefined) return [];
    const [largest] = each
      .map(({ name, takes }) => ({ name, takes: takes[id] ?? 0 }))
      .sort((a, b) => b.takes - a.takes);
    return [`${shortage.text}; ${remedy(id, largest, shortage.quota)}`];
  });
}

interface Shortage {
  readonly text: string;
  /** The quota that would be enough. */
  readonly quota: number;
}

function shortageOf(id: string, wanted: number, found: Inventory): Shortage | undefined {
  const quota = found.quotas[id];
  if (quota === undefined || quota.limit < 0) return undefined;
  const own = found.present.amounts[id] ?? 0;
  const more = Math.max(0, wanted - own);
  const enough = quota.used + more;
  if (more === 0 || enough <= quota.limit) return undefined;
  const say = (number: number) => measured(id, number);
  const there = own > 0 ? `${say(own)} there already, ` : "";
  const left = say(Math.max(0, quota.limit - quota.used));
  const text = `${labelOf(id)}: ${say(wanted)} wanted, ${there}${left} left of ${say(quota.limit)}: ${say(enough - quota.limit)} short`;
  return { text, quota: enough };
}

function remedy(
  id: string,
  largest: { readonly name: string; readonly takes: number } | undefined,
  quota: number,
): string {
  const ask = `ask the cloud's provider for a quota of ${measured(id, quota)}`;
  if (largest === undefined) return ask;
  return `make ${largest.name} smaller, which takes ${measured(id, largest.takes)}, or ${ask}`;
}
