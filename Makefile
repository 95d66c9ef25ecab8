# Two commands: `make run` serves the demo library, `make test` checks everything.
# On Linux the plain torch wheel brings CUDA; `make test TORCH_INDEX=https://download.pytorch.org/whl/cpu`
# takes the CPU build instead. `make run` needs no torch.

PYTHON  ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
             command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
             && { echo $$p; break; }; done)
VENV    ?= .venv
BIN     := $(VENV)/bin
LIBRARY ?= demo-library
HOST    ?= 127.0.0.1
PORT    ?= 8020
TORCH_INDEX ?=
FUZZ_MINUTES ?= 10
PIP     := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: run test lint types unit fuzz demo messages clean help

run: $(VENV)/.core $(LIBRARY)/CURRENT ## serve the demo library
	$(BIN)/patlas serve --library $(LIBRARY) --host $(HOST) --port $(PORT)

test: lint types unit ## lint, types, tests

lint: $(VENV)/.all
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/.all
	$(BIN)/mypy

unit: $(VENV)/.all
	$(BIN)/python -m pytest -q

fuzz: $(VENV)/.all ## explore the property tests at random for FUZZ_MINUTES
	$(BIN)/python scripts/fuzz.py --minutes $(FUZZ_MINUTES)

demo: ## write the demo export, roster and needs anew (deterministic)
	$(BIN)/python scripts/make_demo.py

messages: $(VENV)/.all ## compile the texts in both languages
	$(BIN)/pybabel compile --domain patlas --directory patents/locale
	$(BIN)/pybabel compile --domain messages --directory patents/locale

$(LIBRARY)/CURRENT: | $(VENV)/.core
	$(BIN)/patlas import demo/demo-export.xlsx --library $(LIBRARY) --as-of 2026-06-30 --no-publish
	$(BIN)/patlas build --library $(LIBRARY)

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Patlas needs Python 3.11 or newer: sudo apt install python3 python3-venv, or brew install python"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "No venv module: sudo apt install python3-venv, then make again"; exit 1; }

$(VENV)/.core: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) --editable .
	@touch $@

$(VENV)/.all: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(if $(TORCH_INDEX),$(BIN)/python -m pip install --quiet --index-url $(TORCH_INDEX) torch==2.13.0)
	$(PIP) --editable '.[models,postgres,milvus,dev]'
	@touch $@ $(VENV)/.core

clean: ## remove what the other targets made
	rm -rf $(VENV) $(LIBRARY) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'
