#!/usr/bin/env bash
# Measures the speed on this machine's CPU and prints one table: the forward pass alone beside ONNX Runtime and the network run
# operation by operation, decoding alone, and the whole evaluate job; with --reference also the usual Python loop.
#
#   jobs/benchmark.sh [OPTIONS]       jobs/benchmark.sh --help lists them; README.md explains them
#
# Runs from the source folder alone. Leave the machine to it: whatever else runs is measured too.
set -euo pipefail

home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
if [ ! -f "$home/pom.xml" ]; then
  echo "Cannot run the benchmark: it is built from the source folder, which $home is not" >&2
  exit 2
fi
"$home/jobs/build.sh"

build=$home/target/benchmark/build
stamp=$build/classpath # the last thing that Maven writes
if [ ! -f "$stamp" ] || [ -n "$(find "$home"/{pom.xml,src/main,src/benchmark} -newer "$stamp" -print -quit)" ]; then
  echo "Building the benchmark with Maven; the first time it downloads ONNX Runtime (54 MB) ..." >&2
  mkdir -p "$build"
  if ! (cd "$home" && mvn -B -ntp -P benchmark -DskipTests compile) >"$build/build.log" 2>&1; then
    tail -n 40 "$build/build.log" >&2
    echo "Cannot build the benchmark: Maven failed; the whole log is in $build/build.log" >&2
    exit 1
  fi
fi

case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in *[Uu][Tt][Ff]*8*) ;; *) export LC_ALL=C.UTF-8 ;; esac
# The class path goes through the environment: ONNX Runtime 1.29 crashes when it is loaded by a process of a long command line.
export CLASSPATH=$build/classes:$(cat "$stamp")
# A heap of fixed size, so that what grows is native memory.
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" "@$home/target/spark.java.options" -Xms1g -Xmx1g -XX:+AlwaysPreTouch \
  "-Dlog4j2.configurationFile=$home/conf/log4j2.properties" io.shufflenet.spark.benchmark.Benchmark --home "$home" "$@"
