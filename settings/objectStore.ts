import { z } from "zod";
import { image } from "../components/services/objectStore/image";
import { expectedBuckets, isBucketName } from "../components/services/objectStore/buckets";
import { flag, hostName, imageRepository, namespace, whole } from "./fields";
import type { Target } from "./target";

/** Clouds have one of their own. */
const enabled = {
  local: true,
  minikube: true,
  existing: false,
  openstack: false,
} as const satisfies Record<Target, boolean>;

/** minikube's disk is shared with its images. */
const sizes = { local: 20, minikube: 10, existing: 100, openstack: 100 } as const satisfies Record<
  Target,
  number
>;

/** Stacks that are thrown away take their data along. */
const protects = {
  local: false,
  minikube: false,
  existing: true,
  openstack: true,
} as const satisfies Record<Target, boolean>;

const own: readonly string[] = expectedBuckets.openeo.map(({ name }) => name);

const extraBuckets = z
  .array(
    z
      .string()
      .refine((name) => isBucketName(name))
      .meta({
        description: "A bucket.",
        allowed: "3 to 63 letters, digits and hyphens, starting with a letter",
        examples: ["workspace"],
      }),
  )
  .refine((names) => new Set([...own, ...names]).size === own.length + names.length)
  .meta({
    description: `Further buckets of openEO, such as workspaces, beside ${own.join(" and ")}.`,
    allowed: `a list of buckets, none twice, without ${own.join(" and ")}`,
    examples: [["workspace"]],
  });

const objectName = (description: string, example: string) =>
  z
    .string()
    .regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/)
    .meta({
      description,
      allowed: "the name of an object: lower-case letters, digits, hyphens and dots",
      examples: [example],
    });

/** The section `objectStore`, with the defaults of a target. */
export const objectStoreSchema = (target: Target) =>
  z.strictObject({
    enabled: flag(
      "Whether an object store is deployed, for openEO to store results in.",
      true,
    ).default(enabled[target]),
    namespace: namespace("Namespace of the object store.", "object-store").default("object-store"),
    image: imageRepository(
      "Image of Versity S3 Gateway without tag, such as a mirror's.",
      image.repository,
    ).default(image.repository),
    sizeGib: whole("Size of its disk, in GiB; it can only grow.", 1, 65536, 100).default(
      sizes[target],
    ),
    storageClass: objectName(
      "Storage class of its disk. Left out: the cluster's default. Another class is another, empty disk.",
      "csi-cinder-sc-retain",
    ).optional(),
    protectData: flag(
      "Whether disk and namespace are protected from being deleted; `pulumi state unprotect` ends it.",
      true,
    ).default(protects[target]),
    memoryMib: whole("Memory limit of its pod, in MiB.", 128, 65536, 512).default(512),
    host: hostName(
      "Host name that it is reached at from outside, for signed URLs. Left out: from inside only.",
      "s3.example.org",
    ).optional(),
    tlsSecret: objectName(
      "Secret in its namespace with the certificate of `host`. Left out: no TLS of its own.",
      "s3-tls",
    ).optional(),
    extraBuckets: extraBuckets.default([]),
  });
