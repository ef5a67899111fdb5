import type * as pulumi from "@pulumi/pulumi";
import type { SecretKey } from "../settings";

/** What the settings only name: secrets and files, read by whoever runs the program. */
export interface Sources {
  /** The value of a secret setting; asked only for the ones that the settings need. */
  secret(key: SecretKey): pulumi.Output<string>;
  /** The content of a file that the settings name, by its absolute path. */
  file(path: string): string;
}
