# What a person types. On Windows, where there is no make: setup.cmd and report.cmd.

PYTHON     ?= python3
COLLECTION ?= sample

export PYTHONUTF8 = 1
BIN   := .venv/bin
STAMP := .venv/.installed

.PHONY: install report test lab bench fuzz simulate look lock clean
.DELETE_ON_ERROR:

install: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' || \
	  { echo "Cần Python 3.11 đến 3.14; hãy chỉ rõ, ví dụ: make $(or $(MAKECMDGOALS),install) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

report: install
	$(BIN)/dangvien run $(COLLECTION)

test: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m pytest --numprocesses logical --dist loadfile --no-loadscope-reorder

lab: install
	$(BIN)/jupyter lab notebooks/start.ipynb

bench: install
	$(BIN)/python benchmarks/bench_loading.py
	$(BIN)/python benchmarks/bench_loading.py --grow 10000
	$(BIN)/python benchmarks/bench_reports.py

# Edited and damaged returns by the thousand: no number may be wrong without a word. Takes a quarter of an hour.
fuzz: install
	set -e; for fuzz in tests/fuzz_*.py; do $(BIN)/python $$fuzz; done

# How the intervals and limits behave where the truth is known: writes docs/figures.md.
simulate: install
	$(BIN)/python benchmarks/simulate.py

# Every report of every collection as a reader sees it: HTML on a screen and on a telephone, the PDF page by page.
# Then the blank and filled returns as they print, their way through LibreOffice and back, and what goes back to schools.
# Needs a browser, poppler, axe-core and LibreOffice, which nothing else here does; on Debian they are fetched when missing.
AXE := axe-core@4.14.1
look: install
	@command -v chromium >/dev/null && command -v pdftoppm >/dev/null && command -v npm >/dev/null || \
	  { apt-get update && apt-get install --yes --no-install-recommends chromium poppler-utils npm; }
	@test -f build/axe/node_modules/axe-core/axe.min.js || npm install --silent --no-save --ignore-scripts --prefix build/axe $(AXE)
	set -e; for name in $(notdir $(patsubst %/collection.toml,%,$(wildcard data/raw/*/collection.toml))); do \
	  $(BIN)/dangvien run $$name $(addprefix --notebook ,$(basename $(notdir $(shell grep -l '"shows"' notebooks/*.ipynb)))); \
	  $(BIN)/dangvien run $$name --public $(addprefix --notebook ,$(basename $(notdir $(shell grep -l 'public: bool' notebooks/*.ipynb)))); done
	$(BIN)/python tools/look.py
	@command -v soffice >/dev/null || { apt-get update && apt-get install --yes --no-install-recommends libreoffice-calc; }
	$(BIN)/python tools/look_forms.py
	$(BIN)/python tools/look_marking.py

# Keeps the pins that still hold; `make lock UPGRADE=--upgrade` takes the newest of everything.
lock: install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.13'
	$(BIN)/uv pip compile pyproject.toml --quiet --no-config --all-extras --universal --python-version 3.11 --fork-strategy fewest \
	  --generate-hashes --custom-compile-command 'make lock' $(UPGRADE) --output-file requirements.lock
	$(BIN)/python tools/make_environment.py

# What load and report made, and the traces of tools. The returns in data/raw and the installation stay.
clean:
	rm -rf reports .pytest_cache .ruff_cache .hypothesis build
	find data/processed -mindepth 1 ! -name README.md -delete
	find . -path ./.venv -prune -o -name __pycache__ -type d -exec rm -rf {} +
