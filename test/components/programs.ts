import type { Context } from "mocha";
import {
  cloudProviderCharts,
  locateTools,
  sparkOperatorChart,
  type CloudProviderKubernetes,
  type ToolName,
} from "../../tools/toolchain";
import { skip } from "../support/skip";

/** Path of a program of the toolchain; skips the test where it is not there. */
export async function program(context: Context, name: ToolName): Promise<string> {
  try {
    return (await locateTools([name]))[name];
  } catch {
    return skip(context, `${name} is not here; make tools gets it`);
  }
}

/** Folder of spark-operator's own chart; skips the test where it is not there. */
export async function operatorChart(context: Context): Promise<string> {
  try {
    return await sparkOperatorChart();
  } catch {
    return skip(context, "spark-operator's chart is not here; make tools gets it");
  }
}

/** Folders of cloud-provider-openstack's own charts; skips the test where they are not to be had. */
export async function cloudProvider(context: Context, kubernetes: CloudProviderKubernetes) {
  try {
    return await cloudProviderCharts(kubernetes);
  } catch (error) {
    return skip(context, `the charts of cloud-provider-openstack: ${(error as Error).message}`);
  }
}
