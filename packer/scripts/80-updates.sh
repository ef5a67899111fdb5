#!/bin/sh
# Whether a node updates itself.
# UNATTENDED_UPGRADES  security: security updates every day, never a reboot; off: only new images
set -eu

say() { echo "image: 80-updates: $*"; }
refuse() { say "refused: $*" >&2; exit 1; }

case $UNATTENDED_UPGRADES in
  security) daily=1 ;;
  off) daily=0 ;;
  *) refuse "UNATTENDED_UPGRADES is $UNATTENDED_UPGRADES; allowed are security and off" ;;
esac

cat >/etc/apt/apt.conf.d/95-eo-platform <<EOF
APT::Periodic::Update-Package-Lists "$daily";
APT::Periodic::Unattended-Upgrade "$daily";
Unattended-Upgrade::Automatic-Reboot "false";
EOF
if [ "$daily" = 1 ]; then
  systemctl --quiet unmask apt-daily.timer apt-daily-upgrade.timer
  systemctl --quiet enable apt-daily.timer apt-daily-upgrade.timer unattended-upgrades.service
  say "security updates every day, no reboot; held packages stay"
else
  systemctl --quiet disable apt-daily.timer apt-daily-upgrade.timer unattended-upgrades.service
  systemctl --quiet mask apt-daily.timer apt-daily-upgrade.timer
  say "a node never updates itself"
fi
