# Sourced by the scripts of .ci: the repository root as working folder, and a voice.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
say() { printf '%s: %s\n' "${0##*/}" "$*"; }

# Runs a command quietly; its output stands in build/log/NAME.log and is shown only when it fails.
quietly() {
    local name=$1 log=build/log/$1.log
    shift
    mkdir -p build/log
    if ! "$@" >"$log" 2>&1; then
        grep -nE 'error:|FAILED|Error|not found' "$log" | head -n 20 || true
        tail -n 40 "$log"
        say "$name failed; the whole output is in $log"
        return 1
    fi
}

# What one folder compiled, another takes from the cache: a second clone, a work tree. CMake's presets could set
# these for configuring only; the compilers run later.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=time_macros

# Emscripten starts Python for every file. Debian's own starts at once; a version manager's python3 on the PATH is a
# script around a script, which cost more than compiling.
export EMSDK_PYTHON=${EMSDK_PYTHON:-/usr/bin/python3}
