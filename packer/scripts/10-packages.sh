#!/bin/sh
# What every node needs from its distribution, with all updates of the day.
# UPGRADE         true or false: upgrade what the source image holds
# EXTRA_PACKAGES  more packages, separated by spaces
set -eu

say() { echo "image: 10-packages: $*"; }
refuse() { say "refused: $*" >&2; exit 1; }
# apt's own words are worth reading only where it fails.
apt() {
  output=$(DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 \
    -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@" 2>&1) ||
    { printf '%s\n' "$output" >&2; refuse "apt-get $1 failed"; }
}

# shellcheck source=/dev/null
. /etc/os-release
case $ID in
  debian | ubuntu) say "on $ID $VERSION_ID" ;;
  *) refuse "the source image is $ID; allowed are debian and ubuntu" ;;
esac

if [ -d /run/cloud-init ] && command -v cloud-init >/dev/null; then
  # It holds apt's lock, and rewrites files, until it is done. A degraded end is an end too.
  cloud-init status --wait >/dev/null 2>&1 || true
  say "cloud-init is done"
fi

apt update
if [ "$UPGRADE" = true ]; then
  apt dist-upgrade
  say "upgraded"
fi

# conntrack, ebtables, ipset, iptables and socat are called by kube-proxy, kubelet and canal;
# xfsprogs formats Cinder volumes; python3 is for whoever manages nodes with Ansible.
# shellcheck disable=SC2086 # a list of packages
apt install --no-install-recommends \
  ca-certificates chrony cloud-init conntrack curl dbus e2fsprogs ebtables ethtool gnupg ipset iptables \
  kmod logrotate openssh-server procps python3 socat sudo unattended-upgrades util-linux xfsprogs \
  ${EXTRA_PACKAGES:-}
say "packages are there${EXTRA_PACKAGES:+, with $EXTRA_PACKAGES}"
