# How the scripts speak: sentences for people; to the journal one JSON object a line, as the application does.
# shellcheck shell=bash

# At which of the descriptors 1 and 2 systemd's journal listens (JOURNAL_STREAM in systemd.exec(5)). Asked once: speaking
# starts no process, as bash stumbles when a ticker is ended while it waits for one (it happened).
journal_listens_at=
for descriptor in ${JOURNAL_STREAM:+1 2}; do
    { found=$(stat --dereference --format=%d:%i /proc/self/fd/3); } 3>&"$descriptor"
    [[ $found != "$JOURNAL_STREAM" ]] || journal_listens_at+=$descriptor
done

# tell DESCRIPTOR PRIORITY LEVEL TEXT
tell() {
    local text=$4 name=${0##*/} moment=$EPOCHREALTIME time
    # What is sent into a file or a pipe meanwhile is no socket.
    if [[ $journal_listens_at != *"$1"* || ! -S /dev/fd/$1 ]]; then
        printf '%s\n' "$text" >&"$1"
        return
    fi
    TZ=UTC printf -v time '%(%Y-%m-%dT%H:%M:%S)T' "${moment%.*}"
    moment=${moment#*.}
    text=${text#"$name: "} text=${text//\\/\\\\} text=${text//\"/\\\"} text=${text//$'\n'/\\n}
    printf '<%s>{"time": "%s.%sZ", "level": "%s", "logger": "%s", "message": "%s"}\n' \
        "$2" "$time" "${moment:0:3}" "$3" "$name" "${text//[[:cntrl:]]/ }" >&"$1"
}

say() { tell 1 6 info "$*"; note "$*"; }
warn() { tell 2 4 warning "$*"; }
# What programs have written to the file, as one line: the journal's longest has 48 KiB.
warn_of() { [[ ! -s $1 ]] || warn "$(tail --bytes=20000 "$1")"; }
die() { tell 2 3 error "${0##*/}: $*"; note "$*"; exit 1; }
# What a ping carries the end of.
note() { { printf '%s\n' "$*" >>"${said:-/dev/null}"; } 2>/dev/null || :; }

# Lines of the journal as people read them.
plainly() { sed -E '/^\{/{s/.*"message": "(([^"\\]|\\.)*)".*/\1/;s/\\\\/\x01/g;s/\\n/\n/g;s/\\"/"/g;s/\x01/\\/g}'; }
