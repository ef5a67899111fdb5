import { z } from "zod";
import { secretOf, type CloudAccess } from "./access";
import { jsonIn, OpenStackRefusal, OpenStackSilence, whyNoAnswer, wordsOf } from "./failures";
import { nextPage } from "./paging";
import { persistently, type Attempt } from "./retry";
import { authentication, endpoint, offered, tokenSchema, type Token } from "./token";

/** A call of one service's API. */
export interface Call<T> {
  /** Type of the service in the catalogue, as `compute`. */
  readonly service: string;
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path below the service's address, with a leading slash. */
  readonly path: string;
  /** Sent as JSON; a Buffer as it is. */
  readonly body?: unknown;
  /** What the answer must look like; what it does not name is left out. */
  readonly answer: z.ZodType<T>;
}

/** A list that a service may give in pages. */
export interface List<T> {
  readonly service: string;
  readonly path: string;
  /** Where the list is in the answer, as `servers`. */
  readonly key: string;
  readonly item: z.ZodType<T>;
}

/** For answers that nobody reads. */
export const anything = z.unknown();

/**
 * What our calls were written for. Compute 2.64 has a server's flavor with its sizes (2.47) and
 * groups with one policy; volume 3.59 is the newest of Stein (2019), the oldest one that is understood.
 */
const microversions: Readonly<Record<string, string>> = {
  compute: "compute 2.64",
  "block-storage": "volume 3.59",
  placement: "placement 1.36",
};
const withinMs = 60_000;

/** The APIs of an OpenStack, called with one account. */
export class OpenStackClient {
  #token: Token;
  /** What proves who calls: a secret. */
  #proof: string;

  private constructor(
    readonly access: CloudAccess,
    got: Proven,
  ) {
    this.#token = got.token;
    this.#proof = got.proof;
  }

  /**
   * @throws OpenStackRefusal where keystone does not take the credential
   * @throws OpenStackSilence where it does not answer
   */
  static async connect(access: CloudAccess): Promise<OpenStackClient> {
    return new OpenStackClient(access, await login(access));
  }

  /** The project that the token is good for. */
  get projectId(): string {
    return this.#token.project.id;
  }

  /** The project's name. */
  get projectName(): string {
    return this.#token.project.name;
  }

  /** The account that the token was given to. */
  get userId(): string {
    return this.#token.user.id;
  }

  /** Whether the catalogue has a service. */
  has(service: string): boolean {
    return endpoint(this.#token, this.access, service) !== undefined;
  }

  /**
   * Calls an API; what only reads is asked again where that may help.
   *
   * @throws OpenStackRefusal for any answer but a success
   * @throws OpenStackSilence for no answer, or one of another form
   */
  async call<T>(call: Call<T>): Promise<T> {
    const { service, method = "GET", path } = call;
    const url = `${this.#address(service)}${path}`;
    const what = `${method} ${url}`;
    const once = () => this.#once(url, call);
    const ask = () => (method === "GET" ? persistently(once) : once());
    let attempt = await ask();
    // A token ends within hours: a new one, once. What was refused with 401 was not done.
    if (attempt instanceof Response && attempt.status === 401) {
      const got = await login(this.access);
      [this.#token, this.#proof] = [got.token, got.proof];
      attempt = await ask();
    }
    const text = await this.#hidden(attempt, what);
    return readAnswer(call.answer, text, what);
  }

  /** All of a list, page by page. */
  async list<T>({ service, path, key, item }: List<T>): Promise<T[]> {
    const answer = z.looseObject({ [key]: z.array(item) });
    const found: T[] = [];
    let page: string | undefined = path;
    while (page !== undefined) {
      const said: Record<string, unknown> = await this.call({ service, path: page, answer });
      found.push(...z.array(item).parse(said[key]));
      page = nextPage(said, key, page);
    }
    return found;
  }

  #once(url: string, { service, method = "GET", body }: Call<unknown>): Promise<Attempt> {
    const version = microversions[service];
    const headers = {
      "x-auth-token": this.#proof,
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": contentType(body) }),
      ...(version === undefined ? {} : { "openstack-api-version": version }),
    };
    return request(url, { method, headers, body: body === undefined ? undefined : encoded(body) });
  }

  /** The text of an answer that is a success. */
  #hidden(attempt: Attempt, what: string): Promise<string> {
    return textOf(attempt, what, [this.#proof, secretOf(this.access.credential)]);
  }

  #address(service: string): string {
    // The catalogue's own address of keystone may be one that only the cloud itself reaches.
    if (service === "identity") return this.access.authUrl;
    const found = endpoint(this.#token, this.access, service);
    if (found !== undefined) return found;
    const { region, interface: kind = "public", authUrl } = this.access;
    const where = region === undefined ? "" : ` in region ${region}`;
    throw new OpenStackSilence(
      `the catalogue of ${authUrl} has no ${kind} address of ${service}${where}; ${offered(this.#token, service)}`,
    );
  }
}

interface Proven {
  readonly token: Token;
  readonly proof: string;
}

async function login(access: CloudAccess): Promise<Proven> {
  const url = `${access.authUrl}/auth/tokens`;
  const what = `asking for a token, POST ${url}`;
  // Asking twice gives two tokens, which harms nobody.
  const attempt = await persistently(() =>
    request(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify(authentication(access.credential)),
    }),
  );
  const text = await textOf(attempt, what, [secretOf(access.credential)]);
  const { token } = readAnswer(tokenSchema, text, what);
  const proof = attempt instanceof Response ? attempt.headers.get("x-subject-token") : null;
  if (proof === null) throw new OpenStackSilence(`${what}: the answer has no X-Subject-Token`);
  return { token, proof };
}

async function request(url: string, init: RequestInit): Promise<Attempt> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(withinMs) });
  } catch (error) {
    return { noAnswer: whyNoAnswer(error, withinMs) };
  }
}

/** The text of an answer that is a success; what must not be seen is blotted out of any other. */
async function textOf(attempt: Attempt, what: string, secrets: readonly string[]): Promise<string> {
  const blotted = (text: string) =>
    secrets.reduce((rest, secret) => (secret === "" ? rest : rest.replaceAll(secret, "***")), text);
  if (!(attempt instanceof Response)) {
    throw new OpenStackSilence(blotted(`${what}: ${attempt.noAnswer}`));
  }
  const text = await attempt.text();
  if (attempt.ok) return text;
  throw new OpenStackRefusal(attempt.status, what, blotted(wordsOf(text)));
}

function readAnswer<T>(schema: z.ZodType<T>, text: string, what: string): T {
  const read = schema.safeParse(text === "" ? undefined : jsonIn(text));
  if (read.success) return read.data;
  const wrong = read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new OpenStackSilence(`${what}: an answer of another form: ${wrong.slice(0, 3).join("; ")}`);
}

function encoded(body: unknown): string | Uint8Array<ArrayBuffer> {
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
}

const contentType = (body: unknown): string =>
  body instanceof Uint8Array ? "application/octet-stream" : "application/json";
