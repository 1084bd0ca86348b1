#!/usr/bin/env bash
# Classifies images with an exported model by DJL's own Spark extension (ai.djl.spark) and by this project's Transformer, and
# compares the predictions. An example: docs/spark-code.md explains what it prints.
#
#   jobs/djl-spark.sh --model FOLDER --input FOLDER [OPTIONS]       jobs/djl-spark.sh --help lists them
#
# Runs from the source folder alone, on this machine.
set -euo pipefail

home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
if [ ! -f "$home/pom.xml" ]; then
  echo "Cannot run the example: it is built from the source folder, which $home is not" >&2
  exit 2
fi
"$home/jobs/build.sh"

build=$home/target/djl-spark
stamp=$build/classpath # the last thing that Maven writes
if [ ! -f "$stamp" ] || [ -n "$(find "$home"/{pom.xml,src/main,src/djl-spark} -newer "$stamp" -print -quit)" ]; then
  echo "Building the example with Maven ..." >&2
  mkdir -p "$build"
  if ! (cd "$home" && mvn -B -ntp -P djl-spark -DskipTests compile) >"$build/build.log" 2>&1; then
    tail -n 40 "$build/build.log" >&2
    missing=$(grep 'Could not resolve dependencies' "$build/build.log" | grep -oE 'ai\.djl\.spark:[^ ]+' | head -n 1 || true)
    if [ -n "$missing" ]; then
      echo "Cannot build the example: Maven does not find $missing. Build it from DJL's sources (extensions/spark) and install it" \
        "in your local repository: docs/spark-code.md tells how" >&2
    else
      echo "Cannot build the example: Maven failed; the whole log is in $build/build.log" >&2
    fi
    exit 1
  fi
fi

case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in *[Uu][Tt][Ff]*8*) ;; *) export LC_ALL=C.UTF-8 ;; esac
# DJL otherwise asks its own servers for libraries, and tells them of its use.
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" "@$home/target/spark.java.options" -Xmx2g -Dai.djl.offline=true -DOPT_OUT_TRACKING=true \
  "-Dlog4j2.configurationFile=$home/conf/log4j2.properties" -cp "$build/classes:$(cat "$stamp")" \
  io.shufflenet.spark.djl.DjlSpark "$@"
