#!/usr/bin/env bash
# Gives this machine what a make target needs: Debian packages (droplet, test), uv, and the locked requirements.
set -euo pipefail

readonly DROPLET_PACKAGES=(age iproute2 mmdebstrap nftables openssh-client systemd-container zstd)
readonly TEST_PACKAGES=(chromium fonts-dejavu-core shellcheck)

usage() {
    cat <<'TEXT'
Usage: deploy/bootstrap.sh dev | droplet | test

  dev      uv and the locked requirements; needs no root
  droplet  the same, and the Debian packages that build a local droplet
  test     the same, and the Debian packages that the tests drive
TEXT
}

refuse() {
    echo "$1" >&2
    echo "Without it: 'make dev' runs the whole stack as one user, and ansible/inventory/example.yml sets up a real droplet." >&2
    exit 1
}

check_machine() {
    [[ -r /etc/debian_version ]] || refuse "A local droplet needs a Debian 12 or 13 machine, and this is not one."
    [[ $EUID -eq 0 ]] || refuse "A local droplet needs root (it makes network namespaces and mounts)."
    unshare --mount --net --pid --fork true 2>/dev/null ||
        refuse "A local droplet needs kernel namespaces, and this machine does not grant them to root."
}

install_packages() {
    local missing=() package
    for package in "$@"; do
        dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep --quiet '^installed$' ||
            missing+=("$package")
    done
    ((${#missing[@]})) || return 0
    echo "  Installing Debian packages: ${missing[*]}"
    apt-get update --quiet=2
    DEBIAN_FRONTEND=noninteractive apt-get install --quiet=2 --yes --no-install-recommends "${missing[@]}" >/dev/null
}

install_uv() {
    command -v uv >/dev/null || [[ -x .tools/bin/uv ]] && return 0
    echo "  Installing uv"
    if ! python3 -c 'import ensurepip' 2>/dev/null; then
        [[ $EUID -eq 0 ]] || refuse "Installing uv needs the Debian package python3-venv (or uv itself on the PATH)."
        install_packages python3-venv
    fi
    python3 -m venv .tools
    .tools/bin/pip install --quiet --require-hashes --requirement deploy/uv.txt
}

main() {
    cd "$(dirname "${BASH_SOURCE[0]}")/.."
    case "${1-}" in
        dev) ;;
        droplet) check_machine && install_packages "${DROPLET_PACKAGES[@]}" ;;
        test) check_machine && install_packages "${DROPLET_PACKAGES[@]}" "${TEST_PACKAGES[@]}" ;;
        --help | -h) usage && return ;;
        *) usage >&2 && return 2 ;;
    esac
    install_uv
    PATH="$PATH:$PWD/.tools/bin" UV_SYSTEM_CERTS=1 UV_COMPILE_BYTECODE=1 uv sync --quiet --locked
}

main "$@"
