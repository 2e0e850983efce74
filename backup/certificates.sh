#!/usr/bin/env bash
# Sends the certificates to the bucket when they have changed, and brings them back to a new box.
set -euo pipefail
# shellcheck source=backup/common.sh
source "$(dirname "$(readlink -f "$0")")/common.sh"

state=${BEARBLOG_CERTIFICATES_STATE:-/var/lib/bearblog-certificates}

usage() {
    cat <<'END'
Usage: certificates.sh [--restore [PREFIX]]

Seals Caddy's certificates and account keys and the secret key of the sessions with the vault's age key, and puts
them into the bucket as certificates/<epoch>-<box id>.tar.zst.age, when they differ from what was sent last.
bearblog-certificates.timer starts it every ten minutes.
    --restore [PREFIX]    on a new box, before Caddy's first start: unpacks the newest such file (or that of the
                          installation PREFIX, replica/<epoch>-<box id>) into /var/lib/caddy, where it is empty,
                          and the secret key, where there is none; keeps what is there
END
}

send() {
    local name print
    name=certificates/$(basename "$(own_prefix)").tar.zst.age
    [[ $name == certificates/2* ]] || die "$data/installation.json names no replica prefix; has the playbook run?"
    lock "$state/lock"
    # The key's public half too: under a new key the same files must be sealed and sent again.
    print=$({ recipient && pack_private; } | sha256sum | cut -d ' ' -f 1)
    if [[ "$name $print" == "$(cat "$state/sent" 2>/dev/null)" ]]; then
        say "Certificates: unchanged since they were sent"
        return
    fi
    seal_private "$scratch/sealed"
    bucket copyto "$scratch/sealed" "bucket:$name" || die "the certificates were not sent: $(bucket_complaint)"
    printf '%s %s\n' "$name" "$print" >"$state/sent"
    say "Certificates: sent to $name"
}

find_bundle() {
    local names
    names=$(bucket_files --include '/*.tar.zst.age' bucket:certificates) ||
        die "the bucket cannot be read: $(bucket_complaint)"
    { grep -F "${1:+$(basename "$1").}" <<<"$names" || :; } | sort | tail -n 1
}

restore() {
    local name
    if has_certificates; then
        say "Certificates: kept, $caddy_data holds some already"
        return
    fi
    name=$(find_bundle "${1:-}")
    if [[ -z $name ]]; then
        say "Certificates: the bucket holds none; Caddy will ask for new ones"
        return
    fi
    bucket copyto "bucket:certificates/$name" "$scratch/sealed" || die "$name cannot be read: $(bucket_complaint)"
    count_private "$scratch/sealed" >/dev/null
    place_certificates "$scratch/sealed"
    [[ -s $credentials/secret_key ]] || place_secret_key "$scratch/sealed"
    say "Certificates: restored from $name"
}

main() {
    local answer
    [[ ${1:-} != --help ]] || { usage && return; }
    need age rclone tar zstd
    [[ -s $key ]] || die "there is no $key to seal with or to open"
    case ${1:-} in
        "") send ;;
        --restore) restore "${2:-}" ;;
        *) die "unknown argument $1 (see --help)" ;;
    esac
}

main "$@"
