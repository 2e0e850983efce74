#!/usr/bin/env bash
# Gathers the wheels that a packed release runs on, so that the box that installs it needs no package registry.
set -euo pipefail

# Debian 13, which is all that the playbook installs on.
readonly PYTHON=313 NEWEST_GLIBC=41

usage() {
    cat <<'TEXT'
Usage: deploy/wheels.sh FOLDER VERSION ARCHITECTURE

FOLDER holds VERSION.tar.gz, as build.sh makes it; ARCHITECTURE is the box's, as `uname -m` says it. Downloads each wheel
that the release's uv.lock names (the application's, the group `binaries`, uv), each against its hash, into
FOLDER/wheels-<architecture>-<id>.tar, and prints that name. The id is that of the locked requirements: releases
that run on the same wheels share the file, and one that is there is not made again.
TEXT
}

refuse() {
    echo "wheels.sh: $1" >&2
    exit 2
}

platforms() {
    local minor
    printf -- '--platform=%s\n' "linux_$1" "manylinux2014_$1" "manylinux2010_$1" "manylinux1_$1"
    for ((minor = NEWEST_GLIBC; minor >= 5; minor--)); do printf -- '--platform=manylinux_2_%s_%s\n' "$minor" "$1"; done
}

main() {
    case "${1-}" in
        --help | -h) usage && return ;;
    esac
    (($# == 3)) || { usage >&2 && return 2; }
    local folder version=$2 architecture=$3 id name tags export=(uv export --quiet --frozen --no-header --no-annotate)
    folder="$(cd "$1" && pwd)"
    cd "$(dirname "${BASH_SOURCE[0]}")/.."
    [[ -e "$folder/$version.tar.gz" ]] || refuse "there is no $folder/$version.tar.gz; run build.sh first."
    [[ -x .venv/bin/python ]] || refuse "there is no virtual environment; run deploy/bootstrap.sh dev first."

    scratch="$(mktemp -d)"
    trap 'rm -rf "$scratch"' EXIT
    tar --extract --file "$folder/$version.tar.gz" --directory "$scratch" --strip-components 1 \
        "$version"/{pyproject.toml,uv.lock,deploy/uv.txt}
    mkdir "$scratch/wheels"
    export PATH="$PATH:$PWD/.tools/bin"
    (cd "$scratch" && "${export[@]}" --no-default-groups) >"$scratch/wheels/application.txt"
    (cd "$scratch" && "${export[@]}" --only-group binaries) >"$scratch/wheels/binaries.txt"
    cp "$scratch/deploy/uv.txt" "$scratch/wheels/uv.txt"
    id="$(cat "$scratch/wheels/"*.txt | sha256sum | cut -c 1-8)"
    name="wheels-$architecture-$id.tar"
    if [[ ! -e "$folder/$name" ]]; then
        mapfile -t tags < <(platforms "$architecture")
        .venv/bin/python -m pip download --quiet --disable-pip-version-check --only-binary :all: --no-deps --require-hashes \
            --python-version "$PYTHON" --implementation cp --abi "cp$PYTHON" --abi abi3 --abi none "${tags[@]}" \
            --dest "$scratch/wheels" --requirement <(cat "$scratch/wheels/"*.txt) >&2
        # The same bytes each time, as with the release itself.
        tar --create --file "$scratch/archive" --directory "$scratch/wheels" --sort=name --mtime=@0 \
            --owner=0 --group=0 --numeric-owner --mode=a=rX,u+w .
        mv "$scratch/archive" "$folder/$name"
    fi
    echo "$name"
}

main "$@"
