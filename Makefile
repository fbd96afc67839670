# Two commands on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
SERVKIT := $(BIN)/servkit
OUT := out
# The day of the demo, as in the README: review dates of the starter book pass like those of any other.
DAY := 2026-11-23

.PHONY: install demo test lint bench
install: $(BIN)/.installed

$(BIN)/.installed: pyproject.toml
	@echo "Setting up $(VENV) (once) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

# Lints the starter book, runs its scenarios, says a script, renders the handouts, and ends with a real lookup.
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
	@echo '$$ servkit lookup nadia --about returns --role technician --on $(DAY)'
	@$(SERVKIT) lookup nadia --about returns --role technician --on $(DAY) --book standards

test: install
	$(BIN)/python -m pytest

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: install
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python benchmarks/lookup.py
	$(BIN)/python benchmarks/decision.py
	$(BIN)/python benchmarks/dead_rows.py
	PATH="$(abspath $(BIN)):$$PATH" $(BIN)/python benchmarks/checking.py
