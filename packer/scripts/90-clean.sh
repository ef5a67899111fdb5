#!/bin/sh
# Takes out what must differ from node to node, and what is only size. The last step: nobody can log
# in again before the image is booted.
set -eu

say() { echo "image: 90-clean: $*"; }

rm -f /etc/ssh/ssh_host_*
say "no SSH host keys"

# Empty, not missing: systemd then makes one at the first boot.
: >/etc/machine-id
rm -f /var/lib/dbus/machine-id /var/lib/systemd/random-seed /etc/hostid
say "no machine-id"

rm -f /etc/docker/key.json /var/lib/docker/engine-id
rm -f /etc/udev/rules.d/70-persistent-net.rules /var/lib/dhcp/*.leases

if command -v cloud-init >/dev/null; then cloud-init clean --logs --seed >/dev/null; fi
rm -rf /var/lib/cloud
rm -f /etc/netplan/50-cloud-init.yaml /etc/network/interfaces.d/50-cloud-init
say "no cloud-init state"

# The build's key, and whatever was typed. cloud-init puts the instance's own key there.
for home in /root /home/*; do
  rm -f "$home"/.ssh/authorized_keys "$home"/.bash_history "$home"/.sudo_as_admin_successful
done
say "no keys of the build, no history"

apt-get clean
rm -rf /var/lib/apt/lists/*
say "no package lists"

find /var/log -type f -exec truncate -s 0 {} +
rm -rf /var/log/journal/*
find /var/tmp -mindepth 1 -delete
say "no logs"
sync
