import * as pulumi from "@pulumi/pulumi";
import { packageVersion } from "./version";

/** Settings of the provider. */
export interface ProviderArgs {
  /** Whether RKE logs in detail. Default: `RKE_DEBUG`. */
  readonly debug?: pulumi.Input<boolean>;
  /** File that RKE's log is written to. Default: `RKE_LOG_FILE`. */
  readonly logFile?: pulumi.Input<string>;
}

/** The provider with settings of its own, in place of the default one. */
export class Provider extends pulumi.ProviderResource {
  /** @internal */
  static readonly __pulumiType = "rke";
  declare readonly logFile: pulumi.Output<string | undefined>;

  constructor(name: string, args: ProviderArgs = {}, opts: pulumi.ResourceOptions = {}) {
    const { debug, logFile } = args;
    // The engine takes settings of providers as text.
    const inputs = { debug: pulumi.output(debug).apply((one) => JSON.stringify(one)), logFile };
    super(
      Provider.__pulumiType,
      name,
      inputs,
      pulumi.mergeOptions({ version: packageVersion }, opts),
    );
  }
}
