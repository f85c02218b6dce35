#!/bin/sh
# Make .venv with PYTHON, else with the newest Python there is; install Debian's venv package when Python lacks it.
set -eu

recent_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

[ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1 && exit 0

python=
for name in ${PYTHON:-python3.14 python3.13 python3.12 python3.11 python3}; do
    if recent_enough "$name"; then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    echo "The portal needs Python 3.11 or newer. Install it, then try again: sudo apt-get install python3" >&2
    exit 1
fi

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    package=$("$python" -c 'import sys; print(f"python3.{sys.version_info.minor}-venv")')
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    else
        echo "Python lacks its module venv. Install it, then try again: sudo apt-get install $package" >&2
        exit 1
    fi
    $as_root apt-get update -qq
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y "$package" >/dev/null
fi
echo "Making the Python environment .venv with $("$python" --version) ..."
"$python" -m venv --clear .venv
