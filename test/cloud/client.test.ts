import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { z } from "zod";
import { anything, OpenStackClient } from "../../cloud/client";
import { OpenStackRefusal, OpenStackSilence } from "../../cloud/failures";

const secret = "hunter2-never-seen";

/** An OpenStack of one service, whose answers a test decides. */
describe("the client of OpenStack's APIs", function () {
  let server: Server;
  let authUrl: string;
  let seen: string[];
  let tokens: number;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let endpoint: { interface: string; region_id: string; url: string };

  before(async () => {
    server = createServer((request, response) => {
      seen.push(`${request.method} ${request.url} ${String(request.headers["x-auth-token"])}`);
      if (request.url === "/v3/auth/tokens") login(response);
      else answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    authUrl = `http://127.0.0.1:${port}/v3`;
  });

  after(() => server.close());

  beforeEach(() => {
    [seen, tokens] = [[], 0];
    endpoint = { interface: "public", region_id: "one", url: `${authUrl.slice(0, -3)}/image/v2/` };
    answer = (_, response) => response.end("{}");
  });

  function login(response: ServerResponse): void {
    tokens += 1;
    const named = { id: "1", name: "one" };
    const catalog = [{ type: "image", endpoints: [endpoint] }];
    const token = { expires_at: "2026-01-01T00:00:00Z", project: named, user: named, catalog };
    response.setHeader("x-subject-token", `token-${tokens}`);
    response.end(JSON.stringify({ token }));
  }

  const credential = { applicationCredentialId: "id", secret };
  const connect = (more: object = {}) => OpenStackClient.connect({ authUrl, credential, ...more });
  const get = { service: "image", path: "/v2/images", answer: anything };

  it("asks again what only reads, where a service stumbles, as late as that says", async () => {
    const client = await connect();
    let turn = 0;
    answer = (_, response) => {
      turn += 1;
      if (turn === 1) response.setHeader("retry-after", "0.01");
      response.statusCode = turn < 3 ? 503 : 200;
      response.end("{}");
    };
    assert.deepEqual(await client.call(get), {});
    assert.equal(turn, 3);
  });

  it("does not repeat what changes something", async () => {
    const client = await connect();
    answer = (_, response) => {
      response.statusCode = 503;
      response.end("busy");
    };
    await assert.rejects(client.call({ ...get, method: "POST", body: {} }), /HTTP 503: busy$/);
    assert.equal(seen.length, 2);
  });

  it("gets a new token where the old one has ended, and once only", async () => {
    const client = await connect();
    answer = (request, response) => {
      response.statusCode = request.headers["x-auth-token"] === "token-2" ? 200 : 401;
      response.end("{}");
    };
    assert.deepEqual(await client.call({ ...get, method: "POST", body: {} }), {});
    answer = (_, response) => {
      response.statusCode = 401;
      response.end(JSON.stringify({ error: { message: "no" } }));
    };
    await assert.rejects(client.call(get), /HTTP 401: no$/);
    assert.equal(tokens, 3);
  });

  it("takes the next page from where it asked, whatever address the service gives", async () => {
    const client = await connect();
    answer = (request, response) => {
      const next = request.url?.endsWith("?limit=1")
        ? { next: "http://elsewhere.example/v2/images?limit=1&marker=a" }
        : {};
      response.end(JSON.stringify({ images: [{ name: String(request.url) }], ...next }));
    };
    const item = z.object({ name: z.string() });
    const found = await client.list({ ...get, path: "/v2/images?limit=1", key: "images", item });
    assert.deepEqual(found, [
      { name: "/image/v2/images?limit=1" },
      { name: "/image/v2/images?limit=1&marker=a" },
    ]);
  });

  it("ends a list whose last page names itself", async () => {
    const client = await connect();
    answer = (_, response) => response.end(JSON.stringify({ images: [], next: "/v2/images?a=b" }));
    await assert.rejects(
      client.list({ ...get, path: "/v2/images?a=b", key: "images", item: anything }),
      /names itself as its next page/,
    );
  });

  it("names the regions of a service that has none in the asked one", async () => {
    const client = await connect({ region: "two" });
    await assert.rejects(
      client.call(get),
      /has no public address of image in region two; it has it in one public$/,
    );
  });

  it("blots out its token and secret, which a service repeats", async () => {
    const client = await connect();
    answer = (request, response) => {
      response.statusCode = 400;
      const message = `${String(request.headers["x-auth-token"])} ${secret}`;
      response.end(JSON.stringify({ badRequest: { message, code: 400 } }));
    };
    await assert.rejects(client.call(get), (error: unknown) => {
      assert.ok(error instanceof OpenStackRefusal);
      assert.equal(error.said, "*** ***");
      assert.doesNotMatch(`${error.stack} ${JSON.stringify(error)}`, /hunter2|token-/);
      return true;
    });
  });

  it("says what is of another form, by name and without its value", async () => {
    const client = await connect();
    answer = (_, response) => response.end(JSON.stringify({ images: secret }));
    const form = z.object({ images: z.array(z.string()) });
    await assert.rejects(client.call({ ...get, answer: form }), (error: unknown) => {
      assert.ok(error instanceof OpenStackSilence);
      assert.match(
        error.message,
        /an answer of another form: images: Invalid input: expected array/,
      );
      assert.doesNotMatch(error.message, /hunter2/);
      return true;
    });
  });

  it("says who does not answer, and why", async () => {
    await assert.rejects(
      connect({ authUrl: "http://127.0.0.1:1/v3" }),
      /^Error: asking for a token, POST http:\/\/127\.0\.0\.1:1\/v3\/auth\/tokens: .*(ECONNREFUSED|bad port)/,
    );
  });
});
