import type { OpenEoLoginArgs, OpenEoOidcClientArgs } from "./featureArgs";

/** Variables that the file reads: a password stands in no file. */
export const loginVariables = {
  user: "OPENEO_BASIC_AUTH_USER",
  password: "OPENEO_BASIC_AUTH_PASSWORD",
  signing: "SIGNED_URL_SECRET",
} as const;

/** What the backend says of itself, and whom it lets in. */
export interface BackendIdentity {
  /** Name of the instance. */
  readonly id: string;
  /** What users see as its name. */
  readonly title: string;
  /** What users see as its description. */
  readonly description: string;
  /** Who may log in. */
  readonly login: OpenEoLoginArgs;
  /** Whether there is a ZooKeeper that keeps batch jobs. */
  readonly hasZooKeeper: boolean;
  /** The name that its jobs are kept under in a job registry. */
  readonly registryId?: string;
}

const grantTypes = [
  "authorization_code+pkce",
  "urn:ietf:params:oauth:grant-type:device_code+pkce",
  "refresh_token",
];

const clientOf = (client: OpenEoOidcClientArgs) => ({
  id: client.id,
  grant_types: client.grantTypes ?? grantTypes,
  redirect_urls: client.redirectUrls ?? [],
});

/**
 * The `backendconfig.py` that openEO reads at its start. What the settings say is data in it, never
 * code: a text that JSON writes is a text that Python reads, and nothing else.
 *
 * What only some releases know is given to those alone: their class refuses what it does not know.
 * Without `opensearch_enrich` off, each collection would be looked up at its makers' catalogue.
 */
export function backendConfig(identity: BackendIdentity): string {
  const { id, title, description, login, hasZooKeeper, registryId = "unknown" } = identity;
  const said = {
    id,
    title,
    description,
    zookeeper: hasZooKeeper,
    registry_id: registryId,
    basic: login.basicUser !== undefined,
    oidc: (login.oidc ?? []).map(({ clients = [], scopes = ["openid"], ...provider }) => ({
      id: provider.id,
      issuer: provider.issuer,
      title: provider.title,
      scopes,
      default_clients: clients.map(clientOf),
    })),
  };
  return `# Made by eoplatform from the settings of the stack: changes here are lost.
import hmac
import json
import os

import attrs
from openeo_driver.urlsigning import UrlSigner
from openeo_driver.users.oidc import OidcProvider
from openeogeotrellis.config import GpsBackendConfig

said = json.loads(${JSON.stringify(JSON.stringify(said))})
signing_secret = os.environ.get("${loginVariables.signing}")


def is_the_user(user, password):
    expected_user = os.environ.get("${loginVariables.user}", "")
    expected_password = os.environ.get("${loginVariables.password}", "")
    if not expected_password:
        return False
    same_user = hmac.compare_digest(user.encode("utf8"), expected_user.encode("utf8"))
    return hmac.compare_digest(password.encode("utf8"), expected_password.encode("utf8")) and same_user


def known(**options):
    names = {field.name for field in attrs.fields(GpsBackendConfig)}
    return {name: value for name, value in options.items() if name in names}


config = GpsBackendConfig(
    id=said["id"],
    capabilities_title=said["title"],
    capabilities_description=said["description"],
    oidc_providers=[OidcProvider.from_dict(provider) for provider in said["oidc"]],
    enable_basic_auth=said["basic"],
    valid_basic_auth=is_the_user if said["basic"] else None,
    opensearch_enrich=False,
    **known(
        enable_oidc_auth=bool(said["oidc"]),
        # Batch jobs read this file too, and are not given the secret.
        url_signer=UrlSigner(secret=signing_secret, expiration=7 * 24 * 60 * 60) if signing_secret else None,
        # Releases until 2026-04 do not start without ZooKeeper otherwise.
        use_zk_job_registry=said["zookeeper"],
        ejr_backend_id=said["registry_id"],
    ),
)
`;
}
