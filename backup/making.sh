# How a set is made of what lives on this box. Read by backup.sh.
# shellcheck shell=bash
# shellcheck disable=SC2154  # the names come from common.sh and backup.sh

list_media() {
    if [[ -d $data/media ]]; then
        find "$data/media" -regextype posix-extended -regex '.*/[0-9a-f]{2}/[0-9a-f]{64}\.[a-z0-9]+' -printf '%P\n'
    fi
    # After a restore the files come in slowly; until all are here, the bucket's list is the truth.
    [[ ! -e $data/media-incoming ]] || bucket_files bucket:media ||
        die "media files are still coming in, and the bucket cannot name them: $(bucket_complaint)"
}

read_back() { "$here/verify.sh" "$partial" >"$scratch/verified"; }

# Makes a set and names it so, once it has been read back whole.
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
    mv -- "$partial" "$1"
}

# Room, and a name by the second; begin_set NAME tells the dead-man's switch of that name.
begin_set() {
    need age rclone tar zstd
    lock "$backups/.lock"
    [[ ! ${1:-} ]] || begin_pings "$1"
    [[ -f $data/bearblog.sqlite3 ]] || die "there is no database in $data; nothing to back up"
    find "$backups" -maxdepth 1 -name '.partial-*' -exec rm -r -- {} +
    demand_space "$backups" $(($(database_bytes) * 13 / 10))
    stamp=$(date --utc +%Y%m%dT%H%M%SZ) partial=$backups/.partial-$stamp
}
