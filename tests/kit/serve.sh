# shellcheck shell=bash
# EPU itself, as a person would start it.

# Runs EPU with its demo on SQLite and ./data until Ctrl-C. PORT chooses another port than 8080.
serve_with_demo() {
  export EPU_DATA_DIR=${EPU_DATA_DIR:-data} EPU_HTTP__LISTEN=127.0.0.1:${PORT:-8080}
  export EPU_HTTP__BASE_URL=http://$EPU_HTTP__LISTEN
  local pid
  if curl -s -o /dev/null --max-time 2 "$EPU_HTTP__BASE_URL/healthz"; then
    echo "Something answers on $EPU_HTTP__LISTEN already: end it, or choose another port with PORT=8081 ./dev run" >&2
    return 1
  fi
  target/debug/epu serve &
  pid=$!
  at_end end "$pid"
  wait_for "$EPU_HTTP__BASE_URL/readyz" 60 "$pid"
  target/debug/epu demo --json | print_demo
  wait "$pid"
}

print_demo() {
  # shellcheck disable=SC2016 # the ${} are JavaScript's
  node -e '
    const demo = JSON.parse(require("fs").readFileSync(0, "utf8"));
    console.log(`
EPU runs at    ${demo.base_url}
Demo event     ${demo.event.guest_url}   (code ${demo.event.code}; open it on a phone-sized window)
Demo host      ${demo.host.email}   ${demo.host.password}
Administrator  ${demo.admin.email}   ${demo.admin.password}

Ctrl-C ends it.`)'
}
