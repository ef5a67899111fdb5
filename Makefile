# The main job and its tests are two commands: `make up` and `make test`. Each does its own set-up.
.DEFAULT_GOAL := help
SHELL := /bin/sh

ts := node -r ts-node/register/transpile-only
installed := node_modules/.package-lock.json
shell_scripts := $(shell git ls-files '*.sh' .ci/run 'embedded/plugins/bin/*' embedded/spark-submit/bin/spark-submit eo 2>/dev/null)

.PHONY: help up dev down status test check format bench golden tools

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(installed): package.json package-lock.json components/package.json sdks/rke/package.json
	@npm ci
	@touch $@

tools: $(installed) ## find, download or build the toolchain (make up does it by itself)
	@$(ts) tools/main.ts ensure

up: $(installed) ## deploy the stack `local`: real engine, real Kubernetes API, simulated pods
	@$(ts) embedded/local/main.ts up

dev: $(installed) ## deploy the stack `dev` on minikube: real pods
	@$(ts) embedded/local/main.ts dev

down: $(installed) ## stop everything of this clone and remove its data folder `.local/`
	@$(ts) embedded/local/main.ts down

status: $(installed) ## what of this clone is running
	@$(ts) embedded/local/main.ts status

test: $(installed) ## run all tests; the last line is the sum
	@$(ts) tools/main.ts ensure
	@$(ts) tools/main.ts ensure pyspark || echo "no real spark-submit: its tests are skipped" >&2
	@$(ts) tools/main.ts ensure versitygw || echo "no object store: its tests are skipped" >&2
	@$(ts) tools/main.ts ensure bridged-openstack bridged-rke || echo "no plugins for OpenStack and RKE: their tests are skipped" >&2
	@$(ts) tools/main.ts ensure openstack >/dev/null || echo "no OpenStack: its tests are skipped" >&2
	@node_modules/.bin/mocha 'test/**/*.test.ts'

check: $(installed) ## type check, lint, format check, shell and packer check; writes nothing
	@node_modules/.bin/tsc --noEmit
	@node_modules/.bin/eslint --max-warnings 0 .
	@node_modules/.bin/prettier --check --log-level warn .
	@if command -v shellcheck >/dev/null; then shellcheck $(shell_scripts); \
	else echo "shellcheck is not installed: shell scripts not checked (apt-get install shellcheck)" >&2; fi
	@$(ts) tools/checkPacker.ts

format: $(installed) ## rewrite the files in the house's format
	@node_modules/.bin/prettier --write --log-level warn .

golden: $(installed) ## rewrite the golden graphs; review the difference like code
	@for stack in local dev prod; do ./eo graph $$stack > test/golden/$$stack.graph; done

bench: $(installed) ## figures, each a ratio against a peer of the same run; RUNS=3, ONLY=preview|local|openstack
	@$(ts) tools/main.ts ensure
	@$(ts) bench/main.ts
