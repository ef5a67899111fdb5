import { z } from "zod";

/** An answer that is no success: its status, and what the service says. */
export class OpenStackRefusal extends Error {
  constructor(
    /** HTTP status. */
    readonly status: number,
    /** What was asked of whom. */
    what: string,
    /** What the service says of it. */
    readonly said: string,
  ) {
    super(`${what}: HTTP ${status}: ${said}`);
  }
}

/** No answer, or none that can be read. */
export class OpenStackSilence extends Error {}

const message = z.object({ message: z.string() });

/** The services' own words in an answer that is no success; each service wraps them differently. */
export function wordsOf(text: string): string {
  const inside = wrapped(text) ?? text;
  const words = inside
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return words.length > mostCharacters ? `${words.slice(0, mostCharacters)}…` : words;
}

const mostCharacters = 500;

function wrapped(text: string): string | undefined {
  const body = z.record(z.string(), z.unknown()).safeParse(jsonIn(text)).data ?? {};
  const found = Object.values(body).flatMap((value) => message.safeParse(value).data ?? []);
  return found[0]?.message ?? message.safeParse(body).data?.message;
}

/** The JSON in a text; undefined where it is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why a `fetch` got no answer, in the system's words: its own error says "fetch failed" only. */
export function whyNoAnswer(error: unknown, withinMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no answer within ${withinMs / 1000} s`;
  return error.cause instanceof Error
    ? error.cause.message || errorCode(error.cause)
    : error.message;
}

const errorCode = (error: Error): string =>
  "code" in error && typeof error.code === "string" ? error.code : error.name;
