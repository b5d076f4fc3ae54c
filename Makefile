# The verbs of the project, one line each; what they do stands in .ci/ and in the CMake presets.
.PHONY: help setup build wasm run test check sim recovery-sim recovery-real search-batch-wasm relevance bench e2e shots asan tsan fuzz fmt tidy clean
.DEFAULT_GOAL := help

help:  ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "make %-18s %s\n", $$1, $$2}' Makefile
setup:  ## install the packages, fetch the pinned sources, prepare the browser tests
	@.ci/setup all
build:  ## build everything native (preset dev)
	@.ci/build dev
wasm:  ## build the portal (preset wasm)
	@.ci/build wasm
run:  ## build what is missing, seed the demo once, serve http://127.0.0.1:8080
	@.ci/serve
test:  ## everything CI runs, installing what it needs
	@.ci/test
check:  ## the quick loop: build and quick tests
	@.ci/check
sim:  ## the simulator; SEEDS=n fresh seeds, or SEED=n to replay one
	@.ci/sim
recovery-sim:  ## the herd after an outage: CLIENTS=n CAPACITY=n SCENARIO=G1… SEEDS=n
	@.ci/recovery-sim
recovery-real:  ## the same on real sockets after a real kill: CLIENTS=n CAPACITY=n|measured
	@.ci/recovery-real
search-batch-wasm:  ## kb search-batch for Node; DOCS= QUERIES= LANG_OF=es|en DEPTH=n to run it
	@.ci/search-batch-wasm
relevance:  ## how search ranks beside other engines; WORDS="--half held --by-kind"
	@.ci/relevance $(WORDS)
bench:  ## the table of numbers
	@.ci/bench
e2e:  ## the browser tests; ENGINE=chromium|firefox|webkit, ONLY=part-of-a-name
	@.ci/e2e
shots:  ## screenshots of each screen into docs/screens
	@.ci/shots
asan:  ## native suites under AddressSanitizer and UBSan
	@.ci/suite asan
tsan:  ## native suites under ThreadSanitizer
	@.ci/suite tsan
fuzz:  ## fuzz targets; SECONDS_EACH=n (600)
	@.ci/fuzz
fmt:  ## clang-format on changed files
	@.ci/changed fmt
tidy:  ## clang-tidy on changed files; ALL=1 for the whole tree
	@.ci/changed tidy
clean:  ## remove what was built; fetched sources and data stay
	@.ci/clean
