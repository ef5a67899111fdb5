#!/bin/sh
# One clock: certificates, etcd's leases and object stores' signatures need the right time.
# NTP_SERVERS  separated by spaces; empty: the distribution's pool
set -eu

say() { echo "image: 70-time: $*"; }

install -d -m 0755 /etc/chrony/conf.d /etc/chrony/sources.d
# A machine that slept or was copied may be far off: step at any time, not only after the start.
echo "makestep 1 -1" >/etc/chrony/conf.d/eo-platform.conf
if [ -n "$NTP_SERVERS" ]; then
  sed -i -E 's/^(pool|server) /# &/' /etc/chrony/chrony.conf
  for server in $NTP_SERVERS; do echo "server $server iburst"; done >/etc/chrony/sources.d/eo-platform.sources
else
  rm -f /etc/chrony/sources.d/eo-platform.sources
fi
systemctl --quiet enable chrony.service
say "chrony asks ${NTP_SERVERS:-the pool of the distribution}"
