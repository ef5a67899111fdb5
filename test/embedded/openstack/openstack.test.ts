import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { OpenStackRefusal } from "../../../cloud/failures";
import {
  defaultQuotas,
  startOpenStack,
  status,
  stopOpenStack,
  type OpenStack,
} from "../../../embedded/openstack";
import { processIdentity } from "../../../embedded/processes/process";
import type { OpenStackTools } from "../../../tools/toolchain";
import { Project } from "./project";
import {
  commandLine,
  listeners,
  newFolder,
  openStackToolsOrSkip,
  processesIn,
  removeFolder,
} from "./support";

/** Each `it` goes on from where the one before has left the cloud: a start takes a minute. */
describe("an OpenStack on loopback", function () {
  this.timeout(600_000);
  let tools: OpenStackTools;
  let dir: string;
  let openStack: OpenStack;
  let project: Project;
  const up = (more: object = {}) => startOpenStack({ dir, tools, ...more });
  const root = () => path.join(dir, "openstack");

  before(async function () {
    tools = await openStackToolsOrSkip(this);
    dir = await newFolder();
  });

  after(async () => {
    if (dir) await removeFolder(dir);
  });

  it("names the component that fails with its log, and stops what had begun", async () => {
    const broken = { ...tools, memcached: "/bin/false" };
    await assert.rejects(
      startOpenStack({ dir, tools: broken }),
      /^Error: memcached ended with exit code 1; the last lines of .*memcached\.log:/,
    );
    assert.deepEqual((await status(dir)).components, {});
    assert.deepEqual(await processesIn(root()), []);
  });

  it("stops what it had begun when it is interrupted", async () => {
    const interrupt = new AbortController();
    const show = async (steps: readonly { run: (say: () => void) => Promise<void> }[]) => {
      await steps[0]?.run(() => undefined);
      assert.ok((await processesIn(root())).length > 2);
      interrupt.abort(new Error("interrupted"));
      await steps[1]?.run(() => undefined);
    };
    await assert.rejects(up({ signal: interrupt.signal, show }), /^Error: interrupted/);
    assert.deepEqual(await processesIn(root()), []);
  });

  it("comes up with a project, an image, flavors, networks and zones", async () => {
    openStack = await up();
    project = await Project.of(openStack);
    assert.equal(openStack.region, "RegionOne");
    assert.deepEqual(openStack.availabilityZones, ["nova", "nova-2"]);
    const answer = z.object({
      images: z.array(z.object({ name: z.string(), status: z.string() })),
    });
    const { images } = await project.get("image", "/v2/images", answer);
    assert.deepEqual(images, [{ name: "Ubuntu 22.04 LTS", status: "active" }]);
    assert.equal(await project.count("compute", "/flavors"), 11);
    // The two of the provider.
    assert.equal(await project.count("network", "/v2.0/networks"), 2);
  });

  it("writes clouds.yaml for its owner only, and no secret to a command line", async () => {
    assert.equal((await stat(openStack.cloudsYaml)).mode & 0o777, 0o600);
    const { clouds } = z
      .object({ clouds: z.record(z.string(), z.object({ auth_type: z.string() })) })
      .parse(parse(await readFile(openStack.cloudsYaml, "utf8")));
    assert.deepEqual(
      Object.values(openStack.clouds).map((name) => clouds[name]?.auth_type),
      ["v3applicationcredential", "password", "password"],
    );
    const secrets = z
      .record(z.string(), z.string())
      .parse(JSON.parse(await readFile(path.join(root(), "secrets.json"), "utf8")));
    const lines = await Promise.all((await processesIn(root())).map(commandLine));
    assert.ok(lines.length > 15);
    assert.equal(Object.keys(secrets).length, 6);
    for (const secret of Object.values(secrets)) {
      assert.deepEqual(
        lines.filter((line) => line.includes(secret)),
        [],
      );
    }
  });

  it("listens on loopback only", async () => {
    const addresses = await listeners(await processesIn(root()));
    assert.ok(addresses.length >= 10, addresses.join(" "));
    assert.deepEqual(
      // 127.0.0.1 and ::1, as the kernel shows them.
      addresses.filter((address) => !/^(0100007F|0{24}01000000):/.test(address)),
      [],
    );
  });

  it("makes and deletes a network with router, a server with port, volume and floating IP", async () => {
    const plain = z.object({});
    const network = await project.network("network", { name: "test" }, plain);
    const range = { network_id: network.id, ip_version: 4, cidr: "10.20.0.0/24" };
    const subnet = await project.network("subnet", range, plain);
    const gateway = { external_gateway_info: { network_id: openStack.externalNetwork.id } };
    const router = await project.network("router", gateway, plain);
    const interfaceOf = { subnet_id: subnet.id };
    await project.put("network", `/v2.0/routers/${router.id}/add_router_interface`, interfaceOf);
    const group = await project.network("security_group", { name: "test" }, plain);
    const ssh = { direction: "ingress", protocol: "tcp", port_range_min: 22, port_range_max: 22 };
    await project.network("security_group_rule", { security_group_id: group.id, ...ssh }, plain);
    const port = await project.network(
      "port",
      { network_id: network.id, security_groups: [group.id] },
      plain,
    );

    const zone = { availability_zone: "nova-2" };
    const id = await project.server(openStack, { networks: [{ port: port.id }], ...zone });
    const server = await project.built(id);
    assert.equal(server.status, "ACTIVE", server.fault?.message);
    assert.equal(server["OS-EXT-AZ:availability_zone"], "nova-2");
    const portStatus = z.object({ port: z.object({ status: z.string() }) });
    const bound = await project.get("network", `/v2.0/ports/${port.id}`, portStatus);
    assert.equal(bound.port.status, "ACTIVE");

    const volume = await project.volume({ size: 1, volume_type: "hdd" });
    // As the CSI driver asks before it makes a volume: no other may be in the answer.
    assert.equal(await project.count("block-storage", "/volumes?name=another"), 0);
    await project.attach(id, volume);
    const floating = await project.network(
      "floatingip",
      { floating_network_id: openStack.externalNetwork.id, port_id: port.id },
      z.object({ floating_ip_address: z.string(), fixed_ip_address: z.string() }),
    );
    assert.match(floating.floating_ip_address, /^203\.0\.113\./);
    assert.match(floating.fixed_ip_address, /^10\.20\.0\./);

    await project.remove("network", `/v2.0/floatingips/${floating.id}`);
    await project.remove("compute", `/servers/${id}`);
    await project.volumeIs(volume, "available");
    await project.remove("block-storage", `/volumes/${volume}`);
    await project.remove("network", `/v2.0/ports/${port.id}`);
    await project.put("network", `/v2.0/routers/${router.id}/remove_router_interface`, interfaceOf);
    for (const [kind, one] of Object.entries({ router, subnet, network, security_group: group })) {
      await project.remove("network", `/v2.0/${kind}s/${one.id}`);
    }
    assert.equal(await project.count("compute", "/servers"), 0);
    assert.equal(await project.count("block-storage", "/volumes"), 0);
    assert.equal(await project.count("network", "/v2.0/ports"), 0);
  });

  it("places servers of an anti-affinity group on nodes of their own, and refuses the sixth", async () => {
    const group = await project.serverGroup("anti-affinity");
    await project.server(openStack, { min_count: 5 }, { group });
    const active = await project.servers();
    assert.equal(active.length, 5);
    assert.equal(new Set(active.map((server) => server.hostId)).size, 5);
    assert.deepEqual(new Set(active.map((server) => server.status)), new Set(["ACTIVE"]));
    const sixth = await project.built(await project.server(openStack, {}, { group }));
    assert.equal(sixth.status, "ERROR");
    assert.match(sixth.fault?.message ?? "", /No valid host was found/);
    await Promise.all(
      [...active, sixth].map(({ id }) => project.remove("compute", `/servers/${id}`)),
    );
    await project.remove("compute", `/os-server-groups/${group}`);
  });

  it("refuses what is above a quota, which a second start changes; no process is touched", async () => {
    const before = await status(dir);
    assert.equal(before.running, true);
    const again = await up({ quotas: { instances: 1, gigabytes: 5, floatingIps: 0 } });
    assert.deepEqual(again, openStack);
    assert.deepEqual((await status(dir)).components, before.components);

    const id = await project.server(openStack);
    // One that is not built yet is counted later, as in any cloud.
    await project.built(id);
    await assert.rejects(project.server(openStack), refusal(403, /Quota exceeded for instances/));
    await assert.rejects(
      project.volume({ size: 6 }),
      refusal(413, /exceeds allowed gigabytes quota/),
    );
    const floating = { floating_network_id: openStack.externalNetwork.id };
    await assert.rejects(
      project.network("floatingip", floating, z.object({})),
      refusal(409, /Quota exceeded.*floatingip/),
    );
    await project.remove("compute", `/servers/${id}`);
    await up({ quotas: defaultQuotas });
  });

  it("starts again a component that was killed, and leaves the others alone", async () => {
    const before = (await status(dir)).components;
    assert.ok(before.placement);
    process.kill(before.placement, "SIGKILL");
    while (processIdentity(before.placement) !== undefined) await new Promise(setImmediate);
    assert.equal((await status(dir)).running, false);
    await up();
    const after = (await status(dir)).components;
    assert.notEqual(after.placement, before.placement);
    assert.deepEqual({ ...after, placement: 0 }, { ...before, placement: 0 });
  });

  it("keeps its data and its address when it is stopped and started", async () => {
    const volume = await project.volume({ size: 1 });
    await stopOpenStack({ dir });
    assert.deepEqual(await processesIn(root()), []);
    assert.deepEqual(await up(), openStack);
    await project.volumeIs(volume, "available");
    const id = await project.server(openStack);
    assert.equal((await project.built(id)).status, "ACTIVE");
  });

  it("stopped for good leaves no process and no folder", async () => {
    const pids = await processesIn(root());
    assert.ok(pids.length > 15);
    await stopOpenStack({ dir, wipe: true });
    assert.deepEqual(
      pids.filter((pid) => processIdentity(pid) !== undefined),
      [],
    );
    assert.deepEqual(await processesIn(root()), []);
    assert.equal(existsSync(root()), false);
    assert.deepEqual(await readdir(dir), []);
    assert.deepEqual(await status(dir), { running: false, components: {} });
  });
});

function refusal(statusCode: number, said: RegExp) {
  return (error: unknown) => {
    assert.ok(error instanceof OpenStackRefusal, String(error));
    assert.equal(error.status, statusCode, error.message);
    assert.match(error.said, said);
    return true;
  };
}
