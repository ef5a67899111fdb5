import { createHash } from "node:crypto";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Refusals } from "../base/refusal";

/** How something inside the cluster reaches the APIs of the OpenStack that the cluster stands in. */
export interface OpenStackAccessArgs {
  /** URL of Keystone, such as `https://keystone.example.org:5000/v3`. */
  authUrl: string;
  /** Region of all services. */
  region: string;
  /** Id of an application credential of the project. */
  applicationCredentialId: pulumi.Input<string>;
  /** Its secret; it stands in a Secret and nowhere else. */
  applicationCredentialSecret: pulumi.Input<string>;
  /** Certificates, as PEM, that vouch for the APIs. Defaults to those of the image. */
  caCertificates?: string;
}

/** A value in cloud.conf. */
type ConfValue = string | number | boolean;

/** The sections of a cloud.conf below `[Global]`, each with its keys; empty ones are left out. */
export type CloudConfSections = Readonly<Record<string, Readonly<Record<string, ConfValue>>>>;

/** What a cloud.conf is made from, all values known. */
export interface CloudConf {
  /** URL of Keystone. */
  readonly authUrl: string;
  /** Region of all services. */
  readonly region: string;
  /** Id of the application credential. */
  readonly id: string;
  /** Secret of the application credential. */
  readonly secret: string;
  /** Path of a file with certificates; none if left out. */
  readonly caFile?: string;
  /** The sections below `[Global]`. */
  readonly sections: CloudConfSections;
}

/** The text of a cloud.conf, as cloud-provider-openstack reads it. */
export function cloudConf({ authUrl, region, id, secret, caFile, sections }: CloudConf): string {
  const all: CloudConfSections = {
    Global: {
      "auth-url": authUrl,
      region,
      "application-credential-id": id,
      "application-credential-secret": secret,
      ...(caFile === undefined ? {} : { "ca-file": caFile }),
    },
    ...sections,
  };
  return Object.entries(all)
    .filter(([, keys]) => Object.keys(keys).length > 0)
    .map(([section, keys]) => {
      const lines = Object.entries(keys).map(([key, value]) => `${key} = ${quoted(value)}\n`);
      return `[${section}]\n${lines.join("")}`;
    })
    .join("\n");
}

/** In its quotes the format escapes these two. */
const quoted = (value: ConfValue): string =>
  typeof value === "string" ? `"${value.replace(/["\\]/g, "\\$&")}"` : String(value);

/** Refuses an access that cannot be written down or cannot work. */
export function requireAccess(refusals: Refusals, path: string, access: OpenStackAccessArgs): void {
  const { authUrl, region, caCertificates } = access;
  refusals.require(
    URL.canParse(authUrl) && /^https?:\/\/\S+$/.test(authUrl),
    `${path}.authUrl`,
    `"${authUrl}" is no address of Keystone; write it as https://host:5000/v3`,
  );
  refusals.require(/^\S+$/.test(region), `${path}.region`, `"${region}" is no name of a region`);
  refusals.require(
    caCertificates === undefined || caCertificates.includes("-----BEGIN CERTIFICATE-----"),
    `${path}.caCertificates`,
    "holds no certificate; give the text of a PEM file",
  );
}

/** A Secret with a cloud.conf, and what changes with it. */
export interface CloudConfigSecret {
  /** Name of the Secret; whoever takes it comes after the Secret. */
  readonly name: pulumi.Output<string>;
  /**
   * Changes with everything but the credential's secret, which Keystone never changes: a new secret
   * has a new id. Pods that bear it are made anew when the configuration is another.
   */
  readonly checksum: pulumi.Output<string>;
}

/** What {@link makeCloudConfig} makes. */
export interface CloudConfigParts {
  /** Namespace of the Secret. */
  readonly namespace: string;
  /** How the cloud is reached. */
  readonly access: OpenStackAccessArgs;
  /** The sections below `[Global]`. */
  readonly sections: pulumi.Input<CloudConfSections>;
  /** Folder in which the pods have the Secret. */
  readonly folder: string;
}

const caKey = "ca.crt";

/**
 * Makes the Secret with cloud.conf. The application credential is in no other object.
 *
 * @param name name of the Secret, in the program and in the cluster
 */
export function makeCloudConfig(
  name: string,
  { namespace, access, sections, folder }: CloudConfigParts,
  opts: pulumi.CustomResourceOptions,
): CloudConfigSecret {
  const { authUrl, region, caCertificates } = access;
  const known = pulumi.output({ id: access.applicationCredentialId, sections });
  const confWith = (secret: pulumi.Input<string>) =>
    pulumi.all([known, secret]).apply(([{ id, sections: below }, credential]) =>
      cloudConf({
        authUrl,
        region,
        id,
        secret: credential,
        ...(caCertificates === undefined ? {} : { caFile: `${folder}/${caKey}` }),
        sections: below,
      }),
    );
  const made = new k8s.core.v1.Secret(
    name,
    {
      metadata: { name, namespace, labels: { "app.kubernetes.io/managed-by": "eoplatform" } },
      stringData: {
        "cloud.conf": pulumi.secret(confWith(access.applicationCredentialSecret)),
        ...(caCertificates === undefined ? {} : { [caKey]: caCertificates }),
      },
    },
    opts,
  );
  const checksum = confWith("").apply((text) =>
    createHash("sha256")
      .update(text + (caCertificates ?? ""))
      .digest("hex"),
  );
  return { name: made.metadata.name, checksum: pulumi.unsecret(checksum) };
}
