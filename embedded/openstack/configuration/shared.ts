import type { OpenStackPaths } from "../paths";
import type { Secrets } from "../secrets";
import type { Ports } from "../state";
import type { Ini } from "./ini";

/** All that the services' configuration is made from. */
export interface Site {
  readonly paths: OpenStackPaths;
  readonly ports: Ports;
  readonly secrets: Secrets;
  /** The virtual environment of the services. */
  readonly services: string;
  /** Names of the simulated compute nodes. */
  readonly computes: readonly string[];
}

/** The one region's name, and the name of the zone that CREODIAS' clouds have. */
export const region = "RegionOne";

/** Accounts in keystone that services call each other with. */
export const serviceAccounts = ["glance", "placement", "neutron", "nova", "cinder"] as const;
export type ServiceAccount = (typeof serviceAccounts)[number];

/** Keystone's address. */
export function authUrl(ports: Ports): string {
  return `${url(ports.keystone)}/v3`;
}

/** An address on loopback. */
export function url(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** SQLAlchemy's address of one database. */
export function database({ ports, secrets }: Site, name: string): string {
  const server = `127.0.0.1:${ports.mariadb}`;
  return `mysql+pymysql://openstack:${secrets.database}@${server}/${name}?charset=utf8mb4`;
}

/** oslo.messaging's address of the broker. */
export function broker({ ports, secrets }: Site): string {
  return `rabbit://openstack:${secrets.broker}@127.0.0.1:${ports.rabbitmq}/`;
}

/** How a service proves who it is to keystone. */
export function account({ ports, secrets }: Site, name: ServiceAccount) {
  return {
    auth_url: authUrl(ports),
    auth_type: "password",
    username: name,
    password: secrets.service,
    project_name: "service",
    user_domain_name: "Default",
    project_domain_name: "Default",
  };
}

/** How a service calls another one. */
export function client(site: Site, name: ServiceAccount) {
  return { ...account(site, name), region_name: region };
}

/** How a service checks the tokens of its callers. */
export function tokens(site: Site, name: ServiceAccount, serviceType: string): Ini {
  return {
    keystone_authtoken: {
      ...account(site, name),
      www_authenticate_uri: url(site.ports.keystone),
      memcached_servers: `127.0.0.1:${site.ports.memcached}`,
      service_token_roles: "service,admin",
      service_token_roles_required: true,
      service_type: serviceType,
    },
  };
}

/** A line for each request, and for each setting that will change some day, hides what matters. */
export const logging = {
  default_log_levels: [
    "amqp=WARN",
    "amqplib=WARN",
    "boto=WARN",
    "eventlet.wsgi.server=WARN",
    "iso8601=WARN",
    "keystoneauth=WARN",
    "keystonemiddleware=WARN",
    "neutron.wsgi=WARN",
    "nova.osapi_compute.wsgi.server=WARN",
    "oslo_config.cfg=ERROR",
    "oslo.messaging=INFO",
    "placement.requestlog=WARN",
    "requests.packages.urllib3.connectionpool=WARN",
    "routes.middleware=WARN",
    "sqlalchemy=WARN",
    "stevedore=WARN",
    "taskflow=WARN",
    "urllib3.connectionpool=WARN",
  ],
} as const;

/** What services that use the message broker have in common. */
export function messaging(site: Site): Ini {
  return {
    oslo_messaging_notifications: { driver: "noop" },
    oslo_messaging_rabbit: { heartbeat_in_pthread: false, rabbit_quorum_queue: false },
    oslo_concurrency: { lock_path: `${site.paths.data}/locks` },
  };
}
