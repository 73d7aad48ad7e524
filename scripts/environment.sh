# shellcheck shell=bash
# The Python environment that ./run and ./test share. Sourced, after `here` names the root.

export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
venv=${here:?}/.venv
python=$venv/bin/python

refuse() {
    printf '%s\n' "$*" >&2
    exit 2
}

find_python() {
    local name
    for name in "${PYTHON:-}" python3 python3.13 python3.12 python3.11 python3.14; do
        if [ -n "$name" ] && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
        then
            printf '%s\n' "$name"
            return
        fi
    done
    refuse "Python 3.11 or newer is needed and was not found. Install it, or name it: PYTHON=/path/to/python3 $0"
}

# The environment is made anew when it does not run, or when what belongs in it has changed.
make_environment() {
    if "$python" -c '' 2>/dev/null && { [ ! -f "$venv/requirements.txt" ] || same requirements.txt; }; then
        return
    fi
    local base
    base=$(find_python)
    [ -w "$here" ] || refuse "$here cannot be written by this user. Copy it to a folder of your own."
    "$base" -c 'import ensurepip, venv' 2>/dev/null ||
        refuse "Python's venv module is missing. On Debian and Ubuntu: apt-get install python3-venv"
    "$base" -m venv --clear "$venv" ||
        refuse "The environment could not be made in $venv. Is the disk full?"
}

same() {
    cmp -s "$here/$1" "$venv/$1"
}

# install requirements.txt: exactly these versions, each checked against its digest.
install() {
    if ! same "$1"; then
        printf '      %s packages …\n' "$(grep -c '^[a-z]' "$here/$1")"
        if ! "$python" -m pip install --quiet --require-hashes --requirement "$here/$1" \
            >"$venv/pip.log" 2>&1
        then
            tail -n 5 "$venv/pip.log" >&2
            refuse "The packages could not be installed; pip's last words are above. Is this machine online, and the disk not full? Then the same command goes on where it stopped."
        fi
        cp "$here/$1" "$venv/$1"
    fi
}

# Make `import interwoven` and the command `interwoven` work from this folder, wherever it lies.
link_source() {
    local packages link=$venv/bin/interwoven
    for packages in "$venv"/lib/python3*/site-packages; do
        printf '%s\n' "$here/src" >"$packages/interwoven.pth"
    done
    if [ ! -x "$link" ]; then
        # shellcheck disable=SC2016  # expanded when the command is run
        printf '%s\n' '#!/bin/sh' 'folder=$(dirname "$(readlink -f "$0")")' \
            'exec "$folder/python" -m interwoven.config.command "$@"' >"$link"
        chmod +x "$link"
    fi
}
