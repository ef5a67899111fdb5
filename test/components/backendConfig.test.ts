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
  // A class of attrs takes the options that it has fields for, and refuses any other.
  "attrs.py": [
    "class Field:",
    "    def __init__(self, name):",
    "        self.name = name",
    "def fields(kind):",
    "    return [Field(name) for name in kind.known]",
  ],
  "openeogeotrellis/config.py": [
    "import os",
    "class GpsBackendConfig:",
    "    known = os.environ['KNOWN_FIELDS'].split(',')",
    "    def __init__(self, **given):",
    "        unknown = [name for name in given if name not in self.known]",
    "        if unknown:",
    "            raise TypeError(f'unexpected {unknown}')",
    "        self.__dict__.update(dict.fromkeys(self.known), **given)",
  ],
};

/** Fields that all releases know. Source: openeo-python-driver and openeo-geopyspark-driver. */
const always = [
  ...["id", "capabilities_title", "capabilities_description", "oidc_providers"],
  ...["enable_basic_auth", "valid_basic_auth", "opensearch_enrich"],
];

/** Fields of the releases of 2025-03 and of 2026-08, as far as the file has to do with them. */
const releases = {
  "2025-03": [...always, "enable_oidc_auth", "url_signer", "use_zk_job_registry", "ejr_backend_id"],
  "2026-08": [...always, "enable_oidc_auth", "url_signer", "ejr_backend_id"],
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
  "    'zookeeper': getattr(config, 'use_zk_job_registry', None),",
  "    'registry_id': getattr(config, 'ejr_backend_id', None),",
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
  readonly zookeeper: boolean | null;
  readonly registry_id: string | null;
  readonly lets_in: readonly boolean[];
}

const identity = (changes: Partial<BackendIdentity> = {}): BackendIdentity => ({
  id: "openeo",
  title: "Example",
  description: "An example",
  login: {},
  hasZooKeeper: false,
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
    release: keyof typeof releases = "2025-03",
  ): Promise<Seen> {
    const folder = dir ?? assert.fail("no folder");
    const file = path.join(folder, "backendconfig.py");
    await writeFile(file, backendConfig(given));
    const args = [path.join(folder, "probe.py"), file, JSON.stringify(tries)];
    const { stdout } = await execa("python3", args, {
      env: { ...env, PYTHONPATH: folder, KNOWN_FIELDS: releases[release].join(",") },
    });
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

  it("asks for no ZooKeeper where there is none: older releases would not start", async () => {
    assert.equal((await read(identity())).zookeeper, false);
    assert.equal((await read(identity({ hasZooKeeper: true }))).zookeeper, true);
    assert.equal((await read(identity(), [], {}, "2026-08")).zookeeper, null);
  });

  it("tells a job registry whose jobs they are, by the file where it reads it", async () => {
    const given = identity({ registryId: "example" });
    assert.equal((await read(given, [], {}, "2026-08")).registry_id, "example");
    assert.equal((await read(given)).registry_id, "example");
    assert.equal((await read(identity())).registry_id, "unknown");
  });

  it("signs URLs where there is a secret to sign with, and runs in a job, which has none", async () => {
    assert.equal((await read(identity(), [], { SIGNED_URL_SECRET: "secret" })).signs, true);
    assert.equal((await read(identity())).signs, false);
  });
});
