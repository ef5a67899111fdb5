import type * as pulumi from "@pulumi/pulumi";
import type { TemplateFile } from "../components/image/templateHash";
import type { SecretKey } from "../settings";

/** How a stack reaches its cloud, as a program may hold it. */
export interface CloudCredential {
  /** Keystone's address, with `/v3`. */
  readonly authUrl: string;
  readonly region: string;
  readonly applicationCredentialId: string;
  /** Secret. */
  readonly applicationCredentialSecret: pulumi.Output<string>;
}

/** What the settings only name: secrets, files and the cloud, read by whoever runs the program. */
export interface Sources {
  /** The value of a secret setting; asked only for the ones that the settings need. */
  secret(key: SecretKey): pulumi.Output<string>;
  /** The content of a file that the settings name, by its absolute path. */
  file(path: string): string;
  /** How the cloud is reached, where the settings have one. */
  readonly cloud?: CloudCredential;
  /** The files that the nodes' image is built from; asked only where one is built or looked for. */
  template(): readonly TemplateFile[];
}
