/** What a resource's URN tells. */
export interface Urn {
  /** The whole URN. */
  readonly text: string;
  /** The type token without its parents: `kubernetes:core/v1:Secret`. */
  readonly type: string;
  /** The name the program gave it. */
  readonly name: string;
}

/**
 * Reads `urn:pulumi:stack::project::parents$type::name`.
 *
 * @throws where the text is no URN: that is a fault of the caller
 */
export function parseUrn(text: string): Urn {
  const [, , types, ...name] = text.split("::");
  if (types === undefined || name.length === 0) throw new Error(`not a URN: ${text}`);
  // A name may hold colons itself.
  return { text, type: types.split("$").at(-1) ?? types, name: name.join("::") };
}
