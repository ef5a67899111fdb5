import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { OpenStackClient } from "../../cloud/client";
import { startOpenStack, stopOpenStack, type OpenStack } from "../../embedded/openstack";
import { cloudContents } from "../../test/support/cloudContents";
import { ensureTools, installOpenStack, toolBin } from "../../tools/toolchain";
import type { Cost } from "../measure";
import { printRatio } from "../print";
import { PulumiSide } from "./pulumiSide";
import { cloudResources, terraformOf } from "./terraform";
import { TerraformPeer, terraformProblem } from "./terraformPeer";

/** Terraform's default; the engine is told the same. */
const parallelism = 10;
const goals = { up: 1.2, "no-op": 1.5, destroy: 1.5 } as const;
type Row = keyof typeof goals;

/**
 * A cluster's part in the cloud made, looked at again and taken away, over Terraform doing the same in
 * the same OpenStack. With `EO_TEST_OPENSTACK=DIR` it is the one of that data folder, which stays.
 */
export async function openStackCluster(runs: number): Promise<void> {
  const problem = await terraformProblem();
  if (problem !== undefined) {
    console.log(`cluster on OpenStack: left out, for ${problem}`);
    return;
  }
  const { "terraform-provider-openstack": provider } = await ensureTools([
    "bridged-openstack",
    "terraform-provider-openstack",
  ]);
  const tools = await installOpenStack((text) => console.error(text));
  const kept = process.env["EO_TEST_OPENSTACK"];
  const dir = await mkdtemp(path.join(tmpdir(), "eo-bench-"));
  const openStackDir = kept ?? path.join(dir, "cloud");
  try {
    await figures(await startOpenStack({ dir: openStackDir, tools }), provider, dir, runs);
  } finally {
    if (kept === undefined) await stopOpenStack({ dir: openStackDir, wipe: true });
    await rm(dir, { recursive: true, force: true });
  }
}

async function figures(openStack: OpenStack, provider: string, dir: string, runs: number) {
  const client = await OpenStackClient.connect(access(openStack));
  const before = await cloudContents(client);
  // What both left is gone, or the next figure is one of something else.
  const mustBeEmpty = async () => assert.deepEqual(await cloudContents(client), before);
  const cloud = variables(openStack);
  const bin = await toolBin(["bridged-openstack"]);
  const config = {
    externalNetwork: openStack.externalNetwork.name,
    image: openStack.image.id,
    bastionFlavor: "eo1.medium",
    controlFlavor: "eo2.large",
    workerFlavor: "eo2.xlarge",
  };
  const ours = await PulumiSide.in(path.join(dir, "ours"), bin, config, cloud, parallelism);
  await ours.up();
  const state = await ours.state();
  const configuration = terraformOf(state);
  await ours.destroy();
  await mustBeEmpty();
  const place = path.join(dir, "terraform");
  const peer = await TerraformPeer.in(place, configuration, provider, cloud, parallelism);

  const costs: Record<Row, { ours: Cost[]; peers: Cost[] }> = {
    up: { ours: [], peers: [] },
    "no-op": { ours: [], peers: [] },
    destroy: { ours: [], peers: [] },
  };
  const note = (row: Row, side: "ours" | "peers", cost: Cost) => {
    costs[row][side].push(cost);
    console.error(`${row}, ${side}: ${cost.wallSeconds.toFixed(1)} s`);
  };
  for (let run = 0; run < runs; run++) {
    note("up", "ours", await ours.up());
    note("no-op", "ours", await ours.noChange());
    note("destroy", "ours", await ours.destroy());
    await mustBeEmpty();
    note("up", "peers", await peer.apply());
    await peer.mustBeDone();
    note("no-op", "peers", await peer.apply());
    note("destroy", "peers", await peer.destroy());
    await mustBeEmpty();
  }
  const count = cloudResources(state).length;
  console.log(
    `cluster on OpenStack: ${count} resources in the cloud on both sides, ${parallelism} at a time`,
  );
  for (const row of ["up", "no-op", "destroy"] as const) {
    printRatio({ what: row, peer: "Terraform 1.11", ...costs[row], goal: goals[row] });
  }
}

const access = (openStack: OpenStack) => ({
  authUrl: openStack.authUrl,
  region: openStack.region,
  credential: {
    applicationCredentialId: openStack.applicationCredential.id,
    secret: openStack.applicationCredentialSecret,
  },
});

/** The cloud for both sides, and none that the caller's environment names. */
const variables = (openStack: OpenStack) => ({
  OS_CLOUD: undefined,
  OS_CLIENT_CONFIG_FILE: undefined,
  OS_AUTH_URL: openStack.authUrl,
  OS_REGION_NAME: openStack.region,
  OS_APPLICATION_CREDENTIAL_ID: openStack.applicationCredential.id,
  OS_APPLICATION_CREDENTIAL_SECRET: openStack.applicationCredentialSecret,
  OS_USE_OCTAVIA: "true",
});
