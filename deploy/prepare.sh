#!/usr/bin/env bash
# Makes an unpacked release ready to run: its virtual environment, its byte code, its static files.
set -euo pipefail

usage() {
    cat <<'TEXT'
Usage: deploy/prepare.sh UV

Run as root in an unpacked release on the box, with the path of the uv program. Installs exactly what
uv.lock says, collects and compresses the static files, and writes `.prepared` last of all.
TEXT
}

main() {
    case "${1-}" in
        --help | -h) usage && return ;;
        '') usage >&2 && return 2 ;;
    esac
    cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
    scratch="$(mktemp -d)"
    trap 'rm -rf "$scratch"' EXIT
    umask 022
    export UV_SYSTEM_CERTS=1 UV_CACHE_DIR=/var/cache/bearblog-uv
    "$1" sync --quiet --frozen --no-default-groups --compile-bytecode --python /usr/bin/python3

    # Static files are the same on every box: these settings reach none of them.
    echo "unused" >"$scratch/secret_key"
    BEARBLOG_SECRET_KEY_FILE="$scratch/secret_key" BEARBLOG_MAIN_HOST=main.invalid \
        BEARBLOG_DATA_DIR="$scratch" BEARBLOG_CACHE_DIR="$scratch" \
        .venv/bin/python manage.py collectstatic --noinput --verbosity 0
    .venv/bin/python -m compileall -q bearblog manage.py deploy/gunicorn.conf.py deploy/survey
    touch .prepared
}

main "$@"
