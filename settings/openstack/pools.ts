import { z } from "zod";
import { choice, texts, whole } from "../fields";
import { cloudName, list } from "./fields";

const labelName =
  /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/;

const role = choice(
  ["control", "etcd", "worker"],
  "What a node does: the API, the cluster's store, or workloads.",
  "worker",
);

const roles = z
  .array(role)
  .min(1)
  .refine((names) => new Set(names).size === names.length)
  .meta({
    description: "What the pool's nodes do.",
    allowed: "a list of control, etcd and worker, none twice",
    examples: [["worker"]],
  });

const taint = z
  .string()
  .regex(/^[^\s=:]+(=[^\s=:]*)?:(NoSchedule|PreferNoSchedule|NoExecute)$/)
  .meta({
    description: "A taint.",
    allowed: "KEY=VALUE:EFFECT with the effect NoSchedule, PreferNoSchedule or NoExecute",
    examples: ["spark=driver:NoSchedule"],
  });

const pool = z.strictObject({
  roles,
  count: whole("Number of nodes; of etcd members there are 1, 3 or 5 in all pools.", 0, 100, 3),
  flavor: cloudName("Flavor of the servers.", "eo2.large"),
  image: cloudName(
    "Id of the image of new nodes. Left out: that of `openstack.image`. Nodes that are there keep theirs: `./eo nodes roll`.",
    "5a1c1f5e-1f0b-4c56-a3d5-6f6a3a0f8a11",
  ).optional(),
  rootVolumeGib: whole(
    "Size of a root volume, in GiB. Left out: the flavor's own disk.",
    10,
    16384,
    64,
  ).optional(),
  volumeType: cloudName(
    "Type of the root volumes. Left out: the cloud's default.",
    "ssd",
  ).optional(),
  availabilityZones: list(
    cloudName("An availability zone.", "nova"),
    "Availability zones that the nodes are spread over. Left out: the cloud's choice.",
    "a list of zones, none twice",
    ["nova"],
  ).default([]),
  labels: texts(
    labelName,
    "Labels of the nodes.",
    "an object of texts, whose names are names of labels",
    { "node.example.org/disk": "fast" },
  ).default({}),
  taints: list(taint, "Taints of the nodes.", "a list of taints, none twice", [
    "spark=driver:NoSchedule",
  ]).default([]),
});

/** Node pools, by name. */
export const pools = z
  .record(z.string().regex(/^[a-z]([-a-z0-9]{0,18}[a-z0-9])?$/), pool)
  .refine((all) => Object.keys(all).length > 0)
  .meta({
    description:
      "The cluster's nodes, by pool. Between them they have all three roles, and 1, 3 or 5 etcd members.",
    allowed:
      "an object; its names are at most 20 lower-case letters, digits and hyphens, starting with a letter",
    examples: [
      {
        control: { roles: ["control", "etcd"], count: 3, flavor: "eo2.large" },
        workers: { roles: ["worker"], count: 3, flavor: "eo2.xlarge" },
      },
    ],
  });
