# Two commands do everything on a machine that has Python 3.11+ with pip, git and make: `make run` and `make test`.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin

.PHONY: setup run test lint lock bench screenshots contact-sheet clean

setup:            ## install; gives .venv/bin/gongkai
	@$(PYTHON) boot.py

run: setup        ## the demonstration office on http://127.0.0.1:$(PORT)
	@$(BIN)/gongkai demo --serve --port $(PORT)

test:             ## everything: lint, types, structure, law, SQLite, PostgreSQL, browser
	@$(PYTHON) boot.py --dev
	@$(BIN)/python scripts/check.py

lock:             ## resolve the dependencies anew (needs the network)
	@$(PYTHON) boot.py --dev
	@$(BIN)/python scripts/lock.py

bench:            ## law, submission and inbox, each measured beside a yardstick; letters and files against their limits
	@$(PYTHON) boot.py --dev
	@$(BIN)/python -m bench.law
	@$(BIN)/python -m bench.submission
	@$(BIN)/python -m bench.inbox
	@$(BIN)/python -m bench.letters
	@$(BIN)/python -m bench.ledger_import
	@$(BIN)/python -m bench.annual_report
	@$(BIN)/python -m bench.reading
	@$(BIN)/python -m bench.report_audit
	@$(BIN)/python -m bench.privacy
	@$(BIN)/python -m bench.redaction
	@$(BIN)/python -m bench.aggregate
	@$(BIN)/python -m bench.item_import
	@$(BIN)/python -m bench.search
	@$(BIN)/python -m bench.portal
	@$(BIN)/python scripts/postgresql.py $(BIN)/python -m bench.inbox
	@$(BIN)/python scripts/postgresql.py $(BIN)/python -m bench.annual_report

screenshots:      ## the two pictures of the README, from the demonstration
	@$(PYTHON) boot.py --dev
	@$(BIN)/python scripts/screenshots.py

contact-sheet:    ## every kind of letter as images in build/contact-sheets, to be looked at
	@$(PYTHON) boot.py --dev
	@$(BIN)/python scripts/contact_sheet.py build/contact-sheets

clean:
	rm -rf .venv .tools build dist
