import type { Inventory } from "./inventory";
import type { Image } from "./offer";
import type { ImageWanted } from "./preflight";

/**
 * One line for each kind of server that is too small for its image. Nova would say so after network and
 * ports are made.
 *
 * @param name what messages call the image
 */
export function judgeServers(
  name: string,
  { minDiskGib, minRamMib }: Image,
  { servers = [] }: ImageWanted,
  { flavors }: Inventory,
): readonly string[] {
  return servers.flatMap(({ whose, flavor: flavorName, rootVolumeGib, setting }) => {
    const flavor = flavors.find((one) => one.name === flavorName);
    if (flavor === undefined) return [];
    // A flavor with a disk of 0 takes the image's own size.
    const disk = rootVolumeGib ?? (flavor.diskGib === 0 ? minDiskGib : flavor.diskGib);
    const what = rootVolumeGib === undefined ? `flavor ${flavorName}` : "the root volume";
    return [
      ...(disk < minDiskGib
        ? [
            `${name} wants a disk of ${minDiskGib} GiB, ${what} of ${whose} has ${disk}: set ${setting} to ${minDiskGib}, or take a larger flavor`,
          ]
        : []),
      ...(flavor.ramMib < minRamMib
        ? [
            `${name} wants ${minRamMib} MiB of memory, flavor ${flavorName} of ${whose} has ${flavor.ramMib}: take a larger flavor`,
          ]
        : []),
    ];
  });
}
