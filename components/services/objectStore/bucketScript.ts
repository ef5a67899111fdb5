/** A bucket of the store, and who may use it. */
export interface OwnedBucket {
  /** Its name. */
  readonly name: string;
  /** Access key id of the only one, beside root, who may read and write it. */
  readonly owner: string;
  /** Folders in it that have to be there from the start. */
  readonly folders: readonly string[];
}

/**
 * The script that makes the buckets, run beside the server whenever it starts. It is idempotent,
 * takes nothing away, and gives up after a minute. Names of buckets, owners and folders were checked
 * to need no quoting.
 *
 * Of its environment it takes the server's own (`ROOT_…`), `ADMIN_ENDPOINT_URL`, `ADMIN_REGION` and
 * `BUCKETS_LOG`, a file that it writes to: the kubelet drops what a hook prints.
 *
 * @param dataFolder the folder that the server serves: a folder in it is a bucket
 */
export function bucketScript(buckets: readonly OwnedBucket[], dataFolder: string): string {
  const lines = buckets.flatMap(({ name, owner, folders }) => [
    `own ${name} ${owner}`,
    ...folders.map((folder) => `keep ${dataFolder}/${name}/${folder}`),
  ]);
  return `${functions}\n${lines.join("\n")}\n`;
}

/**
 * A file in a folder is an object to the server; S3 knows no empty folders. Spark and its history
 * server pass by names that begin with a dot.
 */
const functions = `set -eu
exec >>"$BUCKETS_LOG" 2>&1
tries=60
until there=$(versitygw admin list-buckets); do
  tries=$((tries - 1))
  [ "$tries" -gt 0 ] || exit 1
  sleep 1
done
own() {
  owner=$(printf '%s\\n' "$there" | awk -v bucket="$1" 'NR > 2 && $1 == bucket { print "owner:" $2 }')
  case $owner in
    "owner:$2") ;;
    "") versitygw admin create-bucket --bucket "$1" --owner "$2" ;;
    *) versitygw admin change-bucket-owner --bucket "$1" --owner "$2" ;;
  esac
}
keep() {
  [ -e "$1/.keep" ] || { mkdir -p "$1" && touch "$1/.keep"; }
}`;
