# The two commands that matter: `make run` starts the app, `make test` runs all that CI runs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check compile texts fit bench scale clean

run: $(VENV)/app
	$(BIN)/streamlit run app.py

test: $(VENV)/dev check
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m registry check

compile: $(VENV)/app
	$(BIN)/python -m registry compile
	$(BIN)/python -m matching.ship

texts: $(VENV)/dev
	$(BIN)/python -m ui.locale

fit: $(VENV)/app
	$(BIN)/python -m matching.fit tests/cases/judged.jsonl

bench: $(VENV)/dev
	$(BIN)/python -m benchmarks

scale: $(VENV)/dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	$(BIN)/python -m benchmarks.scale

$(VENV)/app: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/dev: requirements-dev.txt $(VENV)/app
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
