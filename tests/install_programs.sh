#!/bin/sh
# Tests drive a real browser, feed readers, a web server and rsync: install Debian's where that is allowed, say what is
# missing where it is not.
set -eu
missing=""
for program in chromium faketime newsboat nginx openssl rsync; do
  PATH="$PATH:/usr/sbin" command -v "$program" >/dev/null 2>&1 || missing="$missing $program"
done
command -v r2e >/dev/null 2>&1 || missing="$missing rss2email"
# What browsers show until the fonts of a page arrive: readers' machines have these widths.
fc-list : family 2>/dev/null | grep -q -e Liberation -e "Times New Roman" || missing="$missing fonts-liberation"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else
  echo "The tests need$missing, which cannot be installed from here: run “apt-get install$missing” as root, then make test again." >&2
  exit 1
fi
apt="$as_root env DEBIAN_FRONTEND=noninteractive apt-get"
{ $apt update -qq && $apt install -y -qq --no-install-recommends $missing; } >/dev/null || {
  echo "The tests need$missing, whose Debian packages could not be installed: install them, then make test again." >&2
  exit 1
}
