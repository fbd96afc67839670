# Two commands on a fresh machine: `make demo` and `make test`. Both install what requirements.lock pins, once.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
SERVKIT := $(BIN)/servkit
OUT := out
# The day of the demo, as in the README: review dates of the starter book pass like those of any other.
DAY := 2026-11-23

.PHONY: install demo test engines lint words bench conformance lock latest dist
install: $(BIN)/.installed

$(BIN)/.installed: pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit("servkit needs Python 3.11 or newer, and this is %d.%d. Name one: make PYTHON=python3.12" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	@echo "Setting up $(VENV) (once) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes --requirement requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

# Lints the starter book, runs its scenarios, says a script, renders the handouts, reports on a sample journal, and ends
# with a real lookup.
demo: install
	@echo '$$ servkit lint --on $(DAY)'
	@$(SERVKIT) lint --book standards --on $(DAY)
	@echo '$$ servkit test'
	@$(SERVKIT) test --book standards
	@echo '$$ servkit say your-technician nadia'
	@$(SERVKIT) say your-technician nadia --book standards
	@echo '$$ servkit render all --to $(OUT)'
	@$(SERVKIT) render all --book standards --to $(OUT)
	@$(SERVKIT) render handbook --book standards --to $(OUT)/handbook.pdf
	@rm -f $(OUT)/sample.sqlite
	@echo '$$ servkit journal import standards/journal-sample.jsonl'
	@SERVKIT_JOURNAL=$(CURDIR)/$(OUT)/sample.sqlite $(SERVKIT) journal import standards/journal-sample.jsonl --book standards
	@echo '$$ servkit report --since 2026-11-01'
	@SERVKIT_JOURNAL=$(CURDIR)/$(OUT)/sample.sqlite $(SERVKIT) report --since 2026-11-01 --book standards --no-pager
	@echo '$$ servkit lookup nadia --about returns --role technician --on $(DAY)'
	@$(SERVKIT) lookup nadia --about returns --role technician --on $(DAY) --book standards

test: install
	$(BIN)/python -m pytest

# The tests of engines that are too large for `make test`: Spark, on this machine. It needs Java 17.
SPARK := --conf spark.ui.enabled=false --conf spark.sql.shuffle.partitions=1 --conf spark.sql.codegen.wholeStage=false --conf spark.sql.adaptive.enabled=false --master local[1] pyspark-shell
engines: install
	@$(PIP) --require-hashes --requirement requirements-engines.lock
	PYSPARK_SUBMIT_ARGS='$(SPARK)' $(BIN)/python -m pytest -n 0 -m spark

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --no-cache

# Brings new texts from the code into the catalogues of every language. Those without a translation are left empty.
# Of the header, what is always the same and what changes on every day stay out.
JUNK := '/^"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By):/d'
LANGUAGES := $(wildcard src/servkit/languages/*.po)
words: install
	$(BIN)/pybabel -q extract --mapping-file pyproject.toml --no-default-keywords -k Message -k gettext -k ngettext:1,2 --no-location --sort-by-file --output $(VENV)/words.pot src/servkit
	for file in $(LANGUAGES); do $(BIN)/pybabel -q update --input-file $(VENV)/words.pot --output-file $$file --locale $$(basename $$file .po) --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap && sed -i.bak -E $(JUNK) $$file && rm $$file.bak || exit 1; done

bench: install
	@$(PIP) --require-hashes --requirement benchmarks/requirements.lock
	$(BIN)/python benchmarks/lookup.py
	$(BIN)/python benchmarks/customer_sources.py
	$(BIN)/python benchmarks/checking.py
	$(BIN)/python benchmarks/decision.py
	$(BIN)/python benchmarks/dead_rows.py
	$(BIN)/python benchmarks/recording.py
	$(BIN)/python benchmarks/effect.py
	$(BIN)/python benchmarks/assign.py
	$(BIN)/python benchmarks/serving.py
	$(BIN)/python benchmarks/language_server.py

# What of the public conformance suite of MCP applies to `servkit mcp`; needs Node 22 or newer, and the network.
conformance: install
	$(BIN)/python tests/assistant/conformance.py

# The wheel that `pipx install` or `uv tool install` takes.
dist: install
	@$(BIN)/python -m hatchling build --clean

# Renews the lock files after a change of pyproject.toml, for every Python and system at once. What is locked already
# stays as it is. `make lock UPGRADE=1` takes the newest releases that pyproject.toml allows.
COMPILE = $(BIN)/uv pip compile --quiet $(if $(UPGRADE),--upgrade) --universal --generate-hashes --python-version 3.11 --custom-compile-command 'make lock'
lock: install
	@$(PIP) uv
	$(COMPILE) --extra dev pyproject.toml --output-file requirements.lock
	$(COMPILE) --extra spark --constraint requirements.lock pyproject.toml --output-file requirements-engines.lock
	$(COMPILE) --extra bench --constraint requirements.lock pyproject.toml --output-file benchmarks/requirements.lock

# The suite with the newest releases that pyproject.toml allows, whatever is pinned.
latest:
	@$(PYTHON) -m venv --clear .venv-latest
	@.venv-latest/bin/python -m pip --disable-pip-version-check install --quiet --editable '.[dev]'
	.venv-latest/bin/python -m pytest
