# shellcheck shell=bash
# A throwaway PostgreSQL: made in memory, on a free port, without durability, gone at the end.

# The folder with initdb and pg_ctl, newest version first.
postgres_bin() {
  local found
  found=$(find /usr/lib/postgresql -mindepth 3 -maxdepth 3 -name initdb 2>/dev/null | sort -Vr | head -1)
  [ -n "$found" ] && dirname "$found"
}

# Sets EPU_TEST_POSTGRES_URL, whose user may create databases.
postgres_up() {
  [ -z "${EPU_TEST_POSTGRES_URL:-}" ] || return 0
  local bin folder port
  bin=$(postgres_bin)
  port=$(free_port)
  folder=$(mktemp -d -p "$([ -w /dev/shm ] && echo /dev/shm || echo /tmp)" epu-postgres.XXXXXX)
  at_end rm -rf "$folder"
  [ "$(id -u)" != 0 ] || chown postgres:postgres "$folder"
  as_postgres "$bin/initdb" -D "$folder/data" -A trust -U epu -E UTF8 --locale=C.UTF-8 -N >/dev/null
  at_end as_postgres "$bin/pg_ctl" -D "$folder/data" -m immediate stop
  as_postgres "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w -t 60 start -o "-p $port -k $folder \
    -c listen_addresses=127.0.0.1 -c max_connections=300 -c jit=off \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off" >/dev/null || { cat "$folder/log" && return 1; }
  export EPU_TEST_POSTGRES_URL="postgres://epu@127.0.0.1:$port/postgres"
}

# PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then
    (cd / && exec setpriv --reuid=postgres --regid=postgres --clear-groups "$@")
  else
    "$@"
  fi
}

# postgres_database NAME: an empty one in that cluster, set as EPU's database.
postgres_database() {
  "$(postgres_bin)/psql" -q "$EPU_TEST_POSTGRES_URL" -c "CREATE DATABASE $1"
  export EPU_DATABASE__URL=${EPU_TEST_POSTGRES_URL%/*}/$1
}
