#!/bin/sh
# The container runtime: Docker of a version that RKE takes, or none for RKE2, which brings its own.
# FLAVOUR                 rke or rke2
# DOCKER_SOURCE           docker: Docker's repository; debian: the distribution's package docker.io
# DOCKER_VERSION          27.2.1, or 27.2 for the newest of that line; empty: what the source offers
# DOCKER_LINES            lines that RKE takes below the Kubernetes, separated by spaces
# CONTAINERD_VERSION      as DOCKER_VERSION, of containerd.io; not used with the source debian
# DOCKER_APT_URL          Docker's repository, without the distribution's name
# DOCKER_KEY_FINGERPRINT  of the key that signs it
# DOCKER_LOG_MAX_SIZE     a container's log is rotated at this size: 10m
# DOCKER_LOG_MAX_FILES    so many of them are kept
set -eu

say() { echo "image: 20-docker: $*"; }
refuse() { say "refused: $*" >&2; exit 1; }
apt() {
  output=$(DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" 2>&1) ||
    { printf '%s\n' "$output" >&2; refuse "apt-get $1 failed"; }
}
installed() { dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }
offered() { apt-cache madison "$1" | awk -F' *[|] *' '{ print $2 }'; }
# The newest version of package $1 that is $2 or begins with it (27.2 takes 5:27.2.1-1~debian.12);
# of all where $2 is empty.
newest() { offered "$1" | grep -E "^([0-9]+:)?$(echo "$2" | sed 's/[.]/[.]/g')([-.~+]|${2:+\$})" | head -n 1; }
line_of() { echo "$1" | sed -E 's/^[0-9]+://; s/^([0-9]+[.][0-9]+).*/\1/'; }

runtimes="docker.io docker-ce docker-ce-cli docker-ce-rootless-extras containerd containerd.io"
if [ "$FLAVOUR" = rke2 ]; then
  for package in $runtimes; do
    if installed "$package"; then
      apt-mark unhold "$package" >/dev/null
      apt purge "$package"
      apt autoremove --purge
      say "removed $package"
    fi
  done
  say "no container runtime: RKE2 brings its own"
  exit 0
fi

# shellcheck source=/dev/null
. /etc/os-release

add_repository() {
  key=$(mktemp)
  curl -fsSL --retry 3 "$DOCKER_APT_URL/$ID/gpg" -o "$key" ||
    refuse "no key at $DOCKER_APT_URL/$ID/gpg; is the repository's address right?"
  found=$(gpg --batch --show-keys --with-colons "$key" 2>/dev/null | awk -F: '$1 == "fpr" { print $10; exit }')
  [ "$found" = "$DOCKER_KEY_FINGERPRINT" ] ||
    refuse "the key at $DOCKER_APT_URL/$ID/gpg is ${found:-none}, not $DOCKER_KEY_FINGERPRINT"
  install -d -m 0755 /etc/apt/keyrings
  install -m 0644 "$key" /etc/apt/keyrings/docker.asc
  rm -f "$key"
  cat >/etc/apt/sources.list.d/docker.sources <<EOF
Types: deb
URIs: $DOCKER_APT_URL/$ID
Suites: $VERSION_CODENAME
Components: stable
Architectures: $(dpkg --print-architecture)
Signed-By: /etc/apt/keyrings/docker.asc
EOF
  apt update
  say "repository $DOCKER_APT_URL/$ID, its key is the one that was named"
}

case $DOCKER_SOURCE in
  docker)
    add_repository
    package=docker-ce
    ;;
  debian)
    apt update
    package=docker.io
    ;;
  *) refuse "source $DOCKER_SOURCE; allowed are docker and debian" ;;
esac

version=$(newest "$package" "${DOCKER_VERSION:-[0-9]+}")
[ -n "$version" ] ||
  refuse "$package $DOCKER_VERSION is not there; there are $(offered "$package" | tr '\n' ' ')"
line=$(line_of "$version")
case " $DOCKER_LINES " in
  *" $line "*) ;;
  *) refuse "$package $version is of the line $line; RKE takes $DOCKER_LINES" ;;
esac

case $package in
  docker-ce)
    containerd=$(newest containerd.io "$CONTAINERD_VERSION")
    [ -n "$containerd" ] ||
      refuse "containerd.io $CONTAINERD_VERSION is not there; there are $(offered containerd.io | tr '\n' ' ')"
    set -- "docker-ce=$version" "docker-ce-cli=$version" "containerd.io=$containerd"
    ;;
  *) set -- "docker.io=$version" ;;
esac

# Before the package, so that the daemon never runs without it. canal and kube-proxy own the
# filter rules; a container's log is rotated by Docker, as the kubelet does it elsewhere.
install -d -m 0755 /etc/docker
cat >/etc/docker/daemon.json <<EOF
{
  "log-driver": "json-file",
  "log-opts": { "max-size": "$DOCKER_LOG_MAX_SIZE", "max-file": "$DOCKER_LOG_MAX_FILES" },
  "storage-driver": "overlay2"
}
EOF
apt install --no-install-recommends --allow-downgrades --allow-change-held-packages "$@"
for wanted in "$@"; do apt-mark hold "${wanted%%=*}" >/dev/null; done
say "installed $*; held, so that no update moves them"
