# The commands for this repository. Building the site needs only Go. The tests install what they need (on Debian).

GO ?= go

# What is compiled has no path of the machine in it. So all copies of this repository on a machine share the compiler's cache.
export GOFLAGS += -trimpath

.PHONY: help site serve test slowest sweep search-quality search-compare search-speed mutants slips fuzz corpus race hidings kills hosts observatory engines lighthouse walks taps bench install check unit browser clean
.NOTPARALLEL:

help: ## lists what can be made
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

site: ## builds content/ into public/ and says how to open it
	@$(GO) run ./cmd/sitegen build

serve: ## shows the site while you write: rebuilds and reloads when you save
	@$(GO) build -o bin/sitegen ./cmd/sitegen && exec bin/sitegen serve --theme themes/default

# Tests write many small files. In memory this takes a tenth less processor time and a fifth less time. Docker's /dev/shm is too small, and
# programs may not run there.
MEMORY := $(shell probe=/dev/shm/sitegen-$$$$; [ "$$(df -k /dev/shm 2>/dev/null | awk 'END {print $$4}')" -gt 4000000 ] && \
  [ "$$(awk '/^MemAvailable/ {print $$2}' /proc/meminfo)" -gt 12000000 ] && \
  cp /bin/true $$probe 2>/dev/null && { $$probe 2>/dev/null && echo /dev/shm; rm -f $$probe; })
ifneq ($(MEMORY),)
check unit browser slowest: export TMPDIR = $(MEMORY)
endif

# As in the commands themselves (cmd/sitegen/memory.go): collecting small heaps often would cost a sixth of the processor time.
check unit slowest sweep: export GOGC = 400

test: install check unit browser ## installs what the tests need, and runs them all

slowest: install ## runs them, and says how long that took and which five tests took longest
	@PACKAGES="$(PACKAGES)" node tests/slowest.mjs

sweep: install ## leaves nothing out: all pages, edits and people of which `make test` takes some
	SWEEP=1 $(GO) test -vet=off -timeout 60m ./...
	cd tests && SWEEP=1 node --test-reporter=spec run.mjs

search-quality: ## prints how well the search finds what people type; OTHER=file adds the results of a different search
	@QUALITY=1 $(GO) test -vet=off -count=1 ./internal/search -run Quality -v | grep -v '^[-=]\|^PASS'

search-compare: install ## the same, with Pagefind on the same pages and queries in the same run
	@mkdir -p bin/pagefind && cd bin/pagefind && npm install --silent --ignore-scripts --no-audit --no-fund --prefix . pagefind@1.6.0
	@QUERIES=$(CURDIR)/bin/pagefind/queries.json $(GO) test -vet=off -count=1 ./internal/search -run Quality >/dev/null
	@cd tests && node pagefind.mjs ../bin/pagefind
	@$(MAKE) --no-print-directory search-quality OTHER=$(CURDIR)/bin/pagefind/found.json

search-speed: install ## measures the search among 500 and among 5,000 questions in Chromium: milliseconds, and bytes of a first search
	@mkdir -p bin/search-speed
	@WRITE=$(CURDIR)/bin/search-speed $(GO) test -vet=off -count=1 ./internal/search -run Sized >/dev/null
	@cd tests && node search-speed.mjs ../bin/search-speed

# A package each, so that what is found is printed at once; both run, whatever the first finds.
mutants: ## tries every mistake of one step in the rules, in the interview and in the page's groups (an hour; `make test` tries a part)
	MUTANTS=1 $(GO) test -vet=off ./internal/checkerpage -run Mutants -v -timeout 0; page=$$?; \
	MUTANTS=1 $(GO) test -vet=off ./internal/prove -run Mutants -v -timeout 0 && exit $$page

slips: ## makes 3,000 slips of one character in the content, and looks whether each is noticed (an hour; goes on where it stopped)
	SLIPS=3000 $(GO) test -vet=off ./internal/build -run Slips -v -timeout 0

FUZZTIME ?= 10m

# Without a list of all targets nothing is tried: a package that does not compile would be left out silently. Go shrinks each new input for up to
# a minute, during which it reports no executions; two seconds are enough to keep inputs small.
fuzz: ## tries whatever bytes on everything that reads some, FUZZTIME (10m) for each, two side by side
	@set -e; targets=$$($(GO) test -vet=off -list '^Fuzz' ./... || { echo "$$targets" >&2; false; }); \
	  echo "$$targets" | awk '/^Fuzz/ {names[n++] = $$1} /^ok/ {for (i = 0; i < n; i++) print $$2, names[i]; n = 0}' | \
	  xargs -P 2 -n 2 sh -c 'out=$$($(GO) test -vet=off -run "^$$" -fuzz "^$$1$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 2s -parallel 1 "$$0" 2>&1) && echo "$$0 $$1: $$(echo "$$out" | grep "^fuzz: elapsed" | tail -1)" || { echo "$$out"; exit 255; }'

# Go keeps an input in its cache only if it reached code that no earlier one had reached. Of these, the smallest are enough as seeds.
corpus: ## keeps what make fuzz has found: of each target, up to thirty small inputs that reached more code become seeds in testdata/fuzz
	@cache=$$($(GO) env GOCACHE)/fuzz/sitegen; cd "$$cache" && find . -path '*/Fuzz*/*' -type f -size -2k | while read -r file; do \
	  echo "$$(wc -c <"$$file") $$file"; done | sort -n | awk '{target = $$2; sub("/[^/]*$$", "", target); if (++n[target] <= 30) print $$2}' | while read -r file; do \
	  target=$$(dirname "$$file"); mkdir -p "$(CURDIR)/$$(dirname "$$target")/testdata/fuzz/$$(basename "$$target")"; \
	  cp "$$file" "$(CURDIR)/$$(dirname "$$target")/testdata/fuzz/$$(basename "$$target")/"; done

