import type { Ini } from "./ini";
import {
  account,
  broker,
  client,
  database,
  logging,
  messaging,
  tokens,
  url,
  type Site,
} from "./shared";

/** The types of volumes: names as CloudFerro's clouds have them; the first is the default. */
export const volumeTypes = ["ssd", "hdd"] as const;

/** The name that the volume types find their backend by. */
export const volumeBackend = "simulated";

/** cinder.conf; volumes are records without data. */
export function cinder(site: Site): Ini {
  return {
    DEFAULT: {
      ...logging,
      transport_url: broker(site),
      state_path: `${site.paths.data}/cinder`,
      my_ip: "127.0.0.1",
      host: "volumes",
      osapi_volume_listen: "127.0.0.1",
      osapi_volume_listen_port: site.ports.cinder,
      osapi_volume_workers: 1,
      glance_api_servers: url(site.ports.glance),
      auth_strategy: "keystone",
      api_paste_config: `${site.services}/etc/cinder/api-paste.ini`,
      // Without it no list can be asked for by name, and the CSI driver asks so before it makes a volume.
      resource_query_filters_file: `${site.services}/etc/cinder/resource_filters.json`,
      enabled_backends: volumeBackend,
      default_volume_type: volumeTypes[0],
      report_interval: 5,
      periodic_fuzzy_delay: 0,
      // A scheduler that has missed where volumes can go learns it soon.
      backend_stats_polling_interval: 10,
      service_down_time: 120,
    },
    [volumeBackend]: {
      volume_driver: "loopback.volumes.SimulatedVolumeDriver",
      volume_backend_name: volumeBackend,
    },
    database: { connection: database(site, "cinder") },
    nova: account(site, "cinder"),
    service_user: { ...client(site, "cinder"), send_service_user_token: true },
    ...tokens(site, "cinder", "block-storage"),
    ...messaging(site),
  };
}
