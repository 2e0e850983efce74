#!/usr/bin/env bash
# Runs a management command as bearblog-worker.service runs: same user, sandbox, environment and credentials.
set -euo pipefail

readonly UNIT=/etc/systemd/system/bearblog-worker.service

usage() {
    cat <<'TEXT'
Usage: bearblog COMMAND [ARGUMENT...]

Runs a management command of the release that serves, as the worker runs: `bearblog help` lists the
commands, `bearblog COMMAND --help` explains one. `bearblog doctor` says how the box is; what only root can see
is looked at anew before.
TEXT
}

refuse() {
    echo "bearblog: $1" >&2
    exit 2
}

# The [Service] lines of the unit that make the sandbox; what makes it a service of its own is left out.
properties() {
    sed -n '/^\[Service\]/,/^\[Install\]/{/^[A-Z][A-Za-z]*=/p}' "$UNIT" |
        grep -Ev '^(Type|NotifyAccess|Exec[A-Za-z]*|Restart[A-Za-z]*|KillMode|Timeout[A-Za-z]*|OOMScoreAdjust)='
}

# What the sandbox cannot see, the doctor reads in the survey.
look_over() {
    systemctl start bearblog-survey.service ||
        echo "bearblog: the box could not be looked over anew; see: journalctl -u bearblog-survey" >&2
}

main() {
    case "${1-}" in
        --help | -h) usage && return ;;
        '') usage >&2 && return 2 ;;
    esac
    ((EUID == 0)) || refuse "only root may run commands as the service; try 'sudo bearblog $1'."
    [[ -r "$UNIT" ]] || refuse "there is no $UNIT; this runs on a box that the playbook has set up."
    local script release stream=--pipe options=() property
    script="$(readlink -f "${BASH_SOURCE[0]}")"
    release="${script%/deploy/bearblog.sh}"
    while IFS= read -r property; do
        options+=("--property=$property")
    done < <(properties)
    [[ -t 0 && -t 1 ]] && stream=--pty
    [[ "$1" != doctor ]] || look_over
    exec systemd-run --quiet --wait --collect "$stream" --service-type=exec "${options[@]}" \
        -- "$release/deploy/run.sh" manage "$@"
}

main "$@"
