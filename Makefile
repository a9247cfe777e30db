# Sillage: what editors and developers type. `make help` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PELICAN := $(BIN)/pelican
PORT ?= 8000
PAIRS ?= 300
ROUNDS ?= 3
HOST ?= 127.0.0.1
export PYTHONPATH := plugins

.DEFAULT_GOAL := help
.PHONY: help html serve publish releases rollback clean check check-links hook new rename translations messages edition send campaign test test-fast coverage lint audit sbom lock programs dictionaries schemas bench

help: ## list the targets
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

$(VENV)/ready: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Sillage needs Python 3.11 or newer: make PYTHON=python3.12" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/ready-dev: requirements-dev.txt $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

html: $(VENV)/ready ## build the site into output/ (EXPLAIN=fr/articles/…/ says why that page is made again)
	$(PELICAN) content -s pelicanconf.py --fatal errors $(if $(EXPLAIN),-e EXPLAIN='"$(EXPLAIN)"')

serve: $(VENV)/ready ## serve at http://localhost:8000, show at once what is saved
	$(BIN)/python -m desk.serve --host "$(HOST)" --port "$(PORT)" $(if $(EDITOR_LINK),--editor "$(EDITOR_LINK)")

publish: $(VENV)/ready ## build the site as it is published: make publish SITEURL=https://…
	$(PELICAN) content -s publishconf.py --fatal errors
	@$(BIN)/python -m desk.published

releases: $(VENV)/ready ## list the releases that are kept
	@$(BIN)/python -m desk.releases

rollback: $(VENV)/ready ## serve the release before, at once: make rollback [TO=…]
	@$(BIN)/python -m desk.releases --back "$(TO)"

check: $(VENV)/ready dictionaries ## report what an editor should mend (ONLY=key, JSON=1, ACKNOWLEDGE=1)
	$(BIN)/python -m desk.check $(if $(ONLY),--only $(ONLY)) $(if $(JSON),--json) $(if $(ACKNOWLEDGE),--acknowledge)

check-links: $(VENV)/ready ## ask the web whether cited pages are still there (AGAIN=1: those of last month too)
	$(BIN)/python -m desk.check_links $(if $(AGAIN),--again)

new: $(VENV)/ready ## begin an article or another thing (KIND= TITLE= TOPIC= LANGUAGE= KEY= OF=), or TRANSLATE=key
	@$(BIN)/python -m desk.new $(if $(KIND),--kind $(KIND)) $(if $(OF),--of-kind $(OF)) $(if $(TITLE),--title "$(TITLE)") $(if $(TOPIC),--topic $(TOPIC)) $(if $(LANGUAGE),--language $(LANGUAGE)) $(if $(KEY),--key $(KEY)) $(if $(TRANSLATE),--translate $(TRANSLATE))

rename: $(VENV)/ready ## give a published thing another key: make rename KEY=… TO=…; its ids and addresses stay
	@$(BIN)/python -m desk.rename --key "$(KEY)" --to "$(TO)"

translations: $(VENV)/ready ## list the translations: fresh, stale with what changed, missing
	@$(BIN)/python -m desk.translations

hook: $(VENV)/ready ## check the content that is about to be committed, from now on
	@cp plugins/desk/pre-commit "$$(git rev-parse --git-path hooks)/pre-commit" && chmod +x "$$(git rev-parse --git-path hooks)/pre-commit"

edition: $(VENV)/ready ## draft an edition of what no edition holds yet: make edition KEY=2026-12-05
	@$(BIN)/python -m desk.mail_edition --key "$(KEY)"

send: $(VENV)/ready ## send an edition by email: make send KEY=… TO=you@example.org or TO=list.txt, IN=fr, DRY=yes
	@$(BIN)/python -m desk.mail_send --key "$(KEY)" --to "$(TO)" --in "$(IN)" --unsure "$(UNSURE)" $(if $(DRY),--dry-run) $(if $(AGAIN),--again)

campaign: $(VENV)/ready ## hand an edition to listmonk or Buttondown: make campaign KEY=… ENGINE=listmonk IN=fr LIST=1
	@$(BIN)/python -m desk.mail_campaign --key "$(KEY)" --engine "$(ENGINE)" --in "$(IN)" --list "$(LIST)" $(if $(DRY),--dry-run) $(if $(AGAIN),--again) $(if $(START),--start)

schemas: $(VENV)/ready ## write the JSON Schemas of front matter for editing programs
	@$(BIN)/python -m desk.json_schemas

clean: ## remove what builds made
	rm -rf output output-releases cache

messages: $(VENV)/ready ## extract the words of the interface and update the catalogues
	$(BIN)/python -m desk.messages

test: $(VENV)/ready-dev programs dictionaries ## run every test
	$(BIN)/python -m pytest -n auto --dist worksteal

test-fast: $(VENV)/ready-dev ## run the tests that need neither a browser nor a dictionary
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not browser and not programs and not slow"

coverage: $(VENV)/ready-dev programs dictionaries ## run every test and tell which branches of the code none takes
	$(BIN)/python -m pytest -n auto --dist worksteal --cov --cov-report=term-missing:skip-covered

programs:
	@sh tests/install_programs.sh

dictionaries:
	@sh plugins/desk/install_hunspell.sh

bench: $(VENV)/ready ## measure beside Hugo and Pelican with i18n-subsites: make bench PAIRS=1000 ROUNDS=3
	$(BIN)/python benchmarks/run.py --pairs $(PAIRS) --rounds $(ROUNDS)

lint: $(VENV)/ready-dev ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

audit: $(VENV)/ready-dev ## ask whether a pinned library has a known hole
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements.txt -r requirements-dev.txt

sbom: $(VENV)/ready-dev ## list the libraries of a build, and what ships beside them, in sbom.json
	$(BIN)/cyclonedx-py requirements --output-reproducible --pyproject pyproject.toml -o sbom.json requirements.txt
	$(BIN)/python -m desk.bill sbom.json

lock: $(VENV)/ready-dev ## pin the dependencies of pyproject.toml, with hashes
	$(BIN)/pip-compile -o requirements.txt pyproject.toml
	$(BIN)/pip-compile --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml
