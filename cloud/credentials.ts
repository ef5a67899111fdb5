import { z } from "zod";
import {
  isApplication,
  type ApplicationCredential,
  type CloudAccess,
  type Credential,
} from "./access";
import { mergedCloud } from "./cloudEntry";

/** A file's text and where it was found. */
export interface FoundFile {
  readonly path: string;
  readonly text: string;
}

/** What a caller found that may hold a credential. */
export interface CredentialSources {
  /** Given by itself, in settings or in `OS_…` variables; goes before any file. */
  readonly explicit?: {
    /** Keystone's address, with or without `/v3`. */
    readonly authUrl?: string;
    readonly region?: string;
    /** Default: `public`. */
    readonly interface?: string;
    readonly applicationCredentialId?: string;
    /** A secret. */
    readonly applicationCredentialSecret?: string;
  };
  /** Name of the entry in clouds.yaml. Default: its only one. */
  readonly cloud?: string;
  /** The first clouds.yaml of {@link cloudsYamlPlaces} that is there. */
  readonly cloudsYaml?: FoundFile;
  /** secure.yaml beside it, whose values are added to those of clouds.yaml. */
  readonly secureYaml?: FoundFile;
}

/** How a cloud is reached, with what the user should know; or why it cannot be. */
export type FoundAccess<C extends Credential = Credential> =
  | { readonly access: CloudAccess<C>; readonly notes: readonly string[] }
  /** Lower case, no full stop, with a remedy, without any secret. */
  | { readonly problem: string };

/** Where OpenStack's own clients look for clouds.yaml, the first one that is there. */
export function cloudsYamlPlaces(where: {
  /** Value of `OS_CLIENT_CONFIG_FILE`. */
  readonly configFile?: string;
  /** The folder that the user is in. */
  readonly folder: string;
  /** The user's home. */
  readonly home: string;
}): readonly string[] {
  const { configFile, folder, home } = where;
  if (configFile !== undefined && configFile !== "") return [configFile];
  return [
    `${folder}/clouds.yaml`,
    `${home}/.config/openstack/clouds.yaml`,
    "/etc/openstack/clouds.yaml",
  ];
}

const howToGive =
  "give keystone's address with id and secret of an application credential, or the name of an entry in clouds.yaml";

/** How a cloud is reached, by any credential. */
export function findAccess(sources: CredentialSources): FoundAccess {
  const { applicationCredentialId: id, applicationCredentialSecret: secret } =
    sources.explicit ?? {};
  return id !== undefined || secret !== undefined
    ? explicitAccess(sources.explicit ?? {})
    : entryAccess(sources);
}

/** How a stack reaches its cloud: by an application credential and by nothing else. */
export function findApplicationAccess(
  sources: CredentialSources,
): FoundAccess<ApplicationCredential> {
  const found = findAccess(sources);
  if ("problem" in found) return found;
  const { access, notes } = found;
  if (isApplication(access)) return { access, notes };
  const cloud = sources.cloud ?? "NAME";
  return {
    problem: [
      `clouds.yaml's entry ${cloud} is a user's password, which would reach the cluster`,
      `make an application credential with \`openstack --os-cloud ${cloud} application credential create eo-platform\``,
      "and put its id and secret into an entry with auth_type v3applicationcredential",
    ].join("; "),
  };
}

function explicitAccess(given: NonNullable<CredentialSources["explicit"]>): FoundAccess {
  const { authUrl, applicationCredentialId, applicationCredentialSecret } = given;
  const missing = Object.entries({
    "keystone's address (OS_AUTH_URL)": authUrl,
    "its id (OS_APPLICATION_CREDENTIAL_ID)": applicationCredentialId,
    "its secret (OS_APPLICATION_CREDENTIAL_SECRET)": applicationCredentialSecret,
  })
    .filter(([, value]) => value === undefined || value === "")
    .map(([name]) => name);
  if (missing.length > 0) {
    return { problem: `the application credential lacks ${missing.join(" and ")}` };
  }
  const secret = applicationCredentialSecret ?? "";
  return withAddress(authUrl ?? "", {
    region: given.region,
    interface: given.interface,
    credential: { applicationCredentialId: applicationCredentialId ?? "", secret },
  });
}

const text = z.string().min(1);
const entrySchema = z.object({
  auth_type: text.optional(),
  auth: z.record(z.string(), z.unknown()).default({}),
  region_name: text.optional(),
  interface: text.optional(),
  endpoint_type: text.optional(),
  verify: z.boolean().optional(),
  cacert: text.optional(),
});

function entryAccess({ cloud, cloudsYaml, secureYaml }: CredentialSources): FoundAccess {
  if (cloudsYaml === undefined) {
    return { problem: `there is no OpenStack credential: no clouds.yaml was found; ${howToGive}` };
  }
  const merged = mergedCloud(cloud, cloudsYaml, secureYaml);
  if ("problem" in merged) return merged;
  const read = entrySchema.safeParse(merged.entry);
  const where = `${cloudsYaml.path}: clouds.${merged.name}`;
  if (!read.success) {
    const wrong = read.error.issues.map(({ path }) => path.join(".")).join(", ");
    return { problem: `${where}: no text at ${wrong}` };
  }
  const { data } = read;
  if (data.verify === false) {
    return {
      problem: `${where}: verify: false is not taken, for the credential would go to anybody; start with NODE_EXTRA_CA_CERTS=FILE for a certificate authority of the cloud's own`,
    };
  }
  const credential = credentialOf(where, data.auth_type, data.auth);
  if ("problem" in credential) return credential;
  const found = withAddress(credential.authUrl, {
    region: data.region_name,
    interface: data.interface ?? data.endpoint_type,
    credential: credential.credential,
  });
  return "problem" in found || data.cacert === undefined
    ? found
    : {
        ...found,
        notes: [`${where}: cacert is read by Node from NODE_EXTRA_CA_CERTS=${data.cacert} only`],
      };
}

const address = { auth_url: text };
const applicationSchema = z.object({
  ...address,
  application_credential_id: text,
  application_credential_secret: text,
});
const passwordSchema = z.object({
  ...address,
  username: text,
  password: text,
  project_name: text,
  user_domain_name: text.optional(),
  project_domain_name: text.optional(),
});

type FoundCredential =
  { readonly authUrl: string; readonly credential: Credential } | { readonly problem: string };

function credentialOf(
  where: string,
  type: string | undefined,
  auth: Readonly<Record<string, unknown>>,
): FoundCredential {
  const kind =
    type ?? ("application_credential_id" in auth ? "v3applicationcredential" : "password");
  if (kind === "v3applicationcredential") {
    const read = applicationSchema.safeParse(auth);
    if (!read.success) return lacking(where, read.error);
    const { application_credential_id: applicationCredentialId } = read.data;
    const secret = read.data.application_credential_secret;
    return { authUrl: read.data.auth_url, credential: { applicationCredentialId, secret } };
  }
  if (kind !== "password" && kind !== "v3password") {
    return {
      problem: `${where}: auth_type ${kind} is not understood; take v3applicationcredential`,
    };
  }
  const read = passwordSchema.safeParse(auth);
  if (!read.success) return lacking(where, read.error);
  const { auth_url: authUrl, username: user, password, project_name: project } = read.data;
  const domains = {
    userDomain: read.data.user_domain_name,
    projectDomain: read.data.project_domain_name,
  };
  return { authUrl, credential: { user, password, project, ...domains } };
}

function lacking(where: string, { issues }: z.ZodError): { readonly problem: string } {
  const keys = issues.map(({ path }) => path.join(".")).join(", ");
  return {
    problem: `${where}.auth lacks ${keys}; \`openstack application credential create\` prints them`,
  };
}

function withAddress(given: string, access: Omit<CloudAccess, "authUrl">): FoundAccess {
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol)) {
    return {
      problem:
        "the auth URL is no http(s) address; it is keystone's, as https://keystone.example.org:5000/v3",
    };
  }
  const url = new URL(given);
  if (url.username !== "" || url.password !== "") {
    return { problem: `the auth URL of ${url.host} holds a user or a password; leave it out` };
  }
  const base = `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
  const authUrl = /\/v3$/.test(base) ? base : `${base}/v3`;
  return { access: { authUrl, ...access }, notes: [] };
}
