#!/usr/bin/env bash
# Every test that this machine can run. What is missing is named with the command that installs
# it; with CANDOUR_NOTHING_SKIPS=1 (CI) a missing part is a failure instead. The crawl of every
# address as every role, and of every page in a browser, takes minutes more: `make test-crawl`.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin

missing=()
command -v chromium >/dev/null || missing+=("Browser tests are skipped without Chromium: apt-get install chromium")
command -v dot >/dev/null || missing+=("Diagrams are drawn as lists without graphviz: apt-get install graphviz")
for line in "${missing[@]}"; do
  echo "$line"
  [ -z "${CANDOUR_NOTHING_SKIPS:-}" ] || exit 1
done

# The browser's tests are few and long: they run beside the others, in a process of their own.
browsing=$(mktemp)
$bin/pytest -q tests/browser --ignore tests/browser/test_every_page.py >"$browsing" 2>&1 &
browser=$!

# tests/postgres needs a PostgreSQL server and runs by `make test-postgres`.
failed=0
$bin/pytest -n "${CANDOUR_TEST_WORKERS:-2}" --dist loadfile -q \
  --ignore tests/integration/security --ignore tests/postgres --ignore tests/browser "$@" || failed=$?
echo "== in the browser"
wait "$browser" || failed=$?
cat "$browsing"
exit "$failed"
