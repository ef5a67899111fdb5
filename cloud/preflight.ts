import type { CloudNeeds } from "../components/openstack/needs";
import type { Inventory } from "./inventory";
import { judgeCluster } from "./judgeCluster";
import { judgeNames } from "./judgeNames";
import { judgeQuotas } from "./judgeQuotas";

/** An image that servers are made from. */
export interface ImageWanted {
  /** Whose servers, as `pool worker`. */
  readonly use: string;
  /** Its id; nothing else is looked at then. */
  readonly id?: string;
  /** Its name; the newest one of it is taken. */
  readonly name?: string;
  /** What it must have been built from; with `name`. */
  readonly checksum?: string;
  /** Whether it is the provider's, so that nobody here builds it. */
  readonly isProviders?: boolean;
  /** What builds it where it is not there; without that it has to be. */
  readonly build?: ImageBuild;
  /** The servers that are made from it, for what it asks of them. */
  readonly servers?: readonly ServerWanted[];
}

/** What an image is built with. */
export interface ImageBuild {
  /** Version of the Packer that is here; undefined where there is none. */
  readonly packer: string | undefined;
  /** Name of the provider's image that it is built on. */
  readonly sourceImage: string;
}

/** Servers of one kind. */
export interface ServerWanted {
  /** Which they are, as `pool worker`. */
  readonly whose: string;
  readonly flavor: string;
  /** Size of their root volume; without one they have the flavor's own disk. */
  readonly rootVolumeGib?: number;
  /** The setting that gives them a larger one, for the message. */
  readonly setting: string;
}

/** What a stack is about to have in its cloud. */
export interface CloudWanted {
  readonly stack: string;
  readonly cluster: string;
  /** `rke` or `rke2`; undefined where no cluster is made. */
  readonly engine?: string;
  /** The nodes with a member of etcd that stay as they are; undefined where no cluster is made. */
  readonly etcd?: readonly string[];
  /** The addresses that are for good, as servers are marked with them. */
  readonly addresses?: string;
  /** What each part takes of the quotas, under the name that messages have for it: `pool worker`. */
  readonly parts: Readonly<Record<string, Partial<CloudNeeds>>>;
  /** Images that must be there, or are built. */
  readonly images?: readonly ImageWanted[];
  /** Where floating IPs come from. */
  readonly externalNetwork?: string;
  /** Other networks that must be there, by name or id. */
  readonly networks?: readonly string[];
  /** Key pairs that must be there. */
  readonly keyPairs?: readonly string[];
  readonly zones?: readonly string[];
  /** Where an image is about to be built whatever is there: the Packer that is here. */
  readonly build?: Pick<ImageBuild, "packer">;
}

/** What a preflight came to. Each is one line: what, where, what is allowed, the remedy. */
export interface Preflight {
  /** What keeps the stack from being made. */
  readonly problems: readonly string[];
  /** What could not be judged, or may become one. */
  readonly warnings: readonly string[];
}

/** Compares what a stack is about to have with what its cloud has left; everything at once. */
export function judgePreflight(wanted: CloudWanted, found: Inventory): Preflight {
  return {
    problems: [
      ...judgeCluster(wanted, found),
      ...judgeNames(wanted, found),
      ...judgeQuotas(wanted, found),
    ],
    warnings: found.unread,
  };
}
