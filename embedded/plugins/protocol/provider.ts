import type { Json, Properties } from "./properties";
import type { Urn } from "./urn";

/** One thing wrong with a resource's inputs. */
export interface Failure {
  /** The property's path; empty where it is about the whole resource. */
  readonly property: string;
  readonly reason: string;
}

/** How the stack's configuration wants a name made where the program gives none. */
export type Autonaming =
  { readonly mode: "propose" | "enforce"; readonly name: string } | { readonly mode: "disable" };

export interface CheckRequest {
  readonly urn: Urn;
  /** The former inputs; undefined for a resource that is new or is to be replaced. */
  readonly olds: Properties | undefined;
  readonly news: Properties;
  /** Seeds what is made up, so that a plan and its execution agree; may be empty. */
  readonly seed: Uint8Array;
  readonly autonaming: Autonaming | undefined;
}

export interface CheckResult {
  readonly inputs: Properties;
  readonly failures: readonly Failure[];
}

export interface DiffRequest {
  readonly id: string;
  readonly urn: Urn;
  readonly oldInputs: Properties;
  readonly oldState: Properties;
  readonly news: Properties;
  /** Paths the user wants left alone. */
  readonly ignoreChanges: readonly string[];
}

/** What happens to one property; `replace` where the resource must be made anew for it. */
export interface PropertyChange {
  readonly kind: "add" | "delete" | "update";
  readonly replace: boolean;
  /** Compare old and new inputs when it is shown, instead of old state and new inputs. */
  readonly inputDiff: boolean;
}

export interface DiffResult {
  /** By property path; empty: nothing to do. */
  readonly changes: ReadonlyMap<string, PropertyChange>;
  /** The old one must go first, for they cannot be there at once. */
  readonly deleteBeforeReplace: boolean;
}

export interface CreateRequest {
  readonly urn: Urn;
  readonly inputs: Properties;
  /** The user's timeout in seconds; 0 where none is given. */
  readonly timeout: number;
  readonly preview: boolean;
}

export interface CreateResult {
  readonly id: string;
  readonly state: Properties;
}

export interface ReadRequest {
  readonly id: string;
  readonly urn: Urn;
  readonly inputs: Properties;
  readonly state: Properties;
}

/** Undefined stands for: it is gone. */
export type ReadResult =
  { readonly id: string; readonly inputs: Properties; readonly state: Properties } | undefined;

export interface UpdateRequest extends Omit<DiffRequest, never> {
  readonly timeout: number;
  readonly preview: boolean;
}

export interface DeleteRequest {
  readonly id: string;
  readonly urn: Urn;
  readonly state: Properties;
  readonly timeout: number;
}

/** The configuration of a provider, as the program or the stack gives it. */
export interface ConfigRequest {
  readonly urn: Urn;
  readonly olds: Properties;
  readonly news: Properties;
}

/** What a provider plugin does; {@link serve} speaks the engine's protocol for it. */
export interface Provider {
  /** The version it says it has: that of the SDK it serves. */
  readonly version: string;
  /** Takes the configuration; must not fail where the preview can still go on. */
  configure(config: Properties): Promise<void>;
  /** Which changes of the configuration make another provider of it. */
  diffConfig?(request: ConfigRequest): Promise<DiffResult>;
  check(request: CheckRequest): Promise<CheckResult>;
  diff(request: DiffRequest): Promise<DiffResult>;
  create(request: CreateRequest): Promise<CreateResult>;
  read(request: ReadRequest): Promise<ReadResult>;
  update(request: UpdateRequest): Promise<Properties>;
  delete(request: DeleteRequest): Promise<void>;
  /** Calls a function of the provider. */
  invoke?(token: string, args: Properties): Promise<Record<string, Json>>;
  /** Ends what is under way, soon. */
  cancel?(): void;
}

/**
 * The object was made or changed, but did not become ready: the engine keeps its state, shows the
 * reasons and tries again at the next update.
 */
export class InitializationFailed extends Error {
  constructor(
    message: string,
    readonly id: string,
    readonly state: Properties,
    readonly reasons: readonly string[],
  ) {
    super(message);
  }
}
