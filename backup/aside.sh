# Moves what is there aside, never deletes it, and puts it back when a restore does not come to its end.
# Read by restore.sh.
# shellcheck shell=bash
# shellcheck disable=SC2154  # the names come from common.sh and restore.sh

aside=$backups/aside-$(date --utc +%Y%m%dT%H%M%SZ)
moved=() made=() unfinished=''

move_aside() {
    local path
    for path; do
        made+=("$path")
        [[ -e $path ]] || continue
        mkdir --parents "$aside$(dirname "$path")"
        mv -- "$path" "$aside$path"
        moved+=("$path")
    done
}

# An empty folder in the place of the old one, of the same owner and mode.
renew_folder() {
    move_aside "$1"
    mkdir -- "$1"
    chown --reference="$aside$1" "$1"
    chmod --reference="$aside$1" "$1"
}

# Of another time, and under version numbers that will be given once more; each is made anew when it is next read.
forget_pages() { rm -rf -- "$cache/pages" "$cache/last"; }

# From here on there is no way back: the bucket names the new prefix.
keep_new() { moved=() made=() unfinished=yes; }

say_done() {
    unfinished=''
    say "Restored: $(basename "$folder"). Media files follow (systemctl status bearblog-media-restore)."
    [[ ! -d $aside ]] || say "What was here before lies in $aside; delete it when you are sure."
}

put_back() {
    local path
    [[ -z $unfinished ]] ||
        printf '%s\n' "The database is in place, but the step above failed. When it is mended:" \
            "systemctl start ${units[*]}" >&2
    ((${#made[@]})) || return 0
    for path in "${made[@]}"; do rm -rf -- "$path"; done
    for path in "${moved[@]}"; do mv -- "$aside$path" "$path"; done
    moved=() made=()
    [[ $closed ]] || systemctl start "${units[@]}" || :
    printf '%s\n' "The restore did not come to its end; everything is back as it was before." >&2
}
