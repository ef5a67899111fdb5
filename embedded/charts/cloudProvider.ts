import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cinderCsiChart, cloudControllerChart, type Chart } from "../../components/charts";
import { cloudProviderFor } from "../../components/compatibility";
import { putInPlace } from "./putInPlace";

/** What the charts of cloud-provider-openstack are put into a mirror from. */
export interface CloudProviderParts {
  /** The mirror's folder, which is there. */
  readonly dir: string;
  /** Kubernetes version that the charts are for, as `major.minor`. */
  readonly kubernetes: string;
  /** Folder of openstack-cloud-controller-manager in the Go module of that Kubernetes. */
  readonly cloudController: string;
  /** Folder of openstack-cinder-csi likewise. */
  readonly cinderCsi: string;
}

/** The library chart that the cloud controller's names as a dependency. */
const commonChart = join(__dirname, "common");

/**
 * Puts the real charts of cloud-provider-openstack into a chart mirror. The Go module of a Kubernetes
 * may be older than the newest chart; its charts differ by the versions in Chart.yaml alone
 * (compared for 2.31), so that these are set to what the components ask for.
 *
 * @returns the paths of the charts
 */
export async function addCloudProvider(parts: CloudProviderParts): Promise<string[]> {
  const row = cloudProviderFor(parts.kubernetes);
  if (row === undefined) throw new Error(`no charts for Kubernetes ${parts.kubernetes}`);
  const controller = await put(
    cloudControllerChart(row.cloudController),
    parts.cloudController,
    parts,
  );
  await putInPlace(commonChart, join(controller, "charts/common"));
  return [controller, await put(cinderCsiChart(row.cinderCsi), parts.cinderCsi, parts)];
}

async function put(
  { name, version }: Chart,
  source: string,
  { dir }: CloudProviderParts,
): Promise<string> {
  const place = join(dir, `${name}-${version}`);
  await putInPlace(source, place, async (fresh) => {
    const file = join(fresh, "Chart.yaml");
    const about = await readFile(file, "utf8");
    await writeFile(file, about.replace(/^version: .*$/m, `version: ${version}`));
  });
  return place;
}
