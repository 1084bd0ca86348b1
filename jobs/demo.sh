#!/usr/bin/env bash
# A first run that needs no data and no download but Maven's: renders a small labelled image set, takes a checkpoint that was
# trained on its like, and evaluates the one with the other, on this machine.
#
#   jobs/demo.sh [FOLDER]       FOLDER is target/demo (beside the jobs folder) unless named
set -euo pipefail
jobs=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
folder=${1:-$jobs/../target/demo}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

"$jobs/shufflenet.sh" demo "$folder" --master 'local[*]'
output=$folder/evaluation
if [ -f "$output/run.json" ]; then rm -rf "$output"; fi
"$jobs/evaluate.sh" --conf "file://$jobs/../conf/demo.conf" --input "file://$folder/images" \
  --model "file://$folder/shufflenetv1-0.5x-g3.pth.tar" --output "file://$output" --master 'local[*]'
