#!/bin/sh
# Runs a plugin: run.sh kubernetes|random ENGINE. The working folder stays the engine's, for charts
# may be given relative to the program.
plugins=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(dirname -- "$(dirname -- "$plugins")")
name=$1
shift

# Compiled once for each state of the sources: that halves the time of every start.
stamp=$(find "$plugins" -name '*.ts' -exec cat {} + | cksum | tr ' ' '-')
compiled=$root/node_modules/.cache/eo-plugins/$stamp
TS_NODE_PROJECT=$root/tsconfig.json
export TS_NODE_PROJECT
ts_node=$root/node_modules/ts-node/register/transpile-only
if [ ! -d "$compiled" ]; then
  # Where nothing can be written the sources run as they are.
  node -r "$ts_node" "$plugins/compile.ts" "$plugins" "$compiled" 2>/dev/null ||
    exec node -r "$ts_node" "$plugins/$name/main.ts" "$@"
fi
exec node "$compiled/$name/main.js" "$@"
