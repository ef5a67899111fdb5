import { BlockList } from "node:net";
import type { NetworkInterfaceInfo } from "node:os";

/** What no other network knows: RFC 1918, shared, link-local, loopback. */
const inside = new BlockList();
for (const [address, prefix] of [
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["100.64.0.0", 10],
  ["169.254.0.0", 16],
  ["127.0.0.0", 8],
] as const) {
  inside.addSubnet(address, prefix, "ipv4");
}

/**
 * The IPv4 address by which the world knows a machine; undefined where another machine stands
 * between, which knows it.
 *
 * @param interfaces what `os.networkInterfaces` gives
 */
export const ownAddress = (
  interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>,
): string | undefined =>
  Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, address }) => family === "IPv4" && !inside.check(address, "ipv4"))?.address;
