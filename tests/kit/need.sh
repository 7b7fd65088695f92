# shellcheck shell=bash
# What the machine must have: each thing is installed only when it is missing, so that a second
# run, or one without root on a machine that is set up, changes nothing.

has() {
  command -v "$1" >/dev/null 2>&1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif has sudo; then
    sudo "$@"
  else
    echo "This needs root or sudo: $*" >&2
    return 1
  fi
}

# need COMMAND PACKAGE [COMMAND PACKAGE]...: Debian packages for the commands that are not there.
need() {
  local packages=()
  while [ $# -gt 0 ]; do
    has "$1" || packages+=("$2")
    shift 2
  done
  need_packages "${packages[@]}"
}

need_packages() {
  [ $# -gt 0 ] || return 0
  if ! has apt-get; then
    echo "Please install first: $*" >&2
    return 1
  fi
  echo "Installing: $*"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 \
    install -y -qq --no-install-recommends "$@" >/dev/null
}

need_to_build() {
  if ! has cargo; then
    echo 'EPU is written in Rust: install a toolchain from https://rustup.rs first.' >&2
    return 1
  fi
  need cc build-essential c++ build-essential cmake cmake nasm nasm pkg-config pkg-config \
    node nodejs npm npm curl curl
}

need_to_test() {
  need shellcheck shellcheck chromium chromium ffmpeg ffmpeg exiftool libimage-exiftool-perl \
    python3 python3 setpriv util-linux unzip unzip dpkg-deb dpkg
  postgres_bin >/dev/null || need_packages postgresql
  python3 -c 'import ensurepip, venv' 2>/dev/null || need_packages python3-venv
}

# npm_ci FOLDER: its locked packages, only when the lock is newer than what is installed.
npm_ci() {
  if [ "$1/package-lock.json" -nt "$1/node_modules/.package-lock.json" ]; then
    npm --prefix "$1" ci --loglevel=error --no-fund --no-audit
    touch "$1/node_modules/.package-lock.json"
  fi
}

# A TCP port of 127.0.0.1 that nobody holds right now.
free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => {
    console.log(s.address().port); s.close(); })'
}
