import type { Ini } from "./ini";
import { broker, client, database, logging, messaging, tokens, type Site } from "./shared";

/** Projects without a quota of their own are the services'. */
const generous = 10_000;

/** neutron.conf and the settings of ML2 in one. No agent: ports are bound by our own driver. */
export function neutron(site: Site): Ini {
  return {
    DEFAULT: {
      ...logging,
      transport_url: broker(site),
      state_path: `${site.paths.data}/neutron`,
      bind_host: "127.0.0.1",
      bind_port: site.ports.neutron,
      core_plugin: "ml2",
      service_plugins: ["router", "qos"],
      auth_strategy: "keystone",
      api_paste_config: `${site.services}/etc/neutron/api-paste.ini`,
      api_workers: 1,
      // Nobody calls: there is no agent.
      rpc_workers: 0,
      rpc_state_report_workers: 0,
      dhcp_agent_notification: false,
      allow_automatic_dhcp_failover: false,
      notify_nova_on_port_status_changes: true,
      notify_nova_on_port_data_changes: true,
    },
    database: { connection: database(site, "neutron") },
    quotas: Object.fromEntries(
      ["network", "subnet", "port", "router", "floatingip", "security_group"]
        .concat("security_group_rule")
        .map((name) => [`quota_${name}`, generous]),
    ),
    ml2: {
      type_drivers: ["flat", "vxlan"],
      tenant_network_types: "vxlan",
      mechanism_drivers: "loopback",
      extension_drivers: ["port_security", "dns", "qos"],
    },
    ml2_type_flat: { flat_networks: "*" },
    ml2_type_vxlan: { vni_ranges: "1:100000" },
    securitygroup: { enable_security_group: true },
    nova: client(site, "nova"),
    placement: client(site, "placement"),
    ...tokens(site, "neutron", "network"),
    ...messaging(site),
  };
}
