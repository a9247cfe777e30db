#!/bin/sh
# Tests drive a real Chromium: install Debian's where that is allowed, say what is missing where it is not.
set -eu
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else
  echo "The tests need Chromium and it cannot be installed from here: run “apt-get install chromium” as root, then make test again." >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends chromium >/dev/null || {
  echo "The tests need Chromium and its Debian package could not be installed: install “chromium”, then make test again." >&2
  exit 1
}
