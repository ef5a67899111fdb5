import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { makeAccount } from "../../base/access";
import { after } from "../../base/ordering";
import { tokens } from "../../base/tokens";
import { warnOf } from "../../base/warnings";
import { sparkApplicationSpec, sparkDriverRules } from "../spark";
import { scheduledApplication } from "./application";
import { ScheduledConcurrency, type ScheduledSparkArgs } from "./args";
import { checkScheduledSpark } from "./check";

/**
 * A Spark application that runs at set times: a ScheduledSparkApplication, from which the operator
 * makes a SparkApplication for each run. The component's name is the name of the object; the runs
 * append the time. It brings the account of the driver, with what a driver does in its namespace,
 * and one without rights for the executors.
 */
export class ScheduledSpark extends pulumi.ComponentResource {
  /** Name of the ScheduledSparkApplication. */
  public readonly application: pulumi.Output<string>;

  /** @throws pulumi.InputPropertiesError with every argument that cannot be taken */
  constructor(name: string, args: ScheduledSparkArgs, opts?: pulumi.ComponentResourceOptions) {
    const warnings = checkScheduledSpark(name, args);
    const ordered = pulumi.mergeOptions(opts, { dependsOn: after(args.operatorReady) });
    super(tokens.ScheduledSpark, name, {}, ordered);
    warnOf(name, warnings);

    const { namespace } = args;
    const labels = {
      "app.kubernetes.io/name": name,
      "app.kubernetes.io/managed-by": "eoplatform",
    };
    const own = { parent: this };
    const metadata = (object: string) => ({ name: object, namespace, labels });
    const driver = makeAccount(`${name}-driver`, metadata(name), sparkDriverRules, own);
    const executor = makeAccount(`${name}-executor`, metadata(`${name}-executor`), [], own);
    const application = scheduledApplication(args.application, {
      driver: driver.account.metadata.name,
      executor: executor.account.metadata.name,
      labels,
    });
    const { suspend = false, successfulRunHistory = 1, failedRunHistory = 1 } = args;
    const scheduled = new k8s.apiextensions.CustomResource(
      `${name}-schedule`,
      {
        apiVersion: "sparkoperator.k8s.io/v1beta2",
        kind: "ScheduledSparkApplication",
        metadata: metadata(name),
        spec: {
          schedule: args.schedule,
          ...(args.timeZone === undefined ? {} : { timeZone: args.timeZone }),
          concurrencyPolicy: args.concurrency ?? ScheduledConcurrency.Forbid,
          suspend,
          successfulRunHistoryLimit: successfulRunHistory,
          failedRunHistoryLimit: failedRunHistory,
          template: sparkApplicationSpec(application),
        },
      },
      // The webhook gives the pods their environment; without its rights a driver makes no executor.
      {
        parent: this,
        dependsOn: [driver.account, executor.account, ...(driver.binding ? [driver.binding] : [])],
      },
    );

    this.application = scheduled.metadata.name;
    this.registerOutputs({ application: this.application });
  }
}
