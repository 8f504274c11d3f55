#!/bin/sh
# Brings the packages to what package-lock.json says, then leaves the rest to TypeScript.
# It runs before every npm script that needs them, so it is quick when nothing changed.
set -eu
cd "$(dirname "$0")/.."

case $(uname -s) in
  Linux | Darwin) ;;
  *)
    echo 'ProjectFlow runs on Linux and macOS; on Windows, start it inside WSL.' >&2
    exit 1
    ;;
esac

lock=package-lock.json
installed=node_modules/.projectflow-lock

if cmp -s "$lock" "$installed"; then
  exit 0
fi

# Not `npm ci`: it pulls all packages from under whatever runs from this folder, and refuses to
# work where the lock file leaves out a binary for another platform that a registry did not have.
# Without saving, `npm install` takes exactly the locked versions too.
echo 'Installing the packages, about half a minute the first time.'
npm install --no-save --no-audit --no-fund --loglevel=error
cp "$lock" "$installed"
