import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import {
  backendConfig,
  type BackendIdentity,
} from "../../components/workloads/openeo/backendConfig";
import { skip } from "../support/skip";

/**
 * Stand-ins for the classes of openEO's Python packages, which no registry has: they only keep what
 * they are given. Their parameters are those of openeo-python-driver of 2026-08.
 */
const standIns: Readonly<Record<string, readonly string[]>> = {
  "openeo_driver/__init__.py": [],
  "openeo_driver/urlsigning.py": [
    "class UrlSigner:",
    "    def __init__(self, secret, expiration=None):",
    "        self.secret, self.expiration = secret, expiration",
  ],
  "openeo_driver/users/__init__.py": [],
  "openeo_driver/users/oidc.py": [
    "class OidcProvider(dict):",
    "    @classmethod",
    "    def from_dict(cls, given):",
    "        return cls(given)",
  ],
  "openeogeotrellis/__init__.py": [],
  "openeogeotrellis/config.py": [
    "class GpsBackendConfig:",
    "    def __init__(self, **given):",
    "        self.__dict__.update(given)",
  ],
};

/** Prints what the backend would take from the file, and whom it would let in. */
const probe = [
  "import json, runpy, sys",
  "config = runpy.run_path(sys.argv[1])['config']",
  "check = config.valid_basic_auth or (lambda user, password: False)",
  "tries = json.loads(sys.argv[2])",
  "print(json.dumps({",
  "    'title': config.capabilities_title, 'description': config.capabilities_description,",
  "    'oidc': config.oidc_providers, 'basic': config.enable_basic_auth,",
  "    'signs': config.url_signer is not None,",
  "    'lets_in': [check(user, password) for user, password in tries],",
  "}))",
];

interface Seen {
  readonly title: string;
  readonly description: string;
  readonly oidc: readonly {
    readonly scopes: readonly string[];
    readonly default_clients: readonly { readonly id: string; readonly grant_types: string[] }[];
  }[];
  readonly basic: boolean;
  readonly signs: boolean;
  readonly lets_in: readonly boolean[];
}

const identity = (changes: Partial<BackendIdentity> = {}): BackendIdentity => ({
  id: "openeo",
  title: "Example",
  description: "An example",
  login: {},
  ...changes,
});

describe("the backendconfig.py that is made for openEO", () => {
  let dir: string | undefined;
  before(async function () {
    const { exitCode } = await execa("python3", ["--version"], { reject: false });
    if (exitCode !== 0) skip(this, "python3 is not on PATH; apt-get install python3 brings it");
    dir = await mkdtemp(path.join(tmpdir(), "eo-backend-"));
    for (const [file, lines] of Object.entries({ ...standIns, "probe.py": probe })) {
      await mkdir(path.dirname(path.join(dir, file)), { recursive: true });
      await writeFile(path.join(dir, file), lines.join("\n"));
    }
  });
  after(async () => {
    if (dir !== undefined) await rm(dir, { recursive: true, force: true });
  });

  /** What Python makes of the file. */
  async function read(
    given: BackendIdentity,
    tries: readonly [string, string][] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Seen> {
    const folder = dir ?? assert.fail("no folder");
    const file = path.join(folder, "backendconfig.py");
    await writeFile(file, backendConfig(given));
    const args = [path.join(folder, "probe.py"), file, JSON.stringify(tries)];
    const { stdout } = await execa("python3", args, { env: { ...env, PYTHONPATH: folder } });
    return JSON.parse(stdout) as Seen;
  }

  it("says what the settings say, whatever signs are in it, and runs none of it", async () => {
    const title = "\"quotes' \\ back \n line \u2028 ${x} {x} ''' \"\"\" ü 🛰";
    const seen = await read(identity({ title, description: "')+exit(7)+('" }));
    assert.equal(seen.title, title);
    assert.equal(seen.description, "')+exit(7)+('");
  });

  it("lets in the one user with the password of the environment, and nobody else", async () => {
    const login = { basicUser: "openeo" };
    const env = { OPENEO_BASIC_AUTH_USER: "openeo", OPENEO_BASIC_AUTH_PASSWORD: "right" };
    const tries: [string, string][] = [
      ["openeo", "right"],
      ["openeo", "wrong"],
      ["other", "right"],
      ["", ""],
    ];
    const seen = await read(identity({ login }), tries, env);
    assert.deepEqual(seen.lets_in, [true, false, false, false]);
    const unset = await read(identity({ login }), tries);
    assert.deepEqual(unset.lets_in, [false, false, false, false]);
    const off = await read(identity(), tries, env);
    assert.deepEqual([off.basic, off.lets_in], [false, [false, false, false, false]]);
  });

  it("names the providers, and clients without a secret", async () => {
    const clients = [{ id: "editor", redirectUrls: ["https://editor.openeo.org"] }];
    const provider = { id: "egi", title: "EGI", issuer: "https://egi.example.org" };
    const [oidc] = (await read(identity({ login: { oidc: [{ ...provider, clients }] } }))).oidc;
    assert.deepEqual(oidc?.scopes, ["openid"]);
    assert.equal(oidc.default_clients[0]?.id, "editor");
    assert.equal(oidc.default_clients[0].grant_types.length, 3);
  });

  it("signs URLs where there is a secret to sign with, and runs in a job, which has none", async () => {
    assert.equal((await read(identity(), [], { SIGNED_URL_SECRET: "secret" })).signs, true);
    assert.equal((await read(identity())).signs, false);
  });
});
