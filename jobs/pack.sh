#!/usr/bin/env bash
# Copies the images of a set into a table of few large files. jobs/pack.sh --help lists the options; README.md explains them.
exec "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/shufflenet.sh" pack "$@"
