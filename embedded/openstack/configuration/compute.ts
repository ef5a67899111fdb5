import type { Ini } from "./ini";
import {
  account,
  broker,
  client,
  database,
  logging,
  messaging,
  region,
  tokens,
  url,
} from "./shared";
import type { Site } from "./shared";

/** nova.conf, for all services of nova. */
export function nova(site: Site): Ini {
  return {
    DEFAULT: {
      ...logging,
      transport_url: broker(site),
      state_path: `${site.paths.data}/nova`,
      my_ip: "127.0.0.1",
      osapi_compute_listen: "127.0.0.1",
      osapi_compute_listen_port: site.ports.nova,
      osapi_compute_workers: 1,
      enabled_apis: "osapi_compute",
      compute_driver: "fake.FakeDriverWithoutFakeNodes",
      allow_resize_to_same_host: true,
      report_interval: 5,
      // Else the first look for new compute nodes waits for up to a minute, drawn at random.
      periodic_fuzzy_delay: 0,
      // Generous: on a busy machine a heartbeat may be late.
      service_down_time: 120,
      heal_instance_info_cache_interval: 60,
    },
    api: { auth_strategy: "keystone" },
    wsgi: { api_paste_config: `${site.services}/etc/nova/api-paste.ini` },
    conductor: { workers: 1 },
    // Servers of a group that are made at the same time may be sent to the same node at first.
    scheduler: { workers: 1, max_attempts: 10, discover_hosts_in_cells_interval: 2 },
    filter_scheduler: {
      shuffle_best_same_weighed_hosts: true,
      enabled_filters: [
        "ComputeFilter",
        "ComputeCapabilitiesFilter",
        "ImagePropertiesFilter",
        "ServerGroupAntiAffinityFilter",
        "ServerGroupAffinityFilter",
        "SameHostFilter",
        "DifferentHostFilter",
      ],
    },
    glance: { api_servers: url(site.ports.glance) },
    vnc: { enabled: false },
    cinder: {
      ...account(site, "nova"),
      os_region_name: region,
      catalog_info: "block-storage::publicURL",
    },
    neutron: { ...client(site, "neutron"), service_metadata_proxy: false },
    placement: client(site, "placement"),
    service_user: { ...client(site, "nova"), send_service_user_token: true },
    ...tokens(site, "nova", "compute"),
    ...messaging(site),
  };
}

/** What of nova may reach the databases; compute nodes may not. */
export function novaDatabases(site: Site): Ini {
  return {
    api_database: { connection: database(site, "nova_api") },
    database: { connection: database(site, "nova") },
  };
}

/** What tells one compute node from the others. */
export function computeNode({ paths }: Site, name: string): Ini {
  const folder = `${paths.data}/computes/${name}`;
  return {
    DEFAULT: { host: name, state_path: folder },
    oslo_concurrency: { lock_path: folder },
  };
}
