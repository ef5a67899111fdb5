#!/bin/sh
# Writes down what is in the image, as JSON: for whoever looks at a node, and for the manifest.
# FLAVOUR, KUBERNETES, NODE_USER, TEMPLATE_CHECKSUM
set -eu

say() { echo "image: 85-record: $*"; }

# shellcheck source=/dev/null
. /etc/os-release
version() { dpkg-query -W -f '${db:Status-Status} ${Version}' "$1" 2>/dev/null | sed -n 's/^installed //p'; }

packages=
for package in chrony cloud-init containerd containerd.io docker-ce docker.io openssh-server; do
  found=$(version "$package")
  if [ -n "$found" ]; then packages="$packages${packages:+, }\"$package\": \"$found\""; fi
done
# Of the kernels in the image the newest boots, not the one that runs now.
kernel=$(find /boot -maxdepth 1 -name 'vmlinuz-*' | sed 's|.*/vmlinuz-||' | sort -V | tail -n 1)

install -d -m 0755 /etc/eo-platform
cat >/etc/eo-platform/image.json <<EOF
{
  "flavour": "$FLAVOUR",
  "kubernetes": "$KUBERNETES",
  "user": "$NODE_USER",
  "templateChecksum": "$TEMPLATE_CHECKSUM",
  "os": "$ID $VERSION_ID",
  "architecture": "$(dpkg --print-architecture)",
  "kernel": "$kernel",
  "packages": { $packages }
}
EOF
say "/etc/eo-platform/image.json"
