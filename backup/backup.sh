#!/usr/bin/env bash
# Makes a backup set on this disk and in the bucket. Root's crontab starts it each night.
set -euo pipefail
# shellcheck source=backup/common.sh
source "$(dirname "$(readlink -f "$0")")/common.sh"
# shellcheck source=backup/keep.sh
source "$here/keep.sh"
# shellcheck source=backup/making.sh
source "$here/making.sh"

unit=bearblog-backup.service

usage() {
    cat <<'END'
Usage: backup.sh [--now | --before-restore]

Makes a backup set: the database, the names of the media files, and the certificates sealed with the vault's key.
It lies in /root/backups/<UTC stamp>/ (7 are kept) and in the bucket under backups/daily/ (35) and, the first of a
month, under backups/monthly/ (12); the same in the second bucket, where the inventory names one. Nothing old is
deleted before the new set has been read back whole.

Without an argument the work is done by bearblog-backup.service, at low priority and in a sandbox of its own.
    --now               do the work in this process (what the service runs)
    --before-restore    keep what is here as /root/backups/before-restore-<UTC stamp> and nowhere else (restore.yml);
                        ends with 3 when the database is damaged, of which no set can be made
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

back_up() {
    local size second=
    begin_set backup
    [[ ! -e $backups/$stamp ]] || die "$backups/$stamp exists already; try again in a second"
    make_set "$backups/$stamp"
    prune_local
    ship
    ! has_second_bucket || { ship_again && second=", and in the second one"; }
    size=$(du --summarize --human-readable "$backups/$stamp" | cut -f 1)
    say "Backup $stamp: $size, on this disk and in the bucket$second" \
        "$(bucket_is_a_folder && printf '(which is a folder on this same disk: it dies with it)')"
    work_is_done=yes
}

# It stays on this disk and out of `latest`: what is about to be replaced is not what the next restore should bring.
keep_for_undo() {
    begin_set
    BEARBLOG_LOST_MEDIA=warn make_set "$backups/before-restore-$stamp"
    say "$backups/before-restore-$stamp"
}

main() {
    case ${1:-} in
        "") ask_systemd ;;
        --now) back_up ;;
        --before-restore) keep_for_undo ;;
        --help) usage ;;
        *) die "unknown argument $1 (see --help)" ;;
    esac
}

main "$@"
