# shellcheck shell=bash
# EPU as it is deployed, for the browser's journey: a fresh one for each set-up.

# journey sqlite|postgres: walks tests/browser/journey.mjs on SQLite and a folder, or on PostgreSQL and S3.
journey() {
  local port log=$PWD/.cache/logs/epu-$1.log
  npm_ci tests/browser
  port=$(free_port)
  EPU_DATA_DIR=$(mktemp -d "${TMPDIR:-/tmp}/epu-journey.XXXXXX")
  at_end rm -rf "$EPU_DATA_DIR"
  export EPU_DATA_DIR EPU_HTTP__LISTEN=127.0.0.1:$port EPU_HTTP__BASE_URL=http://localhost:$port
  export EPU_MAIL__URL=folder:$EPU_DATA_DIR/mails
  if [ "$1" = postgres ]; then
    postgres_up
    postgres_database journey
    s3_up
    EPU_SECRET_KEY=$(head -c 32 /dev/urandom | base64)
    export EPU_SECRET_KEY
  fi

  target/debug/epu serve >"$log" 2>&1 &
  local pid=$!
  at_end end "$pid"
  wait_for "http://localhost:$port/readyz" 60 "$pid" || { cat "$log" && return 1; }
  walk "$1" || { echo "EPU's own last lines ($log):" && tail -40 "$log" && return 1; }
}

walk() {
  export EPU_TEST_URL=$EPU_HTTP__BASE_URL EPU_TEST_MAILS=$EPU_DATA_DIR/mails
  export EPU_TEST_PARTY=$PWD/.cache/corpus/party EPU_TEST_SCREENS=$PWD/.cache/screens/$1 EPU_TEST_PROGRAM=$PWD/target/debug/epu
  mkdir -p "$EPU_TEST_SCREENS"
  node --test --test-reporter=spec tests/browser/journey.mjs
}

# s3_up: a bucket of our own on S3 that checks signatures (tests/s3), set as EPU's storage.
s3_up() {
  local port folder
  port=$(free_port)
  folder=$(mktemp -d "${TMPDIR:-/tmp}/epu-s3.XXXXXX")
  at_end rm -rf "$folder"
  target/debug/epu-test-s3 "$port" key-of-the-tests secret-of-the-tests "$folder" photos >/dev/null &
  at_end end $!
  wait_for_port "$port" 20
  export EPU_STORAGE__URL=s3://photos/epu EPU_STORAGE__ENDPOINT=http://127.0.0.1:$port
  export EPU_STORAGE__ACCESS_KEY_ID=key-of-the-tests EPU_STORAGE__SECRET_ACCESS_KEY=secret-of-the-tests
}
