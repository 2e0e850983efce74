# The private part of a box, sealed with the vault's age key: Caddy's certificates and account keys, and the
# secret key of the sessions. Read by common.sh. Nothing of it is ever written unsealed but where it belongs.
# shellcheck shell=bash
# shellcheck disable=SC2154  # the names come from common.sh

# The same bytes for the same content, whenever it is called. What Caddy keeps for the hour stays out.
pack_private() {
    tar --create --sort=name --mtime=@0 --numeric-owner --owner=0 --group=0 --transform 's,^\.\(/\|$\),caddy\1,' \
        --exclude=./locks --exclude=./ocsp --exclude=./last_clean.json --exclude='./acme/*/challenge_tokens' \
        --directory "$caddy_data" . --directory "$credentials" secret_key
}

recipient() { age-keygen -y "$key" || die "$key is no age identity (a line AGE-SECRET-KEY-1...)"; }

seal_private() {
    local recipient
    recipient=$(recipient) || return
    pack_private | zstd --quiet | age --recipient "$recipient" --output "$1"
}

unseal_private() { age --decrypt --identity "$key" "$1" 2>"$scratch/age.log" | zstd --decompress --quiet; }

# How many files a sealed part holds; fails when this key does not open it.
count_private() {
    unseal_private "$1" 2>/dev/null | tar --list 2>/dev/null | grep -cv '/$' ||
        die "$1 cannot be opened with $key: $(head -n 1 "$scratch/age.log")"
}

has_certificates() { [[ -n $(find "$caddy_data" -mindepth 1 -path '*/certificates/*' -print -quit) ]]; }

place_certificates() {
    unseal_private "$1" | tar --extract --touch --strip-components=1 --directory "$caddy_data" caddy &&
        chown --recursive --reference="$caddy_data" "$caddy_data"
}

place_secret_key() {
    unseal_private "$1" | tar --extract --touch --directory "$credentials" secret_key && chmod 0600 "$credentials/secret_key"
}
