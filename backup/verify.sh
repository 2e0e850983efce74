#!/usr/bin/env bash
# Says whether a backup set is whole.
set -euo pipefail
# shellcheck source=backup/common.sh
source "$(dirname "$(readlink -f "$0")")/common.sh"
# shellcheck source=backup/set.sh
source "$here/set.sh"

usage() {
    cat <<'END'
Usage: verify.sh SET

SET is a folder, a stamp such as 20261121T024500Z in /root/backups, or "latest"; with "bucket:" before a stamp or
"latest", the set is fetched from the bucket first. Reads every byte: SHA-256 of each file, the database whole
(integrity, foreign keys, row counts), the media files it names, and whether this box's key opens the private part.
Prints a line for each check; changes nothing.
END
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
