#!/usr/bin/env bash
# Brings a backup set back onto this box.
set -euo pipefail
# shellcheck source=backup/common.sh
source "$(dirname "$(readlink -f "$0")")/common.sh"
# shellcheck source=backup/aside.sh
source "$here/aside.sh"
# shellcheck source=backup/staging.sh
source "$here/staging.sh"
# shellcheck source=backup/opening.sh
source "$here/opening.sh"

litestream_config=${LITESTREAM_CONFIG:-/etc/litestream.yml}
litestream_data=${LITESTREAM_DATA_DIR:-/var/lib/litestream}
units=(bearblog.socket bearblog-sync.socket bearblog-sync.service litestream.service bearblog.service
    bearblog-worker.service bearblog-certificates.timer)
replace='' private=yes closed='' unchecked='' began=$EPOCHSECONDS

usage() {
    cat <<'END'
Usage: restore.sh SET [--replace] [--database-only] [--unchecked] [--closed]

SET is named as for verify.sh: a folder, a stamp, "latest", "bucket:latest" or "bucket:<stamp>". Checks the set, migrates
its database and looks at ten blogs, stops the services, puts database, certificates and secret key in place, gives
the box a replica prefix of its own, starts the services, and lets missing media files follow from the bucket.
    --replace         over a box that holds a database already: what is there is moved to /root/backups/aside-*
    --database-only   leaves certificates and secret key as they are: for going back in time on the same box
    --unchecked       only warns when rows or pages are missing; a damaged set is refused all the same
    --closed          for restore.yml (restore_from): the services are stopped and stay so; certificates that are
                      here stay; ends with a line of JSON
END
}

refuse() {
    need age "$commands" rclone systemctl tar zstd
    lock "$backups/.lock"
    [[ ! $closed ]] || ! systemctl is-active --quiet bearblog.service bearblog-worker.service litestream.service ||
        die "--closed wants the services stopped first. Nothing was touched"
    BEARBLOG_LOST_MEDIA=warn "$here/verify.sh" "$folder"
    [[ $replace || ! -e $data/bearblog.sqlite3 ]] ||
        die "$data/bearblog.sqlite3 exists; --replace moves it aside and restores over it. Nothing was touched"
    [[ $closed ]] || grep -Eqs "$prefix_shape" "$litestream_config" ||
        die "$litestream_config names no prefix; run the playbook first"
    reach_bucket || die "the bucket cannot be reached, nothing was touched: $(bucket_complaint)"
    demand_space "$data" "$(snapshots show "$folder" bytes)"
    # On a new box the newest of the bucket are here already (certificates.sh).
    [[ ! $closed ]] || ! has_certificates || private=''
    if [[ $private && (! -e $folder/private.tar.zst.age || ! -s $key) ]]; then
        private='' && say "Certificates and secret key stay as they are: not in this set, or no key here to open them"
    fi
}

place() {
    place_database
    [[ ! -d $litestream_data ]] || renew_folder "$litestream_data"
    forget_pages
    [[ $private ]] || return 0
    renew_folder "$caddy_data"
    place_certificates "$folder/private.tar.zst.age"
    move_aside "$credentials/secret_key"
    place_secret_key "$folder/private.tar.zst.age"
}

main() {
    local argument set=''
    for argument; do
        case $argument in
            --help) usage && return ;;
            --replace) replace=yes ;;
            --database-only) private='' ;;
            --unchecked) unchecked=yes ;;
            --closed) closed=yes ;;
            -*) die "unknown argument $argument (see --help)" ;;
            *) set=$argument ;;
        esac
    done
    [[ -n $set ]] || die "which set? (see --help)"
    find_set "$set"
    refuse
    stage
    [[ -z $private ]] || units+=(caddy.service)
    [[ $closed ]] || step "Stop" systemctl stop "${units[@]}"
    place
    claim
    [[ $closed ]] || open_site
    say_done
    [[ ! $closed ]] || tell_playbook
}

main "$@"
