import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { isObject, objectsAt, numberAt, stringAt, type JsonObject } from "../protocol/properties";
import type { Connection } from "./connection";

/** One call of the Kubernetes API. */
export interface Call {
  readonly method: "GET" | "PATCH" | "DELETE";
  /** Path and query. */
  readonly path: string;
  readonly body?: string;
  /** Media type of the body. */
  readonly contentType?: string;
}

/** One thing the API server finds wrong. */
export interface Cause {
  /** Path of the field, without a leading dot; empty where it is about the whole object. */
  readonly field: string;
  readonly message: string;
  /** The server's short word for it, such as `FieldManagerConflict`. */
  readonly reason: string;
}

/** The API server refused; the message is its own. */
export class ApiError extends Error {
  constructor(
    message: string,
    /** HTTP status. */
    readonly status: number,
    /** The server's short word for it, such as `NotFound`; may be empty. */
    readonly reason: string,
    readonly causes: readonly Cause[],
  ) {
    super(message);
  }
}

/** Nobody answers where the API server should be. */
export class Unreachable extends Error {}

/** Did the API server refuse with this HTTP status? */
export function hasStatus(error: unknown, status: number): boolean {
  return error instanceof ApiError && error.status === status;
}

/** What came back. */
export interface Answer {
  readonly body: JsonObject;
  /** What the API server warns of. */
  readonly warnings: readonly string[];
}

// An API server that takes longer than this for one object is not coming back.
const requestTimeoutMs = 60_000;
const busyRetries = 5;

/** Calls the Kubernetes API. */
export class Api {
  constructor(private readonly connection: Connection) {}

  /**
   * Makes one call; a server that says it is busy is asked again.
   *
   * @throws ApiError where the server refuses, Unreachable where there is none
   */
  async call(call: Call, signal?: AbortSignal): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.once(call, signal);
      if (answer.status < 300) return { body: answer.body, warnings: answer.warnings };
      const busy = answer.status === 429 || answer.status === 503;
      if (!busy || attempt > busyRetries) throw apiError(answer.status, answer.body);
      await sleep(200 * 2 ** attempt, undefined, { signal });
    }
  }

  private async once(call: Call, signal?: AbortSignal) {
    const { server } = this.connection;
    const url = new URL(call.path.replace(/^\//, ""), server.endsWith("/") ? server : `${server}/`);
    const options = await this.connection.requestOptions();
    const headers: Record<string, string> = { Accept: "application/json", ...options.headers };
    if (call.contentType) headers["Content-Type"] = call.contentType;
    // Node sends the body of a DELETE with no length by itself.
    if (call.body !== undefined) headers["Content-Length"] = String(Buffer.byteLength(call.body));
    try {
      const response = await send(
        url,
        { ...options, method: call.method, headers, signal },
        call.body,
      );
      return await readAnswer(response);
    } catch (error) {
      signal?.throwIfAborted();
      throw new Unreachable(`${this.connection.described} does not answer: ${reasonOf(error)}`);
    }
  }
}

interface SendOptions {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly signal?: AbortSignal;
}

function send(url: URL, options: SendOptions, body = ""): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = url.protocol === "http:" ? httpRequest : httpsRequest;
    const call = request(url, { ...options, timeout: requestTimeoutMs }, resolve);
    call.on("timeout", () => call.destroy(new Error("no answer in time")));
    call.on("error", (error: NodeJS.ErrnoException) => {
      // The server may close an idle connection at the moment it is used again.
      if (call.reusedSocket && error.code === "ECONNRESET") {
        send(url, options, body).then(resolve, reject);
      } else reject(error);
    });
    call.end(body);
  });
}

async function readAnswer(response: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of response) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  return { status: response.statusCode ?? 0, body: parse(text), warnings: warnings(response) };
}

function parse(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : { message: text };
  } catch {
    return { message: text.trim() };
  }
}

/** The texts of `Warning: 299 - "text"` headers. */
function warnings({ headers }: IncomingMessage): string[] {
  const joined = headers["warning"];
  const header = Array.isArray(joined) ? joined.join(", ") : (joined ?? "");
  return [...header.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = ""]) =>
    text.replace(/\\(.)/g, "$1"),
  );
}

function apiError(status: number, body: JsonObject): ApiError {
  const causes = objectsAt(body, "details", "causes").map((cause) => ({
    field: (stringAt(cause, "field") ?? "").replace(/^\./, ""),
    message: stringAt(cause, "message") ?? "",
    reason: stringAt(cause, "reason") ?? "",
  }));
  const message = stringAt(body, "message") ?? `HTTP status ${status}`;
  return new ApiError(
    message,
    numberAt(body, "code") ?? status,
    stringAt(body, "reason") ?? "",
    causes,
  );
}

/** Why a connection failed; several addresses may have failed for one name. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
