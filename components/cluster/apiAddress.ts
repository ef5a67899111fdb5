import * as openstack from "@pulumi/openstack";
import * as pulumi from "@pulumi/pulumi";
import { cloudName, clusterTag } from "../openstack/marks";
import { ApiAccess, type ClusterPlan } from "./args";
import { apiPort } from "./kubeconfig";
import { NodeRole } from "./nodes/args";
import type { NodePort } from "./nodes/make";
import { does } from "./nodes/plan";

/** A port of the API server's nodes that its load balancer serves. */
export interface ServedPort {
  /** What it is, in names. */
  readonly name: string;
  /** Its number, on the load balancer and on the nodes. */
  readonly port: number;
  /** Whether those who administer the cluster may reach it; else the nodes alone. */
  readonly forAdmins: boolean;
}

/** The API server itself. */
export const apiServerPort: ServedPort = { name: "api", port: apiPort, forAdmins: true };

/** Makes the address that the API server is reached at; it stays when nodes are replaced. */
export const makeFloatingIp = (
  name: string,
  plan: ClusterPlan,
  parent: pulumi.Resource,
): openstack.networking.FloatingIp =>
  new openstack.networking.FloatingIp(
    `${name}-api-address`,
    {
      pool: plan.externalNetwork,
      description: cloudName(plan.cluster, "api"),
      tags: [clusterTag(plan.cluster)],
    },
    { parent },
  );

/**
 * Leads the address to a port; another port is an update. The router has to reach the port's subnet, now
 * and when the address is taken away.
 */
export const leadTo = (
  name: string,
  floatingIp: openstack.networking.FloatingIp,
  portId: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): openstack.networking.FloatingIpAssociate =>
  new openstack.networking.FloatingIpAssociate(
    `${name}-api-association`,
    { floatingIp: floatingIp.address, portId },
    opts,
  );

/** A load balancer before the control plane, and where it is. */
export interface LoadBalancer {
  /** The load balancer. */
  readonly balancer: openstack.loadbalancer.LoadBalancer;
  /** Its address on the nodes' network. */
  readonly address: pulumi.Output<string>;
  /** Its port there. */
  readonly portId: pulumi.Output<string>;
}

/** Makes the load balancer; none where a node's own port does. */
export function makeLoadBalancer(
  name: string,
  plan: ClusterPlan,
  parent: pulumi.Resource,
): LoadBalancer | undefined {
  if (plan.apiAccess !== ApiAccess.LoadBalancer) return undefined;
  const balancer = new openstack.loadbalancer.LoadBalancer(
    `${name}-api-balancer`,
    {
      name: cloudName(plan.cluster, "api"),
      vipSubnetId: plan.subnetId,
      securityGroupIds: [plan.controlSecurityGroupId],
      tags: [clusterTag(plan.cluster)],
    },
    { parent },
  );
  return { balancer, address: balancer.vipAddress, portId: balancer.vipPortId };
}

/** Who reaches a listener: Octavia takes everybody where nobody is named. Nodes join and report by it. */
function allowed({ adminCidrs, nodeCidr }: ClusterPlan, forAdmins: boolean) {
  if (!forAdmins) return { allowedCidrs: [nodeCidr] };
  return adminCidrs === undefined ? {} : { allowedCidrs: [...adminCidrs, nodeCidr] };
}

/** Puts the control plane behind the load balancer. */
export function makeListeners(
  name: string,
  plan: ClusterPlan,
  { balancer }: LoadBalancer,
  nodes: readonly NodePort[],
  ports: readonly ServedPort[],
  parent: pulumi.Resource,
): void {
  for (const { name: served, port, forAdmins } of ports) {
    const prefix = `${name}-${served}`;
    const cloud = cloudName(plan.cluster, served);
    const listener = new openstack.loadbalancer.Listener(
      `${prefix}-listener`,
      {
        name: cloud,
        loadbalancerId: balancer.id,
        protocol: "TCP",
        protocolPort: port,
        ...allowed(plan, forAdmins),
      },
      { parent },
    );
    const pool = new openstack.loadbalancer.Pool(
      `${prefix}-pool`,
      { name: cloud, listenerId: listener.id, protocol: "TCP", lbMethod: "ROUND_ROBIN" },
      { parent },
    );
    new openstack.loadbalancer.Monitor(
      `${prefix}-monitor`,
      { name: cloud, poolId: pool.id, type: "TCP", delay: 10, timeout: 5, maxRetries: 3 },
      { parent },
    );
    for (const node of nodes.filter((one) => does(one, NodeRole.Control))) {
      new openstack.loadbalancer.Member(
        `${prefix}-${node.name}`,
        {
          name: cloudName(plan.cluster, node.name),
          poolId: pool.id,
          address: node.address,
          protocolPort: port,
          subnetId: plan.subnetId,
        },
        { parent },
      );
    }
  }
}
