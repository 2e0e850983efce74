#!/usr/bin/env bash
# Lets another release serve, and returns to the one before. Runs as a unit of its own: what systemd does at its end,
# however it ends, leaves a release serving.
set -euo pipefail

readonly UNIT=bearblog-release

usage() {
    cat <<'TEXT'
Usage: release.sh serve VERSION [--allow-pause SECONDS] [--anyway] [--by WHO]
       release.sh rollback [VERSION] [--by WHO]
       release.sh show
       release.sh settle
       release.sh visit [--seconds SECONDS]
       release.sh --now COMMAND ...

  serve     lets a release serve that lies prepared in /srv/bearblog/releases: doctor, a rehearsal of its migrations,
            the migrations, a probe on a socket of its own, then readers; what fails leaves the one before serving
  rollback  the same way back, to the release before or the one that is named; data stay as they are
  show      what came of each release, and what is under way
  settle    sets right what a release left behind that was killed; systemd calls it, also at boot
  visit     what the site answers through its own front door, as JSON
  --now     do the work in this process (what the unit runs)
TEXT
}

refuse() {
    echo "release.sh: $1" >&2
    exit 1
}

work() {
    PYTHONPATH="$release" exec /usr/bin/python3 -P -B -m deploy.releases "$@"
}

main() {
    local script release state
    script="$(readlink -f "${BASH_SOURCE[0]}")"
    release="${script%/deploy/release.sh}"
    case "${1-}" in
        --help | -h) usage && return ;;
        '') usage >&2 && return 2 ;;
        show | settle | visit) work "$@" ;;
        --now) shift && work "$@" ;;
        serve | rollback) ;;
        *) refuse "there is no command '$1' (see --help)" ;;
    esac
    [[ "${2-}" != --help ]] || work "$@"
    ((EUID == 0)) || refuse "only root may let another release serve; try sudo."
    state="$(systemctl is-active "$UNIT.service" || :)"
    if [[ "$state" != inactive && "$state" != failed ]]; then
        refuse "another release is at work; wait until it has ended. $(work show | tail -n 1)"
    fi
    # What a power cut left behind comes first.
    "$script" settle
    # systemd remembers a unit that has just ended for a moment longer, and one that failed at times for ever (seen).
    until [[ "$(systemctl show --property=LoadState --value "$UNIT.service")" == not-found ]]; do
        systemctl reset-failed "$UNIT.service" 2>/dev/null || :
        sleep 0.1
    done
    exec systemd-run --quiet --wait --collect --pipe --unit="$UNIT" --description="Bearblog release" --service-type=exec \
        --property="ExecStopPost=$script settle" --property=OnFailure=bearblog-settle.service --property=TimeoutStopSec=120 -- "$script" --now "$@"
}

main "$@"
