# The verbs; CI calls the same ones. Needs Python 3.11 or later (with venv) and make.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
BENCH_READY := .venv/.ready-to-bench

.PHONY: run chat test learn lint format bench

run: $(READY)
	COACH_ENV=development $(BIN)/gunicorn

chat: $(READY)
	$(BIN)/python -m skill chat

test: learn
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses auto --dist loadscope

# What was learnt is kept; where nothing has changed this takes a moment.
learn: $(READY)
	$(BIN)/python -m skill learn

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m skill check

format: $(READY)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(BENCH_READY) learn
	$(BIN)/python -m bench

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

$(BENCH_READY): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	touch $@
