#!/usr/bin/env bash
# Predicts every image of a set. jobs/predict.sh --help lists the options; README.md explains them.
exec "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/shufflenet.sh" predict "$@"
