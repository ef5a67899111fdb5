import type { Ini } from "./ini";
import { database, logging, tokens, type Site } from "./shared";

/** glance-api.conf: images are files. */
export function glance(site: Site): Ini {
  const { data } = site.paths;
  return {
    DEFAULT: {
      ...logging,
      bind_host: "127.0.0.1",
      bind_port: site.ports.glance,
      // In the process itself, without a child.
      workers: 0,
      enabled_backends: "files:file",
      enabled_import_methods: "[glance-direct,web-download]",
    },
    database: { connection: database(site, "glance") },
    glance_store: { default_backend: "files" },
    files: { filesystem_store_datadir: `${data}/images` },
    os_glance_tasks_store: { filesystem_store_datadir: `${data}/image-tasks` },
    os_glance_staging_store: { filesystem_store_datadir: `${data}/image-staging` },
    paste_deploy: {
      flavor: "keystone",
      config_file: `${site.services}/etc/glance/glance-api-paste.ini`,
    },
    oslo_concurrency: { lock_path: `${data}/locks` },
    ...tokens(site, "glance", "image"),
  };
}
