#!/usr/bin/env bash
# Reports how accurate predictions are that are there already. jobs/report.sh --help lists the options; README.md explains them.
exec "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/shufflenet.sh" report "$@"
