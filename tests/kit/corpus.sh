# shellcheck shell=bash
# Real photos for tests and benches, made by tests/corpus from Debian's wallpapers and the test
# pictures of Python packages. Kept in .cache/corpus, so that only the first run pays (about 60 s).

corpus=.cache/corpus

# make_corpus party|bench [COUNTS]: fills $corpus/NAME, anew whenever the maker changed.
make_corpus() {
  local set=$1 stamp
  stamp=$(cat tests/corpus/*.py tests/corpus/requirements.txt tests/kit/corpus.sh | sha256sum)
  [ "$(cat "$corpus/$set.stamp" 2>/dev/null)" != "$stamp" ] || return 0
  rm -rf "${corpus:?}/$set" "$corpus/sources"
  fetch_pictures
  "$corpus/venv/bin/python" tests/corpus/make.py "$set" "$corpus/sources" "$corpus/$set" "${@:2}"
  echo "$stamp" >"$corpus/$set.stamp"
  find "$corpus/$set" -type f | wc -l | xargs printf '%s files in %s\n' "$corpus/$set"
}

fetch_pictures() {
  local sources=$corpus/sources folder
  mkdir -p "$corpus"
  folder=$(mktemp -d -p "$corpus")
  mkdir -p "$folder/sources/pictures" "$folder/sources/heif"
  python3 -m venv "$corpus/venv"
  "$corpus/venv/bin/pip" install -q --disable-pip-version-check -r tests/corpus/requirements.txt

  download_debs "$folder" lomiri-wallpapers-16.04 lomiri-wallpapers-20.04
  cp "$folder"/usr/share/backgrounds/*_by_*.jpg "$folder/sources/pictures"
  rm "$folder"/sources/pictures/{Painting,analogpattern,free,Picture_1A}* # drawn, not photographed
  "$corpus/venv/bin/pip" download -q --disable-pip-version-check --no-deps -d "$folder" scikit-image==0.26.0
  "$corpus/venv/bin/pip" download -q --disable-pip-version-check --no-deps --no-binary :all: -d "$folder" pillow-heif==1.8.1
  unzip -q -j "$folder"/scikit_image-*.whl -d "$folder/sources/pictures" \
    skimage/data/{astronaut,coffee,chelsea,motorcycle_left}.png skimage/data/rocket.jpg
  tar -xzf "$folder"/pillow_heif-*.tar.gz -C "$folder/sources/heif" --strip-components=3 --wildcards '*/tests/images/*'
  mv "$folder/sources" "$sources"
  rm -rf "$folder"
}

# download_debs FOLDER PACKAGE...: unpacks them there, without installing.
download_debs() {
  local folder=$1
  shift
  (cd "$folder" && apt-get download -qq "$@") 2>/dev/null || {
    as_root apt-get -o DPkg::Lock::Timeout=600 update -qq
    (cd "$folder" && apt-get download -qq "$@")
  }
  find "$folder" -maxdepth 1 -name '*.deb' -exec dpkg-deb -x {} "$folder" \;
}
