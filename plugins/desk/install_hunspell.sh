#!/bin/sh
# Spelling is checked by hunspell: install Debian’s, with the dictionaries of the two languages, where that is
# allowed; say what is missing where it is not. Another language needs its own dictionary package.
set -eu
installed() {
  for dictionary in fr_FR en_GB; do
    echo | hunspell -d "$dictionary" -l >/dev/null 2>&1 || return 1
  done
}
installed && exit 0
packages="hunspell hunspell-fr hunspell-en-gb"
if [ "$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else
  echo "Spelling needs hunspell and it cannot be installed from here: run “apt-get install $packages” as root, then the same command again." >&2
  exit 1
fi
apt="$as_root env DEBIAN_FRONTEND=noninteractive apt-get"
{ $apt update -qq && $apt install -y -qq --no-install-recommends $packages; } >/dev/null || {
  echo "Spelling needs hunspell and its Debian packages could not be installed: install “$packages”, then run the same command again." >&2
  exit 1
}
