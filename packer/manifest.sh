#!/bin/sh
# Runs where Packer runs, after the image is there: writes the one file that is passed on.
# PACKER_MANIFEST    Packer's own manifest of this build; removed
# NODE_RECORD        /etc/eo-platform/image.json of the image; removed
# MANIFEST_FILE      what is written
# IMAGE_NAME, TEMPLATE_CHECKSUM, SOURCE_IMAGE, DOCKER_REPOSITORY
set -eu

say() { echo "image: manifest: $*"; }
refuse() { say "refused: $*" >&2; exit 1; }

id=$(sed -n 's/.*"artifact_id": *"\([^"]*\)".*/\1/p' "$PACKER_MANIFEST" | tail -n 1)
[ -n "$id" ] || refuse "$PACKER_MANIFEST names no image"

# In one step: whoever waits for the file never sees half of it.
cat >"$MANIFEST_FILE.part" <<EOF
{
  "schema": 1,
  "image": { "id": "$id", "name": "$IMAGE_NAME" },
  "templateChecksum": "$TEMPLATE_CHECKSUM",
  "builtAt": "$(date -u +%Y-%m-%dT%H:%M:%SZ)",
  "sources": { "image": "$SOURCE_IMAGE", "docker": "$DOCKER_REPOSITORY" },
  "node": $(cat "$NODE_RECORD")
}
EOF
mv "$MANIFEST_FILE.part" "$MANIFEST_FILE"
rm -f "$PACKER_MANIFEST" "$NODE_RECORD"
say "$MANIFEST_FILE: image $id"
