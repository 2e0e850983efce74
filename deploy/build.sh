#!/usr/bin/env bash
# Packs a release: what the box needs of a tree, named by its content, the same bytes each time.
set -euo pipefail

# Nothing else reaches the box: a change of tests or playbooks is no new release.
readonly PARTS=(
    backup bearblog manage.py pyproject.toml uv.lock
    deploy/{bearblog,binaries,prepare,release,rollback,run}.sh deploy/gunicorn.conf.py deploy/{releases,survey}
    deploy/uv.txt
)

usage() {
    cat <<'TEXT'
Usage: deploy/build.sh FOLDER [REVISION]

Writes FOLDER/<version>.tar.gz and prints <version>: the date of the last commit and the first eight
digits of the tree's hash. Without REVISION the working tree is packed, files that git does not know yet
included, ignored ones not.
TEXT
}

refuse() {
    echo "build.sh: $1" >&2
    exit 2
}

main() {
    case "${1-}" in
        --help | -h) usage && return ;;
        '') usage >&2 && return 2 ;;
    esac
    local folder revision="${2-}" date tree commit version archive
    mkdir -p "$1"
    folder="$(cd "$1" && pwd)"
    cd "$(dirname "${BASH_SOURCE[0]}")/.."
    git rev-parse --git-dir >/dev/null 2>&1 || refuse "$PWD is not a git repository; clone it, rather than copy its files."
    [[ -z "$revision" ]] || git rev-parse --quiet --verify "$revision^{commit}" >/dev/null ||
        refuse "there is no revision '$revision' in $PWD."

    # An index and an object store of our own: the repository is only read.
    scratch="$(mktemp -d)"
    trap 'rm -rf "$scratch"' EXIT
    GIT_ALTERNATE_OBJECT_DIRECTORIES="$(git rev-parse --path-format=absolute --git-path objects)"
    export GIT_ALTERNATE_OBJECT_DIRECTORIES
    export GIT_INDEX_FILE="$scratch/index" GIT_OBJECT_DIRECTORY="$scratch/objects"
    mkdir "$GIT_OBJECT_DIRECTORY"
    if [[ -n "$revision" ]]; then
        git ls-tree -r "$revision" -- "${PARTS[@]}" | git update-index --index-info
    else
        git -c core.safecrlf=false -c core.autocrlf=false add --all -- "${PARTS[@]}"
    fi
    tree="$(git write-tree)"
    date="$(git log -1 --format=%cd --date=format:%Y%m%d "${revision:-HEAD}" 2>/dev/null || echo 00000000)"
    version="$date-${tree:0:8}"

    # A commit with fixed dates gives each file in the archive a fixed time.
    archive="$folder/$version.tar.gz"
    if [[ ! -e "$archive" ]]; then
        commit="$(GIT_AUTHOR_NAME=build GIT_AUTHOR_EMAIL=build GIT_AUTHOR_DATE='2000-01-01T00:00:00Z' \
            GIT_COMMITTER_NAME=build GIT_COMMITTER_EMAIL=build GIT_COMMITTER_DATE='2000-01-01T00:00:00Z' \
            git commit-tree "$tree" -m "$version")"
        git archive --format=tar --prefix="$version/" "$commit" | gzip --no-name --best >"$scratch/archive"
        mv "$scratch/archive" "$archive"
    fi
    echo "$version"
}

main "$@"
