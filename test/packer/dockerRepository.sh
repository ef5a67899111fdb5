#!/bin/sh
# Makes a package repository of the form of Docker's in /docker, signed, with packages that hold
# nothing: what is tried is which of them is chosen. Prints its key's fingerprint.
set -eu

export GNUPGHOME=/docker/gnupg
architecture=$(dpkg --print-architecture)
pool=/docker/debian/pool
index=dists/bookworm/stable/binary-$architecture
mkdir -p "$GNUPGHOME" "$pool" "/docker/debian/$index"
chmod 700 "$GNUPGHOME"

package() {
  built=/docker/build
  rm -rf "$built"
  mkdir -p "$built/DEBIAN"
  cat >"$built/DEBIAN/control" <<EOF
Package: $1
Version: $2
Architecture: all
Maintainer: nobody <nobody@example.org>
Description: stand-in
EOF
  if [ "$1" = docker-ce ]; then
    printf '#!/bin/sh\ngroupadd -f docker\n' >"$built/DEBIAN/postinst"
    chmod 755 "$built/DEBIAN/postinst"
  fi
  dpkg-deb --build "$built" "$pool/$1_$(echo "$2" | tr ':~' '__').deb" >/dev/null
}

for version in 5:20.10.24~3-0~debian-bookworm 5:27.2.0-1~debian.12~bookworm \
  5:27.2.1-1~debian.12~bookworm 5:27.20.0-1~debian.12~bookworm 5:28.0.1-1~debian.12~bookworm; do
  package docker-ce "$version"
  package docker-ce-cli "$version"
done
for version in 1.7.21-1 1.7.28-1~debian.12~bookworm 2.1.5-1~debian.12~bookworm; do
  package containerd.io "$version"
done

cd /docker/debian
for file in pool/*.deb; do
  dpkg-deb -f "$file"
  echo "Filename: $file"
  echo "Size: $(stat -c %s "$file")"
  echo "SHA256: $(sha256sum "$file" | cut -d' ' -f1)"
  echo
done >"$index/Packages"
cat >dists/bookworm/Release <<EOF
Suite: bookworm
Codename: bookworm
Components: stable
Architectures: $architecture
Date: $(LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S UTC')
SHA256:
 $(sha256sum "$index/Packages" | cut -d' ' -f1) $(stat -c %s "$index/Packages") stable/binary-$architecture/Packages
EOF
key="nobody <nobody@example.org>"
gpg --batch --quiet --passphrase '' --quick-gen-key "$key" ed25519 sign never
gpg --batch --quiet --armor --output gpg --export "$key"
gpg --batch --quiet --clearsign --output dists/bookworm/InRelease dists/bookworm/Release
chmod -R a+rX /docker/debian
gpg --batch --with-colons --fingerprint "$key" | awk -F: '$1 == "fpr" { print $10; exit }'
gpgconf --kill all
