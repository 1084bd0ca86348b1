#!/usr/bin/env bash
# Runs one command of shufflenet-spark under spark-submit:
#
#   jobs/shufflenet.sh COMMAND [OPTIONS] [-- SPARK-SUBMIT OPTIONS]
#
# --master and --conf spark.KEY=VALUE go to spark-submit, and so does everything after --; the rest goes to the command
# (jobs/shufflenet.sh help). With SPARK_HOME set its spark-submit is called. Without, Spark's own SparkSubmit class runs
# from the jars that Maven resolved when the project was built here.
set -euo pipefail

home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
dist=$home
if [ -f "$home/pom.xml" ]; then
  dist=$home/target/dist
  "$home/jobs/build.sh"
fi

usage() {
  echo "Error: $1" >&2
  exit 2
}

# Java 17 reads file names as the locale says: in any but a UTF-8 one, names beyond ASCII are lost.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in *[Uu][Tt][Ff]*8*) ;; *) export LC_ALL=C.UTF-8 ;; esac

app=() user=()
while [ $# -gt 0 ]; do
  case $1 in
    --) shift; user+=("$@"); break ;;
    --master | --conf) case ${2:--} in -*) usage "$1 needs a value" ;; esac ;;&
    --master) user+=(--master "$2"); shift ;;
    --master=*) user+=(--master "${1#*=}") ;;
    --conf)
      case $2 in spark.*=*) user+=(--conf "$2") ;; *) app+=(--conf "$2") ;; esac
      shift ;;
    --conf=spark.*=*) user+=(--conf "${1#*=}") ;;
    *) app+=("$1") ;;
  esac
  shift
done

# What is said on the command line outweighs spark-defaults.conf, which outweighs our own file; but a file that the user
# names with --properties-file stands in place of both.
defaults=${SPARK_CONF_DIR:-${SPARK_HOME:-/nonexistent}/conf}/spark-defaults.conf
said_by_default() { grep -qE "^[[:space:]]*$1([[:space:]]|=|:)" "$defaults" 2>/dev/null; }
said_in() { awk -F'[ \t=:]+' -v key="$2" '$1 == key { sub(/^[^ \t=:]+[ \t=:]+/, ""); print }' "$1" 2>/dev/null || true; }

master='' memory='' properties='' jars='' jars_setting='' previous=''
for argument in ${user[@]+"${user[@]}"}; do
  case $previous in
    --master) master=$argument ;;
    --driver-memory) memory=$argument ;;
    --properties-file) properties=$argument ;;
    --jars) jars=$argument ;;
  esac
  case $argument in
    --master=* | spark.master=*) master=${argument#*=} ;;
    --driver-memory=* | spark.driver.memory=*) memory=${argument#*=} ;;
    --properties-file=*) properties=${argument#*=} ;;
    --jars=*) jars=${argument#*=} ;;
    spark.jars=* | --conf=spark.jars=*) jars_setting=${argument#*spark.jars=} ;;
  esac
  previous=$argument
done

spark=(--class io.shufflenet.spark.job.Main --name "shufflenet ${app[0]:-}")
if [ -z "$properties" ]; then
  if [ -z "$master" ]; then
    master=$(said_in "$defaults" spark.master)
    master=${master:-local[*]}
    spark+=(--master "$master")
  fi
  case $master in
    local*) settings=$dist/conf/spark-local.conf ;;
    *) settings=$dist/conf/spark-cluster.conf ;;
  esac
  while read -r key value || [ -n "$key" ]; do
    case $key in '' | '#'*) continue ;; esac
    said_by_default "$key" && continue
    spark+=(--conf "$key=$value")
    [ "$key" = spark.driver.memory ] && memory=${memory:-$value}
  done <"$settings"
fi
spark+=(${user[@]+"${user[@]}"})

# spark-submit heeds the last --jars alone, and not spark.jars beside it: ours comes last and holds the user's too.
jars=${jars:-${jars_setting:-$(said_in "${properties:-$defaults}" spark.jars)}}
libraries=$(printf '%s,' "$dist"/lib/*.jar)$jars
libraries=${libraries%,}
options=("-Dlog4j2.configurationFile=$dist/conf/log4j2.properties" -Dlog4j2.isThreadContextMapInheritable=true)
if [ -t 2 ]; then options+=(-Dshufflenet.terminal=true); fi

if [ -n "${SPARK_HOME:-}" ]; then
  [ -x "$SPARK_HOME/bin/spark-submit" ] || usage "SPARK_HOME = $SPARK_HOME holds no bin/spark-submit"
  SPARK_SUBMIT_OPTS="${SPARK_SUBMIT_OPTS:-} $(printf '"%s" ' "${options[@]}")"
  export SPARK_SUBMIT_OPTS
  exec "$SPARK_HOME/bin/spark-submit" "${spark[@]}" --jars "$libraries" "$dist/shufflenet-spark.jar" \
    ${app[@]+"${app[@]}"}
fi

[ -f "$home/target/spark.classpath" ] ||
  usage "no Spark: set SPARK_HOME to a distribution of Spark 3.5 or 4, or run from the source folder"
classpath=$(cat "$home/target/spark.classpath")
case $master in
  local*) classpath=$dist/shufflenet-spark.jar:$dist/lib/*:$classpath resource=spark-internal ;;
  *) spark+=(--jars "$libraries") resource=$dist/shufflenet-spark.jar ;;
esac
# SparkSubmit runs in this JVM, whose heap must be set before it starts.
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
exec "$java" "@$home/target/spark.java.options" "-Xmx${memory:-1g}" "${options[@]}" -cp "$classpath" \
  org.apache.spark.deploy.SparkSubmit "${spark[@]}" "$resource" ${app[@]+"${app[@]}"}
