import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** An account with what gives it its rights. */
export interface Account {
  /** The ServiceAccount. */
  readonly account: k8s.core.v1.ServiceAccount;
  /** Binds the rights to the account; none if it has no rights. */
  readonly binding?: k8s.rbac.v1.RoleBinding;
}

/** The parts of `metadata` that an account's objects share. */
export interface AccountMetadata {
  /** Name of the account, of its Role and its RoleBinding. */
  readonly name: string;
  /** Their namespace. */
  readonly namespace: string;
  /** Their labels. */
  readonly labels: Readonly<Record<string, string>>;
}

/** The rules of a Role, as plain values. */
export type Rules = readonly {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly verbs: string[];
}[];

/**
 * Makes a ServiceAccount that may do in its namespace what the rules say, and nothing elsewhere.
 * Without rules its pods get no token either.
 *
 * @param name what the names of the resources in the program begin with
 */
export function makeAccount(
  name: string,
  { labels, ...rest }: AccountMetadata,
  rules: Rules,
  opts: pulumi.CustomResourceOptions,
): Account {
  const metadata = { ...rest, labels: { ...labels } };
  const account = new k8s.core.v1.ServiceAccount(
    `${name}-account`,
    { metadata, ...(rules.length === 0 ? { automountServiceAccountToken: false } : {}) },
    opts,
  );
  if (rules.length === 0) return { account };
  const role = new k8s.rbac.v1.Role(`${name}-role`, { metadata, rules: [...rules] }, opts);
  const subject = {
    kind: "ServiceAccount",
    name: account.metadata.name,
    namespace: rest.namespace,
  };
  const roleRef = {
    apiGroup: "rbac.authorization.k8s.io",
    kind: "Role",
    name: role.metadata.name,
  };
  const binding = new k8s.rbac.v1.RoleBinding(
    `${name}-binding`,
    { metadata, subjects: [subject], roleRef },
    opts,
  );
  return { account, binding };
}
