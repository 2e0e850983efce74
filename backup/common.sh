# Lines the scripts share: where things lie, and how to lock, show progress and refuse.
# shellcheck shell=bash
# shellcheck disable=SC2034  # the names are used by the scripts that read this file

here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
release=$(dirname "$here")
data=${BEARBLOG_DATA_DIR:-/var/lib/bearblog}
cache=${BEARBLOG_CACHE_DIR:-/var/cache/bearblog}
backups=${BEARBLOG_BACKUPS_DIR:-/root/backups}
credentials=${BEARBLOG_CREDENTIALS_DIR:-/etc/bearblog/credentials}
rclone_config=${BEARBLOG_RCLONE_CONFIG:-/etc/bearblog/rclone.conf}
caddy_data=${CADDY_DATA_DIR:-/var/lib/caddy}
spare_bytes=${BEARBLOG_SPARE_BYTES:-$((200 * 1024 * 1024))}
key=$credentials/backup_key
export LC_ALL=C PATH=$PATH:/usr/local/bin AWS_EC2_METADATA_DISABLED=true
export AWS_SHARED_CREDENTIALS_FILE=${AWS_SHARED_CREDENTIALS_FILE:-$credentials/bucket}
unset AWS_CA_BUNDLE
umask 0077

scratch=$(mktemp -d -p "${TMPDIR:-/var/tmp}" bearblog.XXXXXXXX)
# What was said, of which a ping carries the end.
said=$scratch/.said
# shellcheck source=backup/pings.sh
source "$here/pings.sh"
put_back() { :; }
clean_up() {
    # A ticker that is ended before it has set its own trap would clean up for its parent (it happened).
    [[ $BASHPID == "$$" ]] || return 0
    put_back
    [[ -z ${ticker:-} ]] || kill "$ticker" 2>/dev/null || :
    end_pings
    rm -rf -- "$scratch" ${partial:+"$partial"}
}
trap clean_up EXIT

need() {
    local program
    for program; do
        command -v "$program" >/dev/null || die "the program $program is missing; run the playbook again"
    done
}

# Holds until this process ends.
lock() {
    exec 9>"$1" || die "$1 cannot be written; run this as root"
    flock --nonblock 9 || die "another backup, restore or release is at work (it holds $1); try again when it has ended"
}

tick() {
    trap 'kill "${!:-}" 2>/dev/null; exit' TERM
    while :; do
        sleep 2 & wait "$!"
        tell 1 6 info "$1: still at work after $SECONDS s"
    done
}

# Runs a command under a name: says every two seconds that it still runs, and at the end what it answered.
step() {
    local name=$1 answer status=0
    shift
    SECONDS=0
    tick "$name" 9>&- & ticker=$!
    answer=$("$@") || status=$?
    { kill "$ticker" && wait "$ticker"; } 2>/dev/null || :
    ticker=
    ((status)) || say "$name: ${answer:+$answer, }$SECONDS s"
    return "$status"
}

snapshots() { PYTHONPATH=$release "$release/.venv/bin/python" -P -B -m bearblog.engines.snapshots "$@"; }

prefix_shape='replica/[0-9TZ]+-[0-9a-f]{8}'
own_prefix() { grep -Eo -m 1 "$prefix_shape" "$data/installation.json" || :; }
# Litestream writes there from its next start on. A change by right, of which the doctor is not to tell.
place_prefix() {
    sed --in-place --regexp-extended "s#$prefix_shape#$(own_prefix)#g" "$1"
    (cd "$release" && python3 -B -m deploy.survey.installed "$1" "$credentials/secret_key" >/dev/null) || :
}

# What the database takes on this disk.
database_bytes() {
    local sizes
    sizes=$(find "$data" -maxdepth 1 \( -name bearblog.sqlite3 -o -name bearblog.sqlite3-wal \) -printf '%s+')
    printf '%s' $((${sizes}0))
}

demand_space() {
    local free
    free=$(df --output=avail --block-size=1 "$1" | tail -n 1)
    ((free > $2 + spare_bytes)) ||
        die "$1 is short of space: $((($2 + spare_bytes) >> 20)) MiB are needed, $((free >> 20)) MiB are free"
}

# shellcheck source=backup/speech.sh
source "$here/speech.sh"
# shellcheck source=backup/bucket.sh
source "$here/bucket.sh"
# shellcheck source=backup/private.sh
source "$here/private.sh"
