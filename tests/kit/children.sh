# shellcheck shell=bash
# Servers that this run started, ended by id when it ends, however it ends.

endings=()

# at_end COMMAND...: runs it when the script ends, last added first.
at_end() {
  endings+=("$(printf '%q ' "$@")")
  trap end_all EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

end_all() {
  local i
  for ((i = ${#endings[@]} - 1; i >= 0; i--)); do
    eval "${endings[i]}" >/dev/null 2>&1 || true
  done
  endings=()
}

# For a subshell: what its parent started is the parent's to end.
forget_endings() {
  endings=()
}

# end PID: asks it to stop and waits until it has, 20 s at most.
end() {
  kill "$1" 2>/dev/null || return 0
  for _ in $(seq 200); do
    kill -0 "$1" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -KILL "$1"
}

# wait_for URL SECONDS [PID]: until it answers 2xx, or the process is gone.
wait_for() {
  for _ in $(seq $(($2 * 5))); do
    curl -fsS -o /dev/null --max-time 2 "$1" 2>/dev/null && return 0
    [ -z "${3:-}" ] || kill -0 "$3" 2>/dev/null || return 1
    sleep 0.2
  done
  echo "$1 did not answer within $2 s." >&2
  return 1
}

# wait_for_port PORT SECONDS: until someone accepts on 127.0.0.1.
wait_for_port() {
  for _ in $(seq $(($2 * 10))); do
    (: <>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0
    sleep 0.1
  done
  echo "Nothing listens on port $1 after $2 s." >&2
  return 1
}
