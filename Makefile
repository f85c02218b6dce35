# Two commands: `make run` and `make test`. `make help` lists the rest.

PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
SOURCES := portal home library campaigns recognition templates
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard portal/locale/*/LC_MESSAGES/*.po portal/cms/wagtail_locale/*/LC_MESSAGES/*.po))
export PYTHONUNBUFFERED := 1

.PHONY: help run install test lint format bench messages lock clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

run: install ## start the portal on PORT (8000), with all that it needs
	@$(PY) manage.py serve

install: .venv/base.stamp $(CATALOGUES) ## only the environment and the translations, for a real site

test: .venv/dev.stamp $(CATALOGUES) ## install what the tests need, then lint and run them all
	@$(PY) -m tests.run

lint: .venv/dev.stamp $(CATALOGUES) ## formats, imports, migrations, system checks, translations
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m djlint --quiet --lint $(SOURCES)
	$(PY) -c "from importlinter.cli import lint_imports_command as lint; lint()"
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py check --fail-level WARNING
	SECRET_KEY=$$($(PY) -c "import secrets; print(secrets.token_urlsafe(50))") ALLOWED_HOSTS=example.org \
		DATABASE_URL=sqlite://:memory: DJANGO_SETTINGS_MODULE=portal.settings.production \
		$(PY) manage.py check --deploy --fail-level WARNING
	@$(PY) -m tests.ops.translations

format: .venv/dev.stamp ## put the Python files into their form
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

bench: .venv/dev.stamp $(CATALOGUES) ## measure; one group: make bench NAME=pages
	@$(PY) -m tests.bench $(NAME)

messages: .venv/dev.stamp ## bring the translation catalogues up to date with the sources
	$(PY) manage.py makemessages --all --no-obsolete --no-wrap --add-location file --ignore .venv --ignore tests --ignore var
	@$(PY) -m tests.ops.translations

lock: ## write requirements/*.txt anew (needs uv: pip install uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
		requirements/base.in -o requirements/base.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
		requirements/dev.in -c requirements/base.txt -o requirements/dev.txt

clean: ## remove the environment and everything that was made from the sources, but no data
	rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache .hypothesis var/static
	find . -name __pycache__ -prune -exec rm -rf {} +
	rm -f $(CATALOGUES)

.venv/base.stamp: requirements/base.txt
	@sh requirements/venv.sh
	@echo "Installing requirements/base.txt ..."
	@$(PIP) -r requirements/base.txt
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/base.stamp
	@echo "Installing requirements/dev.txt ..."
	@$(PIP) -r requirements/dev.txt
	@touch $@

# Not `pybabel compile`: it takes placeholders that stand only in a plural for mistakes.
%.mo: %.po .venv/base.stamp
	@$(PY) -c "import sys; from babel.messages import mofile, pofile; \
		mofile.write_mo(open(sys.argv[2], 'wb'), pofile.read_po(open(sys.argv[1], 'rb')))" $< $@
