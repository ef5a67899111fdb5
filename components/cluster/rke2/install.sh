#!/bin/sh
# Installs a release of RKE 2 on a node and starts it. Run once, by cloud-init; run again, it changes
# nothing.
# $1  server or agent
# $2  the release, such as v1.31.13+rke2r1
# $3  where releases are, such as https://github.com/rancher/rke2/releases/download
set -eu

say() { echo "node: $*"; }
refuse() { say "refused: $*" >&2; exit 1; }
get() { curl -fsSL --retry 10 --retry-delay 3 --retry-connrefused -o "$2" "$1"; }

kind=$1 release=$2 source=$3
case $(uname -m) in
  x86_64) architecture=amd64 ;;
  aarch64) architecture=arm64 ;;
  *) refuse "RKE 2 is not made for $(uname -m)" ;;
esac

# A node with two networks registers with the first one's address; the metadata service knows it.
configuration=${RKE2_CONFIGURATION:-/etc/rancher/rke2/config.yaml.d}
metadata=${METADATA_URL:-http://169.254.169.254/latest/meta-data}
if address=$(curl -fsS --retry 5 "$metadata/local-ipv4"); then
  mkdir -p "$configuration"
  printf 'node-ip: %s\n' "$address" >"$configuration/10-node-ip.yaml"
  say "registers with $address"
else
  say "no metadata service: registers with the address of its default route"
fi

prefix=${RKE2_PREFIX:-/usr/local}
if "$prefix/bin/rke2" --version 2>/dev/null | grep -qF "$release"; then
  say "$release is there"
else
  archive=rke2.linux-$architecture.tar.gz
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  url=$source/$(echo "$release" | sed 's/+/%2B/g')
  get "$url/sha256sum-$architecture.txt" "$folder/sums" ||
    refuse "no $url/sha256sum-$architecture.txt"
  get "$url/$archive" "$folder/$archive" || refuse "no $url/$archive"
  wanted=$(awk -v name="$archive" '$2 == name { print $1 }' "$folder/sums")
  found=$(sha256sum "$folder/$archive" | cut -d' ' -f1)
  [ "$wanted" = "$found" ] || refuse "$archive has the checksum $found, not ${wanted:-one on the list}"
  tar -xzf "$folder/$archive" -C "$prefix"
  say "installed $release"
fi

systemctl daemon-reload
systemctl enable "rke2-$kind.service"
# Starting takes until the cluster is there: whoever waits for this node asks systemd.
systemctl start --no-block "rke2-$kind.service"
say "rke2-$kind starts"
