#!/usr/bin/env bash
# Gives this machine what a make target needs: Debian packages (droplet, bench, test, audits), uv, and the locked requirements.
set -euo pipefail

readonly DROPLET_PACKAGES=(age iproute2 mmdebstrap nftables openssh-client systemd-container zstd)
readonly BENCH_PACKAGES=(wrk)
readonly TEST_PACKAGES=(chromium fonts-dejavu-core gettext shellcheck)
# A command, and the package that brings it where no other has.
readonly TEST_COMMANDS=(java:default-jre-headless)
readonly AUDIT_COMMANDS=(npm:npm)

usage() {
    cat <<'TEXT'
Usage: deploy/bootstrap.sh dev | droplet | bench | test | audits

  dev      uv and the locked requirements; needs no root
  droplet  the same, and the Debian packages that build a local droplet
  bench    the same, and wrk, which makes the load
  test     what droplet and bench have, and the Debian packages that the tests drive
  audits   the same, and npm, which fetches Lighthouse
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

install_commands() {
    local pair missing=()
    for pair in "$@"; do
        command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
    done
    install_packages "${missing[@]}"
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

install_for_tests() {
    check_machine
    install_packages "${DROPLET_PACKAGES[@]}" "${BENCH_PACKAGES[@]}" "${TEST_PACKAGES[@]}"
    install_commands "${TEST_COMMANDS[@]}"
}

main() {
    cd "$(dirname "${BASH_SOURCE[0]}")/.."
    case "${1-}" in
        dev) ;;
        droplet) check_machine && install_packages "${DROPLET_PACKAGES[@]}" ;;
        bench) check_machine && install_packages "${DROPLET_PACKAGES[@]}" "${BENCH_PACKAGES[@]}" ;;
        test) install_for_tests ;;
        audits) install_for_tests && install_commands "${AUDIT_COMMANDS[@]}" ;;
        --help | -h) usage && return ;;
        *) usage >&2 && return 2 ;;
    esac
    install_uv
    PATH="$PATH:$PWD/.tools/bin" UV_SYSTEM_CERTS=1 UV_COMPILE_BYTECODE=1 uv sync --quiet --locked
}

main "$@"
