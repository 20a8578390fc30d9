#!/bin/sh
# Tests the responder's page: sh run.sh, with TOCSIN_PROGRAM naming the program. Ends with 77, which
# ctest reports as skipped, when this machine lacks what a part of that takes.
set -eu
cd "$(dirname "$0")"

skip() {
  echo "interop: SKIPPED: $1" >&2
  exit 77
}

command -v node >/dev/null 2>&1 || skip "there is no node: sh cli/packages.sh page"
case $(node --version) in
  v[0-9].* | v1[0-7].*) skip "this node is too old: it takes version 18" ;;
  v18.*) export NODE_OPTIONS=--experimental-global-webcrypto ;;
esac
[ -d node_modules/playwright-core ] || skip "its packages are missing: npm ci, in tests/interop"
node --test seal.test.js trust.test.js offers.test.js
TOCSIN_CHROMIUM=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
  skip "all that takes a browser: there is no Chromium: sh cli/packages.sh page"
export TOCSIN_CHROMIUM
node --test night.test.js
node --test order.test.js
node --test thumb.test.js
node --test bar.test.js
node --test alarm.test.js
node --test clock.test.js
node --test stall.test.js
node --test device.test.js
node --test trouble.test.js
exec node --test push.test.js
