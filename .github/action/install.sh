#!/usr/bin/env bash
# Puts medproof on the PATH: the released program where its SHA-256 is right; where a version was not released for this
# machine, the program that cargo builds from the action's own source.
#
# Reads INPUT_VERSION and ACTION_REPOSITORY; MEDPROOF_RELEASES is another place to download from, for tests.
# Sets the outputs version and path, and cache-folder for the steps between.
set -euo pipefail
# shellcheck source=common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

main() {
    folder=$RUNNER_TEMP/medproof/bin
    mkdir -p "$folder"
    version=$(own_version)
    releases=$(releases)
    case ${INPUT_VERSION#v} in
        '') ;;
        latest) version=$(latest) || fail "the latest release cannot be told: $releases/latest names none" ;;
        *) version=${INPUT_VERSION#v} ;;
    esac
    case $version in
        *[!0-9A-Za-z.+-]*) fail "version is '$version'; it is written as 1.2.3, or is 'latest'" ;;
    esac

    if ! installed && ! downloaded; then
        build
    fi
    installed || fail "what was installed is no medproof $version: $("$folder/medproof" --version 2>&1)"
    printf '%s\n' "$folder" >>"$GITHUB_PATH"
    output version "$version"
    output path "$folder/medproof"
    # Told by the shell, as in a container the runner's own expressions name folders outside it.
    output cache-folder "$RUNNER_TEMP/medproof-cache"
    echo "medproof $version is installed"
}

# The version of the action's source.
own_version() {
    sed -n 's/^version = "\(.*\)"$/\1/p; /^version = /q' "$GITHUB_ACTION_PATH/Cargo.toml"
}

# The page of releases, or nothing for an action that was checked out (uses: ./) and so belongs to no release.
releases() {
    local path=${GITHUB_ACTION_PATH//\\//} repository=${ACTION_REPOSITORY:-} unpacked='/_actions/([^/]+/[^/]+)/'
    # Runners do not always tell a composite action its name, but the folder that they unpack it in does.
    if [ -z "$repository" ] && [[ $path =~ $unpacked ]]; then
        repository=${BASH_REMATCH[1]}
    fi
    if [ -n "${MEDPROOF_RELEASES:-}" ]; then
        echo "$MEDPROOF_RELEASES"
    elif [ -n "$repository" ]; then
        echo "${GITHUB_SERVER_URL:-https://github.com}/$repository/releases"
    fi
}

# The version that the page of the latest release leads to; the page needs no token and counts against no limit.
latest() {
    local url
    [ -n "$releases" ] || return 1
    url=$(fetch "$releases/latest" /dev/null '%{url_effective}') || return 1
    case $url in
        */tag/v*) echo "${url##*/tag/v}" ;;
        *) return 1 ;;
    esac
}

installed() {
    [ "$("$folder/medproof" --version 2>/dev/null)" = "medproof $version" ]
}

# Downloads the release and unpacks it; fails where there is none for this version and machine.
downloaded() {
    local name archive status expected found
    [ -n "$releases" ] || return 1
    name=medproof-v$version-$(target) || return 1
    archive=$name.tar.gz
    # Names without a folder, since tar and sha256sum on Windows stumble over those with a drive.
    cd "$folder" || fail "$folder cannot be entered"
    status=$(fetch "$releases/download/v$version/$archive" "$archive" '%{http_code}') || fail "$archive cannot be downloaded from $releases"
    case $status in
        200) ;;
        404) return 1 ;;
        *) fail "$archive cannot be downloaded from $releases: status $status" ;;
    esac
    status=$(fetch "$releases/download/v$version/$archive.sha256" "$archive.sha256" '%{http_code}') || status=none
    [ "$status" = 200 ] || fail "$archive has no checksum beside it (status $status), and is not used"
    read -r expected _ <"$archive.sha256" || true
    found=$(sha256 "$archive")
    if [ "$found" != "$expected" ]; then
        rm -f "$archive"
        fail "$archive is not what was released, and is not used: its SHA-256 is $found, and should be $expected"
    fi
    tar -xzf "$archive" --strip-components 1 || fail "$archive cannot be unpacked"
    rm -f "$archive" "$archive.sha256"
}

# The name that Rust has for this machine.
target() {
    local machine
    case ${RUNNER_ARCH:-$(uname -m)} in
        X64 | x86_64 | amd64) machine=x86_64 ;;
        ARM64 | arm64 | aarch64) machine=aarch64 ;;
        *) return 1 ;;
    esac
    case ${RUNNER_OS:-$(uname -s)} in
        Linux) echo "$machine-unknown-linux-$(libc)" ;;
        macOS | Darwin) echo "$machine-apple-darwin" ;;
        Windows | MINGW* | MSYS*) echo "$machine-pc-windows-msvc" ;;
        *) return 1 ;;
    esac
}

# The build for glibc needs that of Ubuntu 22.04, where it is made, or a newer one. The one with musl runs anywhere, but is
# slower on several cores, as threads take turns at its memory.
libc() {
    local version
    version=$(getconf GNU_LIBC_VERSION 2>/dev/null) || version=
    case $version in
        'glibc 2.3'[5-9]* | 'glibc 2.'[4-9][0-9]*) echo gnu ;;
        *) echo musl ;;
    esac
}

# fetch URL FILE WRITE-OUT: saves what is there, and prints what curl is asked to; no redirect leads to a weaker protocol.
fetch() {
    curl --silent --show-error --location --retry 3 --connect-timeout 20 --max-time 300 \
        --proto "=${1%%:*}" --output "$2" --write-out "$3" "$1"
}

sha256() {
    if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

# Builds the action's own source, which has one version.
build() {
    local own
    own=$(own_version)
    [ "$version" = "$own" ] ||
        fail "there is no release of medproof $version for this machine; use a version that has one, or this action at v$version"
    command -v cargo >/dev/null ||
        fail "there is no release of medproof $version for this machine, and no cargo to build it: install Rust in a step before"
    note notice "There is no release of medproof $version for this machine, so cargo builds it; that takes some minutes."
    cargo install --locked --force --path "$GITHUB_ACTION_PATH" --root "$RUNNER_TEMP/medproof" ||
        fail "cargo could not build medproof $version"
}

main
