#!/bin/sh
# Records the corpus anew, or one script's part of it: tests/corpus/record/record.sh [SCRIPT.py...]
# Needs Python 3.11 or newer and a package index; the scenarios themselves speak to loopback only.
# docker, buildah and kubectl have to be installed for the scripts that are named for them.
set -eu
cd "$(dirname "$0")"
venv=../../../.cache/corpus-venv
if ! cmp -s requirements.txt "$venv/requirements.txt"; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet pip==26.3
  "$venv/bin/pip" install --quiet --requirement requirements.txt
  cp requirements.txt "$venv/requirements.txt"
fi
[ $# -gt 0 ] || set -- $(grep -l '^main(' ./*.py)
for script in "$@"; do
  echo "=== $script"
  "$venv/bin/python" "$script"
done
