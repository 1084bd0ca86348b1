#!/usr/bin/env bash
# Tells Spark which GPUs this host has: prints {"name":"gpu","addresses":["0","1"]}.
#
# Addresses are what CUDA_VISIBLE_DEVICES lists, where that is set; else GPUs by nvidia-smi's number, and GPUs that are cut up
# (MIG) by the UUIDs of their parts. Spark runs it on every worker: see conf/spark-gpu.conf.
set -euo pipefail

fail() {
  echo "Cannot discover GPUs on $(uname -n): $1" >&2
  exit 1
}

command -v nvidia-smi >/dev/null || fail "nvidia-smi is not on the PATH"
listing=$(nvidia-smi -L 2>&1) || fail "nvidia-smi -L says: $listing"
# A line for each GPU and each part of one: its number, or the word part, and its UUID.
devices=$(sed -nE 's/^GPU ([0-9]+): .*\(UUID: ([^)]+)\).*/\1 \2/p; s/^ +MIG .*\(UUID: ([^)]+)\).*/part \1/p' <<<"$listing")
[ -n "$devices" ] || fail "nvidia-smi -L lists none: ${listing:-it says nothing}"

# As CUDA does, takes the beginning of a UUID for the UUID.
is_there() {
  case $1 in
    GPU-* | MIG-*) grep -qF " $1" <<<"$devices" ;;
    *[!0-9]* | '') false ;;
    *) grep -q "^$1 " <<<"$devices" ;;
  esac
}

addresses=()
if [ -n "${CUDA_VISIBLE_DEVICES+set}" ]; then
  [ -n "$CUDA_VISIBLE_DEVICES" ] || fail "CUDA_VISIBLE_DEVICES is empty, which hides all of them"
  IFS=, read -ra addresses <<<"${CUDA_VISIBLE_DEVICES// /}"
  for address in "${addresses[@]}"; do
    is_there "$address" || fail "CUDA_VISIBLE_DEVICES = $CUDA_VISIBLE_DEVICES names '$address', and nvidia-smi -L does not"
  done
else
  whole='' # the number of a GPU of which no part has been seen yet
  while read -r number uuid; do
    if [ "$number" = part ]; then
      whole=''
      addresses+=("$uuid")
    else
      [ -z "$whole" ] || addresses+=("$whole")
      whole=$number
    fi
  done <<<"$devices"
  [ -z "$whole" ] || addresses+=("$whole")
fi

list=$(printf ',"%s"' "${addresses[@]}")
echo "{\"name\":\"gpu\",\"addresses\":[${list#,}]}"
