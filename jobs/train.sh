#!/usr/bin/env bash
# Trains a network on a labelled set, on this machine. jobs/train.sh --help lists the options; README.md explains them.
exec "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/shufflenet.sh" train "$@"
