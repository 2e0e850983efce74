#!/usr/bin/env bash
# Makes an unpacked release ready to run: its virtual environment, its byte code, its static files.
set -euo pipefail

usage() {
    cat <<'TEXT'
Usage: deploy/prepare.sh UV WHEELS

Run as root in an unpacked release on the box, with the path of the uv program and the folder of the release's
wheels, as wheels.sh gathers them. Installs exactly those, asks no package registry, collects and compresses
the static files, and writes `.prepared` last of all.
TEXT
}

main() {
    case "${1-}" in
        --help | -h) usage && return ;;
        '') usage >&2 && return 2 ;;
    esac
    (($# == 2)) || { usage >&2 && return 2; }
    cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
    scratch="$(mktemp -d)"
    trap 'rm -rf "$scratch"' EXIT
    umask 022
    "$1" venv --quiet --clear --no-config --python /usr/bin/python3 .venv
    "$1" pip install --quiet --no-config --offline --no-cache --no-index --find-links "$2" --no-deps --require-hashes \
        --compile-bytecode --python .venv/bin/python --requirement "$2/application.txt"

    # Static files are the same on every box: these settings reach none of them.
    echo "unused" >"$scratch/secret_key"
    BEARBLOG_SECRET_KEY_FILE="$scratch/secret_key" BEARBLOG_MAIN_HOST=main.invalid \
        BEARBLOG_DATA_DIR="$scratch" BEARBLOG_CACHE_DIR="$scratch" \
        .venv/bin/python manage.py collectstatic --noinput --verbosity 0
    .venv/bin/python -m compileall -q bearblog manage.py deploy/gunicorn.conf.py deploy/survey
    # Its content names the wheels, which may go when no release names them any more.
    basename "$2" >.prepared
}

main "$@"
