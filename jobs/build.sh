#!/usr/bin/env bash
# Builds target/dist from the sources, unless it is newer than all of them. Needs JDK 17 or later and Maven 3.8.7 or later.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

stamp=target/spark.classpath # the last thing that Maven writes
if [ -f "$stamp" ] && [ -z "$(find pom.xml src/main jobs conf -newer "$stamp" -print -quit)" ]; then
  exit 0
fi
if ! command -v mvn >/dev/null; then
  echo "Cannot build shufflenet-spark: mvn is not on the PATH (Maven 3.8.7 or later is needed)" >&2
  exit 2
fi

mkdir -p target
log=target/build.log
echo "Building shufflenet-spark with Maven; the first time it downloads about 500 MB (Spark, libtorch, OpenCV) ..." >&2
mvn -B -ntp -DskipTests package >"$log" 2>&1 &
maven=$!
trap 'kill "$maven" 2>/dev/null || true' EXIT
seconds=0
while kill -0 "$maven" 2>/dev/null; do
  sleep 1
  seconds=$((seconds + 1))
  if [ $((seconds % 15)) = 0 ]; then
    step=$(grep -oE -- '--- .* ---|Building jar: .*' "$log" | tail -n 1 || true)
    echo "  still building after $seconds s: ${step:-Maven is fetching its plugins}" >&2
  fi
done
trap - EXIT
if ! wait "$maven"; then
  tail -n 40 "$log" >&2
  echo "Cannot build shufflenet-spark: Maven failed; the whole log is in $log" >&2
  exit 1
fi
echo "Built target/dist in $seconds s" >&2
