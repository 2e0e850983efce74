# Where a set's database waits, beside the living one, until it has been looked at. Read by restore.sh.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154  # the names come from, or are used by, common.sh and restore.sh

# With the commands of the release that will serve.
commands=${BEARBLOG_COMMANDS:-bearblog}
staging=''

unpack_database() {
    zstd --decompress --quiet --stdout "$folder/database.sqlite3.zst" >"$staging/bearblog.sqlite3" &&
        chown --recursive --reference="$data" "$staging" &&
        chmod 0660 "$staging/bearblog.sqlite3"
}

# Migrated, compared with its canary, its pages made: what is refused here has touched nothing.
stage() {
    staging=$(mktemp -d "$data/bearblog.sqlite3.restoring-XXXXXXXX")
    partial=$staging
    step "Database" unpack_database
    step "Migrations and pages" "$commands" prepare_restored "$staging" ${unchecked:+--unchecked}
}

place_database() {
    move_aside "$data"/bearblog.sqlite3{,-wal,-shm} "$data"/{installation,superseded}.json
    mv -- "$staging/bearblog.sqlite3" "$data/bearblog.sqlite3"
}

# For the playbook, which goes on from here: what restore_database tells of a replica.
tell_playbook() {
    printf '{"source": "the backup set %s", "prefix": "%s", "moment": null, "seconds": %s, "set_aside": %s, ' \
        "$(basename "$folder")" "$(own_prefix)" $((EPOCHSECONDS - began)) \
        "$([[ -d $aside ]] && printf '"%s"' "$aside" || printf null)"
    printf '"prepared": %s}\n' "$(<"$staging/prepared.json")"
}
