# Every target makes its own environment in .venv; all it needs is Python 3.11 or later with venv, and make.
#   make PYTHON=python3.12 test    picks another Python.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install -qq --disable-pip-version-check

DEMO := demo-output
BOOK := $(DEMO)/coordination-demo.xlsx
NOW  := 2026-11-20T10:00

.DEFAULT_GOAL := help
.PHONY: help demo test check bench workbooks docs clean

help:  ## show this list
	@echo "make TARGET, one of:"
	@awk -F ':.*## *' '/^[a-z]+:.*## /{printf "  %-11s%s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.runtime  ## build the demo workbook, run it, say what was found, and leave an outbox with every kind of notice
	@rm -rf $(DEMO)
	@$(BIN)/coordination-xl init $(DEMO) --demo
	@$(BIN)/coordination-xl run $(BOOK) --now $(NOW) --log $(DEMO)/run.log || [ $$? -eq 1 ]  # 1: findings, as it should be
	@grep -q ' run ' $(DEMO)/run.log
	@$(BIN)/coordination-xl report $(BOOK) --now $(NOW) --out $(DEMO) || [ $$? -eq 1 ]
	@set -- 变更通知=XT-2026-0032 复盘报告=JJ-2026-0005 归档通知=XT-2026-0013; for named; do \
		$(BIN)/coordination-xl notice $(BOOK) $${named%=*} --id $${named#*=} --now $(NOW) --quiet || [ $$? -eq 1 ] || exit 1; done
	@$(BIN)/coordination-xl notice $(BOOK) 周报 --now $(NOW) --quiet || [ $$? -eq 1 ]
	@echo "Notices of every kind: $(DEMO)/outbox/coordination-demo ($$(ls $(DEMO)/outbox/coordination-demo | grep -c '[.]eml$$') mails; open an .html in a browser)"

test: $(VENV)/.dev  ## run all tests
	@$(BIN)/python -m pytest -n auto

check: $(VENV)/.dev  ## ruff, mypy, the stair, and whether the shipped workbooks are current
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m workbooks.build --check

bench: $(VENV)/.dev  ## measure working time, whole workbooks and notices against the other ways to do it
	@$(BIN)/python -m benchmarks.worktime
	@$(BIN)/python -m benchmarks.batch
	@$(BIN)/python -m benchmarks.notices

workbooks: $(VENV)/.dev  ## write workbooks/*.xlsx anew from the schema
	@$(BIN)/python -m workbooks.build

docs: $(VENV)/.dev  ## write the generated parts of the documents anew
	@$(BIN)/python -m docs.build

clean:  ## remove the environment, the demo and every cache
	@rm -rf $(VENV) $(DEMO) build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "$(PYTHON) is missing or older than 3.11; try: make PYTHON=python3.12"; exit 1; }
	@echo "Building the environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "$(PYTHON) has no venv module; on Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/.runtime: pyproject.toml | $(BIN)/python
	@$(PIP) -e .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	@echo "Installing what tests and checks need ..."
	@$(PIP) -e '.[dev]'
	@touch $@ $(VENV)/.runtime
