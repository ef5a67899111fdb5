import { isDeepStrictEqual } from "node:util";
import { hasUnknown, unknown, type Properties } from "../protocol/properties";
import type {
  CheckRequest,
  CheckResult,
  CreateRequest,
  CreateResult,
  DiffRequest,
  DiffResult,
  PropertyChange,
  Provider,
  ReadRequest,
  ReadResult,
} from "../protocol/provider";
import { kinds, type Kind } from "./kinds";

/** Stand-in for the `random` plugin: values made once, kept in the stack's state. */
export class RandomProvider implements Provider {
  readonly version = "4.21.2";

  configure(): Promise<void> {
    return Promise.resolve();
  }

  check({ urn, news }: CheckRequest): Promise<CheckResult> {
    const kind = kinds[urn.type];
    if (!kind) {
      const covered = Object.keys(kinds).join(", ");
      const reason = `${urn.type} is not among the kinds of this stand-in for the random plugin: ${covered}`;
      return Promise.resolve({ inputs: news, failures: [{ property: "", reason }] });
    }
    const failures = hasUnknown(news.value) ? [] : kind.problems(news.value);
    return Promise.resolve({ inputs: news, failures });
  }

  /** Nothing of a random value can be changed in place. */
  diff({ oldInputs, news }: DiffRequest): Promise<DiffResult> {
    const changes = new Map<string, PropertyChange>();
    for (const key of new Set([...Object.keys(oldInputs.value), ...Object.keys(news.value)])) {
      const [before, after] = [oldInputs.value[key], news.value[key]];
      if (isDeepStrictEqual(before, after)) continue;
      const kind = before === undefined ? "add" : after === undefined ? "delete" : "update";
      changes.set(key, { kind, replace: true, inputDiff: true });
    }
    return Promise.resolve({ changes, deleteBeforeReplace: false });
  }

  create({ urn, inputs, preview }: CreateRequest): Promise<CreateResult> {
    const kind = kinds[urn.type];
    if (!kind) return Promise.reject(new Error(`no kind ${urn.type} in this stand-in`));
    const { id, outputs } = preview ? foreseen(kind) : kind.make(inputs.value);
    const state: Properties = {
      value: { ...kind.defaults, ...inputs.value, ...outputs },
      secrets: [...inputs.secrets, ...kind.secret.map((key) => [key])],
    };
    return Promise.resolve({ id, state });
  }

  read({ id, inputs, state }: ReadRequest): Promise<ReadResult> {
    return Promise.resolve({ id, inputs, state });
  }

  update(): Promise<Properties> {
    return Promise.reject(new Error("a random value is replaced, never updated"));
  }

  delete(): Promise<void> {
    return Promise.resolve();
  }
}

/** What a preview can say: that there will be values. */
function foreseen(kind: Kind) {
  return { id: "", outputs: Object.fromEntries(kind.outputs.map((key) => [key, unknown])) };
}
