import * as k8s from "@pulumi/kubernetes";
import * as openstack from "@pulumi/openstack";
import * as pulumi from "@pulumi/pulumi";
import {
  CinderCsi,
  CloudController,
  ClusterNetwork,
  IngressAddress,
  NodeImage,
  NodeKeyPair,
  TeardownGuard,
} from "../../components";
import type { OpenStackSettings, Settings } from "../../settings";
import type { CloudCredential, Sources } from "../sources";
import { makeCluster } from "./cluster";
import { imageArgs } from "./imageArgs";
import { cinderCsiArgs, cloudControllerArgs } from "./inCluster";
import { hasLoadBalancer, ingressAddressArgs } from "./ingress";
import { networkArgs } from "../../settings/openstack/networkArgs";

/** A cluster on OpenStack, ready for services and workloads. */
export interface MadeCluster {
  /** What makes objects in it; all of them go before the cluster is torn down. */
  readonly provider: k8s.Provider;
  readonly kubeconfig: pulumi.Output<string>;
  readonly apiAddress: pulumi.Output<string>;
  readonly bastionAddress: pulumi.Output<string>;
  /** The reserved address of the way in; none where Traefik has no load balancer. */
  readonly ingressAddress?: pulumi.Output<string>;
  readonly pools: pulumi.Output<Record<string, string[]>>;
}

/** Makes image, network, servers, the cluster on them, and what connects it with its cloud. */
export function makeOpenStack(
  settings: Settings,
  cloud: OpenStackSettings,
  sources: Sources,
): MadeCluster {
  const { cloud: access } = sources;
  if (access === undefined) throw new Error("cannot happen: nobody has opened the stack's cloud");
  const provider = cloudProvider(access);
  const opts = { providers: [provider] };
  const { imageId } = new NodeImage("image", imageArgs(settings, cloud, access, sources), opts);
  const keyPair = new NodeKeyPair("key-pair", keyPairArgs(cloud, sources), opts);
  const around = { image: imageId, keyPair: keyPair.name };
  const network = new ClusterNetwork("network", networkArgs(cloud, around), opts);
  const cluster = makeCluster(settings, cloud, { imageId, keyPair, network, sources }, opts);

  const ingress = hasLoadBalancer(settings)
    ? new IngressAddress("ingress", ingressAddressArgs(cloud), opts)
    : undefined;

  // These two outlive the guard, which needs them to take load balancers and volumes away.
  const inCluster = { provider: cluster.provider };
  const version = {
    kubernetesVersion: settings.kubernetesVersion,
    chartMirror: settings.chartMirror,
  };
  const controller = new CloudController(
    "openstack-cloud-controller-manager",
    { ...version, ...cloudControllerArgs(cloud, access, network, hasLoadBalancer(settings)) },
    inCluster,
  );
  const volumes = new CinderCsi(
    "cinder-csi",
    { ...version, ...cinderCsiArgs(cloud, access), cloudController: controller.ready },
    inCluster,
  );
  const guard = new TeardownGuard("teardown", {
    clusterName: cloud.name,
    kubeconfig: cluster.kubeconfig,
    outlivedBy: [cluster.ready, controller.ready, volumes.storageClasses.apply(() => cloud.name)],
  });
  return {
    provider: guardedProvider(cloud.name, cluster.kubeconfig, guard.ready),
    kubeconfig: cluster.kubeconfig,
    apiAddress: cluster.apiAddress,
    bastionAddress: network.bastionAddress,
    ...(ingress ? { ingressAddress: ingress.address } : {}),
    pools: cluster.pools,
  };
}

/** The cloud of the stack, named once; an environment that means another one was refused. */
const cloudProvider = ({ region, ...access }: CloudCredential): openstack.Provider =>
  new openstack.Provider("cloud", { ...access, region, useOctavia: true });

/** Everything made with it comes after the guard, and goes before. */
const guardedProvider = (
  clusterName: string,
  kubeconfig: pulumi.Output<string>,
  ready: pulumi.Output<string>,
): k8s.Provider =>
  new k8s.Provider("platform", {
    kubeconfig: pulumi.all([kubeconfig, ready]).apply(([text]) => text),
    // Else a preview that does not know the kubeconfig replaces everything in the cluster.
    clusterIdentifier: clusterName,
    // Else the official plugin replaces both on any change: a pod that mounts one would lose it.
    enableConfigMapMutable: true,
    enableSecretMutable: true,
  });

const keyPairArgs = ({ name, sshPublicKey }: OpenStackSettings, sources: Sources) => ({
  cluster: name,
  ...(sshPublicKey === undefined
    ? {}
    : { publicKey: sshPublicKey, privateKey: sources.secret("sshPrivateKey") }),
});
