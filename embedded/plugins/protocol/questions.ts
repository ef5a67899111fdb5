import {
  CheckRequest as CheckMessage,
  type DiffRequest as DiffMessage,
} from "@pulumi/pulumi/proto/provider_pb";
import { unseal } from "./properties";
import type { Autonaming, CheckRequest, ConfigRequest, DiffRequest } from "./provider";
import { parseUrn } from "./urn";

/** The engine's question whether inputs are well. */
export function checkRequest(message: CheckMessage): CheckRequest {
  return {
    urn: parseUrn(message.getUrn()),
    olds: message.hasOlds() ? unseal(message.getOlds()) : undefined,
    news: unseal(message.getNews()),
    seed: message.getRandomseed_asU8(),
    autonaming: autonaming(message.getAutonaming()),
  };
}

function autonaming(options: CheckMessage.AutonamingOptions | undefined): Autonaming | undefined {
  if (options === undefined) return undefined;
  const name = options.getProposedName();
  switch (options.getMode()) {
    case CheckMessage.AutonamingOptions.Mode.DISABLE:
      return { mode: "disable" };
    case CheckMessage.AutonamingOptions.Mode.ENFORCE:
      return { mode: "enforce", name };
    case CheckMessage.AutonamingOptions.Mode.PROPOSE:
      return { mode: "propose", name };
  }
}

/** The engine's question what is to be done. */
export function diffRequest(message: DiffMessage): DiffRequest {
  return {
    id: message.getId(),
    urn: parseUrn(message.getUrn()),
    oldInputs: unseal(message.getOldInputs()),
    oldState: unseal(message.getOlds()),
    news: unseal(message.getNews()),
    ignoreChanges: message.getIgnorechangesList(),
  };
}

/** The engine's question about a provider's own configuration. */
export function configRequest(message: CheckMessage | DiffMessage): ConfigRequest {
  const inputs = "getOldInputs" in message ? message.getOldInputs() : undefined;
  return {
    urn: parseUrn(message.getUrn()),
    olds: unseal(inputs ?? message.getOlds()),
    news: unseal(message.getNews()),
  };
}
