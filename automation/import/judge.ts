import type { Problem } from "../../settings";
import { readPlain } from "../../settings/read";
import { keyOf, Remedies } from "../../settings/wording";
import { pathsIn, without, type Path } from "./tree";

/** A section `openeo` that the settings' schema takes, but for what it lacks. */
export interface Judged {
  readonly openeo: unknown;
  readonly refused: readonly Problem[];
  readonly missing: readonly Problem[];
}

/**
 * Takes out what the settings' own schema refuses, until it is content with the rest.
 *
 * @param stack for the commands that mend
 */
export function judge(openeo: unknown, stack?: string): Judged {
  const refused: Problem[] = [];
  let rest = openeo;
  for (;;) {
    const problems = schemaProblems(rest, stack);
    const places = problems.flatMap((problem) => {
      const place = placeOf(rest, problem.key);
      return place === undefined ? [] : [{ problem, place }];
    });
    const [first] = places;
    if (first === undefined) return { openeo: rest, refused, missing: problems };
    refused.push(first.problem);
    rest = without(rest, first.place);
  }
}

/** What the schema says of the section; the rest of the stack is not looked at. */
function schemaProblems(openeo: unknown, stack?: string): readonly Problem[] {
  const plain = { target: "existing", kubernetesVersion: "1.36", openeo };
  const { problems } = readPlain(plain, "existing", new Remedies(stack));
  return problems.filter(({ key }) => /^openeo[.[]/.test(key));
}

/** What to take out for a problem: the part itself, or the section that lacks it. */
function placeOf(openeo: unknown, key: string): Path | undefined {
  const paths = pathsIn(openeo, []);
  const own = paths.find((path) => keyOf(["openeo", ...path]) === key);
  if (own !== undefined) return own;
  return paths
    .filter((path) => {
      const start = keyOf(["openeo", ...path]);
      return key.startsWith(`${start}.`) || key.startsWith(`${start}[`);
    })
    .at(-1);
}
