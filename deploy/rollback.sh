#!/usr/bin/env bash
# Lets the release before serve again: `release.sh rollback` under the name that comes to mind at night.
set -euo pipefail

main() {
    local script
    script="$(readlink -f "${BASH_SOURCE[0]}")"
    case "${1-}" in
        --help | -h) echo "Usage: rollback.sh [VERSION] [--by WHO]" && echo && "${script%/*}/release.sh" --help ;;
        *) exec "${script%/*}/release.sh" rollback "$@" ;;
    esac
}

main "$@"
