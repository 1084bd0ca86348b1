#!/usr/bin/env bash
# Holds finished runs against the first of them. jobs/compare.sh --help lists the options; README.md explains them.
exec "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/shufflenet.sh" compare "$@"
