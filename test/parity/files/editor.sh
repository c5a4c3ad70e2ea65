#!/bin/sh
# An editor for tests: does $FIRST with a fresh file, shows one that is opened again and does $THEN with it (sed scripts).
if grep -q '^# .*\(was not valid\|syntax error\)' "$1"; then cat "$1"; script=${THEN:-}; else script=$FIRST; fi
[ -z "$script" ] || sed -i "$script" "$1"
