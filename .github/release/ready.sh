#!/usr/bin/env bash
# Says whether a tag may be released, and prints the notes of its version: ready.sh TAG REPOSITORY
set -euo pipefail

tag=$1 repository=$2
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# The value of a key in the table of the package.
of() {
    sed -n 's/^'"$1"' = "\(.*\)"$/\1/p; /^\[features\]/q' Cargo.toml
}

refuse() {
    echo "ready.sh: $*" >&2
    exit 1
}

version=$(of version)
home=$(of repository)
[ "$tag" = "v$version" ] || refuse "the tag is $tag, and the version in Cargo.toml $version"
[ "$home" = "https://github.com/$repository" ] || refuse "the repository is $repository, and in Cargo.toml $home"
notes=$(awk -v heading="## [$version]" 'index($0, "## ") == 1 { inside = index($0, heading) == 1; next } inside' CHANGELOG.md)
[ -n "${notes//[[:space:]]/}" ] || refuse "CHANGELOG.md has no section for $version"
printf '%s\n' "$notes"
