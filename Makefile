# Everything a person or CI runs. Needs make and Python 3.11 or newer; writes only inside this folder
# and into the caches of pip and npm.

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input

# A Python new enough and whole (Debian packs venv's ensurepip apart); `make PYTHON=...` names another one, and
# `make VENV=.venv-3.13 PYTHON=python3.13 test` one for an environment of its own.
USABLE := import ensurepip, sqlite3, ssl, sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3.14 python3.13 python3.12 python3.11 python3; do \
	$$python -c '$(USABLE)' >/dev/null 2>&1 && echo $$python && break; done)

# Bytecode is what makes the second start fast, so it is written even where the caller's environment forbids it.
unexport PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH PYTHONSAFEPATH

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- Run -------------------------------------------------------------------------------------------------------------

.PHONY: serve
serve: $(VENV)/runtime.installed ## Install, load the document if it changed, and serve on http://127.0.0.1:8000
	@$(if $(unbundled),mkdir -p $(STATIC); npm_config_fetch_retries=1 $(MAKE) --no-print-directory bundle 2>$(STATIC)/failed && rm -f $(STATIC)/failed || \
		echo "The pages will be plain: their styles and scripts could not be made ($(STATIC)/failed says why). The API is whole. Try again by: make bundle")
	@$(PY) -m hkus serve

