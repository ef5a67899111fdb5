import assert from "node:assert/strict";
import fc from "fast-check";
import { stringify } from "yaml";
import {
  cloudsYamlPlaces,
  findAccess,
  findApplicationAccess,
  type CredentialSources,
  type FoundAccess,
} from "../../cloud/credentials";

const secret = "hunter2-never-seen";
const authUrl = "https://keystone.example.org:5000/v3";
const application = {
  auth_type: "v3applicationcredential",
  auth: {
    auth_url: authUrl,
    application_credential_id: "abc",
    application_credential_secret: secret,
  },
  region_name: "WAW3-2",
  interface: "public",
};
const password = {
  auth: {
    auth_url: "https://keystone.example.org:5000",
    username: "me",
    password: secret,
    project_name: "platform",
    user_domain_name: "cloud",
  },
};
const file = (clouds: object, path = "/home/me/clouds.yaml") => ({
  path,
  text: stringify({ clouds }),
});
const taken = {
  access: {
    authUrl,
    region: "WAW3-2",
    interface: "public",
    credential: { applicationCredentialId: "abc", secret },
  },
  notes: [],
};

function problem(found: FoundAccess): string {
  assert.ok("problem" in found, "a problem was expected");
  assert.doesNotMatch(found.problem, /hunter2/);
  return found.problem;
}

describe("the credential of a cloud", () => {
  it("is that of the named entry in clouds.yaml, or of its only one", () => {
    const both = { cloudsYaml: file({ prod: application, old: password }), cloud: "prod" };
    assert.deepEqual(findApplicationAccess(both), taken);
    assert.deepEqual(findApplicationAccess({ cloudsYaml: file({ any: application }) }), taken);
  });

  it("is the one given by itself before any file's", () => {
    const explicit = {
      authUrl: "https://keystone.example.org:5000/",
      region: "WAW3-2",
      interface: "public",
      applicationCredentialId: "abc",
      applicationCredentialSecret: secret,
    };
    const found = findApplicationAccess({ explicit, cloudsYaml: file({ other: password }) });
    assert.deepEqual(found, taken);
  });

  it("may have its secret in secure.yaml", () => {
    const { application_credential_secret: hidden, ...auth } = application.auth;
    const found = findApplicationAccess({
      cloudsYaml: file({ prod: { ...application, auth } }),
      secureYaml: file(
        { prod: { auth: { application_credential_secret: hidden } } },
        "secure.yaml",
      ),
    });
    assert.deepEqual(found, taken);
  });

  it("may be a password for who only reads, and for a stack not", () => {
    const sources = { cloudsYaml: file({ mine: password }), cloud: "mine" };
    const found = findAccess(sources);
    assert.ok("access" in found);
    assert.deepEqual(found.access, {
      authUrl,
      region: undefined,
      interface: undefined,
      credential: {
        user: "me",
        password: secret,
        project: "platform",
        userDomain: "cloud",
        projectDomain: undefined,
      },
    });
    assert.equal(
      problem(findApplicationAccess(sources)),
      "clouds.yaml's entry mine is a user's password, which would reach the cluster; make an application credential with `openstack --os-cloud mine application credential create eo-platform`; and put its id and secret into an entry with auth_type v3applicationcredential",
    );
  });

  it("is missed with one message that says how to give it", () => {
    assert.match(
      problem(findAccess({})),
      /^there is no OpenStack credential: no clouds.yaml was found; give /,
    );
    assert.match(
      problem(findAccess({ explicit: { applicationCredentialSecret: secret } })),
      /^the application credential lacks keystone's address \(OS_AUTH_URL\) and its id \(OS_APPL/,
    );
  });

  it("is refused with the name of what is wrong in its file", () => {
    const said = (entry: object, more: Partial<CredentialSources> = {}) =>
      problem(
        findAccess({
          cloudsYaml: file({ prod: entry, more: application }),
          cloud: "prod",
          ...more,
        }),
      );
    const { application_credential_id: id, ...auth } = application.auth;
    assert.match(
      said({ ...application, auth }),
      /clouds\.prod\.auth lacks application_credential_id/,
    );
    assert.match(
      said({ ...application, auth_type: "v3oidcpassword" }),
      /auth_type v3oidcpassword is not understood/,
    );
    assert.match(said({ ...application, verify: false }), /verify: false is not taken/);
    assert.match(said({ ...application, region_name: [id] }), /no text at region_name/);
    const withUrl = (auth_url: string) =>
      said({ ...application, auth: { ...application.auth, auth_url } });
    assert.match(withUrl("keystone"), /the auth URL is no http\(s\) address/);
    assert.match(
      withUrl(`https://me:${secret}@keystone.example.org`),
      /holds a user or a password/,
    );
    assert.match(
      said(application, { cloud: "dev" }),
      /^\/home\/me\/clouds\.yaml: there is no cloud dev; .*: prod, more$/,
    );
    assert.match(
      said(application, { cloud: undefined }),
      /which cloud is not said; .*: prod, more$/,
    );
  });

  it("notes a certificate authority that Node has to be told of", () => {
    const found = findAccess({ cloudsYaml: file({ prod: { ...application, cacert: "/ca.pem" } }) });
    assert.ok("notes" in found);
    assert.match(found.notes.join(), /NODE_EXTRA_CA_CERTS=\/ca\.pem/);
  });

  it("is never in a message, whatever is wrong with the file that holds it", () => {
    const text = stringify({ clouds: { prod: application } });
    const broken = fc
      .tuple(fc.nat(text.length), fc.nat(12), fc.constantFrom("", ":", "\t", '"', "{", "\n", "- "))
      .map(([at, length, put]) => text.slice(0, at) + put + text.slice(at + length))
      .filter((left) => left.includes(secret));
    fc.assert(
      fc.property(broken, (left) => {
        const found = findAccess({ cloudsYaml: { path: "clouds.yaml", text: left } });
        assert.doesNotMatch("problem" in found ? found.problem : found.notes.join(), /hunter2/);
      }),
      { numRuns: 500 },
    );
  });
});

describe("the places of clouds.yaml", () => {
  it("are OpenStack's own, and one that is named goes before them all", () => {
    const where = { folder: "/work", home: "/home/me" };
    assert.deepEqual(cloudsYamlPlaces(where), [
      "/work/clouds.yaml",
      "/home/me/.config/openstack/clouds.yaml",
      "/etc/openstack/clouds.yaml",
    ]);
    assert.deepEqual(cloudsYamlPlaces({ ...where, configFile: "/x.yaml" }), ["/x.yaml"]);
  });
});
