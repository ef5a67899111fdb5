import * as pulumi from "@pulumi/pulumi";
import { after } from "../base/ordering";
import type { ClusterEngine } from "../openstack/engines";
import {
  leadTo,
  makeFloatingIp,
  makeListeners,
  makeLoadBalancer,
  type ServedPort,
} from "./apiAddress";
import type { ClusterPlan } from "./args";
import { makePorts, makeServers, type MadeNode, type NodePort } from "./nodes/make";
import { leadingNode, plannedNodes, type PlannedNode } from "./nodes/plan";
import { makeServerGroups } from "./nodes/serverGroups";

/** Where the API server is reached. */
export interface ApiAddress {
  /** From outside. */
  readonly address: pulumi.Output<string>;
  /** From the nodes' network, where that is an address of its own: the load balancer's. */
  readonly internal?: pulumi.Output<string>;
}

/** What a node's user data are made of. */
export interface Start {
  /** The node. */
  readonly node: PlannedNode;
  /** Where the API server is reached. */
  readonly api: ApiAddress;
  /** The node that others join; none for itself. */
  readonly leader?: NodePort;
}

/** The cloud's part of a cluster. */
export interface ClusterNodes {
  /** All nodes, in the order of the pools. */
  readonly nodes: readonly MadeNode[];
  /** Where the API server is reached. */
  readonly api: ApiAddress;
  /** Names of the nodes of each pool. */
  readonly pools: pulumi.Output<Record<string, string[]>>;
}

/** What differs between the distributions. */
export interface Distribution {
  /** Which one it is. */
  readonly engine: ClusterEngine;
  /** What a load balancer before the control plane serves. */
  readonly served: readonly ServedPort[];
  /** How a node starts for the first time; secret. None where the image needs nothing. */
  readonly userDataOf?: (start: Start) => pulumi.Output<string>;
}

/** Makes addresses, ports and servers of a cluster, so that nothing has to wait for itself. */
export function makeNodes(
  name: string,
  plan: ClusterPlan,
  { engine, served, userDataOf }: Distribution,
  parent: pulumi.Resource,
): ClusterNodes {
  const { cluster, pools, replaceNodes, networkReady } = plan;
  const ready = networkReady === undefined ? {} : { dependsOn: after(networkReady) };
  const groups = makeServerGroups(name, pools, cluster, parent);
  const balancer = makeLoadBalancer(name, plan, parent);
  const floatingIp = makeFloatingIp(name, plan, parent);
  const api = {
    address: floatingIp.address,
    ...(balancer === undefined ? {} : { internal: balancer.address }),
  };

  const around = { ...plan, engine };
  const ports = makePorts(
    name,
    plannedNodes(pools, replaceNodes),
    groups,
    around,
    (node, leader) => userDataOf?.({ node, api, ...(leader === undefined ? {} : { leader }) }),
    parent,
  );
  const nodes = makeServers(name, ports, around, { parent, ...ready });

  const reached = balancer?.portId ?? leadingNode(ports)?.portId;
  if (reached !== undefined) leadTo(name, floatingIp, reached, { parent, ...ready });
  if (balancer !== undefined) makeListeners(name, plan, balancer, ports, served, parent);
  return { nodes, api, pools: namesByPool(plan, nodes) };
}

const namesByPool = ({ pools }: ClusterPlan, nodes: readonly MadeNode[]) =>
  pulumi
    .all(nodes.map(({ pool, serverName }) => serverName.apply((server) => ({ pool, server }))))
    .apply((made) =>
      Object.fromEntries(
        Object.keys(pools).map((pool) => [
          pool,
          made.filter((one) => one.pool === pool).map(({ server }) => server),
        ]),
      ),
    );
