NAME ?= droplet
PYTHON := .venv/bin/python
DEV := $(PYTHON) -m deploy.dev run
DROPLET := $(PYTHON) -m deploy.droplet --name $(NAME)
INVENTORY ?= $(if $(filter droplet,$(NAME)),.droplet/inventory.yml,.droplet/$(NAME)/inventory.yml)
PLAY = ANSIBLE_CONFIG=ansible/ansible.cfg .venv/bin/ansible-playbook -i $(INVENTORY) $(ARGS)

.DEFAULT_GOAL := help

.PHONY: help
help:  ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' | expand -t 18

.PHONY: droplet
droplet:  ## Build a local Debian 13 droplet and provision it (NAME=second for another)
	@deploy/bootstrap.sh droplet
	@$(DROPLET) up

.PHONY: droplet-lose
droplet-lose:  ## Lose the droplet at once, as on the worst day; its bucket stays
	@$(DROPLET) lose

.PHONY: droplet-restore
droplet-restore:  ## Bring a lost droplet back from its bucket
	@deploy/bootstrap.sh droplet
	@$(DROPLET) restore

.PHONY: droplet-down
droplet-down:  ## Remove the droplet and all that was made for it
	@deploy/bootstrap.sh dev
	@$(DROPLET) down

.PHONY: release
release:  ## Let this tree serve on the droplet, or on the box of INVENTORY=…; ARGS='-e allow_pause=10' and such
	@deploy/bootstrap.sh dev
	@$(PLAY) ansible/release.yml

.PHONY: rollback
rollback:  ## Let the release before serve again (ARGS='-e rollback_to=VERSION': another one)
	@deploy/bootstrap.sh dev
	@$(PLAY) ansible/rollback.yml

.PHONY: dev
dev:  ## Run the whole stack as plain processes of this user, at https://bear.localhost:8443/
	@deploy/bootstrap.sh dev
	@$(PYTHON) -m deploy.dev

.PHONY: check
check:  ## Lint, types, layers
	@deploy/bootstrap.sh dev
	.venv/bin/ruff check
	.venv/bin/ruff format --check --quiet
	$(DEV) mypy
	$(DEV) djade --check --target-version 5.2 $$(git ls-files -co --exclude-standard '*.html')
	$(DEV) ./manage.py makemigrations --check --dry-run
	BEARBLOG_DEBUG=false $(DEV) ./manage.py check --deploy --fail-level WARNING
	.venv/bin/yamllint --strict ansible
	cd ansible && ../.venv/bin/ansible-lint --offline --profile production
	! command -v shellcheck >/dev/null || shellcheck $$(git ls-files -co --exclude-standard '*.sh') .ci/run
	$(PYTHON) -m pytest --quiet tests/test_layers.py

.PHONY: test
test:  ## Every check and test, real boxes and browsers included (root, Debian)
	@deploy/bootstrap.sh test
	@$(MAKE) --no-print-directory check
	$(PYTHON) -m pytest -m "not box" --numprocesses 2 --dist loadfile
	@# Apart: Chromium breaks off what it loads whenever a box brings a network up or down.
	$(PYTHON) -m pytest -m box --numprocesses 2 --dist loadfile

.PHONY: test-fast
test-fast:  ## The tests without boxes and browsers
	@deploy/bootstrap.sh dev
	$(PYTHON) -m pytest -m "not box and not browser" --numprocesses 2 --dist loadfile

.PHONY: words
words:  ## Gather the words that readers see for translation, and compile the translations (needs gettext)
	$(DEV) ./manage.py makemessages --all --add-location file --no-wrap --no-obsolete --ignore .venv --ignore tests --ignore deploy --ignore ansible
	$(DEV) ./manage.py compilemessages --ignore .venv

.PHONY: figures
figures:  ## Measure the figures of the README on real boxes and print the table
	@deploy/bootstrap.sh droplet
	$(PYTHON) -m deploy.figures

.PHONY: bench
bench:  ## Measure reading, publishing and outages on a real box and print the table (ONLY=storm,herd: some parts)
	@deploy/bootstrap.sh bench
	$(PYTHON) -m deploy.bench $(if $(ONLY),--only $(ONLY))

.PHONY: drill
drill:  ## Break real boxes, drill after drill, and print what was promised and seen (ONLY=kill,bucket ROUNDS=5 for some)
	@deploy/bootstrap.sh droplet
	$(PYTHON) -m deploy.drills $(if $(ONLY),--only $(ONLY)) $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(MINUTES),--minutes $(MINUTES))

.PHONY: screenshots
screenshots:  ## Take pictures of ten pages, light, dark and on a phone, into var/screenshots
	@deploy/bootstrap.sh test
	$(PYTHON) -m deploy.stage.screenshots

.PHONY: audits
audits:  ## Run Lighthouse over a home page and a post and print the scores
	@deploy/bootstrap.sh audits
	$(PYTHON) -m deploy.audits
