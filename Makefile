# wirefold: every way to build, run and check it. `make help` lists the targets.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
SETUP  := $(VENV)/.setup
SETUP_DEV := $(VENV)/.setup-dev
PIP    := $(BIN)/python -m pip --disable-pip-version-check -q

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo up test check lint types contracts format lock docs schemas openapi quality quality-fast compose-test clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | expand -t 18

$(SETUP): requirements/base.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "wirefold needs Python 3.11 or newer; set PYTHON=/path/to/python"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "could not make a virtual environment: on Debian, apt-get install python3-venv"; exit 1; }
	@echo "installing pinned dependencies into $(VENV) …"
	@$(PIP) install --require-hashes -r requirements/base.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@$(BIN)/wirefold gazetteer build
	@touch $@

$(SETUP_DEV): requirements/dev.txt $(SETUP)
	@echo "installing what tests and checks need …"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

setup: $(SETUP) ## make the virtual environment with the pinned dependencies
setup-dev: $(SETUP_DEV) ## the same, with what tests and checks need

demo: $(SETUP) ## the whole stack on sample articles: one merged incident, printed
	@$(BIN)/wirefold demo

up: $(SETUP) ## keep the stack serving on this machine (Ctrl-C stops it)
	@$(BIN)/wirefold up

test: $(SETUP_DEV) ## unit, contract, property, integration and end-to-end tests
	$(BIN)/python -m pytest

lint: $(SETUP_DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(SETUP_DEV)
	$(BIN)/mypy

contracts: $(SETUP_DEV)
	$(BIN)/lint-imports --no-cache

check: lint types contracts test ## lint, strict types, import contracts and tests

format: $(SETUP_DEV) ## format the source
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

quality: $(SETUP_DEV) ## score extraction and merging against the labelled data and the committed floors
	$(BIN)/python -m tools.quality

quality-fast: $(SETUP_DEV) ## the gate on what folds in seconds: the project's own reports, the samples, small sets
	$(BIN)/python -m tools.quality --only own samples seeds contested --quick

schemas: $(SETUP_DEV) ## write the JSON Schemas of new contract versions to schemas/versions/
	$(BIN)/python -m tools.write_schemas

openapi: $(SETUP_DEV) ## write the OpenAPI and AsyncAPI documents to docs/
	$(BIN)/python -m tools.write_openapi
	$(BIN)/python -m tools.write_asyncapi

docs: openapi ## write every document that is made from the source
	$(BIN)/python -m tools.write_settings

lock: ## resolve the pinned dependencies anew (needs uv)
	uv pip compile -q --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
	  pyproject.toml requirements/build.in -o requirements/base.txt
	uv pip compile -q --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
	  --extra dev pyproject.toml requirements/build.in -c requirements/base.txt -o requirements/dev.txt

compose-test: ## prove the image and docker-compose.yml on the Docker of this machine
	tools/compose/test.sh

clean: ## remove what was built here (not your data)
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
