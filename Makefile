# A fresh machine with Python (3.11 or newer) and make: `make demo`, `make test`.
PYTHON ?= $(shell command -v python3.13 || command -v python3.12 || command -v python3.11 || command -v python3)
BIN = .venv/bin
DEMO = build/demo

.PHONY: demo test lint bench serve clean

.venv/ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "masudi needs Python 3.11 or newer; found $$($(PYTHON) --version). Name one: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -e '.[dev]'
	@touch $@

demo: .venv/ready ## code the sample articles, print one dossier, make a store, explain a report
	$(BIN)/masudi code examples/op-ed.txt --format dossier
	$(BIN)/masudi run examples -o $(DEMO)
	$(BIN)/masudi export csv $(DEMO) -o build/demo.csv
	$(BIN)/masudi explain 1 examples/op-ed.txt
	@echo "Open the reading room with: make serve"

serve: .venv/ready ## the reading room on the demo's store
	@test -d $(DEMO) || $(MAKE) demo
	$(BIN)/masudi serve $(DEMO)

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/mypy

test: .venv/ready lint
	$(BIN)/pytest -q -n 2 --dist loadgroup

bench: .venv/ready
	$(BIN)/python bench/speed/pipeline.py
	$(BIN)/python bench/speed/gate.py

clean:
	rm -rf .venv build dist
