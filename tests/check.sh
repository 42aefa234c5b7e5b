#!/usr/bin/env bash
# Format, lint, types, layers and generated documents; the same in CI and on a desk.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
$bin/ruff format --check .
$bin/ruff check .
$bin/mypy
$bin/lint-imports
$bin/python docs/generate.py --check
