import { isSecretVariable } from "./credentials";
import { note, setting, type Part, type Values } from "./part";
import { variableFates } from "./variableFates";
import { readVariables, type Variable } from "./variable";

/** What the environment of driver and executors comes to: features, secrets, and the rest. */
export function environmentParts(all: Values): readonly Part[] {
  const { variables, notes } = readVariables(all);
  const parts = [...variables.values()].flatMap((variable) => {
    const fate = Object.hasOwn(variableFates, variable.name)
      ? variableFates[variable.name]
      : undefined;
    return fate === undefined ? further(variable) : fate(variable, variables, all);
  });
  return [...notes, ...parts];
}

/** A variable that no feature is of. */
function further(variable: Variable): readonly Part[] {
  const { name, value, key, source = "", onDriver } = variable;
  if (variable.isSecret === true || isSecretVariable(name, value)) {
    const from = value === undefined ? `${key} (${source})` : key;
    const message = "was the executors'; a secret variable is the driver's here";
    return [
      { part: "secretVariable", name, from },
      ...(onDriver ? [] : [note("changed", key, message)]),
    ];
  }
  return value === undefined
    ? [note("untranslated", key, `there is no setting for values out of ${source}`)]
    : [setting(`extraEnv.${name}`, value, key)];
}
