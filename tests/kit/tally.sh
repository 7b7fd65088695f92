# shellcheck shell=bash
# Steps of a test run: prints what goes on and how long it took, goes on after a failure, and sums
# up what the test runners counted.

logs=.cache/logs

tally_begin() {
  tally_passed=0 tally_failed=0 tally_broken=() tally_started=$SECONDS
  rm -rf "$logs"
  mkdir -p "$logs"
}

# step NAME COMMAND...: runs it in a shell of its own, which stops at the first error and, when it
# ends, ends the servers it started.
step() {
  local name=$1 status started=$SECONDS log
  log="$logs/$(tr -cs 'A-Za-z0-9\n' - <<<"$name").log"
  shift
  printf '\n=== %s\n' "$name"
  set +e
  (forget_endings; set -e; "$@") </dev/null 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  set -e
  tally_count "$name" "$status" "$log"
  printf -- '--- %s: %s, %s s\n' "$name" "$([ "$status" = 0 ] && echo ok || echo FAILED)" $((SECONDS - started))
  return 0
}

# step_or_stop NAME COMMAND...: a step without which the later ones make no sense.
step_or_stop() {
  local broken=${#tally_broken[@]}
  step "$@"
  [ "${#tally_broken[@]}" = "$broken" ] || tally_end
}

# Adds up "test result: ok. 3 passed; 1 failed" (cargo) and "# pass 3", "# fail 1" (node).
# A step that failed without naming a test, a compile error say, counts as one failure.
tally_count() {
  local name=$1 status=$2 log=$3 passed failed
  read -r passed failed < <(awk '
    /^test result:/ { for (i = 1; i < NF; i++) { if ($(i+1) ~ /^passed/) p += $i; if ($(i+1) ~ /^failed/) f += $i } }
    /^(#|ℹ) pass [0-9]+$/ { p += $3 }
    /^(#|ℹ) fail [0-9]+$/ { f += $3 }
    END { print p + 0, f + 0 }' "$log")
  if [ "$status" != 0 ]; then
    tally_broken+=("$name")
    [ "$failed" -gt 0 ] || failed=1
  fi
  tally_passed=$((tally_passed + passed))
  tally_failed=$((tally_failed + failed))
}

# Prints the sum as the very last line and ends the run with it.
tally_end() {
  printf '\nTook %s s.' $((SECONDS - tally_started))
  [ ${#tally_broken[@]} = 0 ] || printf ' Failed:%s.' "$(printf ' "%s"' "${tally_broken[@]}")"
  printf '\n%s passed, %s failed\n' "$tally_passed" "$tally_failed"
  exit $((tally_failed > 0))
}
