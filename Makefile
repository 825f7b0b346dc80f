# Two commands: `make demo` shows the office, `make test` runs every test. Without make: python3 tools/begin.py demo|test.
PYTHON ?= python3
BEGIN = $(PYTHON) tools/begin.py
BIN = .venv/bin

.DEFAULT_GOAL := help
.NOTPARALLEL:
N ?= 1000
SEED ?= 1
.PHONY: help demo oracle test serve check lint types words tck bench lock settings migration clean

help: ## this list
	@echo "Loket, the permit office"
	@awk 'BEGIN {FS = ":.*## "} /^#> / {print "\n" substr($$0, 4)} /^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

#> See it
demo: ## install, fill a small office, open it on http://127.0.0.1:8000
	@$(BEGIN) demo

serve: ## the office with your own settings (docs/settings.md)
	@$(BEGIN) serve

#> Know that it works
test: ## install what the tests need and run them all (SQLite; what speaks SQL on PostgreSQL too)
	@$(BEGIN) test

check: lint types ## before a commit: lint, types, floors, and the tests without a browser on SQLite (CI: all of them)
	@$(BEGIN) test --database=sqlite -m "not browser"

lint: ## ruff, djlint and the floors
	@$(BEGIN) develop
	@bad=0; for tool in "ruff check ." "djlint --lint --quiet hall portal admin forms" "lint-imports"; do \
	  echo "$$tool"; $(BIN)/$$tool || bad=1; done; exit $$bad

types: ## mypy, strict for rules, forms and engine
	@$(BEGIN) develop
	$(BIN)/mypy

tck: ## the DMN conformance kit: make tck DIR=path/to/the/kit
	@$(BEGIN) develop
	$(BIN)/python -m bench.tck "$(DIR)"

oracle: ## random processes beside a token engine: make oracle N=10000 SEED=1
	@$(BEGIN) develop
	$(BIN)/python -m tests.engine.flow.walking --count $(N) --seed $(SEED)

bench: ## measured figures, as ratios to a plain-SQL floor
	@$(BEGIN) develop
	$(BIN)/python -m bench

#> Keep it
words: ## bring the catalogues in step with the code
	@$(BEGIN) develop
	$(BIN)/python -m hall.words.update

migration: ## write the next migration: make migration WORDS="keep the visitors' slots"
	@$(BEGIN) develop
	$(BIN)/python tools/migration.py "$(WORDS)"

settings: ## write docs/settings.md from loket/settings.py
	@$(BEGIN) develop
	$(BIN)/loket settings > docs/settings.md

lock: ## renew the lock files from pyproject.toml
	$(PYTHON) tools/lock.py

clean: ## remove what was built and installed; the office in ./var stays
	rm -rf .venv .cache build dist frontend/node_modules frontend/dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
