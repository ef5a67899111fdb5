import { Problems, type ArgumentProblem } from "../../components/base/problems";
import { checkPools } from "../../components/cluster/nodes/check";
import { networkProblems } from "../../components/network/check";
import type { Check } from "../crossCheck";
import { setExample } from "../read";
import { nodeAt, schemaNode } from "../schema";
import { networkArgs } from "./networkArgs";
import { poolsOf } from "./poolArgs";
import type { OpenStackSettings } from "../settings";

/** Arguments of the network that stand in the section itself, not in its part `network`. */
const ofSection: Readonly<Record<string, string>> = {
  cluster: "name",
  adminCidrs: "adminCidrs",
  bastion: "bastion",
};

/** What the settings of a stack leave to be said where they lack it; it was told already. */
const toldElsewhere = ["cluster", "externalNetwork", "eodataNetwork"];

/**
 * Says of settings what components would refuse of the arguments that are made from them, with the
 * command that mends it.
 *
 * @param address the address that this machine has towards the world, where it is known
 */
export function checkArguments(
  values: OpenStackSettings,
  check: Check,
  address: string | undefined,
): void {
  for (const problem of networkProblems(networkArgs(values), address)) {
    if (toldElsewhere.includes(problem.propertyPath)) continue;
    const [first = "", ...rest] = stepsOf(problem.propertyPath);
    const own = ofSection[String(first)];
    const place = own === undefined ? ["network", first, ...rest] : [own, ...rest];
    refuse(place, problem, check, own === "adminCidrs" ? address : undefined);
  }
  const pools = new Problems();
  checkPools(pools, poolsOf(values), values.replaceNodes, values.network.eodata);
  for (const problem of pools.all) refuse(stepsOf(problem.propertyPath), problem, check);
}

/** `adminCidrs[0]` as the steps of a path. */
const stepsOf = (propertyPath: string): PropertyKey[] =>
  propertyPath
    .split(/[.[\]]+/)
    .filter((step) => step !== "")
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));

function refuse(
  place: readonly PropertyKey[],
  { reason }: ArgumentProblem,
  check: Check,
  admin?: string,
): void {
  const path = ["openstack", ...place];
  const node = nodeAt(schemaNode("openstack"), path);
  const remedy =
    admin === undefined
      ? setExample(path, node, check.remedies)
      : check.remedies.set(["openstack", "adminCidrs", 0], `${admin}/32`);
  check.refuse(path, reason, remedy);
}