# The styles, scripts and fonts of the pages. Where they cannot be made, the API is served without; that is tried again
# only when asked for, or when a source changed.
STATIC := app/web/static
BUNDLED := app/web/bundle.js app/web/package-lock.json $(wildcard app/web/assets/*)
unbundled = $(shell find $(BUNDLED) -newer $(firstword $(wildcard $(STATIC)/failed $(STATIC)/manifest.json) /dev/null) 2>/dev/null)

.PHONY: bundle
bundle: $(STATIC)/manifest.json ## Make the styles and scripts of the pages (needs npm packages)

$(STATIC)/manifest.json: app/web/node_modules/.package-lock.json $(BUNDLED)
	@echo "Bundling the pages' styles and scripts ..."
	@$(WITH_NODE) cd app/web && node bundle.js

.PHONY: check
check: $(VENV)/runtime.installed ## Report what of the document is not in the tables; fails if anything is left over
	@$(PY) -m hkus check

# --- Test ------------------------------------------------------------------------------------------------------------

PYTEST := $(PY) -m pytest -p tests.no_skips

# One worker more than there are processors, at most four. No workers if PYTEST_ARGS choose some tests
# (`tests/shared_folder.py`).
SIDE_BY_SIDE := -n logical --maxprocesses 4 --dist worksteal

# Minutes of made-up requests, and loads that are killed again and again.
LONG := tests/contract/openapi/test_fuzz.py tests/integration/publish/test_kills.py

.PHONY: test
test: $(VENV)/test.installed ## Run the tests on SQLite and on a real PostgreSQL; a skipped test is a failure
	@$(PYTEST) $(SIDE_BY_SIDE) -m "not browser and not node" --ignore=tests/e2e/browser $(LONG:%=--ignore=%) $(PYTEST_ARGS)

.PHONY: test-all
test-all: test ## Run them, and then those that take long: Schemathesis, and loads that are killed
	@$(PYTEST) -n 2 --dist worksteal $(LONG)

.PHONY: coverage
coverage: PYTEST_ARGS += --cov --cov-report=term-missing:skip-covered
coverage: test ## Run the tests and list the lines and branches that they leave out

# Looked for in the source, so that a machine without these tests need not install a browser's tools to learn it.
browser_tests := $(shell grep -rlE --include='*.py' --exclude-dir=node_modules 'mark\.(browser|node)([^a-z_]|$$)' tests 2>/dev/null)

.PHONY: test-browser
ifeq ($(browser_tests),)
test-browser: ## Run the tests that need a browser (Chromium) or Node
	@echo "There are no tests marked browser or node yet: nothing was run."
else
test-browser: $(VENV)/browser.installed $(VENV)/tools.installed $(VENV)/clients.installed \
		tests/e2e/clients/node_modules/.package-lock.json $(STATIC)/manifest.json
	@$(WITH_NODE) $(PYTEST) -m "browser or node" $(PYTEST_ARGS)
endif

.PHONY: fuzz
fuzz: $(VENV)/test.installed ## Look for faults with made-up requests, other ones each time (FUZZ_EXAMPLES=50 for each route or list)
	@FUZZ_EXAMPLES=$(or $(FUZZ_EXAMPLES),50) $(PYTEST) tests/contract/openapi/test_fuzz.py tests/contract/test_combinations.py $(PYTEST_ARGS)

.PHONY: bench
bench: $(VENV)/bench.installed ## Measure CPU, time and memory beside their goals (BENCH_ARGS="--rounds 1": a quick look)
	@$(PY) -m benchmarks $(BENCH_ARGS)

.PHONY: trials
trials: $(VENV)/test.installed ## Attack, kill, break and load the server at length, with figures (TRIALS="hostile --requests 50000")
	@$(PY) -m tests.e2e.trials $(TRIALS)

.PHONY: oracle
oracle: $(VENV)/test.installed ## Compare each answer of the working tree with those of a commit (ORACLE_BASE=HEAD; ORACLE_ARGS="--write FILE")
	@$(PY) -m tests.oracle --base $(or $(ORACLE_BASE),HEAD) $(ORACLE_ARGS)

.PHONY: mutants
mutants: $(VENV)/test.installed ## Change the code in small ways and list what no test notices (MUTANTS="--seed 7 --count 150")
	@$(PY) -m tests.mutants $(MUTANTS)

.PHONY: lint
lint: $(VENV)/tools.installed ## Check the style of the code (ruff) and of the Dockerfile (hadolint)
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check
	@$(VENV)/bin/hadolint Dockerfile

.PHONY: format
format: $(VENV)/tools.installed ## Mend what ruff can mend
	@$(PY) -m ruff check --fix
	@$(PY) -m ruff format

.PHONY: types
types: $(VENV)/$(if $(browser_tests),browser,test).installed $(VENV)/tools.installed ## Check the types (pyright, strict)
	@$(PY) -m pyright

# --- Keep ------------------------------------------------------------------------------------------------------------

.PHONY: openapi
openapi: $(VENV)/test.installed ## Write openapi.json and its examples anew, after a change to the API or the data
	@$(PY) -m tests.contract.openapi.examples
	@$(PY) -m hkus openapi > openapi.json.new
	@mv openapi.json.new openapi.json

.PHONY: release
release: $(VENV)/test.installed ## Write the files of a release (RELEASE=0.2.0), and print the Git commands that remain
	@$(PY) -m tests.contract.openapi.release $(RELEASE)

# One lock holds for every Python and platform; the later ones take the versions of the earlier ones.
LOCK := $(PY) -m uv --no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --annotation-style line --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

.PHONY: lock
lock: $(VENV)/tools.installed ## Write requirements/ anew from pyproject.toml (UPGRADE=1: with the newest versions)
	@$(LOCK) pyproject.toml --extra metrics -o requirements/runtime.txt
	@$(LOCK) pyproject.toml --group test --extra metrics --extra mcp --extra parquet -c requirements/runtime.txt -o requirements/test.txt
	@$(LOCK) pyproject.toml --group browser --extra metrics --extra mcp --extra parquet -c requirements/test.txt -o requirements/browser.txt
	@$(LOCK) pyproject.toml --group bench -c requirements/test.txt -o requirements/bench.txt
	@$(LOCK) --group pyproject.toml:tools -c requirements/browser.txt -o requirements/tools.txt
	@$(LOCK) --group pyproject.toml:node -c requirements/tools.txt -o requirements/node.txt
	@$(LOCK) --group pyproject.toml:clients -o requirements/clients.txt
	@$(LOCK) --group pyproject.toml:build -c requirements/browser.txt -o requirements/build.txt

.PHONY: audit
audit: $(VENV)/tools.installed ## Look for known holes in what is installed by the locks (needs the network)
	@$(VENV)/bin/pip-audit --strict --require-hashes --disable-pip -r requirements/runtime.txt -r requirements/test.txt

.PHONY: sbom
sbom: $(VENV)/tools.installed ## Write the bill of materials of what the server runs on to dist/sbom.cdx.json (CycloneDX)
	@mkdir -p dist
	@$(VENV)/bin/cyclonedx-py requirements --output-reproducible --of JSON -o dist/sbom.cdx.json requirements/runtime.txt

.PHONY: clean
clean: ## Remove what make made, but for data/
	rm -rf $(VENV) .venv-* .oracle .mutants .pytest_cache .ruff_cache .hypothesis .coverage dist openapi.json.new
	rm -rf $(STATIC) app/web/static.new app/web/node_modules tests/e2e/clients/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- Environment -----------------------------------------------------------------------------------------------------

# The locks are whole, so pip need not resolve anything (--no-deps): where a lock pins a package and another one asks for
# it with an extra, older pips look past the pin, and refuse the newest release for having no hash.
# While something is being installed, $(VENV)/incomplete stands. An environment where it was left, or whose Python is
# gone, is made anew.
broken := $(shell $(PY) -c '' >/dev/null 2>&1 || echo broken)$(wildcard $(VENV)/incomplete)

.PHONY: anew
$(VENV)/created: $(if $(broken),anew)
	@python='$(PYTHON)'; "$${python:-false}" -c '$(USABLE)' >/dev/null 2>&1 || { \
		echo "Python 3.11 or newer with venv and sqlite3 is needed ($${python:-none was found}$${python:+ is not it})." >&2; \
		echo "Debian and Ubuntu: apt-get install python3-venv. Or name another one: make PYTHON=/path/to/python3" >&2; \
		exit 1; }; \
	echo "Making $(VENV) with $$python ..."; \
	"$$python" -m venv --clear $(VENV)
	@touch $@

$(VENV)/%.installed: requirements/%.txt $(VENV)/created
	@echo "Installing $< ..."
	@touch $(VENV)/incomplete
	@$(PIP) install --quiet --compile --no-deps --require-hashes -r $<
	@rm $(VENV)/incomplete
	@touch $@

# The generators of Python clients, and what their clients need, stand apart from our own environment, as they will elsewhere.
$(VENV)/clients.installed: requirements/clients.txt $(VENV)/created
	@echo "Installing $< ..."
	@rm -rf $(VENV)/clients
	@$(PIP) install --quiet --no-deps --require-hashes --target $(VENV)/clients -r $<
	@touch $@

# npm brings browser code and the generators of clients: the machine's, if its Node is new enough, else one from a wheel
# (which, once installed, goes first). A package-lock.json holds hashes and no address of a registry.
NODE_USABLE := const [major, minor] = process.versions.node.split("."); process.exit(+(major < 20 || (major == 20 && minor < 19)))
WITH_NODE := export PATH="$(CURDIR)/$(VENV)/bin:$$PATH";

%/node_modules/.package-lock.json: %/package-lock.json
	@$(WITH_NODE) { node -e '$(NODE_USABLE)' && command -v npm; } >/dev/null 2>&1 || $(MAKE) --no-print-directory $(VENV)/node.installed
	@echo "Installing $< ..."
	@$(WITH_NODE) cd $* && npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null
	@touch $@
