# Lines that tell a dead-man's switch when work begins and how it ended. A ping that cannot be sent fails nothing.
# shellcheck shell=bash
# shellcheck disable=SC2154  # common.sh sets release, credentials and said

ping_address=
# Set at the end of the work: whatever ends it before has made it fail.
work_is_done=

# From here on the switch of that name is told, if the inventory names one.
begin_pings() {
    [[ -s $credentials/ping_$1 ]] || return 0
    ping_address=$credentials/ping_$1
    send_ping start </dev/null
}

end_pings() {
    [[ $ping_address ]] || return 0
    local signal=fail
    [[ -z $work_is_done ]] || signal="done"
    { tail -n 10 "$said" 2>/dev/null || :; } | send_ping "$signal"
}

send_ping() {
    PYTHONPATH=$release "$release/.venv/bin/python" -P -B -m bearblog.engines.alarms.ping "$ping_address" "$1" 9>&- || :
}
