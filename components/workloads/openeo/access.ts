import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { sparkDriverRules } from "../spark";
import { labelsOf } from "./labels";

/** Who the pods run as. */
export interface OpenEoAccounts {
  /** The driver's account, which may run executors and batch jobs. */
  readonly driver: k8s.core.v1.ServiceAccount;
  /** The executors' account, which may do nothing. */
  readonly executor: k8s.core.v1.ServiceAccount;
  /** What gives the driver its rights. */
  readonly binding: k8s.rbac.v1.RoleBinding;
}

/** What the driver does in its namespace: it runs executors, and submits batch jobs. */
export const driverRules = [
  ...sparkDriverRules,
  {
    apiGroups: ["sparkoperator.k8s.io"],
    resources: ["sparkapplications"],
    verbs: ["create", "delete", "get", "list"],
  },
];

/** Makes the accounts of driver and executors, and gives the driver its rights. */
export function makeAccounts(
  name: string,
  namespace: string,
  opts: pulumi.CustomResourceOptions,
): OpenEoAccounts {
  const metadata = (object: string) => ({ name: object, namespace, labels: labelsOf(name) });
  const driver = new k8s.core.v1.ServiceAccount(
    `${name}-driver-account`,
    { metadata: metadata(name) },
    opts,
  );
  const executor = new k8s.core.v1.ServiceAccount(
    `${name}-executor-account`,
    // Executors talk to the driver, never to the API server.
    { metadata: metadata(`${name}-executor`), automountServiceAccountToken: false },
    opts,
  );
  const role = new k8s.rbac.v1.Role(
    `${name}-driver-role`,
    { metadata: metadata(`${name}-role`), rules: driverRules },
    opts,
  );
  const binding = new k8s.rbac.v1.RoleBinding(
    `${name}-driver-binding`,
    {
      metadata: metadata(`${name}-role`),
      roleRef: {
        apiGroup: "rbac.authorization.k8s.io",
        kind: "Role",
        name: role.metadata.name,
      },
      subjects: [{ kind: "ServiceAccount", name: driver.metadata.name, namespace }],
    },
    opts,
  );
  return { driver, executor, binding };
}
