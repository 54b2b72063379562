# `make` runs all that a change must pass; every target sets up what it needs.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
OUT ?= out
WORKERS ?= 2
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
UV = $(BIN)/uv --quiet
TESTS = pytest -n $(WORKERS) --dist loadfile
LOCK = $(UV) pip compile --custom-compile-command "make lock" --upgrade --universal --extra pdf \
  --python-version 3.11 --generate-hashes --no-emit-package durable-rules

.DEFAULT_GOAL := all
.PHONY: all check setup engine demo format format-check lint types contracts rules docs \
  docs-lists docs-validity site spark test-spark test lowest newest matrix lock sbom bench \
  benchmark-peers mutation mutate clean

all: format lint types contracts rules test

# As `all`, but nothing is rewritten: for continuous integration.
check: format-check lint types contracts rules test

$(VENV)/.runtime: pyproject.toml requirements/run.txt requirements/durable-rules.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes --requirement requirements/run.txt
	$(PIP) --no-build-isolation --no-deps --editable .
	@$(MAKE) --no-print-directory engine
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.txt
	$(PIP) --require-hashes --requirement requirements/dev.txt
	@$(MAKE) --no-print-directory $(VENV)/axe.min.js
	@touch $@

setup: $(VENV)/.dev

# axe-core looks at every page in a browser (tests/report/test_axe.py). It is fetched by npm and used
# only where it is, byte for byte, what is named here.
AXE = axe-core@4.14.1
AXE_SHA256 = 29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c
$(VENV)/axe.min.js:
	@mkdir -p $(VENV)/axe && cd $(VENV)/axe && npm pack --silent $(AXE) >/dev/null && \
	  tar -xzf axe-core-*.tgz package/axe.min.js && \
	  echo "$(AXE_SHA256)  package/axe.min.js" | sha256sum --check --quiet && \
	  mv package/axe.min.js ../axe.min.js || \
	  echo "axe-core was not fetched: with npm, \`rm -f $(VENV)/.dev && make setup\` fetches it"
	@rm -rf $(VENV)/axe

# durable-rules is compiled, and calls a function that Python 3.13 has under its new name alone.
# Where there is no compiler, or it does not build, the plain fixpoint concludes the same.
engine: CC_OF_ENGINE = $(CC) -DPyEval_CallObject=PyObject_CallObject
engine:
	@CC="$(CC_OF_ENGINE)" $(PIP) --require-hashes --requirement requirements/durable-rules.txt \
	  >$(VENV)/durable-rules.log 2>&1 && $(BIN)/python -c 'import durable.engine' 2>/dev/null || \
	  echo "durable-rules was not built ($(VENV)/durable-rules.log says why): the plain fixpoint" \
	  "concludes; with a C compiler and the headers of Python, \`make engine\` builds it"

