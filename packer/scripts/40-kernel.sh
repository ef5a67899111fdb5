#!/bin/sh
# Swap off, modules and kernel settings. Files only: they hold from the node's first boot on.
set -eu

say() { echo "image: 40-kernel: $*"; }

# The kubelet does not start with swap. A swap file on the list is removed as well: it is only size.
if [ -f /etc/fstab ] && grep -Eq '^[^#[:space:]]+[[:space:]]+[^[:space:]]+[[:space:]]+swap[[:space:]]' /etc/fstab; then
  awk '$1 !~ /^#/ && $3 == "swap" && $1 ~ /^\// { print $1 }' /etc/fstab | while read -r area; do
    if grep -q "^$area " /proc/swaps; then swapoff "$area"; fi
    if [ -f "$area" ]; then rm -f "$area"; fi
  done
  sed -i -E '/^[^#[:space:]]+[[:space:]]+[^[:space:]]+[[:space:]]+swap[[:space:]]/d' /etc/fstab
fi
# No swap comes from a unit or a partition's type either.
systemctl --quiet mask swap.target
say "swap is off"

# overlay is Docker's storage; without br_netfilter the rules do not see what pods send to each other.
printf '%s\n' overlay br_netfilter >/etc/modules-load.d/eo-platform.conf
cat >/etc/sysctl.d/90-eo-platform.conf <<'EOF'
net.ipv4.ip_forward = 1
net.bridge.bridge-nf-call-iptables = 1
net.bridge.bridge-nf-call-ip6tables = 1
EOF
say "modules overlay and br_netfilter, IP forwarding"

# What the kubelet expects of the kernel with --protect-kernel-defaults; the first four are those of
# the hardening guides of RKE and RKE2 (CIS).
cat >/etc/sysctl.d/90-kubelet.conf <<'EOF'
vm.overcommit_memory = 1
vm.panic_on_oom = 0
kernel.panic = 10
kernel.panic_on_oops = 1
kernel.keys.root_maxkeys = 1000000
kernel.keys.root_maxbytes = 25000000
EOF
say "kernel settings that the kubelet protects"
