# What the course's own folder and the folder of a class have in common.
PYTHON ?= python3
BIN = .venv/bin
LAB_FOLDER ?= chapters
# One thread: sums then don't depend on how many cores share them, and a busy machine isn't slowed by waiting threads.
export OMP_NUM_THREADS = 1
export OPENBLAS_NUM_THREADS = 1

.PHONY: help lab hub clean
help:  ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1  \t/p' $(MAKEFILE_LIST)

# uv takes seconds; pip takes over where only pip's own settings lead to the packages.
INSTALL = $(BIN)/uv pip install --quiet --python $(BIN)/python $(1) || $(BIN)/python -m pip install --quiet --disable-pip-version-check $(1)

# The environment is made anew for another Python, and filled again when a requirement changes.
.venv/reading: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 14) else "The course needs Python 3.11, 3.12 or 3.13, and this is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv || { echo "On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	sed -n '/^uv==/,/[^\]$$/p' requirements.txt > .venv/uv.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r .venv/uv.txt
	$(call INSTALL,--require-hashes -r requirements.txt)
	$(call INSTALL,--no-deps --no-build-isolation --editable .)
	@touch $@

lab: .venv/reading  ## open the chapters in JupyterLab
	@[ "$$(id -u)" != 0 ] || [ -n "$(LAB_OPTIONS)" ] || { echo "JupyterLab doesn't start as root, whom it would let do anything here. Run make lab as another user; in a container that is yours alone: make lab LAB_OPTIONS=--allow-root"; exit 1; }
	$(BIN)/jupyter lab --notebook-dir=$(LAB_FOLDER) --ip=127.0.0.1 $(LAB_OPTIONS)

# What a class uses: the same packages as in the container image.
_build/classroom/ready: classroom/requirements.txt classroom/package-lock.json pyproject.toml
	$(PYTHON) -m venv _build/classroom/env
	_build/classroom/env/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r classroom/requirements.txt
	_build/classroom/env/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	cp classroom/package.json classroom/package-lock.json _build/classroom
	npm ci --prefix _build/classroom --silent --no-audit --no-fund
	@touch $@

hub: _build/classroom/ready  ## start a JupyterHub on 127.0.0.1; classroom/README.md says for whom
	_build/classroom/env/bin/jupyterhub --config classroom/jupyterhub_config.py

clean:  ## delete what was built, and the environment
	rm -rf _build .venv
