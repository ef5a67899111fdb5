import * as pulumi from "@pulumi/pulumi";

/** What a node was made from, by name. */
type Made = Readonly<Record<string, string>>;

/** The root volume, made from the image and deleted with the server; none where the flavor has a disk. */
export function rootDevices({ volumeImage, rootVolumeGib, volumeType }: Made) {
  if (volumeImage === undefined) return [];
  return [
    {
      sourceType: "image",
      uuid: volumeImage,
      destinationType: "volume",
      bootIndex: 0,
      volumeSize: Number(rootVolumeGib),
      ...(volumeType === undefined ? {} : { volumeType }),
      deleteOnTermination: true,
    },
  ];
}

/**
 * The networks that a server is plugged into: those it was made with.
 *
 * @param withEodata whether the node was made with a port on the network of Earth-observation data
 * @throws pulumi.RunError where that port is no longer wanted: taking it away would replace the whole pool
 */
export function networksOf(
  node: string,
  port: string,
  withEodata: boolean,
  eodataPort: string | undefined,
) {
  if (!withEodata) return [{ port }];
  if (eodataPort === undefined) {
    throw new pulumi.RunError(
      `${node} was made with a port on the eodata network, which its pool no longer has: a pool cannot leave it; add a pool without it and shrink this one to 0`,
    );
  }
  return [{ port }, { port: eodataPort }];
}
