#!/bin/sh
# Cadenza, with everything that it needs beside this file. Of this machine it uses the shell and
# the libraries libc, libstdc++ and libatomic.
set -e
place=$0
while [ -L "$place" ]; do
  link=$(readlink "$place")
  case $link in /*) place=$link ;; *) place=$(dirname "$place")/$link ;; esac
done
here=$(cd "$(dirname "$place")" && pwd)
node=$here/bin/node

export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"
export NODE_COMPILE_CACHE="${NODE_COMPILE_CACHE:-$here/.cache}"

case ${1:-} in
  start) shift; exec "$node" --max-semi-space-size=16 "$here/server/main.js" "$@" ;;
  rotate-key | operator-key | fetch-backup | recover | upgrade | seed | sandbox) program=$1; shift; exec "$node" "$here/server/$program.js" "$@" ;;
  --version | -V) cat "$here/VERSION" ;;
  "" | --help | -h)
    cat "$here/usage.txt"
    exec "$node" "$here/cli/main.js" --help ;;
  *) exec "$node" "$here/cli/main.js" "$@" ;;
esac
