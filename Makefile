# Everything a person or CI runs. Needs make and Python 3.11 or newer; writes only inside this folder
# and into the caches of pip and npm.

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input

# A Python that is new enough and complete (on Debian, ensurepip is a package of its own). `make PYTHON=...` chooses
# another one; `make VENV=.venv-3.13 PYTHON=python3.13 test` uses a separate environment for it.
USABLE := import ensurepip, sqlite3, ssl, sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3.14 python3.13 python3.12 python3.11 python3; do \
	$$python -c '$(USABLE)' >/dev/null 2>&1 && echo $$python && break; done)

# Bytecode makes every start after the first one fast. So it is written even if the environment forbids it.
unexport PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH PYTHONSAFEPATH

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- Run -------------------------------------------------------------------------------------------------------------

# The message has no comma: it would end an argument of `if`.
.PHONY: serve
serve: $(VENV)/runtime.installed ## Install, load the documents if they changed, and serve on http://127.0.0.1:8000
	@$(if $(unbundled),mkdir -p $(STATIC); npm_config_fetch_retries=1 $(MAKE) --no-print-directory bundle 2>$(STATIC)/failed && rm -f $(STATIC)/failed || \
		echo "The pages are plain: their styles and scripts could not be built ($(STATIC)/failed says why). The API works. Try again with: make bundle")
	@$(PY) -m hkus serve

