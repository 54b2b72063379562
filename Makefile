# `make` runs all that a change must pass; every target sets up what it needs.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
OUT ?= out
WORKERS ?= 2

.DEFAULT_GOAL := all
.PHONY: all check setup demo format format-check lint types contracts rules test bench mutation clean

all: format lint types contracts rules test

# As `all`, but nothing is rewritten: for continuous integration.
check: format-check lint types contracts rules test

$(VENV)/.runtime: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	@touch $@

setup: $(VENV)/.dev

demo: $(VENV)/.runtime
	@$(BIN)/offsetcheck assess samples/turku --as-of 2026-09-30 -o $(OUT)/turku --force

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix-only --quiet .

format-check: $(VENV)/.dev
	$(BIN)/ruff format --check .

lint: $(VENV)/.dev
	$(BIN)/ruff check .

types: $(VENV)/.dev
	$(BIN)/mypy

contracts: $(VENV)/.dev
	$(BIN)/lint-imports

rules: $(VENV)/.dev
	$(BIN)/offsetcheck rules check rules
	$(BIN)/offsetcheck rules test rules

test: $(VENV)/.dev
	$(BIN)/pytest -n $(WORKERS) --dist loadfile

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/run.py

# Before a release, room by room: make mutation ROOM=engine
mutation: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group mutation
	$(BIN)/python benchmarks/mutation.py $(ROOM) --output $(OUT)/mutation

clean:
	rm -rf $(OUT) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
