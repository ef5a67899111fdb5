import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/**
 * Answers on loopback as much of OpenStack's identity service as logging in takes. Packer's
 * OpenStack builder logs in even to validate a template, and refuses all without.
 *
 * @param use given the address; the service ends when it has ended
 */
export async function withIdentity<T>(use: (address: string) => Promise<T>): Promise<T> {
  const server = createServer(answer);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const bound = server.address();
  try {
    if (bound === null || typeof bound === "string") throw new Error("cannot happen: no port");
    return await use(`http://127.0.0.1:${bound.port}/v3`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  const isLogin = request.method === "POST" && request.url === "/v3/auth/tokens";
  response.writeHead(isLogin ? 201 : 404, {
    "content-type": "application/json",
    "x-subject-token": "nobody",
  });
  const token = { methods: ["token"], expires_at: "2999-01-01T00:00:00.000000Z", catalog: [] };
  response.end(JSON.stringify(isLogin ? { token } : {}));
}

/** Variables with which a client of OpenStack logs in there, and nowhere else. */
export const identityVariables = (address: string): Readonly<Record<string, string>> => ({
  OS_AUTH_URL: address,
  OS_AUTH_TYPE: "v3applicationcredential",
  OS_APPLICATION_CREDENTIAL_ID: "nobody",
  OS_APPLICATION_CREDENTIAL_SECRET: "nothing",
});
