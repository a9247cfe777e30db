# Sillage: what editors and developers type. `make help` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PELICAN := $(BIN)/python -m desk.build
PAIRS ?= 300
ROUNDS ?= 3
export PYTHONPATH := plugins

# What is given on the command line is text, whatever signs it holds: neither make nor the shell reads them. Where
# the environment happens to have such a name (HOST, LANGUAGE, IN), it means something else and is not asked.
GIVEN := ACKNOWLEDGE AGAIN ALL DRY EDITOR_LINK ENGINE EXPLAIN HOST IN JSON KEY KIND LANGUAGE LIST OF ONLY PORT SITEURL \
	START TITLE TO TOPIC TRANSLATE UNSURE
$(foreach name,$(GIVEN),$(if $(findstring command,$(origin $(name))),$(eval override $(name) := $$(value $(name)))))
is_given = $(and $(findstring override,$(origin $1)),$(value $1))
quoted = '$(subst ','\'',$(subst $(newline), ,$1))'
# $(call option,NAME,--name): the option with its text, nothing where none was given. $(call text,NAME): the text alone.
option = $(if $(is_given),$2=$(text))
text = $(call quoted,$(if $(is_given),$(value $1)))
define newline


endef

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
	$(PELICAN) content -s pelicanconf.py --fatal errors $(if $(call is_given,EXPLAIN),-e EXPLAIN=$(call quoted,"$(value EXPLAIN)"))

serve: $(VENV)/ready ## serve at http://localhost:8000, show at once what is saved
	$(BIN)/python -m desk.serve $(call option,HOST,--host) $(call option,PORT,--port) $(call option,EDITOR_LINK,--editor)

publish: $(VENV)/ready ## build the site as it is published: make publish SITEURL=https://…
	$(PELICAN) content -s publishconf.py --fatal errors
	@$(BIN)/python -m desk.published

releases: $(VENV)/ready ## list the releases that are kept
	@$(BIN)/python -m desk.releases

rollback: $(VENV)/ready ## serve the release before, at once: make rollback [TO=…]
	@$(BIN)/python -m desk.releases --back=$(call text,TO)

check: $(VENV)/ready dictionaries ## report what an editor should mend (ONLY=key, JSON=1, ACKNOWLEDGE=1)
	$(BIN)/python -m desk.check $(if $(call is_given,ONLY),--only $(foreach key,$(value ONLY),$(call quoted,$(key)))) $(if $(call is_given,JSON),--json) $(if $(call is_given,ACKNOWLEDGE),--acknowledge)

check-links: $(VENV)/ready ## ask the web whether cited pages are still there (AGAIN=1: those of last month too)
	$(BIN)/python -m desk.check_links $(if $(call is_given,AGAIN),--again)

new: $(VENV)/ready ## begin an article or another thing (KIND= TITLE= TOPIC= LANGUAGE= KEY= OF=), or TRANSLATE=key
	@$(BIN)/python -m desk.new $(call option,KIND,--kind) $(call option,OF,--of-kind) $(call option,TITLE,--title) $(call option,TOPIC,--topic) $(call option,LANGUAGE,--language) $(call option,KEY,--key) $(call option,TRANSLATE,--translate)

rename: $(VENV)/ready ## give a published thing another key: make rename KEY=… TO=…; its ids and addresses stay
	@$(BIN)/python -m desk.rename --key=$(call text,KEY) --to=$(call text,TO)

translations: $(VENV)/ready ## list the translations: fresh, stale with what changed, missing
	@$(BIN)/python -m desk.translations

hook: $(VENV)/ready ## check the content that is about to be committed, from now on
	@cp plugins/desk/pre-commit "$$(git rev-parse --git-path hooks)/pre-commit" && chmod +x "$$(git rev-parse --git-path hooks)/pre-commit"

edition: $(VENV)/ready ## draft an edition of what no edition holds yet: make edition KEY=2026-12-05
	@$(BIN)/python -m desk.mail.edition --key=$(call text,KEY)

send: $(VENV)/ready ## send an edition by email: make send KEY=… TO=you@example.org or TO=list.txt, IN=fr, DRY=yes
	@$(BIN)/python -m desk.mail.send --key=$(call text,KEY) --to=$(call text,TO) --in=$(call text,IN) --unsure=$(call text,UNSURE) $(if $(call is_given,DRY),--dry-run) $(if $(call is_given,AGAIN),--again)

campaign: $(VENV)/ready ## hand an edition to listmonk or Buttondown: make campaign KEY=… ENGINE=listmonk IN=fr LIST=1
	@$(BIN)/python -m desk.mail.campaign --key=$(call text,KEY) --engine=$(call text,ENGINE) --in=$(call text,IN) --list=$(call text,LIST) $(if $(call is_given,DRY),--dry-run) $(if $(call is_given,AGAIN),--again) $(if $(call is_given,START),--start)

schemas: $(VENV)/ready ## write the JSON Schemas of front matter for editing programs
	@$(BIN)/python -m desk.json_schemas

clean: ## remove what builds made
	rm -rf output output-releases cache

messages: $(VENV)/ready ## extract the words of the interface and update the catalogues
	$(BIN)/python -m desk.messages

# Every worker loads all modules: compiled once, they lie beside the libraries and not among the sources.
PYTEST := PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX="$(CURDIR)/$(VENV)/compiled" $(BIN)/python -m pytest -n auto --dist worksteal

test: $(VENV)/ready-dev programs dictionaries ## run every test
	$(PYTEST)

QUICK = SILLAGE_EXAMPLES=$${SILLAGE_EXAMPLES:-20} $(PYTEST) -m "not browser and not programs and not slow"

test-fast: $(VENV)/ready-dev ## run the quick tests: no browser, no dictionary, no build by the hundred
	$(QUICK)

coverage: $(VENV)/ready-dev $(if $(call is_given,ALL),programs dictionaries) ## run the quick tests and tell the branches that none takes (ALL=1: all tests)
	$(if $(call is_given,ALL),$(PYTEST),$(QUICK)) --cov --cov-report=term-missing:skip-covered

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

# CVE-2026-4539 is in a lexer of Pygments, which Pelican pins below the mended version and this program never calls.
audit: $(VENV)/ready-dev ## ask whether a pinned library has a known hole
	$(BIN)/pip-audit --strict --disable-pip --require-hashes --ignore-vuln CVE-2026-4539 -r requirements.txt -r requirements-dev.txt

sbom: $(VENV)/ready-dev ## list the libraries of a build, and what ships beside them, in sbom.json
	$(BIN)/cyclonedx-py requirements --output-reproducible --pyproject pyproject.toml -o sbom.json requirements.txt
	$(BIN)/python -m desk.bill sbom.json

lock: $(VENV)/ready-dev ## pin the dependencies of pyproject.toml, with hashes
	$(BIN)/pip-compile -o requirements.txt pyproject.toml
	$(BIN)/pip-compile --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml
