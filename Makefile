# Needs Python >= 3.11 with venv, make and a C compiler; everything else comes from the lock files.

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
LOCK = pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade)

.PHONY: setup demo test check lock bench clean

setup: .venv/installed

# The lock file was followed to the letter: the environment is made anew when its text changed.
.venv/locked: requirements-test.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed (PYTHON=...)" >&2; exit 1; }
	@if cmp --silent requirements-test.txt $@; then touch $@; else \
		echo "setup: installing the locked dependencies into .venv"; \
		$(PYTHON) -m venv --clear .venv && \
		$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-test.txt && \
		cp requirements-test.txt $@; \
	fi

.venv/installed: .venv/locked pyproject.toml
	@echo "setup: installing roundtable into .venv, editable"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-index --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup
	@$(BIN)/roundtable demo

# Bytecode is kept, whatever the environment says: the suite starts more than a hundred processes.
test: check
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 2 --dist loadscope

check: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

# Adds what pyproject.toml asks for and keeps the other versions; `make lock UPGRADE=1` takes the newest of all.
lock:
	@set -e; uv=$$(mktemp -d); trap 'rm -rf "$$uv"' EXIT; \
	$(PYTHON) -m venv "$$uv"; "$$uv/bin/python" -m pip install -qq --disable-pip-version-check uv; \
	"$$uv/bin/uv" $(LOCK) --group test --output-file requirements-test.txt pyproject.toml; \
	"$$uv/bin/uv" $(LOCK) --constraint requirements-test.txt --output-file requirements.txt pyproject.toml

bench: setup
	@$(BIN)/roundtable bench

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .schemathesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
