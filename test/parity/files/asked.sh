# asked.sh PROGRAM ARGS... -- CURL-ARGS...: what one request to `proxy ARGS…` gives, PORT standing for its port
program=$1; shift
args=(); while [ $# -gt 0 ] && [ "$1" != -- ]; do args+=("$1"); shift; done; shift
out=$(mktemp -u); mkfifo "$out"
"$program" proxy "${args[@]}" >"$out" &
pid=$!
disown
{
  read -r line && echo "${line%:*}"
  port=${line##*:}
  curl -sS -m 20 "${@//PORT/$port}"; echo " ($?)"
  kill -KILL $pid
} <"$out"
rm "$out"
