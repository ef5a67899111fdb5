import {
  isObject,
  omit,
  stringAt,
  type JsonObject,
  type Properties,
} from "../../protocol/properties";
import { fromApi, isSecretObject, secretData } from "./shape";

/** What the stack's state keeps of an object; its layout is that of the official plugin. */
export interface Checkpoint {
  /** The inputs of the last update. */
  readonly inputs: JsonObject;
  /** The object as it was then. */
  readonly live: JsonObject;
  /** The field manager that applied it. */
  readonly manager: string | undefined;
}

/** Makes the state: the live object beside its inputs, secrets marked in both. */
export function writeCheckpoint(inputs: Properties, live: JsonObject, manager: string): Properties {
  const value: JsonObject = {
    ...fromApi(live),
    __inputs: inputs.value,
    __initialApiVersion: stringAt(live, "apiVersion") ?? "",
    __fieldManager: manager,
  };
  const own = isSecretObject(live) ? secretData : [];
  const secrets = [...inputs.secrets, ...own].filter((path) => path.length > 0);
  return { value, secrets: [...secrets, ...secrets.map((path) => ["__inputs", ...path])] };
}

/** Marks the inputs' secrets, a Secret's data too. */
export function markInputs(value: JsonObject, given: Properties): Properties {
  const own = isSecretObject(value) ? secretData : [];
  return { value, secrets: [...given.secrets, ...own] };
}

/** Reads the state. */
export function readCheckpoint({ value }: Properties): Checkpoint {
  const { __inputs: inputs, __fieldManager: manager } = value;
  const live = omit(value, "__inputs", "__fieldManager", "__initialApiVersion");
  return {
    inputs: isObject(inputs) ? inputs : {},
    live,
    manager: typeof manager === "string" ? manager : undefined,
  };
}
