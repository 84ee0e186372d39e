# Everything sets itself up in .venv; nothing here touches the system but `test-system`.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=
PYTEST := $(BIN)/python -m pytest $(ARGS)
SYSTEM_PACKAGES := chromium firefox-esr xvfb dbus dbus-x11 dunst notification-daemon libnotify-bin \
	xdotool imagemagick openssl desktop-file-utils fonts-dejavu-core

NODE := node_modules/.bin

.PHONY: help run demo test test-system check format lint types arrows soak clean node scaffold fuzz generate dist extension pictures bench

help: ## what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

.venv/ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "needs Python 3.11 or newer"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "needs venv: sudo apt-get install python3-venv"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

run: .venv/ready ## start the daemon in the foreground
	$(BIN)/parcelwarden run $(ARGS)

demo: .venv/ready ## two months of six orders in about a minute, on loopback
	$(BIN)/parcelwarden demo $(ARGS)

test: .venv/ready ## all tests that this machine can run
	$(PYTEST) -n 2 -m "not soak and not browser and not desktop"
	$(PYTEST) -m "(browser or desktop) and not soak"

test-system: ## install browsers, notification daemons and Node.js for the tests (apt, needs root)
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(SYSTEM_PACKAGES) \
		$(if $(shell command -v npm),,nodejs npm)

check: lint types arrows extension test ## format, lint, types, arrows, the extension's own checks, tests

format: .venv/ready ## write the house format
	$(BIN)/ruff format daemon parsers tests benchmarks
	$(BIN)/ruff check --fix daemon parsers tests benchmarks

lint: .venv/ready
	$(BIN)/ruff format --check daemon parsers tests benchmarks
	$(BIN)/ruff check daemon parsers tests benchmarks

types: .venv/ready
	$(BIN)/mypy

arrows: .venv/ready
	$(BIN)/lint-imports

soak: .venv/ready ## the long reliability tests
	$(PYTEST) -m soak --timeout 0

node_modules/ready: package.json package-lock.json
	npm ci --no-audit --no-fund --silent
	@touch $@

node: node_modules/ready ## install what checks the extension (npm, development only)

ifneq ($(shell command -v npm),)
extension: node .venv/ready ## types and lint of the extension (left out where there is no npm)
	$(NODE)/tsc -p tools/tsconfig.json
	$(NODE)/eslint --config tools/eslint.config.js extension tools
	$(BIN)/python tools/store_lint.py
else
extension:
	@echo "extension: not checked, there is no npm (Node.js 20.19 or newer)"
	@test "$$PARCELWARDEN_REQUIRE_SYSTEM" != 1
endif

scaffold: .venv/ready ## a new source with its cases: make scaffold ID=… NAME=… HOST=…
	@$(BIN)/python tools/scaffold.py "$(ID)" "$(NAME)" "$(HOST)"

fuzz: .venv/ready ## damaged bodies into every reader, broken requests at the API: make fuzz MINUTES=10
	$(BIN)/python -m benchmarks.fuzz --minutes $(or $(MINUTES),1)
	$(BIN)/python -m benchmarks.fuzz_api --minutes $(or $(MINUTES),1)

generate: .venv/ready ## what of the extension and the documents follows from the sources, shapes, commands and packs
	$(BIN)/python tools/generate.py
	$(BIN)/python tools/readme_sources.py
	$(BIN)/python tools/api_doc.py
	$(BIN)/python tools/reference.py
	$(BIN)/python tools/icons.py

dist: .venv/ready generate ## the extension zipped for both stores
	$(BIN)/python tools/dist.py

pictures: .venv/ready ## the pictures of the documents, from the real thing
	$(BIN)/python tools/screenshots.py
	$(BIN)/python tools/dashboard_pictures.py

bench: .venv/ready ## measure every budget, about 40 minutes; ARGS=--quick idles one minute instead of ten
	$(BIN)/python -m benchmarks --write --scaling $(ARGS)

clean: ## remove what was built
	rm -rf .venv dist build .pytest_cache .mypy_cache .ruff_cache
