import { isDeepStrictEqual } from "node:util";
import {
  hasUnknown,
  redact,
  secretStrings,
  stringAt,
  type JsonObject,
  type Properties,
} from "../../protocol/properties";
import {
  InitializationFailed,
  type CheckRequest,
  type CheckResult,
  type CreateRequest,
  type CreateResult,
  type DeleteRequest,
  type DiffRequest,
  type DiffResult,
  type ReadRequest,
  type ReadResult,
  type UpdateRequest,
} from "../../protocol/provider";
import type { Urn } from "../../protocol/urn";
import { describe, referenceOf, type Propagation } from "../cluster";
import type { Context } from "../context";
import { untilGone } from "../readiness/gone";
import { NotReady, timeoutMs, untilReady } from "../readiness/waiting";
import { check } from "./check";
import { readCheckpoint, writeCheckpoint } from "./checkpoint";
import { diff } from "./diff";
import { existsAlready, isPatch } from "./existing";
import { respectIgnored } from "./ignored";
import { applyOver, fieldManager } from "./ownership";
import { tryOut, type Plan } from "./plan";
import { read } from "./read";
import { patiently } from "./retry";
import { foreseen, toApi } from "./shape";

/** Kubernetes objects of any kind, one resource each. */
export class Objects {
  private readonly plans = new Map<string, { object: JsonObject; plan: Plan }>();

  constructor(private readonly context: Context) {}

  check(request: CheckRequest): Promise<CheckResult> {
    // What an earlier check has learnt may no longer be so.
    this.plans.delete(request.urn.text);
    return check(this.context, request, (urn, object, plan) =>
      this.plans.set(urn, { object, plan }),
    );
  }

  diff(request: DiffRequest): Promise<DiffResult> {
    return diff(this.context, request, (urn, object) => this.recall(urn, object));
  }

  async create({ urn, inputs, timeout, preview }: CreateRequest): Promise<CreateResult> {
    if (preview) return { id: "", state: await this.preview(urn, inputs) };
    const { cluster, settings } = this.context;
    const object = toApi(inputs.value);
    const manager = fieldManager(urn);
    const applied = await this.named(inputs, () =>
      patiently(
        cluster,
        (message) => this.context.log.status(message, urn.text),
        async () => {
          const live = await cluster.get(referenceOf(object));
          const refused = live && existsAlready(settings, urn, object, live, manager);
          if (refused) throw new Error(refused);
          const force = settings.enablePatchForce || isPatch(urn);
          return (await applyOver(cluster, object, { manager, force })).object;
        },
      ),
    );
    return {
      id: idOf(applied),
      state: await this.whenReady(urn, inputs, applied, manager, timeout),
    };
  }

  async update(request: UpdateRequest): Promise<Properties> {
    const { urn, news, preview, timeout, ignoreChanges } = request;
    if (preview) return this.preview(urn, news);
    const { cluster, settings, log } = this.context;
    const { manager = fieldManager(urn) } = readCheckpoint(request.oldState);
    const applied = await this.named(news, () =>
      patiently(
        cluster,
        (message) => log.status(message, urn.text),
        async () => {
          const object = await respectIgnored(cluster, toApi(news.value), ignoreChanges);
          const force = settings.enablePatchForce || isPatch(urn);
          return (await applyOver(cluster, object, { manager, force })).object;
        },
      ),
    );
    return this.whenReady(urn, news, applied, manager, timeout);
  }

  read(request: ReadRequest): Promise<ReadResult> {
    return read(this.context, request);
  }

  async delete({ urn, state, timeout }: DeleteRequest): Promise<void> {
    const { cluster, log } = this.context;
    const { live, inputs, manager = fieldManager(urn) } = readCheckpoint(state);
    const reference = referenceOf(live);
    if (isPatch(urn)) return this.letGo(live, manager);
    if (!(await cluster.delete(reference, propagation(inputs)))) return;
    if (stringAt(inputs, "metadata", "annotations", "pulumi.com/skipAwait") === "true") return;
    await untilGone(cluster, reference, stringAt(live, "metadata", "uid"), {
      timeoutMs: timeoutMs(inputs, timeout),
      onProgress: (message) => log.status(message, urn.text),
    });
  }

  /** A patch ends by giving its fields back. */
  private async letGo(live: JsonObject, manager: string): Promise<void> {
    const reference = referenceOf(live);
    const { apiVersion, kind, name, namespace } = reference;
    if (!(await this.context.cluster.get(reference))) return;
    const metadata: JsonObject = namespace === undefined ? { name } : { name, namespace };
    await this.context.cluster.apply({ apiVersion, kind, metadata }, { manager, force: true });
  }

  private recall(urn: string, object: JsonObject): Plan | undefined {
    const kept = this.plans.get(urn);
    this.plans.delete(urn);
    return kept && isDeepStrictEqual(kept.object, object) ? kept.plan : undefined;
  }

  /** What the object would be, as far as the API server can tell. */
  private async preview(urn: Urn, inputs: Properties): Promise<Properties> {
    const manager = fieldManager(urn);
    if (hasUnknown(inputs.value)) return inputs;
    const object = toApi(inputs.value);
    const plan =
      this.recall(urn.text, object) ??
      (await tryOut(this.context.cluster, object, { manager }).catch(() => undefined));
    if (plan?.kind !== "merged") return inputs;
    return writeCheckpoint(inputs, foreseen(plan.merged, inputs.value), manager);
  }

  private async whenReady(
    urn: Urn,
    inputs: Properties,
    applied: JsonObject,
    manager: string,
    timeout: number,
  ): Promise<Properties> {
    const { cluster, log } = this.context;
    try {
      const live = await untilReady(cluster, applied, {
        timeoutMs: timeoutMs(applied, timeout),
        onProgress: (message) => log.status(message, urn.text),
      });
      return writeCheckpoint(inputs, live, manager);
    } catch (error) {
      // Whatever went wrong, the object is there: the engine must know of it.
      const live = error instanceof NotReady ? error.live : applied;
      const message = error instanceof Error ? error.message : String(error);
      const reasons = error instanceof NotReady ? error.reasons : [message];
      const text = redact(
        `${describe(referenceOf(applied))} was applied, but is not ready: ${reasons.join("; ")}`,
        secretStrings(inputs),
      );
      throw new InitializationFailed(text, idOf(live), writeCheckpoint(inputs, live, manager), [
        text,
      ]);
    }
  }

  /** Errors name the object and show no secret. */
  private async named<T>(inputs: Properties, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const name = describe(referenceOf(inputs.value));
      const message = error instanceof Error ? error.message : String(error);
      const named = message.startsWith(name) ? message : `${name}: ${message}`;
      throw new Error(redact(named, secretStrings(inputs)), { cause: error });
    }
  }
}

/** `namespace/name`, or the name of an object without namespace. */
export function idOf(live: JsonObject): string {
  const { namespace, name } = referenceOf(live);
  return namespace === undefined ? name : `${namespace}/${name}`;
}

function propagation(inputs: JsonObject): Propagation {
  const wanted = stringAt(
    inputs,
    "metadata",
    "annotations",
    "pulumi.com/deletionPropagationPolicy",
  );
  const policies = ["Orphan", "Background"] as const;
  return policies.find((policy) => policy.toLowerCase() === wanted?.toLowerCase()) ?? "Foreground";
}
