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

prune_shelf() {
    local old
    bucket_files "bucket:$1" >"$scratch/listing" && choose_old "$2" || return
    while read -r old; do bucket purge "bucket:$1/${old:?}" || return; done <"$scratch/old"
}

# The manifest goes last, so that a set which has one is complete.
upload() {
    bucket copy --exclude manifest.json "$backups/$stamp" "bucket:$1/$stamp" &&
        bucket copy "$backups/$stamp/manifest.json" "bucket:$1/$stamp" &&
        bucket check --download "$backups/$stamp" "bucket:$1/$stamp"
}

prune_bucket() { prune_shelf backups/daily "$keep_daily" && prune_shelf backups/monthly "$keep_monthly"; }

send_media() {
    [[ ! -s $backups/$stamp/media.txt ]] ||
        bucket copy --files-from-raw "$backups/$stamp/media.txt" --size-only --immutable "$data/media" bucket:media
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

ship() {
    local kept="the set is kept in $backups/$stamp, but the bucket" month
    reach_bucket || die "$kept cannot be reached: $(bucket_complaint)"
    check_is_current
    step "Media to the bucket" send_media || die "$kept did not take the media files: $(bucket_complaint)"
    step "Set to the bucket" upload backups/daily || die "$kept did not take it: $(bucket_complaint)"
    month=$(bucket_files --include "/${stamp:0:6}*/manifest.json" bucket:backups/monthly || :)
    [[ -n $month ]] ||
        step "Set of the month" upload backups/monthly || die "$kept did not take it: $(bucket_complaint)"
    prune_bucket || die "the new set is safe, but older ones in the bucket could not be deleted: $(bucket_complaint)"
}