# Spark is large, and no other test than its own needs it; it runs on Java 17 or later. Where it
# cannot be had within four minutes, these tests are skipped, and named at the end of the run. It is
# fetched before anything is installed, so that what is cut short leaves nothing behind.
SPARK = $(VENV)/spark
spark: $(VENV)/.dev
	@command -v java >/dev/null || echo "Java was not found: the tests of Spark are skipped"
	@$(BIN)/python -c 'import py4j, pyspark' 2>/dev/null || { \
	  $$(command -v timeout >/dev/null && echo timeout 240) $(BIN)/python -m pip wheel --quiet \
	    --disable-pip-version-check --require-hashes --requirement requirements/spark.txt \
	    --wheel-dir $(SPARK) && \
	  $(PIP) --no-index --no-deps $(SPARK)/*.whl; } || \
	  echo "Spark was not installed: its tests are skipped"
	@rm -rf $(SPARK)

# All tests of Spark, of which `make test` runs those that take less than four minutes.
test-spark: spark
	$(BIN)/pytest -m "" tests/engine/test_spark.py

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

# Every page, table of a page and schema in docs/ that is made from rules and code.
docs: $(VENV)/.dev
	$(BIN)/python -m offsetcheck.workshop.pages rules docs

# The rulebook and docs/ as a site that needs no server.
site: $(VENV)/.runtime
	$(BIN)/offsetcheck rules docs --pages docs --output $(OUT)/site --force

# What the rules say of public lists, which lie elsewhere: make docs-lists LISTS="one.csv other.csv"
docs-lists: AS_OF = 2026-09-30
docs-lists: $(VENV)/.dev
	$(BIN)/offsetcheck rules coverage $(foreach list,$(LISTS),--on $(list)) --as-of $(AS_OF) \
	  --output docs/coverage_lists.md --force

# How far the judgement holds on such lists: make docs-validity LISTS="one.csv other.csv"
docs-validity: AS_OF = 2026-09-30
docs-validity: PROFILES = iclei_utmc_default icvcm_ccp palo_alto corsia_phase_1
docs-validity: $(VENV)/.dev
	$(BIN)/offsetcheck rules validity $(foreach list,$(LISTS),--on $(list)) \
	  $(foreach profile,$(PROFILES),--city $(profile)) --as-of $(AS_OF) \
	  --output docs/validity.md --force

test: $(VENV)/.dev
	$(BIN)/$(TESTS)

# The tests with the oldest libraries that pyproject.toml allows, and with the newest there are. A
# cache of their own lets them read the rule files with the parser that they have.
lowest: RESOLUTION = lowest-direct
newest: RESOLUTION = highest
lowest newest: $(VENV)/.dev
	$(PYTHON) -m venv --clear .venv-$@
	$(UV) pip compile --resolution $(RESOLUTION) --python .venv-$@/bin/python \
	  --no-emit-package durable-rules pyproject.toml --output-file .venv-$@/wanted.txt
	$(UV) pip install --python .venv-$@/bin/python --group dev --requirement .venv-$@/wanted.txt
	$(UV) pip install --python .venv-$@/bin/python --no-deps --editable .
	@$(MAKE) --no-print-directory engine VENV=.venv-$@
	XDG_CACHE_HOME=$(CURDIR)/.venv-$@/cache .venv-$@/bin/$(TESTS)

# The tests under every Python that this machine has of those that are supported.
matrix:
	@MAKE="$(MAKE)" .ci/matrix

# Takes in newer releases: every environment that `make` sets up holds what is locked here.
lock: $(VENV)/.dev
	$(LOCK) --group build pyproject.toml --output-file requirements/run.txt
	$(LOCK) --group dev --constraint requirements/run.txt pyproject.toml \
	  --output-file requirements/dev.txt
	$(LOCK) --group build --extra web --extra web-postgresql --constraint requirements/dev.txt \
	  pyproject.toml --output-file requirements/server.txt
	$(BIN)/python -c 'import tomllib; \
	  print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["spark"], sep="\n")' | \
	  $(UV) pip compile --custom-compile-command "make lock" \
	  --universal --python-version 3.11 --generate-hashes - \
	  --output-file requirements/spark.txt
	echo 'durable-rules>=2.0.28,<3' | $(UV) pip compile --custom-compile-command "make lock" \
	  --universal --python-version 3.11 --generate-hashes - \
	  --output-file requirements/durable-rules.txt

# What the program is made of, as CycloneDX.
sbom: $(VENV)/.dev
	@mkdir -p dist
	$(UV) pip compile --universal --python-version 3.11 --generate-hashes \
	  --constraint requirements/run.txt pyproject.toml | \
	  $(BIN)/uv tool run --quiet --from 'cyclonedx-bom==7.5.0' cyclonedx-py requirements \
	  --pyproject pyproject.toml --output-reproducible --output-format JSON \
	  --output-file dist/offsetcheck.cdx.json -

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/run.py

# Beside Polars, DuckDB and others, in an environment of its own. Writes docs/performance.md.
benchmark-peers: $(VENV)/.dev
	$(BIN)/python benchmarks/peers/run.py

# Before a release, room by room: make mutation ROOM=engine
mutation: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group mutation
	$(BIN)/python benchmarks/mutation.py $(ROOM) --output $(OUT)/mutation

# One mistake at a time in the rules: which does no example tell? Writes docs/mutation.md.
mutate: $(VENV)/.dev
	$(BIN)/offsetcheck rules mutate --rules rules --jobs $(WORKERS) --format md \
	  --output docs/mutation.md --force

clean:
	rm -rf $(OUT) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
