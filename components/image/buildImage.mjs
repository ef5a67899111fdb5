/*
 * Finds the nodes' image of a name and checksum, or builds it with Packer. A program of its own, for
 * Pulumi's command provider and for `./eo image build`.
 *
 * IMAGE_NAME, IMAGE_CHECKSUM   what is looked for: the property eo_platform_checksum has the latter
 * IMAGE_TEMPLATE               folder of the template
 * IMAGE_VARIABLES              the template's variables, as JSON; the three above go before them
 * OS_AUTH_URL, OS_REGION_NAME, OS_APPLICATION_CREDENTIAL_ID, OS_APPLICATION_CREDENTIAL_SECRET
 *
 * stdout: {"image": {"id", "name"}, "isBuilt", "manifest"}; stderr: a line for each step, `step 2 of
 * 10: 20-docker: …`. An interrupt goes to Packer, which then removes what it had made.
 */
import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

const withinMs = 60_000;
/** How much of what Packer said last is shown where it fails. */
const lastLines = 15;

class Failure extends Error {}

const say = (text) => process.stderr.write(`${text}\n`);

function required(name) {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Failure(`${name} is not set`);
  return value;
}

async function asked(what, url, init) {
  let response;
  try {
    response = await fetch(url, { ...init, signal: AbortSignal.timeout(withinMs) });
  } catch (error) {
    throw new Failure(`${what}: no answer of ${url}: ${error.cause?.message ?? error.message}`);
  }
  if (!response.ok) throw new Failure(`${what}: ${url}: HTTP ${response.status}`);
  return { headers: response.headers, body: await response.json() };
}

/** The newest image that is there already. */
async function findImage(name, checksum) {
  const id = required("OS_APPLICATION_CREDENTIAL_ID");
  const secret = required("OS_APPLICATION_CREDENTIAL_SECRET");
  const identity = {
    methods: ["application_credential"],
    application_credential: { id, secret },
  };
  const { headers, body } = await asked(
    "asking for a token",
    `${required("OS_AUTH_URL")}/auth/tokens`,
    {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ auth: { identity } }),
    },
  );
  const region = process.env.OS_REGION_NAME;
  const endpoints = body.token.catalog.find(({ type }) => type === "image")?.endpoints ?? [];
  const endpoint = endpoints.find(
    (one) => one.interface === "public" && (!region || one.region_id === region),
  );
  if (endpoint === undefined) throw new Failure(`no image service in region ${region ?? "any"}`);
  const query = new URLSearchParams({
    name,
    status: "active",
    sort: "created_at:desc",
    eo_platform_checksum: checksum,
  });
  const base = endpoint.url.replace(/\/+$/, "").replace(/\/v2(\.\d+)?$/, "");
  const found = await asked("looking for the image", `${base}/v2/images?${query}`, {
    headers: { "x-auth-token": headers.get("x-subject-token") },
  });
  return found.body.images[0];
}

/** Packer's environment: this one's, with one way to log in. */
function environment() {
  const ours = [
    "AUTH_URL",
    "REGION_NAME",
    "APPLICATION_CREDENTIAL_ID",
    "APPLICATION_CREDENTIAL_SECRET",
  ];
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith("OS_") || ours.includes(name.slice(3)),
  );
  return { ...Object.fromEntries(kept), CHECKPOINT_DISABLE: "1", PACKER_NO_COLOR: "1" };
}

/** Runs Packer to its end; each of its lines is told. */
async function packer(args, tell) {
  const run = spawn("packer", args, {
    env: environment(),
    stdio: ["ignore", "pipe", "pipe"],
    // A terminal's interrupt would reach it twice, and the second one ends it at once.
    detached: true,
  });
  const last = [];
  const line = (text) => {
    last.push(text);
    if (last.length > lastLines) last.shift();
    tell(text);
  };
  for (const stream of [run.stdout, run.stderr]) createInterface(stream).on("line", line);
  // Packer 1.11 cleans up after this one, and was seen to miss an interrupt that it alone was sent.
  const interrupt = () => run.kill("SIGTERM");
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  const code = await new Promise((resolve, reject) => {
    run.on("error", () => reject(new Failure("packer is not on PATH: install 1.11 or newer")));
    run.on("close", resolve);
  });
  if (code === 0) return;
  const how = code === null ? "was ended" : `failed with exit code ${code}`;
  throw new Failure(`packer ${args[0]} ${how}; it said last:\n${last.join("\n")}`);
}

/** Makes Packer's lines steps: those of the template's scripts are numbered. */
async function stepsOf(template) {
  const files = await readdir(path.join(template, "scripts"));
  const names = files.filter((file) => file.endsWith(".sh")).map((file) => file.slice(0, -3));
  const steps = names.sort();
  return (text) => {
    const [, name, rest] = /\bimage: ([\w-]+): (.*)$/.exec(text) ?? [];
    const step = steps.indexOf(name) + 1;
    if (step > 0) say(`step ${step} of ${steps.length}: ${name}: ${rest}`);
    else if (text.startsWith("==> ")) say(text.slice(4));
  };
}

async function build(name, checksum) {
  const template = required("IMAGE_TEMPLATE");
  const folder = await mkdtemp(path.join(tmpdir(), "node-image-"));
  try {
    const manifest = path.join(folder, "manifest.json");
    const variables = path.join(folder, "variables.pkrvars.json");
    const given = JSON.parse(required("IMAGE_VARIABLES"));
    const own = { image_name: name, template_checksum: checksum, manifest_file: manifest };
    await writeFile(variables, JSON.stringify({ ...given, ...own }));
    await packer(["init", template], () => undefined);
    const tell = await stepsOf(template);
    await packer(["build", "-color=false", `-var-file=${variables}`, template], tell);
    return JSON.parse(await readFile(manifest, "utf8"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function main() {
  const [name, checksum] = [required("IMAGE_NAME"), required("IMAGE_CHECKSUM")];
  const found = await findImage(name, checksum);
  if (found !== undefined) {
    say(`image ${found.id} of that checksum is there already: nothing is built`);
    return { image: { id: found.id, name }, isBuilt: false };
  }
  const manifest = await build(name, checksum);
  return { image: manifest.image, isBuilt: true, manifest };
}

main().then(
  (result) => process.stdout.write(`${JSON.stringify(result)}\n`),
  (error) => {
    say(error instanceof Failure ? error.message : String(error.stack));
    process.exitCode = 1;
  },
);
