# interrupted.sh N COMMAND...: the first N lines that it writes, then Ctrl-C; last of all its exit code
set -m
lines=$1; shift
out=$(mktemp -u); mkfifo "$out"
"$@" >"$out" &
{
  for ((i = 0; i < lines; i++)); do read -r line && echo "$line"; done
  kill -INT %1
  cat
} <"$out"
wait %1
echo $?
rm "$out"
