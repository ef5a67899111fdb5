import { rke2Rows, rke2Sources } from "./rke2Table";
import { impossible, tested, type Judgement } from "./verdict";
import { minorOf } from "./version";

/** The release of RKE 2 that a Kubernetes version is installed by; `undefined` where the table has none. */
export const rke2Release = (kubernetes: string): string | undefined =>
  rke2Rows.find((row) => row.kubernetes === minorOf(kubernetes))?.release;

/** Whether there is a pinned release of RKE 2 for a Kubernetes version. */
export function judgeRke2(kubernetes: string): Judgement {
  const release = rke2Release(kubernetes);
  if (release !== undefined) return tested(`Kubernetes ${kubernetes} is RKE 2 ${release}`);
  const known = rke2Rows.map((row) => row.kubernetes);
  return impossible(
    `no release of RKE 2 is on record for Kubernetes ${kubernetes}`,
    `take Kubernetes ${known[0] ?? ""} to ${known.at(-1) ?? ""}`,
    ...rke2Sources,
  );
}
