# make        sets everything up in .venv and builds the graph of seeds/
# make test   sets up the tools for testing too, and runs the tests
# make coverage  runs the same tests, three times as long, and counts which lines and branches they reach
# make test-long  runs those that take minutes: killed builds, a soak, Virtuoso, Ray, notebooks, pictures of the page
# make approve  keeps pictures of the page as it looks now, for the tests to compare with; look at them
# make train  trains the coder anew on training/corpus: under an hour on two cores
# make soak   asks a service for half an hour, honestly and with harm, and checks every answer
# make lock   writes the lock files anew from pyproject.toml; needs uv
# make clean  takes away all that the above made

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
PYTHONS := $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11)
LOCK := uv pip compile pyproject.toml --python-version 3.11 --universal \
	--no-emit-index-url --no-header --no-annotate --generate-hashes --quiet

.PHONY: graph test coverage test-long soak approve train lock clean
.DEFAULT_GOAL := graph

graph: $(VENV)/.stamp-kg
	@mkdir -p out
	@$(BIN)/kg build seeds/
	@$(BIN)/kg draw -o out/graph.html --quiet
	@echo
	@echo "The graph is drawn: open out/graph.html in a browser."

test: $(VENV)/.stamp-dev
	@$(BIN)/python -m pytest -n 2 -m "not long" $(ARGS)

coverage: $(VENV)/.stamp-dev
	@$(BIN)/python -m pytest -n 2 -m "not long" --cov --cov-report=term --cov-fail-under=90 $(ARGS)

test-long: $(VENV)/.stamp-dev
	@$(BIN)/python -m pytest -m long $(ARGS)

soak: $(VENV)/.stamp-dev
	@mkdir -p out
	@$(BIN)/python -m benchmarks.soak --minutes 30 --json out/soak.json

approve: $(VENV)/.stamp-dev
	@$(BIN)/python -m pytest -m long tests/draw/test_page_looks.py --approve
	@echo "Look at tests/draw/approved/*.png before you commit them."

train: $(VENV)/.stamp-dev
	@$(PIP) install -r training/requirements.txt
	@$(BIN)/python -m training.train

lock:
	$(LOCK) -o requirements.lock
	$(LOCK) --extra dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) out kg-store .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# A stamp is written when its step has ended well, so that a step which was cut off is done again.
$(VENV)/.stamp-venv:
	@for python in $(PYTHONS); do \
		"$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		rm -rf $(VENV); \
		"$$python" -m venv $(VENV) && touch $@ && exit 0; \
	done; \
	echo "Error: no Python 3.11 or newer with venv among: $(PYTHONS)." >&2; \
	echo "Install one (Debian, Ubuntu: apt-get install python3 python3-venv), or name it: make PYTHON=/path/to/python3" >&2; \
	exit 1

$(VENV)/.stamp-kg: $(VENV)/.stamp-venv requirements.lock pyproject.toml
	@echo "Installing kg and its packages into $(VENV); the first time takes a minute ..." >&2
	@$(PIP) install --no-deps -r requirements.lock
	@$(PIP) install --no-deps --editable .
	@touch $@

$(VENV)/.stamp-dev: $(VENV)/.stamp-kg requirements-dev.lock
	@echo "Installing the tools for testing into $(VENV) ..." >&2
	@$(PIP) install --no-deps -r requirements-dev.lock
	@touch $@
