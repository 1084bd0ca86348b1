#!/usr/bin/env bash
# Predicts a labelled set and reports the accuracy. jobs/evaluate.sh --help lists the options; README.md explains them.
exec "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/shufflenet.sh" evaluate "$@"