race: ## runs the Go tests with the race detector
	$(GO) test -vet=off -race -timeout 60m ./...
	cd tests/readings && $(GO) test -count=1 -race .

hidings: install ## hides each part of each kind of page in every way, and sees that the tests notice (a quarter of an hour)
	cd tests && HIDINGS=1 node --test-reporter=spec run.mjs hidings

kills: install ## stops builds in every way, on the small content and on the real one, and writes what stood then into docs/kills.md (half an hour)
	KILLS=1 $(GO) test -vet=off ./cmd/sitegen -run '^TestKills$$' -v -timeout 0

hosts: install ## tries the site on every kind of host that can be started here, and writes the table of docs/hosts.md
	cd tests && HOSTS=1 node --test-reporter=spec run.mjs hosts

observatory: install ## grades the site on each kind of host with the code of Mozilla's HTTP Observatory, and writes that into docs/hosts.md
	mkdir -p bin/observatory && cd bin/observatory && npm install --ignore-scripts --no-audit --no-fund --omit=optional --prefix . @mdn/mdn-http-observatory@1.4.8 @netlify/headers-parser@9.0.3
	cd tests && node observatory.mjs ../bin/observatory

# Only the other engines need these Debian packages: Firefox, WebKit with its driver, a virtual screen, and a reader of PDF files.
engines: install ## walks the main ways through the site in Chromium, Firefox and WebKit (three minutes)
	@missing=; \
	for pair in firefox-esr:firefox-esr WebKitWebDriver:webkit2gtk-driver Xvfb:xvfb pdftotext:poppler-utils; do \
	  command -v "$${pair%%:*}" >/dev/null || missing="$$missing $${pair#*:}"; \
	done; \
	test -z "$$missing" || { $(APT_INSTALL) $$missing; }
	@mkdir -p bin/engines && cd bin/engines && npm install --ignore-scripts --no-audit --no-fund --omit=optional --prefix . puppeteer-core@24.43.1
	cd tests && node --test-reporter=spec engines.mjs ../bin/engines

lighthouse: install ## prints what Lighthouse says of four pages, five times each: let the machine do nothing else (eight minutes)
	mkdir -p bin/lighthouse && cd bin/lighthouse && npm install --ignore-scripts --no-audit --no-fund --omit=optional --prefix . lighthouse@12.8.2
	cd tests && node lighthouse.mjs ../bin/lighthouse

walks: install ## sends 500 made-up people through the checker's page (`make test` sends 40)
	cd tests && SWEEP=1 node --test-reporter=spec run.mjs walks

taps: install ## counts taps and seconds of 21 people on their way to the answer, in three languages
	@node --test-reporter ./tests/lib/timings.mjs tests/taps.mjs

bench: ## measures the generator against Hugo on the same content, and the rules in V8
	@command -v hugo >/dev/null || $(APT_INSTALL) hugo
	@command -v node >/dev/null || $(APT_INSTALL) nodejs
	@$(GO) run ./bench

check:
	@wrong=$$(gofmt -l $$($(GO) list -f '{{.Dir}}' ./...)) && test -z "$$wrong" || { echo "These files need gofmt:"; echo "$$wrong"; exit 1; }
	$(GO) vet ./...

# The packages whose tests take longest come first, so that at the end no processor waits for one of them.
PACKAGES = ./cmd/sitegen ./internal/prove ./internal/build ./wasm ./...

# -vet=off, because `check` has already vetted everything.
# A separate module compares the readings, because only that test needs the analyser. -count=1, because the test cache does not notice
# changes of the content, which is outside that module.
unit:
	$(GO) test -vet=off -timeout 30m $(PACKAGES) # a package may take minutes on a slow machine
	cd tests/readings && $(GO) test -count=1 .

browser:
	cd tests && npx tsc --noEmit --project tsconfig.json && node --test-reporter=spec run.mjs

# The tests need these programs besides Go: two web servers; a browser with Japanese fonts; a Java runtime for the Nu HTML checker; wabt
# as a second validator of the module; Python and a C compiler for the documented host program; strace to stop builds at a system call;
# and Node with the packages in tests/package-lock.json.
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
APT_INSTALL = $(SUDO) apt-get update -q && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends

install:
	@missing=; \
	for pair in chromium:chromium java:default-jre-headless node:nodejs npm:npm wasm2c:wabt python3:python3 strace:strace; do \
	  command -v "$${pair%%:*}" >/dev/null || missing="$$missing $${pair#*:}"; \
	done; \
	for pair in apache2:apache2 nginx:nginx-light; do \
	  test -x "/usr/sbin/$${pair%%:*}" || missing="$$missing $${pair#*:}"; \
	done; \
	command -v gcc >/dev/null || missing="$$missing gcc libc6-dev"; \
	fc-list 2>/dev/null | grep -qi 'noto.*cjk' || missing="$$missing fontconfig fonts-noto-cjk"; \
	test -z "$$missing" || { \
	  command -v apt-get >/dev/null || { echo "The tests need these Debian packages, and there is no apt-get to install them:$$missing" >&2; exit 1; }; \
	  $(APT_INSTALL) $$missing; \
	}
	@command -v chromium-headless-shell >/dev/null || { $(APT_INSTALL) chromium-headless-shell; } || \
	  echo "There is no chromium-headless-shell to install: chromium itself runs the tests, in three times the time." >&2
	@cmp -s tests/package-lock.json tests/node_modules/.installed || \
	  { (cd tests && npm ci --no-audit --no-fund --ignore-scripts) && cp tests/package-lock.json tests/node_modules/.installed; }

clean: ## removes what was built
	rm -rf public bin tests/node_modules
