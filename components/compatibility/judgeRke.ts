import {
  dockerReleases,
  rkeKubernetesNames,
  rkeProviders,
  rkeRows,
  rkeSources,
  type RkeRow,
} from "./rkeTable";
import { impossible, tested, untested, type Judgement } from "./verdict";
import { compareMinors, compareVersions, minorOf } from "./version";

const tryIt = "try it before you rely on it";

/** The oldest and the newest Kubernetes, as `major.minor`; all between them are in it too. */
export interface RkeWindow {
  readonly oldest: string;
  readonly newest: string;
}

/** Which Kubernetes versions an RKE 1 version installs; `undefined` where the table has none. */
export function rkeWindow(rke: string): RkeWindow | undefined {
  const installed = rkeRows.filter((row) => isInstalled(row, rke));
  const [first] = installed;
  const last = installed.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return { oldest: first.kubernetes, newest: last.kubernetes };
}

/** Whether a version of RKE 1 installs a Kubernetes version. */
export function judgeRke(asked: { readonly rke: string; readonly kubernetes: string }): Judgement {
  const { rke, kubernetes } = asked;
  const pair = `Kubernetes ${kubernetes} with RKE ${rke}`;
  const window = rkeWindow(rke);
  const inWindow =
    window === undefined ? [] : [`take Kubernetes ${window.oldest} to ${window.newest}`];
  const row = rkeRow(kubernetes);
  if (row === undefined) {
    const newest = rkeRows.at(-1)?.kubernetes ?? "";
    return compareMinors(kubernetes, newest) > 0
      ? impossible(
          `${pair}: RKE 1 has ended at Kubernetes ${newest}`,
          [...inWindow, "take another way to make the cluster"].join(", or "),
          ...rkeSources,
        )
      : untested(`${pair}: the table has no such Kubernetes`, tryIt, ...rkeSources);
  }
  if (isInstalled(row, rke)) return tested(`${pair}: on Rancher's list`, ...rkeSources);
  const range = [
    ...(row.from === undefined ? [] : [`from ${row.from}`]),
    ...(row.to === undefined ? [] : [`up to the line ${row.to}`]),
  ].join(" ");
  return impossible(
    `${pair}: installed by RKE ${range}`,
    [...inWindow, `take RKE ${range}`].join(", or "),
    ...rkeSources,
  );
}

/** Whether a version of the Terraform provider `rancher/rke` installs a Kubernetes version. */
export function judgeRkeProvider(asked: {
  readonly provider: string;
  readonly kubernetes: string;
}): Judgement {
  const rke = rkeProviders[asked.provider];
  return rke === undefined
    ? untested(`RKE provider ${asked.provider}: not in the table`, tryIt, ...rkeSources)
    : judgeRke({ rke, kubernetes: asked.kubernetes });
}

/**
 * The newest name of a Kubernetes version that a version of the Terraform provider `rancher/rke` takes,
 * such as `v1.31.2-rancher2-1`; `undefined` where the table has none.
 */
export const rkeKubernetesName = (asked: {
  readonly provider: string;
  readonly kubernetes: string;
}): string | undefined =>
  rkeKubernetesNames[rkeProviders[asked.provider] ?? ""]?.[minorOf(asked.kubernetes)];

/** Which Kubernetes a version of the Terraform provider `rancher/rke` installs; `undefined` where unknown. */
export function rkeProviderWindow(provider: string): RkeWindow | undefined {
  const rke = rkeProviders[provider];
  return rke === undefined ? undefined : rkeWindow(rke);
}

/**
 * The Docker lines (`27.2` means any 27.2.x) that RKE 1 takes below a Kubernetes version, oldest
 * first; `undefined` where the table has none.
 */
export const dockerLines = (kubernetes: string): readonly string[] | undefined =>
  rkeRow(kubernetes)?.docker;

/**
 * The newest Docker release on record that RKE 1 takes below a Kubernetes version, as
 * `major.minor.patch`; `undefined` where the table has none.
 */
export function newestDocker(kubernetes: string): string | undefined {
  const lines = dockerLines(kubernetes) ?? [];
  return dockerReleases.findLast((release) => lines.includes(minorOf(release)));
}

/** Whether RKE 1 takes a node with a Docker version below a Kubernetes version. */
export function judgeDocker(asked: {
  readonly docker: string;
  readonly kubernetes: string;
}): Judgement {
  const { docker, kubernetes } = asked;
  const pair = `Docker ${docker} below Kubernetes ${kubernetes}`;
  const lines = dockerLines(kubernetes);
  if (lines === undefined) {
    return untested(`${pair}: the table has no such Kubernetes`, tryIt, ...rkeSources);
  }
  if (lines.includes(minorOf(docker))) return tested(`${pair}: on Rancher's list`, ...rkeSources);
  return impossible(
    `${pair}: Rancher supports Docker ${lines.join(", ")}`,
    `take Docker ${newestDocker(kubernetes) ?? lines.at(-1) ?? ""}`,
    ...rkeSources,
  );
}

const rkeRow = (kubernetes: string): RkeRow | undefined =>
  rkeRows.find((row) => row.kubernetes === minorOf(kubernetes));

function isInstalled(row: RkeRow, rke: string): boolean {
  const tooOld = row.from !== undefined && compareVersions(rke, row.from) < 0;
  const tooNew = row.to !== undefined && compareMinors(rke, row.to) > 0;
  return !tooOld && !tooNew;
}
