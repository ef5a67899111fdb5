import { z } from "zod";

/** How a caller proves who it is to keystone. */
export type Credential =
  | { readonly user: string; readonly password: string; readonly project: string }
  | { readonly applicationCredentialId: string; readonly secret: string };

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

/** An answer that is no success: its status, and what the service says. */
export class OpenStackRefusal extends Error {
  constructor(
    readonly status: number,
    what: string,
    readonly said: string,
  ) {
    super(`${what}: HTTP ${status}: ${said.slice(0, 500)}`);
  }
}

/** For answers that nobody reads. */
export const anything = z.unknown();

const named = z.object({ id: z.string(), name: z.string() });
const tokenSchema = z.object({
  token: z.object({
    project: named,
    user: named,
    catalog: z.array(
      z.object({
        type: z.string(),
        endpoints: z.array(z.object({ interface: z.string(), url: z.string() })),
      }),
    ),
  }),
});
type Token = z.infer<typeof tokenSchema>["token"];

/** The newest versions of 2025.1 that our calls were written for. */
const microversions: Readonly<Record<string, string>> = {
  compute: "2.90",
  "block-storage": "3.70",
  placement: "1.39",
};
const withinMs = 60_000;

/** The APIs of an OpenStack, called with one account. */
export class OpenStackClient {
  private constructor(
    private readonly authUrl: string,
    private readonly secret: string,
    private readonly token: Token,
  ) {}

  /** @throws OpenStackRefusal where keystone does not take the credential */
  static async connect(authUrl: string, credential: Credential): Promise<OpenStackClient> {
    const response = await fetch(`${authUrl}/auth/tokens`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ auth: authentication(credential) }),
      signal: AbortSignal.timeout(withinMs),
    });
    const text = await response.text();
    if (!response.ok) throw new OpenStackRefusal(response.status, "asking for a token", text);
    const { token } = tokenSchema.parse(JSON.parse(text));
    return new OpenStackClient(authUrl, response.headers.get("x-subject-token") ?? "", token);
  }

  /** The project that the token is good for. */
  get projectId(): string {
    return this.token.project.id;
  }

  /** The account that the token was given to. */
  get userId(): string {
    return this.token.user.id;
  }

  /** @throws OpenStackRefusal for any answer but a success */
  async call<T>({ service, method = "GET", path, body, answer }: Call<T>): Promise<T> {
    const response = await fetch(`${this.address(service)}${path}`, {
      method,
      headers: this.headers(service, body),
      body: body === undefined ? undefined : encoded(body),
      signal: AbortSignal.timeout(withinMs),
    });
    const text = await response.text();
    if (!response.ok) throw new OpenStackRefusal(response.status, `${method} ${path}`, text);
    return answer.parse(text === "" ? undefined : JSON.parse(text));
  }

  private headers(service: string, body: unknown): Record<string, string> {
    const version = microversions[service];
    const name = service === "block-storage" ? "volume" : service;
    return {
      "x-auth-token": this.secret,
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": contentType(body) }),
      ...(version === undefined ? {} : { "openstack-api-version": `${name} ${version}` }),
    };
  }

  private address(service: string): string {
    // The catalogue may still name the port of an earlier start.
    if (service === "identity") return this.authUrl;
    const endpoints = this.token.catalog.find(({ type }) => type === service)?.endpoints;
    const url = endpoints?.find((endpoint) => endpoint.interface === "public")?.url;
    if (url === undefined) throw new Error(`the catalogue has no ${service}`);
    return url;
  }
}

function authentication(credential: Credential) {
  if ("secret" in credential) {
    const { applicationCredentialId: id, secret } = credential;
    return {
      identity: { methods: ["application_credential"], application_credential: { id, secret } },
    };
  }
  const domain = { name: "Default" };
  const user = { name: credential.user, password: credential.password, domain };
  return {
    identity: { methods: ["password"], password: { user } },
    scope: { project: { name: credential.project, domain } },
  };
}

function encoded(body: unknown): string | Uint8Array<ArrayBuffer> {
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
}

function contentType(body: unknown): string {
  return body instanceof Uint8Array ? "application/octet-stream" : "application/json";
}
