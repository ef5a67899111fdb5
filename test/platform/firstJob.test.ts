import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { firstJob } from "../../platform/openeoOutputs";
import { skip } from "../support/skip";

const password = "p4ss-'4711";
const token = "t0ken";

/** A stand-in for openEO's API: the three requests of a first job, behind the login of 1.2. */
function standIn(seen: string[]): Server {
  return createServer((request, response) => {
    const { method = "", url = "", headers } = request;
    const authorization = headers.authorization ?? "";
    seen.push(`${method} ${url}`);
    if (url.endsWith("/credentials/basic")) {
      const expected = `Basic ${Buffer.from(`me:${password}`).toString("base64")}`;
      response.statusCode = authorization === expected ? 200 : 403;
      response.end(JSON.stringify({ access_token: authorization === expected ? token : "" }));
      return;
    }
    response.statusCode = authorization === `Bearer basic//${token}` ? 200 : 403;
    if (url.endsWith("/jobs")) response.setHeader("OpenEO-Identifier", "j-4711");
    response.end(JSON.stringify({ status: response.statusCode === 200 ? "queued" : "refused" }));
  });
}

describe("the commands of a first batch job", () => {
  it("log in, make a job, start it and ask for it", async function () {
    for (const tool of ["bash", "curl", "jq", "awk"]) {
      const { exitCode } = await execa("which", [tool], { reject: false });
      if (exitCode !== 0) skip(this, `${tool} is not on PATH; apt-get install ${tool} brings it`);
    }
    const seen: string[] = [];
    const server = standIn(seen).listen(0, "127.0.0.1");
    await once(server, "listening");
    const dir = await mkdtemp(path.join(tmpdir(), "eo-first-"));
    try {
      const { port } = server.address() as AddressInfo;
      const passwords = JSON.stringify({ "openeo-b": password });
      const program = ["#!/bin/sh", "cat <<'E'", passwords, "E", ""].join("\n");
      await writeFile(path.join(dir, "pulumi"), program, { mode: 0o755 });
      const commands = firstJob("openeo-b", `http://127.0.0.1:${port}/openeo/1.2`, "me");
      const { stdout } = await execa("bash", ["-c", commands.join("\n")], {
        cwd: dir,
        env: { PATH: `${dir}:${process.env["PATH"] ?? ""}` },
      });
      assert.match(stdout, /queued/);
      assert.deepEqual(seen, [
        "GET /openeo/1.2/credentials/basic",
        "POST /openeo/1.2/jobs",
        "POST /openeo/1.2/jobs/j-4711/results",
        "GET /openeo/1.2/jobs/j-4711",
      ]);
    } finally {
      server.close();
      await rm(dir, { recursive: true, force: true });
    }
  });
});
