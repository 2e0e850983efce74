# What is looked at in a set, which `folder` names. Read by verify.sh and drill.sh.
# shellcheck shell=bash
# shellcheck disable=SC2154  # the names come from common.sh and find_set

unpack() {
    demand_space "$scratch" "$(snapshots show "$folder" bytes)"
    zstd --decompress --quiet --stdout "$folder/database.sqlite3.zst" >"$scratch/database.sqlite3" ||
        die "$folder/database.sqlite3.zst cannot be decompressed"
}

check_database() { unpack && snapshots database "$folder" "$scratch/database.sqlite3"; }

list_local_media() { [[ ! -d $data/media ]] || find "$data/media" -type f -printf '%P\n'; }

# A restore goes on without a picture (BEARBLOG_LOST_MEDIA=warn); a set that lacks one does not pass otherwise.
complain() { if [[ ${BEARBLOG_LOST_MEDIA:-} == warn ]]; then warn "WARNING: $1"; else die "$1"; fi; }

# Names that are not on this disk are looked for in the bucket.
check_media() {
    list_local_media | sort | comm -23 "$folder/media.txt" - >"$scratch/absent" || return
    if [[ -s $scratch/absent ]]; then
        bucket_files bucket:media >"$scratch/listing" ||
            complain "some media files are not on this disk, and the bucket cannot be read: $(bucket_complaint)"
        sort "$scratch/listing" | comm -23 "$scratch/absent" - >"$scratch/lost" || return
        [[ ! -s $scratch/lost ]] ||
            complain "$(wc -l <"$scratch/lost") media files are nowhere, the first is $(head -n 1 "$scratch/lost")"
    fi
    printf '%s named, %s of them only in the bucket' "$(wc -l <"$folder/media.txt")" "$(wc -l <"$scratch/absent")"
}
