#!/usr/bin/env bash
# Says whether a backup set is whole.
set -euo pipefail
# shellcheck source=backup/common.sh
source "$(dirname "$(readlink -f "$0")")/common.sh"

usage() {
    cat <<'END'
Usage: verify.sh SET

SET is a folder, a stamp such as 20261121T024500Z in /root/backups, or "latest"; with "bucket:" before a stamp or
"latest", the set is fetched from the bucket first. Reads every byte: SHA-256 of each file, the database whole
(integrity, foreign keys, row counts), the media files it names, and whether this box's key opens the private part.
Prints a line for each check; changes nothing.
END
}

unpack() {
    demand_space "$scratch" "$(snapshots show "$folder" bytes)"
    zstd --decompress --quiet --stdout "$folder/database.sqlite3.zst" >"$scratch/database.sqlite3" ||
        die "$folder/database.sqlite3.zst cannot be decompressed"
}

check_database() { unpack && snapshots database "$folder" "$scratch/database.sqlite3"; }

list_local_media() { [[ ! -d $data/media ]] || find "$data/media" -type f -printf '%P\n'; }

# A restore goes on without a picture (BEARBLOG_LOST_MEDIA=warn); a set that lacks one does not pass otherwise.
complain() { if [[ ${BEARBLOG_LOST_MEDIA:-} == warn ]]; then say "WARNING: $1" >&2; else die "$1"; fi; }

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

check_private() {
    local count
    if [[ ! -e $folder/private.tar.zst.age ]]; then
        printf 'none in this set'
    elif [[ ! -s $key ]]; then
        printf 'sealed; there is no key on this box to open it'
    else
        count=$(count_private "$folder/private.tar.zst.age") &&
            printf '%s files, opened with the key of this box' "$count"
    fi
}

main() {
    case ${1:-} in
        --help) usage && return ;;
        "" | -*) die "which set? (see --help)" ;;
    esac
    need age rclone tar zstd
    find_set "$1"
    say "Set: $folder, made by release $(snapshots show "$folder" release)"
    step "Files" snapshots files "$folder"
    step "Database" check_database
    step "Media" check_media
    step "Certificates and keys" check_private
}

main "$@"
