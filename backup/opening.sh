# How a restored box gets a prefix of its own, and opens. Read by restore.sh.
# shellcheck shell=bash
# shellcheck disable=SC2154  # the names come from common.sh, staging.sh and restore.sh

# The restored database must never continue an old replica: of two histories in one, rows are lost silently.
claim() {
    step "New replica prefix" "$commands" claim_replica --start-new
    grep -Eq '"claimed": *true' "$data/installation.json" || die "the new replica prefix could not be claimed"
    keep_new
    [[ $closed ]] || place_prefix "$litestream_config"
}

open_site() {
    step "Host names" bearblog rebuild_hosts
    install --mode 0640 /dev/null "$data/media-incoming"
    chown --reference="$data" "$data/media-incoming"
    step "Start" systemctl start "${units[@]}"
    systemctl start --no-block bearblog-media-restore.service
    step "Replica" bearblog wait_replicated --timeout 120
}
