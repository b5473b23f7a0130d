# Every target sets up its own environment from requirements.lock. Nothing but Python 3.11 to 3.13 and make is needed.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
STUDY ?=
export PYTHONHASHSEED := 0
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help report test test-all check bench lab dictionary demo lock clean
.DEFAULT_GOAL := help

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /|/' | awk -F'|' '{printf "  make %-12s %s\n", $$1, $$2}'

$(READY): requirements.lock pyproject.toml
	@set -e; \
	for python in "$$PYTHON" python3.11 python3.12 python3.13 python3 python; do \
	  test -n "$$python" && "$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && break; \
	  python=; \
	done; \
	test -n "$$python" || { echo "evaltools needs Python 3.11, 3.12 or 3.13; none was found. Install one, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11"; exit 2; }; \
	echo "Setting up $(VENV) with $$("$$python" --version) from requirements.lock (once; about two minutes)"; \
	rm -rf $(VENV); "$$python" -m venv $(VENV); \
	{ $(BIN)/python -m pip install --require-hashes -r requirements.lock 2>&1; echo "pip ended with $$?"; } | awk '/^Collecting/ {n++; printf "\r  %d packages found", n; fflush()} /^Installing/ {printf "\n  installing them\n"; fflush()} /^ERROR|error:/ {print} /^pip ended with/ {code=$$4} END {exit code}'; \
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .; \
	touch $(READY)

report: $(READY) ## render every shipped study, or one: make report STUDY=demo
	@$(BIN)/python -m evaltools report $(STUDY)

test: $(READY) ## the quick suite: under five minutes on two cores
	@$(BIN)/python -m pytest -n 2 -m "not slow"

test-all: $(READY) ## every test, the slow ones too
	@$(BIN)/python -m pytest -n 2

check: $(READY) ## style, types and the dictionary
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m ruff format --check .
	@$(BIN)/python -m mypy evaltools

bench: $(READY) ## speed beside peers, some of them missing unless installed (an hour on two cores)
	@for job in survival derive harmonise linkage regressions; do echo "== $$job"; $(BIN)/python benchmarks/$$job.py || exit 1; done

lab: $(READY) ## open the notebooks in JupyterLab
	@$(BIN)/python -m jupyter lab analyses

dictionary: $(READY) ## write data_schema/README.md from the schema
	@$(BIN)/python -m evaltools dictionary --write

demo: $(READY) ## write the synthetic study again from its seed
	@$(BIN)/python -m evaltools init --force analyses/studies/demo

lock: ## resolve requirements.lock again (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements.lock

clean: ## remove what was made: build/, reports/, caches (not .venv)
	rm -rf build reports/*/ reports/index.html .pytest_cache .mypy_cache .ruff_cache .coverage
