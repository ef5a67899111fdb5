import {
  NetworkingV1Api,
  PatchStrategy,
  setHeaderOptions,
  type V1Ingress,
  type V1IngressClass,
  type V1Service,
} from "@kubernetes/client-node";
import {
  addressOf,
  ingressAddress,
  isBalancedHere,
  serviceAddress,
  type Addressed,
} from "./addresses";
import { isMissing, type AgentCluster } from "./cluster";
import { keyOf } from "./mirror";

/** Where the objects are looked up. */
export interface AddressingArgs {
  readonly cluster: AgentCluster;
  readonly services: () => readonly V1Service[];
  readonly ingresses: () => readonly V1Ingress[];
  readonly classes: () => readonly V1IngressClass[];
}

const mergePatch = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);

/** Gives addresses to Services and Ingresses, as load balancer and ingress controllers would. */
export class Addressing {
  /** By kind and key; a watch may tell of an address only after the next one is chosen. */
  private readonly given = new Map<string, string>();
  private readonly networking: NetworkingV1Api;

  constructor(private readonly args: AddressingArgs) {
    this.networking = args.cluster.config.makeApiClient(NetworkingV1Api);
  }

  /** Brings all objects to the address that they should have. One pass at a time. */
  async pass(): Promise<void> {
    this.forgetGone();
    for (const service of this.args.services()) await this.balance(service);
    for (const ingress of this.args.ingresses()) await this.publish(ingress);
  }

  private async balance(service: V1Service): Promise<void> {
    if (!isBalancedHere(service)) return;
    const wanted = serviceAddress(service, this.known());
    if (wanted === addressOf(service)) return;
    const key = `service ${keyOf(service)}`;
    if (wanted !== undefined && this.given.get(key) === wanted) return;
    const { name = "", namespace = "" } = service.metadata ?? {};
    const body = { status: statusWith(wanted) };
    await this.args.cluster.core
      .patchNamespacedServiceStatus({ name, namespace, body }, mergePatch)
      .catch(ignoreMissing);
    this.note(key, wanted);
  }

  private async publish(ingress: V1Ingress): Promise<void> {
    const wanted = ingressAddress(ingress, this.known());
    if (wanted === addressOf(ingress)) return;
    const key = `ingress ${keyOf(ingress)}`;
    if (wanted !== undefined && this.given.get(key) === wanted) return;
    const { name = "", namespace = "" } = ingress.metadata ?? {};
    const body = { status: statusWith(wanted) };
    await this.networking
      .patchNamespacedIngressStatus({ name, namespace, body }, mergePatch)
      .catch(ignoreMissing);
    this.note(key, wanted);
  }

  private note(key: string, address: string | undefined): void {
    if (address === undefined) this.given.delete(key);
    else this.given.set(key, address);
  }

  private known(): Addressed {
    return {
      services: this.args.services(),
      ingresses: this.args.ingresses(),
      classes: this.args.classes(),
      given: [...this.given.values()],
    };
  }

  private forgetGone(): void {
    const there = new Set([
      ...this.args.services().map((service) => `service ${keyOf(service)}`),
      ...this.args.ingresses().map((ingress) => `ingress ${keyOf(ingress)}`),
    ]);
    for (const key of this.given.keys()) if (!there.has(key)) this.given.delete(key);
  }
}

function statusWith(address: string | undefined) {
  return { loadBalancer: address === undefined ? null : { ingress: [{ ip: address }] } };
}

function ignoreMissing(error: unknown): void {
  if (!isMissing(error)) throw error;
}
