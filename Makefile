# make sweep EXP=name    train and measure what is missing, then write reports/name/README.md
# make report EXP=name   make the report again from the records beside it, without training
# make plan EXP=name     check an experiment file and show what a sweep would do
# make check EXP=name    train again into an empty store and compare with what was accepted
# make status            show what is done, failed and missing
# make test              all tests
# make bench             time training steps on one core, and check what they compute
# make bench-peers       compare that with PyTorch and JAX, then write reports/bench/README.md;
#                        PEERS=folder names a Python environment that has both
# make lint              the formatter's lint
# make docs              write docs/objectives.md from the tables of losses, penalties, …
#
# Each sets up what it needs: missing system packages are installed as root or with 'sudo -n',
# else the command to type is printed.

EXP ?= smoke
SADDLE = .build/release/saddle
# Tests need -enable-testing; one set of flags for all means one build for all.
FLAGS = -c release -Xswiftc -enable-testing
SOURCES = Package.swift Sources Tests

.PHONY: sweep report plan status check test bench bench-peers docs lint format build packages

sweep: build
	$(SADDLE) sweep $(EXP)

report: build
	$(SADDLE) report $(EXP)

status: build
	$(SADDLE) status

plan: build
	$(SADDLE) plan $(EXP)

check: build
	store=$$(mktemp -d) && trap 'rm -rf "$$store"' EXIT && \
	$(SADDLE) sweep $(EXP) --store "$$store" --no-report && \
	$(SADDLE) check $(EXP) --store "$$store"

bench: build
	$(SADDLE) bench

PYTHON ?= python3
PEERS_SOURCES = Benchmarks/peers
PEERS ?= $(PEERS_SOURCES)/.venv
# An environment that PEERS names is used as it is.
bench-peers: build $(if $(filter file,$(origin PEERS)),$(PEERS)/installed)
	$(PEERS)/bin/python $(PEERS_SOURCES)/compare.py

$(PEERS_SOURCES)/.venv/installed: $(PEERS_SOURCES)/requirements.txt
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/pip install -q -r $<
	touch $@

docs: build
	$(SADDLE) list --markdown > docs/objectives.new && mv docs/objectives.new docs/objectives.md

build: packages
	@echo "building saddle (some minutes the first time)" >&2
	swift build $(FLAGS) --product saddle

test: packages
	swift build $(FLAGS) --build-tests
	swift test $(FLAGS) --skip-build

lint:
	swift format lint --strict --parallel --recursive $(SOURCES)

format:
	swift format --in-place --parallel --recursive $(SOURCES)

packages:
	@scripts/packages
