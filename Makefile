# Two commands matter: `make demo` and `make test`. Everything else is for those who build Candour.
PYTHON ?= python3
BIN := .venv/bin
# Trust what the machine trusts: councils' proxies have certificates of their own.
export UV_SYSTEM_CERTS := true
export UV_NATIVE_TLS := true

.PHONY: setup demo test check test-postgres test-crawl nightly bench mutation clean

setup: .venv/.made

.venv/.made: pyproject.toml package.json
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Candour needs Python 3.11 or newer: apt-get install python3"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv is missing. Install it with: apt-get install python3-venv"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --editable . --group dev
	$(BIN)/python -m candour.sites.assets
	@touch $@

demo: setup
	$(BIN)/candour demo

test: setup
	@bash tests/run.sh

check: setup
	@bash tests/check.sh

# Left to the other run: what makes an installation of its own on SQLite, is about the child process,
# or asks nothing special of a database.
ELSEWHERE := platform/test_backup.py platform/test_worker_process.py publication/test_killed_in_mid_publication.py security demo people workspace

test-postgres: setup
	CANDOUR_TEST_DATABASE=postgres $(BIN)/pytest -n 2 --dist loadfile -q -m "not own_process" tests/postgres tests/integration \
	  $(ELSEWHERE:%=--ignore tests/integration/%)

# Every address of both sites as every role, and every page in a browser: each file in a process
# and a world of its own, the longest first.
test-crawl: setup
	@ls tests/browser/test_every_page.py tests/integration/security/test_*.py \
	  | xargs -P 2 -n 1 $(BIN)/pytest -q -p no:randomly

# Both lifecycles against a plain model, 20,000 tries on each database.
nightly: setup
	CANDOUR_LIFECYCLE_TRIES=20000 $(BIN)/pytest -q tests/stateful
	CANDOUR_LIFECYCLE_TRIES=20000 CANDOUR_TEST_DATABASE=postgres $(BIN)/pytest -q tests/stateful

bench: setup
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --group bench
	@for bench in bench/*.py; do echo "== $$bench"; $(BIN)/python $$bench || exit 1; done

# How many small faults in the rules of dates and of records held their tests notice; an hour or so.
mutation: setup
	$(BIN)/python -m bench.mutation engines/dates
	$(BIN)/python -m bench.mutation engines/knowledge
	$(BIN)/python -m bench.mutation engines/telling

clean:
	rm -rf .venv var node_modules
