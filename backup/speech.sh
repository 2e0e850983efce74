# How the scripts speak: sentences for people; to the journal one JSON object a line, as the application does.
# shellcheck shell=bash

# Whether systemd's journal listens at the descriptor (JOURNAL_STREAM in systemd.exec(5)).
journal_listens() {
    local found
    [[ ${JOURNAL_STREAM:-} ]] || return 1
    { found=$(stat --dereference --format=%d:%i /proc/self/fd/3); } 3>&"$1"
    [[ $found == "$JOURNAL_STREAM" ]]
}

# tell DESCRIPTOR PRIORITY LEVEL TEXT
tell() {
    local text=$4 name
    journal_listens "$1" || { printf '%s\n' "$text" >&"$1" && return; }
    name=$(basename "$0")
    text=${text#"$name: "} text=${text//\\/\\\\} text=${text//\"/\\\"} text=${text//$'\n'/\\n}
    printf '<%s>{"time": "%s", "level": "%s", "logger": "%s", "message": "%s"}\n' \
        "$2" "$(date --utc +%FT%T.%3NZ)" "$3" "$name" "${text//[[:cntrl:]]/ }" >&"$1"
}

say() { tell 1 6 info "$*"; note "$*"; }
warn() { tell 2 4 warning "$*"; }
# What programs have written to the file, as one line: the journal's longest has 48 KiB.
warn_of() { [[ ! -s $1 ]] || warn "$(tail --bytes=20000 "$1")"; }
die() { tell 2 3 error "$(basename "$0"): $*"; note "$*"; exit 1; }
# What a ping carries the end of.
note() { { printf '%s\n' "$*" >>"${said:-/dev/null}"; } 2>/dev/null || :; }

# Lines of the journal as people read them.
plainly() { sed -E '/^\{/{s/.*"message": "(([^"\\]|\\.)*)".*/\1/;s/\\\\/\x01/g;s/\\n/\n/g;s/\\"/"/g;s/\x01/\\/g}'; }
