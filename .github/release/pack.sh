#!/usr/bin/env bash
# Packs a built program for a release: pack.sh TARGET PROGRAM FOLDER writes medproof-vVERSION-TARGET.tar.gz with its
# manual pages and completions, and its SHA-256 beside it, as .github/action/install.sh looks for them.
set -euo pipefail

target=$1 program=$2 folder=$3
root=$(dirname "${BASH_SOURCE[0]}")/../..
version=$(sed -n 's/^version = "\(.*\)"$/\1/p; /^version = /q' "$root/Cargo.toml")
name=medproof-v$version-$target

mkdir -p "$folder/$name/completions"
cp "$program" "$root"/{README.md,CHANGELOG.md,LICENSE-APACHE,LICENSE-MIT,NOTICE} "$folder/$name/"
"$program" man "$folder/$name/man"
# The names under which each shell looks for them.
"$program" completions bash >"$folder/$name/completions/medproof.bash"
"$program" completions zsh >"$folder/$name/completions/_medproof"
"$program" completions fish >"$folder/$name/completions/medproof.fish"
"$program" completions elvish >"$folder/$name/completions/medproof.elv"
"$program" completions powershell >"$folder/$name/completions/_medproof.ps1"

# Names without a folder, since tar and sha256sum on Windows stumble over those with a drive.
cd "$folder"
tar -czf "$name.tar.gz" "$name"
rm -r "$name"
if command -v sha256sum >/dev/null; then
    sha256sum "$name.tar.gz" >"$name.tar.gz.sha256"
else
    shasum -a 256 "$name.tar.gz" >"$name.tar.gz.sha256"
fi
