import * as pulumi from "@pulumi/pulumi";
import {
  ClusterCni,
  ClusterEngine,
  ClusterNetwork,
  NodeKeyPair,
  NodeRole,
} from "../../../components";
import { filledIn } from "../../../components/cluster/args";
import { makeNodes } from "../../../components/cluster/makeNodes";
import { networkDefaults } from "../../../components/network/args";

/**
 * What a cluster of six nodes has in its cloud, made by the components that the stack `prod` makes it
 * with; no Kubernetes on it.
 */
const config = new pulumi.Config();
const cluster = "bench";
const externalNetwork = config.require("externalNetwork");
const image = config.require("image");

const keyPair = new NodeKeyPair("key-pair", { cluster });
const network = new ClusterNetwork("network", {
  cluster,
  engine: ClusterEngine.Rke,
  cni: ClusterCni.Canal,
  externalNetwork,
  adminCidrs: ["192.0.2.0/24"],
  bastion: { image, flavor: config.require("bastionFlavor"), keyPair: keyPair.name },
});

/** The part of a cluster that is in the cloud. */
class Servers extends pulumi.ComponentResource {
  constructor(name: string) {
    super("bench:index:Servers", name);
    const { node, control, worker } = network.securityGroupIds;
    const plan = filledIn({
      cluster,
      kubernetesVersion: "1.31",
      networkId: network.networkId,
      subnetId: network.subnetId,
      nodeCidr: networkDefaults.cidr,
      networkReady: network.ready,
      nodeSecurityGroupId: node,
      controlSecurityGroupId: control,
      workerSecurityGroupId: worker,
      externalNetwork,
      image,
      keyPair: keyPair.name,
      sshPrivateKey: keyPair.privateKey,
      sshUser: "ubuntu",
      pools: {
        control: {
          roles: [NodeRole.Control, NodeRole.Etcd],
          count: 3,
          flavor: config.require("controlFlavor"),
        },
        workers: { roles: [NodeRole.Worker], count: 3, flavor: config.require("workerFlavor") },
      },
    });
    makeNodes(name, plan, { engine: ClusterEngine.Rke, served: [] }, this);
    this.registerOutputs();
  }
}

new Servers("cluster");
