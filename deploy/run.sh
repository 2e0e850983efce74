#!/usr/bin/env bash
# Starts one program of the release that this script lies in. The units exec it.
set -euo pipefail

usage() {
    cat <<'TEXT'
Usage: deploy/run.sh web | worker | sync | recover | manage COMMAND [ARGUMENT...]

  web      gunicorn, on the socket that systemd passes (bearblog.service)
  worker   tasks, letters and the clock (bearblog-worker.service)
  sync     the replication forwarder (bearblog-sync.service)
  recover  takes in the commit that a killed process may have left in SQLite's log (when a service has failed)
  manage   a management command, in the environment that it is called with

systemd gives these their settings and credentials. On the box, people say `systemctl restart bearblog`
to restart the site, and `bearblog COMMAND` to run a management command as the service runs.
TEXT
}

refuse() {
    echo "run.sh: $1" >&2
    exit 2
}

main() {
    # Resolved once: a release that is swung in meanwhile is for the next start.
    local script release
    script="$(readlink -f "${BASH_SOURCE[0]}")"
    release="${script%/deploy/run.sh}"
    local what="${1-}"
    case "$what" in
        --help | -h) usage && return ;;
        web | worker | sync | recover | manage) shift ;;
        '') usage >&2 && return 2 ;;
        *) refuse "there is no program '$what'; it must be web, worker, sync, recover or manage (see --help)." ;;
    esac
    local python="$release/.venv/bin/python"
    [[ -x "$python" ]] || refuse "the release $release has no virtual environment; run the playbook again."
    cd "$release"
    # The release is read-only; its byte code was made when it was installed.
    export PYTHONDONTWRITEBYTECODE=1
    # Litestream fails with a CA bundle of its own, and asks the cloud's metadata address where it finds no keys.
    unset AWS_CA_BUNDLE
    export AWS_EC2_METADATA_DISABLED=true
    if [[ -n "${CREDENTIALS_DIRECTORY-}" && -e "$CREDENTIALS_DIRECTORY/bucket" ]]; then
        export AWS_SHARED_CREDENTIALS_FILE="$CREDENTIALS_DIRECTORY/bucket"
    fi
    case "$what" in
        web) exec "$release/.venv/bin/gunicorn" --config deploy/gunicorn.conf.py bearblog.wsgi:application ;;
        worker) exec "$python" manage.py run_worker ;;
        sync)
            exec "$python" -S -E -m bearblog.engines.replication.forwarder \
                --control /run/litestream/control.sock --database /var/lib/bearblog/bearblog.sqlite3
            ;;
        recover)
            [[ "${SERVICE_RESULT-}" != success ]] || return 0
            exec "$python" -m bearblog.engines.replication.write_ahead_log /var/lib/bearblog/bearblog.sqlite3
            ;;
        manage)
            (($#)) || refuse "manage wants the name of a command; 'bearblog help' lists them."
            exec "$python" manage.py "$@"
            ;;
    esac
}

main "$@"
