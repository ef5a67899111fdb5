#!/bin/sh
# Logs do not fill a node's disk. Containers' logs are Docker's (20-docker.sh), or RKE2's kubelet's.
# JOURNAL_MAX_SIZE  all of the journal: 1G
set -eu

say() { echo "image: 60-logs: $*"; }

install -d -m 0755 /etc/systemd/journald.conf.d
cat >/etc/systemd/journald.conf.d/eo-platform.conf <<EOF
[Journal]
Storage=persistent
SystemMaxUse=$JOURNAL_MAX_SIZE
EOF
say "the journal is kept, up to $JOURNAL_MAX_SIZE"

systemctl --quiet enable logrotate.timer
say "logrotate runs every day"
