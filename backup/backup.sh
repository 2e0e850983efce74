#!/usr/bin/env bash
# Makes a backup set on this disk and in the bucket. Root's crontab starts it each night.
set -euo pipefail
# shellcheck source=backup/common.sh
source "$(dirname "$(readlink -f "$0")")/common.sh"
# shellcheck source=backup/keep.sh
source "$here/keep.sh"

unit=bearblog-backup.service

usage() {
    cat <<'END'
Usage: backup.sh [--now]

Makes a backup set: the database, the names of the media files, and the certificates sealed with the vault's key.
It lies in /root/backups/<UTC stamp>/ (7 are kept) and in the bucket under backups/daily/ (35) and, the first of a
month, under backups/monthly/ (12). Nothing old is deleted before the new set has been read back whole.

Without an argument the work is done by bearblog-backup.service, at low priority and in a sandbox of its own.
    --now    do the work in this process (what the service runs)
END
}

said_since() {
    journalctl --sync
    journalctl --unit "$unit" --identifier backup.sh --since "@$1" --output cat --quiet --lines "$2" | plainly
}

ask_systemd() {
    local begun
    [[ $(systemctl is-active "$unit") != activating ]] || die "a backup is already at work; see: systemctl status $unit"
    begun=$(date +%s)
    if ! systemctl start --wait "$unit" 2>/dev/null; then
        said_since "$begun" 5 >&2
        die "the backup failed; the lines above say why (all of it: journalctl --unit $unit)"
    fi
    said_since "$begun" 1
}

list_media() {
    if [[ -d $data/media ]]; then
        find "$data/media" -regextype posix-extended -regex '.*/[0-9a-f]{2}/[0-9a-f]{64}\.[a-z0-9]+' -printf '%P\n'
    fi
    # After a restore the files come in slowly; until all are here, the bucket's list is the truth.
    [[ ! -e $data/media-incoming ]] || bucket_files bucket:media ||
        die "media files are still coming in, and the bucket cannot name them: $(bucket_complaint)"
}

read_back() { "$here/verify.sh" "$partial" >"$scratch/verified"; }

make_set() {
    mkdir "$partial"
    step "Copy of the database" snapshots copy "$data/bearblog.sqlite3" "$partial/database.sqlite3"
    step "Compression" zstd --quiet "$partial/database.sqlite3"
    list_media | sort -u >"$partial/media.txt"
    if [[ -s $key ]]; then
        step "Certificates and keys" seal_private "$partial/private.tar.zst.age"
    else
        say "Certificates and keys: left out, there is no $key to seal them with"
    fi
    step "Check" snapshots seal "$partial" "$partial/database.sqlite3" \
        --stamp "$stamp" --release "$(basename "$release")" --prefix "$(own_prefix)"
    rm -- "$partial/database.sqlite3"
    step "Reading it back" read_back || die "the new set is not whole and was thrown away"
    sync --file-system "$backups"
    mv -- "$partial" "$backups/$stamp"
}

back_up() {
    local size
    need age rclone tar zstd
    lock "$backups/.lock"
    begin_pings backup
    [[ -f $data/bearblog.sqlite3 ]] || die "there is no database in $data; nothing to back up"
    find "$backups" -maxdepth 1 -name '.partial-*' -exec rm -r -- {} +
    demand_space "$backups" $(($(database_bytes) * 13 / 10))
    stamp=$(date --utc +%Y%m%dT%H%M%SZ) partial=$backups/.partial-$stamp
    [[ ! -e $backups/$stamp ]] || die "$backups/$stamp exists already; try again in a second"
    make_set
    prune_local
    ship
    size=$(du --summarize --human-readable "$backups/$stamp" | cut -f 1)
    say "Backup $stamp: $size, on this disk and in the bucket" \
        "$(bucket_is_a_folder && printf '(which is a folder on this same disk: it dies with it)')"
    work_is_done=yes
}

main() {
    case ${1:-} in
        "") ask_systemd ;;
        --now) back_up ;;
        --help) usage ;;
        *) die "unknown argument $1 (see --help)" ;;
    esac
}

main "$@"
