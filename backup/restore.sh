#!/usr/bin/env bash
# Brings a backup set back onto this box.
set -euo pipefail
# shellcheck source=backup/common.sh
source "$(dirname "$(readlink -f "$0")")/common.sh"
# shellcheck source=backup/aside.sh
source "$here/aside.sh"

litestream_config=${LITESTREAM_CONFIG:-/etc/litestream.yml}
litestream_data=${LITESTREAM_DATA_DIR:-/var/lib/litestream}
units=(bearblog.socket bearblog-sync.socket bearblog-sync.service litestream.service bearblog.service
    bearblog-worker.service bearblog-certificates.timer)
replace='' private=yes

usage() {
    cat <<'END'
Usage: restore.sh SET [--replace] [--database-only]

SET is named as for verify.sh: a folder, a stamp, "latest", "bucket:latest" or "bucket:<stamp>". Checks the set, stops
the services, puts database, certificates and secret key in place, gives the box a replica prefix of its own, starts
the services, and lets missing media files follow from the bucket.
    --replace         over a box that holds a database already: what is there is moved to /root/backups/aside-*
    --database-only   leaves certificates and secret key as they are: for going back in time on the same box
To restore the newest state rather than last night's, use the playbook restore.yml.
END
}

refuse() {
    need age bearblog rclone systemctl tar zstd
    lock "$backups/.lock"
    BEARBLOG_LOST_MEDIA=warn "$here/verify.sh" "$folder"
    [[ $replace || ! -e $data/bearblog.sqlite3 ]] ||
        die "$data/bearblog.sqlite3 exists; --replace moves it aside and restores over it. Nothing was touched"
    grep -Eqs "$prefix_shape" "$litestream_config" || die "$litestream_config names no prefix; run the playbook first"
    reach_bucket || die "the bucket cannot be reached, nothing was touched: $(bucket_complaint)"
    demand_space "$data" "$(snapshots show "$folder" bytes)"
    if [[ $private && (! -e $folder/private.tar.zst.age || ! -s $key) ]]; then
        private='' && say "Certificates and secret key stay as they are: not in this set, or no key here to open them"
    fi
}

unpack_database() {
    zstd --decompress --quiet --stdout "$folder/database.sqlite3.zst" >"$data/bearblog.sqlite3" &&
        chown --reference="$data" "$data/bearblog.sqlite3" &&
        chmod 0660 "$data/bearblog.sqlite3"
}

place() {
    move_aside "$data"/bearblog.sqlite3{,-wal,-shm} "$data"/{installation,superseded}.json
    renew_folder "$litestream_data"
    forget_pages
    step "Database" unpack_database
    [[ $private ]] || return 0
    renew_folder "$caddy_data"
    place_certificates "$folder/private.tar.zst.age"
    move_aside "$credentials/secret_key"
    place_secret_key "$folder/private.tar.zst.age"
}

# The restored database must never continue an old replica: of two histories in one, rows are lost silently.
claim() {
    step "New replica prefix" bearblog claim_replica --start-new
    grep -Eq '"claimed": *true' "$data/installation.json" || die "the new replica prefix could not be claimed"
    keep_new
    place_prefix "$litestream_config"
}

open_site() {
    step "Migrations" bearblog migrate --no-input --verbosity 0
    step "Host names" bearblog rebuild_hosts
    install --mode 0640 /dev/null "$data/media-incoming"
    chown --reference="$data" "$data/media-incoming"
    step "Start" systemctl start "${units[@]}"
    systemctl start --no-block bearblog-media-restore.service
    step "Replica" bearblog wait_replicated --timeout 120
}

main() {
    local argument set=''
    for argument; do
        case $argument in
            --help) usage && return ;;
            --replace) replace=yes ;;
            --database-only) private='' ;;
            -*) die "unknown argument $argument (see --help)" ;;
            *) set=$argument ;;
        esac
    done
    [[ -n $set ]] || die "which set? (see --help)"
    find_set "$set"
    refuse
    [[ -z $private ]] || units+=(caddy.service)
    step "Stop" systemctl stop "${units[@]}"
    place
    claim
    open_site
    say_done
}

main "$@"
