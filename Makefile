# A fresh machine with Python (3.11 or newer) and make: `make demo`, `make test`.
# The first Python that is new enough and can make a virtual environment; `make PYTHON=…` names another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14 python; do \
  $$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
BIN = .venv/bin
DEMO = build/demo

.PHONY: demo test lint bench serve clean

.venv/ready: pyproject.toml
	@test -n "$(PYTHON)" || { echo "masudi needs Python 3.11 or newer with venv (Debian: apt install python3-venv). Name one: make PYTHON=/path/to/python $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -e '.[dev]'
	@touch $@

demo: .venv/ready ## code the sample articles, print one dossier, make a store, explain a report
	$(BIN)/masudi code examples/articles/op-ed.txt --format dossier
	$(BIN)/masudi run examples/articles -o $(DEMO)
	$(BIN)/masudi export csv $(DEMO) -o build/demo.csv
	$(BIN)/masudi explain 1 examples/articles/op-ed.txt
	@echo "Open the reading room with: make serve"

serve: .venv/ready ## the reading room on the demo's store
	@test -d $(DEMO) || $(MAKE) demo
	$(BIN)/masudi serve $(DEMO)

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/mypy

test: .venv/ready lint
	$(BIN)/pytest -q -n 2 --dist loadgroup

bench: .venv/ready ## speed, and accuracy where the development data is (MASUDI_DEVDATA)
	$(BIN)/python bench/speed/pipeline.py
	$(BIN)/python bench/speed/gate.py
	$(BIN)/python bench/speed/knowledge.py
	$(BIN)/python bench/speed/web.py
	$(BIN)/python bench/gate.py

clean:
	rm -rf .venv build dist
