import {
  ClusterCni,
  ClusterEngine,
  ClusterIngress,
  type ClusterNetworkArgs,
} from "../../../components";

/** Arguments that are taken; each test changes what it is about. */
export const networkArgs = (changes: Partial<ClusterNetworkArgs> = {}): ClusterNetworkArgs => ({
  cluster: "prod",
  engine: ClusterEngine.Rke,
  cni: ClusterCni.Canal,
  externalNetwork: "external",
  adminCidrs: ["203.0.113.7/32"],
  bastion: { image: "image-id", flavor: "eo1.xsmall", keyPair: "prod" },
  ...changes,
});

/** Every choice that decides which ports are open. */
export const choices: readonly ClusterNetworkArgs[] = [ClusterEngine.Rke, ClusterEngine.Rke2]
  .flatMap((engine) => [ClusterCni.Canal, ClusterCni.Calico].map((cni) => ({ engine, cni })))
  .flatMap((choice) =>
    [ClusterIngress.LoadBalancer, ClusterIngress.Workers].map((ingress) => ({
      ...choice,
      ingress,
    })),
  )
  .flatMap((choice) =>
    [false, true].map((apiLoadBalancer) => networkArgs({ ...choice, apiLoadBalancer })),
  );
