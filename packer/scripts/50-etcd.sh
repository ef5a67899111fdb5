#!/bin/sh
# The user that etcd runs as, as the hardening guides of RKE and RKE2 want it.
# ETCD_ID  its user and its group id; the cluster's services.etcd.uid and gid
set -eu

say() { echo "image: 50-etcd: $*"; }
refuse() { say "refused: $*" >&2; exit 1; }

holder=$(getent group "$ETCD_ID" | cut -d: -f1)
[ "${holder:-etcd}" = etcd ] || refuse "group id $ETCD_ID is $holder's"
holder=$(getent passwd "$ETCD_ID" | cut -d: -f1)
[ "${holder:-etcd}" = etcd ] || refuse "user id $ETCD_ID is $holder's"

getent group etcd >/dev/null || groupadd --gid "$ETCD_ID" etcd
getent passwd etcd >/dev/null ||
  useradd --uid "$ETCD_ID" --gid "$ETCD_ID" --comment "etcd" --shell /usr/sbin/nologin \
    --no-create-home --home-dir /nonexistent etcd
[ "$(id -u etcd):$(id -g etcd)" = "$ETCD_ID:$ETCD_ID" ] ||
  refuse "the source image has a user etcd with $(id -u etcd):$(id -g etcd)"
say "user and group etcd are $ETCD_ID"
