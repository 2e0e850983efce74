# Where a new set goes, and how long the old ones are kept. Read by backup.sh.
# shellcheck shell=bash
# shellcheck disable=SC2154  # the names come from common.sh and backup.sh

keep_local=7 keep_daily=35 keep_monthly=12

# Asks which sets of a complete listing may go. A listing cut short would make whole sets look broken: a file, no pipe.
choose_old() { snapshots prune --keep "$1" --newest "$stamp" <"$scratch/listing" >"$scratch/old"; }

prune_local() {
    local old
    find "$backups" -mindepth 2 -maxdepth 2 -type f -printf '%P\n' >"$scratch/listing"
    choose_old "$keep_local"
    while read -r old; do rm -r -- "${backups:?}/${old:?}"; done <"$scratch/old"
}

# A shelf is a folder of sets in one of the buckets, such as bucket:backups/daily.
prune_shelf() {
    local old
    bucket_files "$1" >"$scratch/listing" && choose_old "$2" || return
    while read -r old; do bucket purge "$1/${old:?}" || return; done <"$scratch/old"
}

# The manifest goes last, so that a set which has one is complete.
upload() {
    bucket copy --exclude manifest.json "$backups/$stamp" "$1/$stamp" &&
        bucket copy "$backups/$stamp/manifest.json" "$1/$stamp" &&
        bucket check --download "$backups/$stamp" "$1/$stamp"
}

prune_shelves() { prune_shelf "$1:backups/daily" "$keep_daily" && prune_shelf "$1:backups/monthly" "$keep_monthly"; }

# Adds the set's media files that are not there yet.
send_media() {
    [[ ! -s $backups/$stamp/media.txt ]] ||
        bucket copy --files-from-raw "$backups/$stamp/media.txt" --size-only --immutable "$1" "$2"
}

# Only the box that `current` names may add to the shelves: a box that was replaced would put its old state on top.
check_is_current() {
    local named
    named=$(bucket_files --max-depth 1 --include /current bucket:) || die "$kept cannot be read: $(bucket_complaint)"
    [[ -n $named ]] || return 0
    named=$(bucket cat bucket:current) || die "$kept cannot be read: $(bucket_complaint)"
    named=$("$release/.venv/bin/python" -c 'import json, sys; print(json.load(sys.stdin)["prefix"])' <<<"$named" \
        2>/dev/null) || die "$kept cannot be read: its object current is damaged"
    [[ $named == "$(own_prefix)" ]] || die "$kept belongs to another box by now ($named)"
}

send_month() {
    local month
    month=$(bucket_files --include "/${stamp:0:6}*/manifest.json" "$1:backups/monthly" || :)
    [[ -n $month ]] || step "Set of the month" upload "$1:backups/monthly"
}

ship() {
    local kept="the set is kept in $backups/$stamp, but the bucket"
    reach_bucket || die "$kept cannot be reached: $(bucket_complaint)"
    check_is_current
    step "Media to the bucket" send_media "$data/media" bucket:media ||
        die "$kept did not take the media files: $(bucket_complaint)"
    step "Set to the bucket" upload bucket:backups/daily || die "$kept did not take it: $(bucket_complaint)"
    send_month bucket || die "$kept did not take it: $(bucket_complaint)"
    prune_shelves bucket || die "the new set is safe, but older ones in the bucket could not be deleted: $(bucket_complaint)"
}

# Another account, another key: what remains when the bucket itself is lost. The doctor reads the mark.
ship_again() {
    local kept="the set is safe in the bucket, but the second bucket"
    # One file of keys for one rclone that speaks with both: a name in its configuration would not win over this variable.
    local -x AWS_SHARED_CREDENTIALS_FILE=$scratch/keys
    cat "$credentials/bucket" "$credentials/second_bucket" >"$AWS_SHARED_CREDENTIALS_FILE"
    step "Media to the second bucket" send_media bucket:media second:media ||
        die "$kept did not take the media files: $(bucket_complaint)"
    step "Set to the second bucket" upload second:backups/daily || die "$kept did not take it: $(bucket_complaint)"
    send_month second || die "$kept did not take it: $(bucket_complaint)"
    prune_shelves second || die "$kept did not let go of older ones: $(bucket_complaint)"
    (umask 0027 && printf '%s\n' "$stamp" >"$data/second-bucket")
}
