import {
  makeInformer,
  type Informer,
  type KubeConfig,
  type KubernetesListObject,
  type KubernetesObject,
  type ObjectCache,
} from "@kubernetes/client-node";
import { setTimeout as sleep } from "node:timers/promises";
import { reason } from "./workQueue";

const retryMs = 500;

/** How a kind of objects is listed and watched. */
export interface MirrorArgs<T extends KubernetesObject> {
  readonly path: string;
  readonly list: () => Promise<KubernetesListObject<T>>;
  /** Told of every object that is there, has changed or has gone. */
  readonly onChange: (object: T, gone: boolean) => void;
}

/** All objects of one kind, kept up to date by a watch that is renewed whenever it breaks. */
export class Mirror<T extends KubernetesObject> {
  private readonly informer: Informer<T> & ObjectCache<T>;

  constructor(
    config: KubeConfig,
    private readonly args: MirrorArgs<T>,
  ) {
    const { path, list, onChange } = args;
    this.informer = makeInformer(config, path, list);
    this.informer.on("add", (object) => onChange(object, false));
    this.informer.on("update", (object) => onChange(object, false));
    this.informer.on("delete", (object) => onChange(object, true));
    this.informer.on("error", (error) => {
      console.error(`watch of ${path} broke: ${reason(error)}`);
      void sleep(retryMs).then(() => this.start());
    });
  }

  /** Lists once and goes on watching; returns when the list is there. */
  async start(): Promise<void> {
    for (;;) {
      try {
        await this.informer.start();
        return;
      } catch (error) {
        console.error(`cannot list ${this.args.path}: ${reason(error)}`);
        await sleep(retryMs);
      }
    }
  }

  all(): readonly T[] {
    return this.informer.list();
  }

  /** @param key `namespace/name`, or the name of a cluster-wide object */
  get(key: string): T | undefined {
    const [name = "", namespace] = key.split("/").reverse();
    return this.informer.get(name, namespace);
  }
}

/** The key under which an object is looked up: `namespace/name`, or its name alone. */
export function keyOf({ metadata }: KubernetesObject): string {
  const name = metadata?.name ?? "";
  return metadata?.namespace === undefined ? name : `${metadata.namespace}/${name}`;
}
