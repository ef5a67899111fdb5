import type { Ini } from "./ini";
import { database, logging, tokens, type Site } from "./shared";

/** keystone.conf. */
export function keystone(site: Site): Ini {
  const { data } = site.paths;
  return {
    DEFAULT: logging,
    database: { connection: database(site, "keystone") },
    // A day: no test outlives its token.
    token: { provider: "fernet", expiration: 86_400 },
    fernet_tokens: { key_repository: `${data}/fernet` },
    // Of logins in several steps; keystone does not start without.
    fernet_receipts: { key_repository: `${data}/fernet` },
    credential: { key_repository: `${data}/credential` },
    // Every use of an application credential pays for its hash; these guard loopback ports.
    identity: { password_hash_rounds: 4 },
    cache: {
      enabled: true,
      backend: "dogpile.cache.memcached",
      memcache_servers: `127.0.0.1:${site.ports.memcached}`,
    },
  };
}

/** placement.conf. */
export function placement(site: Site): Ini {
  return {
    DEFAULT: logging,
    placement_database: { connection: database(site, "placement") },
    api: { auth_strategy: "keystone" },
    ...tokens(site, "placement", "placement"),
  };
}
