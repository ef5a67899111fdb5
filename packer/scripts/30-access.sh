#!/bin/sh
# How one gets in: the SSH user, and sshd as RKE needs it.
# FLAVOUR    rke or rke2
# NODE_USER  the user that cloud-init gives the instance's key to
set -eu

say() { echo "image: 30-access: $*"; }
refuse() { say "refused: $*" >&2; exit 1; }

if id "$NODE_USER" >/dev/null 2>&1; then
  say "user $NODE_USER is there"
else
  useradd --create-home --shell /bin/bash "$NODE_USER"
  passwd --quiet --lock "$NODE_USER"
  say "user $NODE_USER added, without a password"
fi

groups=adm,sudo
if [ "$FLAVOUR" = rke ]; then
  # RKE talks to Docker's socket through SSH as this user.
  groups=$groups,docker
  getent group docker >/dev/null || refuse "there is no group docker: Docker comes before"
fi
usermod -a -G "$groups" "$NODE_USER"
say "user $NODE_USER is in $groups"

# Later files win here, so this user gets the key, whatever the source image's user is.
install -d -m 0755 /etc/cloud/cloud.cfg.d
cat >/etc/cloud/cloud.cfg.d/95-eo-platform.cfg <<EOF
system_info:
  default_user:
    name: $NODE_USER
    gecos: Node
    lock_passwd: true
    shell: /bin/bash
    groups: [$(echo "$groups" | sed 's/,/, /g')]
    sudo: ["ALL=(ALL) NOPASSWD:ALL"]
EOF
say "cloud-init gives the instance's key to $NODE_USER"

# sshd takes the first value that it reads: 00 comes before the source image's and cloud-init's.
install -d -m 0755 /etc/ssh/sshd_config.d /run/sshd
cat >/etc/ssh/sshd_config.d/00-eo-platform.conf <<'EOF'
# RKE reaches Docker's socket, and the bastion its nodes, through a forwarded connection.
AllowTcpForwarding yes
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin no
X11Forwarding no
EOF
effective=$(sshd -T)
for wanted in "allowtcpforwarding yes" "passwordauthentication no" "permitrootlogin no"; do
  echo "$effective" | grep -qix "$wanted" ||
    refuse "sshd does not take \"$wanted\": /etc/ssh/sshd_config must include sshd_config.d first"
done
say "sshd forwards TCP, takes keys only, and no root"