# The styles, scripts and fonts of the pages. If they cannot be built, the API is served without them. The build is
# tried again only with `make bundle`, or when a source file changed.
STATIC := app/web/static
BUNDLED := app/web/bundle.js app/web/package-lock.json $(wildcard app/web/assets/*)
unbundled = $(shell find $(BUNDLED) -newer $(firstword $(wildcard $(STATIC)/failed $(STATIC)/manifest.json) /dev/null) 2>/dev/null)

.PHONY: bundle
bundle: $(STATIC)/manifest.json ## Build the styles and scripts of the pages (needs npm packages)

$(STATIC)/manifest.json: app/web/node_modules/.package-lock.json $(BUNDLED)
	@echo "Bundling the pages' styles and scripts ..."
	@$(WITH_NODE) cd app/web && node bundle.js

.PHONY: check
check: $(VENV)/runtime.installed ## Report sentences, dates, numbers and quotations that no row cites; fail if there are any
	@$(PY) -m hkus check

# --- Test ------------------------------------------------------------------------------------------------------------

PYTEST := $(PY) -m pytest -p tests.no_skips

# One worker more than there are processors, at most four. No workers if PYTEST_ARGS selects some tests
# (`tests/shared_folder.py`).
PARALLEL := -n logical --maxprocesses 4 --dist worksteal

# Tests that take minutes: generated requests, loads that are killed many times, and upgrades in many processes.
SLOW_TESTS := tests/contract/openapi/test_fuzz.py tests/integration/publish/test_kills.py tests/integration/publish/test_upgrade.py

.PHONY: test
test: $(VENV)/test.installed ## Run the tests on SQLite and PostgreSQL; a skipped test is a failure
	@$(PYTEST) $(PARALLEL) -m "not browser and not node" --ignore=tests/e2e/browser $(SLOW_TESTS:%=--ignore=%) $(PYTEST_ARGS)

.PHONY: test-all
test-all: test ## Run the tests, and then the slow ones: Schemathesis, loads that are killed, and upgrades
	@$(PYTEST) -n 2 --dist worksteal $(SLOW_TESTS)

.PHONY: coverage
coverage: PYTEST_ARGS += --cov --cov-report=term-missing:skip-covered
coverage: test ## Run the tests and list the lines and branches that they do not reach

# Found by searching the source, so that a tree without such tests does not install a browser.
browser_tests := $(shell grep -rlE --include='*.py' --exclude-dir=node_modules 'mark\.(browser|node)([^a-z_]|$$)' tests 2>/dev/null)

.PHONY: test-browser
ifeq ($(browser_tests),)
test-browser: ## Run the tests that need a browser (Chromium) or Node
	@echo "No test is marked browser or node: nothing was run."
else
test-browser: $(VENV)/browser.installed $(VENV)/tools.installed $(VENV)/clients.installed \
		tests/e2e/clients/node_modules/.package-lock.json $(STATIC)/manifest.json
	@$(WITH_NODE) $(PYTEST) -m "browser or node" $(PYTEST_ARGS)
endif

.PHONY: fuzz
fuzz: $(VENV)/test.installed ## Test with random requests, new ones each time (FUZZ_EXAMPLES=50 is their number for each route or list)
	@FUZZ_EXAMPLES=$(or $(FUZZ_EXAMPLES),50) $(PYTEST) tests/contract/openapi/test_fuzz.py tests/contract/test_combinations.py $(PYTEST_ARGS)

.PHONY: bench
bench: $(VENV)/bench.installed ## Measure CPU, time and memory, and compare them with the goals (BENCH_ARGS="--rounds 1" is quick)
	@$(PY) -m benchmarks $(BENCH_ARGS)

.PHONY: trials
trials: $(VENV)/test.installed ## Long tests under attack, failures and load, with measurements (TRIALS="hostile --requests 50000")
	@$(PY) -m tests.e2e.trials $(TRIALS)

.PHONY: guide
guide: $(VENV)/test.installed $(STATIC)/manifest.json ## Run the commands of docs/deploy.md as they stand (as root; apt-get install postgresql)
	@$(PY) -m tests.e2e.guide

.PHONY: cluster
cluster: $(VENV)/test.installed ## Run a standby, a pooler and a caching proxy, and stop them one by one (apt-get install postgresql nginx-light pgbouncer)
	@$(PY) -m tests.e2e.cluster

.PHONY: image
image: $(VENV)/test.installed ## Build the container image of Debian's packages, and try it (as root; apt-get install buildah mmdebstrap)
	@$(PY) -m tests.e2e.image

.PHONY: oracle
oracle: $(VENV)/test.installed ## Compare all answers of the working tree with those of a commit (ORACLE_BASE=HEAD; ORACLE_ARGS="--write FILE")
	@$(PY) -m tests.oracle --base $(or $(ORACLE_BASE),HEAD) $(ORACLE_ARGS)

.PHONY: mutants
mutants: $(VENV)/test.installed ## Make small changes to the code and list those that no test detects (MUTANTS="--seed 7 --count 150")
	@$(PY) -m tests.mutants $(MUTANTS)

.PHONY: lint
lint: $(VENV)/tools.installed ## Check the style of the code (ruff) and of the Dockerfile (hadolint)
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check
	@$(VENV)/bin/hadolint Dockerfile

.PHONY: format
format: $(VENV)/tools.installed ## Format the code and fix what ruff can fix
	@$(PY) -m ruff check --fix
	@$(PY) -m ruff format

# The types of all that is checked have to be installed, Playwright's too. pyright runs on the machine's Node, if there is
# one, so that its own (200 MB) is not installed beside it.
.PHONY: types
types: $(VENV)/$(if $(browser_tests),browser,test).installed $(VENV)/tools.installed ## Check the types (pyright, strict; the environment takes 600 MB)
	@$(NEED_NODE)
	@$(WITH_NODE) $(PY) -m pyright

# --- Maintain ------------------------------------------------------------------------------------------------------------

.PHONY: codes
codes: $(VENV)/tools.installed ## Write the codes of countries and currencies again, from the newest pycountry and Babel
	@$(VENV)/bin/uv run --isolated --no-project --with pycountry --with babel python -m app.vocabularies.write_iso_codes

.PHONY: openapi
openapi: $(VENV)/test.installed ## Regenerate openapi.json and its examples, after a change to the API or the data
	@$(PY) -m tests.contract.openapi.examples
	@$(PY) -m hkus openapi > openapi.json.new
	@mv openapi.json.new openapi.json

.PHONY: release
release: $(VENV)/test.installed ## Write the files of a release (RELEASE=0.2.0), and print the Git commands that remain
	@$(PY) -m tests.contract.openapi.release $(RELEASE)

# Each lock is valid for every Python and platform. Later locks use the versions of the earlier ones.
LOCK := $(PY) -m uv --no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --annotation-style line --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

.PHONY: lock
lock: $(VENV)/tools.installed ## Regenerate requirements/ from pyproject.toml (UPGRADE=1: with the newest versions)
	@$(LOCK) pyproject.toml --extra metrics -o requirements/runtime.txt
	@$(LOCK) pyproject.toml --group test --extra metrics --extra mcp --extra parquet -c requirements/runtime.txt -o requirements/test.txt
	@$(LOCK) pyproject.toml --group browser --extra metrics --extra mcp --extra parquet -c requirements/test.txt -o requirements/browser.txt
	@$(LOCK) pyproject.toml --group bench -c requirements/test.txt -o requirements/bench.txt
	@$(LOCK) --group pyproject.toml:tools -c requirements/browser.txt -o requirements/tools.txt
	@$(LOCK) --group pyproject.toml:node -c requirements/tools.txt -o requirements/node.txt
	@$(LOCK) --group pyproject.toml:clients -o requirements/clients.txt
	@$(LOCK) --group pyproject.toml:build -c requirements/browser.txt -o requirements/build.txt

# Where only a mirror of packages is reached, pip-audit says of one package that it does not exist. A hole that is long
# known tells whether the data about holes are reached.
.PHONY: audit-data
audit-data: $(VENV)/tools.installed ## Say whether pip-audit reaches what is known of holes
	@echo 'jinja2==2.4.1' > $(VENV)/known-hole.txt
	@timeout 60 $(VENV)/bin/pip-audit --disable-pip --no-deps -r $(VENV)/known-hole.txt 2>/dev/null | grep -qE 'CVE-|GHSA-|PYSEC-' || { \
		echo "NOT AUDITED: pip-audit does not find a hole that is long known, so it cannot reach its data from here." >&2; exit 1; }

.PHONY: audit
audit: audit-data ## Check the locked packages for known vulnerabilities (needs the network)
	@$(VENV)/bin/pip-audit --strict --require-hashes --disable-pip -r requirements/runtime.txt -r requirements/test.txt

.PHONY: sbom
sbom: $(VENV)/tools.installed ## Write the bill of materials of the server to dist/sbom.cdx.json (CycloneDX)
	@mkdir -p dist
	@$(VENV)/bin/cyclonedx-py requirements --output-reproducible --of JSON -o dist/sbom.cdx.json requirements/runtime.txt

.PHONY: clean
clean: ## Remove all files that make created, except data/
	rm -rf $(VENV) .venv-* .oracle .mutants .pytest_cache .ruff_cache .hypothesis .coverage dist openapi.json.new
	rm -rf $(STATIC) app/web/static.new app/web/node_modules tests/e2e/clients/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- Environment -----------------------------------------------------------------------------------------------------

# The locks are complete, so pip does not resolve dependencies (--no-deps). Otherwise older versions of pip ignore the pin
# of a package that another one requires with an extra, and refuse the newest release, which has no hash in the lock.
# The file $(VENV)/incomplete exists during an installation. If it is left over, or if the Python of the environment is
# gone, the environment is created again.
broken := $(shell $(PY) -c '' >/dev/null 2>&1 || echo broken)$(wildcard $(VENV)/incomplete)

.PHONY: recreate
$(VENV)/created: $(if $(broken),recreate)
	@python='$(PYTHON)'; "$${python:-false}" -c '$(USABLE)' >/dev/null 2>&1 || { \
		echo "Python 3.11 or newer with venv and sqlite3 is needed ($${python:-no Python was found}$${python:+ is not usable})." >&2; \
		echo "On Debian and Ubuntu: apt-get install python3-venv. Or choose another Python: make PYTHON=/path/to/python3" >&2; \
		exit 1; }; \
	echo "Creating $(VENV) with $$python ..."; \
	"$$python" -m venv --clear $(VENV)
	@touch $@

$(VENV)/%.installed: requirements/%.txt $(VENV)/created
	@echo "Installing $< ..."
	@touch $(VENV)/incomplete
	@$(PIP) install --quiet --compile --no-deps --require-hashes -r $<
	@rm $(VENV)/incomplete
	@touch $@

# The generators of Python clients, and the packages of their clients, are installed apart from our own environment.
$(VENV)/clients.installed: requirements/clients.txt $(VENV)/created
	@echo "Installing $< ..."
	@rm -rf $(VENV)/clients
	@$(PIP) install --quiet --no-deps --require-hashes --target $(VENV)/clients -r $<
	@touch $@

# npm installs browser code and the generators of clients. It is the npm of the machine, if its Node is new enough, else
# one from a wheel, which comes first in PATH. A package-lock.json contains hashes, but no address of a registry.
NODE_USABLE := const [major, minor] = process.versions.node.split("."); process.exit(+(major < 20 || (major == 20 && minor < 19)))
WITH_NODE := export PATH="$(CURDIR)/$(VENV)/bin:$$PATH";

NEED_NODE = $(WITH_NODE) { node -e '$(NODE_USABLE)' && command -v npm; } >/dev/null 2>&1 || $(MAKE) --no-print-directory $(VENV)/node.installed

%/node_modules/.package-lock.json: %/package-lock.json
	@$(NEED_NODE)
	@echo "Installing $< ..."
	@$(WITH_NODE) cd $* && npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null
	@touch $@
