#!/bin/sh
# Runs this version with the libraries that lie beside it.
python=@PYTHON@
here=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
PYTHONPATH="$here/lib:$here/site" exec "${PRAHARI_EDGE_PYTHON:-$python}" -s -m prahari.engines.edge "$@"
