# The two commands that matter: `make run` and `make test`. Everything they do is in scripts/.

# Where rustup puts cargo, also for shells that have not read its profile yet.
export PATH := $(HOME)/.cargo/bin:$(PATH)

.PHONY: help run test test-console test-rust test-api test-mcp test-browser lint

help: ## Lists these commands
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 16

run: ## Builds Parley and starts it with demo data (ARGS="--port 9000" is handed on)
	@scripts/run $(ARGS)

test: test-console test-rust test-api test-mcp test-browser ## Runs every test, on SQLite and on a PostgreSQL of its own

test-console: ## Lints, type-checks, tests and builds the console and the chat widget
	@scripts/test-console

test-rust: ## Runs the tests of the server on both databases
	@scripts/need rust cc node postgres
	@scripts/console
	@scripts/with-postgres scripts/test-rust $(ARGS)

test-api: ## Judges the answers to requests generated from the OpenAPI document, on both databases (ARGS="--seed 8")
	@scripts/need rust cc node postgres python
	@scripts/console
	@scripts/with-postgres scripts/schemathesis $(ARGS)

test-mcp: ## Holds the assistants' server to its protocol with the official conformance tool and the Inspector
	@scripts/need rust cc node postgres
	@scripts/with-postgres scripts/test-mcp

test-browser: ## Runs the tests of the console in a browser, on both databases (ARGS="board" runs one file)
	@scripts/need rust cc node postgres chromium
	@scripts/with-postgres scripts/test-browser $(ARGS)

lint: ## Checks formatting, warnings and licences
	@scripts/lint
