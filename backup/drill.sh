#!/usr/bin/env bash
# Rehearses a restore: the newest replica and the newest set come back into scratch space and are looked at.
set -euo pipefail
export BEARBLOG_CREDENTIALS_DIR=${CREDENTIALS_DIRECTORY:-${BEARBLOG_CREDENTIALS_DIR:-/etc/bearblog/credentials}}
# shellcheck source=backup/common.sh
source "$(dirname "$(readlink -f "$0")")/common.sh"
# shellcheck source=backup/set.sh
source "$here/set.sh"

drills=${BEARBLOG_DRILL_DIR:-$data-drill}
unit=${BEARBLOG_DRILL_UNIT:-/etc/systemd/system/bearblog-drill.service}

usage() {
    cat <<'END'
Usage: drill.sh [--replica] [--snapshot] [--now]

Rehearses a restore from the bucket and touches nothing that lives: brings the newest replica and the newest backup set
(or the one that is named) into scratch space, reads them whole, runs this release's migrations, compares the rows with
the newest canary, and makes pages of ten blogs. What came of it is recorded in /var/lib/bearblog-drill/drills.jsonl,
which `bearblog doctor` reads. bearblog-drill.timer starts it each night.
    --now    do the work in this process (what the service runs), not in the service's sandbox
END
}

# As the service runs: same user, sandbox, credentials and priority; but what it says is seen at once.
ask_systemd() {
    local options=() property
    [[ -r $unit ]] || die "there is no $unit; run the playbook, or use --now"
    while IFS= read -r property; do
        options+=("--property=$property")
    done < <(sed -n '/^\[Service\]/,${/^[A-Z][A-Za-z]*=/p}' "$unit" | grep -Ev '^(Type|Exec[A-Za-z]*|Timeout[A-Za-z]*)=')
    systemd-run --quiet --wait --collect --pipe --service-type=exec "${options[@]}" -- "$here/drill.sh" --now "$@"
}

manage() { "$release/deploy/run.sh" manage "$@"; }
in_scratch() {
    BEARBLOG_DATA_DIR=$scratch/data BEARBLOG_CACHE_DIR=$scratch/cache BEARBLOG_RUNTIME_DIR=$scratch/cache \
        BEARBLOG_STORE_PAGES=false manage "$@"
}

look_over() {
    step "Migrations" in_scratch migrate --no-input --verbosity 0 &&
        step "Content" in_scratch check_restored --of "$1" --found "$scratch/found"
}

rehearse_replica() {
    local began
    began=$(date --utc +%Y-%m-%dT%H:%M:%SZ)
    step "Replica" manage fetch_replica "$scratch/data/bearblog.sqlite3" --most-bytes $((most + spare_bytes)) &&
        look_over "$began"
}

rehearse_snapshot() {
    find_set bucket:latest &&
        step "Files" snapshots files "$folder" &&
        step "Database" check_database &&
        step "Media" check_media &&
        mv -- "$scratch/database.sqlite3" "$scratch/data/bearblog.sqlite3" &&
        look_over "$(basename "$folder")"
}

# One source in a folder of its own, which is gone before the next one comes.
rehearse() {
    local source=$1 began=$EPOCHSECONDS place=$scratch/$1 verdict=passed reason=''
    mkdir -p "$place"/{data,cache}
    (scratch=$place && demand_space "$scratch" "$most" && "rehearse_$source") 2>"$place/complaints" || verdict=failed
    warn_of "$place/complaints"
    [[ $verdict == passed ]] || reason=$(tail -n 1 "$place/complaints" | sed -E 's/^(CommandError|drill\.sh): //')
    manage record_drill "$source" "$verdict" --seconds $((EPOCHSECONDS - began)) --found "$place/found" \
        --reason "$reason" || verdict=failed
    rm -rf -- "$place"
    say "Rehearsed the $source: $verdict, $((EPOCHSECONDS - began)) s${reason:+. $reason}"
    [[ $verdict == passed ]]
}

drill() {
    local source failed=0
    need rclone zstd && lock "$drills/.lock"
    [[ ! -e $data/superseded.json ]] || die "this box was replaced; the one that lives rehearses for itself"
    begin_pings drill
    most=$(($(database_bytes) * 13 / 10))
    for source; do rehearse "$source" || failed=1; done
    ((failed == 0)) && work_is_done=yes
}

main() {
    local argument now='' sources=()
    for argument; do
        case $argument in
            --help) usage && return ;;
            --now) now=yes ;;
            --replica | --snapshot) sources+=("${argument#--}") ;;
            *) die "unknown argument $argument (see --help)" ;;
        esac
    done
    ((${#sources[@]})) || sources=(replica snapshot)
    if [[ $now ]]; then drill "${sources[@]}"; else ask_systemd "$@"; fi
}

main "$@"
