import { z } from "zod";

/** Where a stack runs. Everything that differs between stacks by itself hangs on this. */
export const targets = ["local", "minikube", "existing", "openstack"] as const;

/** Where a stack runs: one of {@link targets}. */
export type Target = (typeof targets)[number];

/** The setting `target`. */
export const targetSchema = z.enum(targets).meta({
  description:
    "Where the stack runs: the embedded control plane of this clone, minikube, a cluster that is there already, or an OpenStack cloud such as CreoDIAS, where the stack makes its own.",
  allowed: `one of ${targets.join(", ")}`,
  examples: ["minikube"],
});
