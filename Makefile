# accelcost: what AI accelerators cost, asked in SQL.
#
#   make demo           a report from the demo's own data, on a throwaway server
#   make check          every test, on a throwaway server, or those of SUITES
#   make check-fast     those that take about a minute, for each commit
#   make check-nightly  all, with more fuzz, storms and seeds, and sanitizers
#   make sanitize       the tests of the module, built with gcc's address and
#                       undefined behaviour sanitizers, on a throwaway server
#   make && sudo make install     into the server that pg_config names
#   make installcheck   the regression tests, against that server while it runs
#   make picture        docs/report.svg, the picture of README.md, from the demo
#   make dist           archives of the release, in build/
#
# Parts of `check`, each alone: layercheck unitcheck fuzz tapcheck servercheck
# doctest. For the source: lint indent-check indent. For speed: bench.
# PG_CONFIG=/path/to/pg_config chooses the server for any of them.

EXTENSION = accelcost
top      := $(patsubst %/,%,$(dir $(firstword $(MAKEFILE_LIST))))
out_of_tree := $(filter-out $(CURDIR),$(abspath $(top)))

# These goals need no server files on this machine beforehand: they install
# what they need, or work on the core alone. All others are PGXS's.
HOUSE := check check-fast check-nightly sanitize demo picture bench layercheck unitcheck fuzz tapcheck \
	servercheck doctest lint indent indent-check dist
house_goals := $(filter $(HOUSE),$(MAKECMDGOALS))
pgxs_goals  := $(filter-out $(HOUSE),$(MAKECMDGOALS))

# -fno-wrapv because -fwrapv would switch the signed-overflow check off.
SANITIZE = -O1 -g -fno-omit-frame-pointer -fno-wrapv \
	-fsanitize=address,undefined -fno-sanitize-recover=all

ifneq (1,$(words $(CURDIR)))
$(error make cannot work in a directory whose path has blanks: $(CURDIR))
endif

ifneq (,$(and $(house_goals),$(pgxs_goals)))
# Both kinds at once, as in `make clean check`: one after the other.
.NOTPARALLEL:
.PHONY: $(MAKECMDGOALS)
$(MAKECMDGOALS):
	+@$(MAKE) --no-print-directory -f $(firstword $(MAKEFILE_LIST)) $@

else ifneq (,$(house_goals))
# ---------------------------------------------------------------------------
# Goals without PGXS
ifneq (,$(out_of_tree))
$(error run "make $(house_goals)" in $(abspath $(top)))
endif

CORE_SOURCES := $(sort $(wildcard src/core/*.c))
CORE_HEADERS := $(wildcard src/core/*.h)

.PHONY: $(HOUSE)

check:
	@tools/bootstrap build test
	@tools/check $(SUITES)

check-fast:
	@tools/bootstrap build test lint
	@tools/check layercheck unitcheck installcheck lint indent-check

# What the variables mean stands in the tests that read them.
check-nightly:
	@tools/bootstrap build test lint
	@ACCELCOST_NIGHTLY=yes FUZZ_RUNS=-1 FUZZ_SECONDS=60 HOSTILE_CALLS=80000 ROLLUP_ROUNDS=10 \
		ACCELCOST_SEED=$$(date +%j) ACCELCOST_SEEDS=20 tools/check
	@$(MAKE) -s sanitize
	@tools/check lint indent-check

sanitize:
	@tools/bootstrap build test
	@ACCELCOST_SANITIZE=yes tools/check installcheck tapcheck doctest sanitized

demo:
	@tools/bootstrap build
	@tools/private-server tools/demo/run $(if $(FOCUS),"$(FOCUS)")

# The picture of README.md, from the demo.
picture:
	@tools/bootstrap build
	@DEMO_REPORT=/dev/null DEMO_PICTURE=docs/report.svg tools/private-server tools/demo/run >/dev/null

# What a server that is measured would be given: memory, and no checkpoint
# or vacuum in the middle of a run.
BENCH_SERVER_OPTIONS = -c shared_buffers=1GB -c work_mem=64MB \
	-c max_wal_size=8GB -c checkpoint_timeout=1h -c autovacuum=off
bench:
	@tools/bootstrap build
	@ACCELCOST_SERVER_OPTIONS="$(BENCH_SERVER_OPTIONS) $$ACCELCOST_SERVER_OPTIONS" \
		tools/private-server test/bench/run

tapcheck servercheck doctest:
	@tools/bootstrap build test
	@tools/check $@

# A release as it is published: what is committed, without what .gitattributes
# leaves out.
dist_version = $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" accelcost.control)
dist:
	@mkdir -p build
	git archive --format=tar.gz --prefix=accelcost-$(dist_version)/ \
		-o build/accelcost-$(dist_version).tar.gz HEAD
	git archive --format=zip --prefix=accelcost-$(dist_version)/ \
		-o build/accelcost-$(dist_version).zip HEAD

lint:
	@tools/bootstrap lint
	@prove --exec '' tools/lint

indent indent-check:
	@tools/bootstrap lint
	@$(if $(filter indent,$@),tools/indent,prove --exec '' tools/indent :: --check)

# The core is compiled three times: as it is shipped, to see which symbols it
# uses; with gcc's sanitizers for the unit tests; with clang's for fuzzing.
# tools/cross compiles the unit tests for other machines into a folder UNIT
# and runs them by the emulator UNIT_RUN.
UNIT     = build/unit
UNIT_RUN =
UNIT_CFLAGS = -std=c11 -Wall -Wextra -Wpedantic -Werror $(SANITIZE) -Isrc
FUZZ_CFLAGS = -std=c11 -Wall $(SANITIZE) -Isrc

LAYER_OBJS := $(CORE_SOURCES:src/core/%.c=build/layer/%.o)
UNIT_OBJS  := $(CORE_SOURCES:src/core/%.c=$(UNIT)/core/%.o)
FUZZ_OBJS  := $(CORE_SOURCES:src/core/%.c=build/fuzz/core/%.o)
UNIT_TESTS := $(patsubst test/unit/%.c,$(UNIT)/%,$(sort $(wildcard test/unit/*.c)))
FUZZERS    := $(patsubst test/fuzz/%.c,build/fuzz/%,$(sort $(wildcard test/fuzz/fuzz_*.c)))
FUZZ_CC     = $(eval FUZZ_CC := $(or $(shell tools/find-clang),false))$(FUZZ_CC)

$(LAYER_OBJS) $(UNIT_OBJS) $(FUZZ_OBJS): $(CORE_HEADERS) Makefile

# Position-dependent, so that a constant table of pointers is constant data.
build/layer/%.o: src/core/%.c
	@mkdir -p $(@D)
	@$(CC) -std=c11 -O2 -fno-pic -Isrc -c -o $@ $<

$(UNIT)/core/%.o: src/core/%.c
	@mkdir -p $(@D)
	$(CC) $(UNIT_CFLAGS) -c -o $@ $<

$(UNIT)/%: test/unit/%.c $(wildcard test/unit/*.h) $(UNIT_OBJS)
	$(CC) $(UNIT_CFLAGS) -Itest/unit -o $@ $< $(UNIT_OBJS) -lm

build/fuzz/core/%.o: src/core/%.c
	@mkdir -p $(@D)
	$(FUZZ_CC) $(FUZZ_CFLAGS) -fsanitize=fuzzer-no-link -c -o $@ $<

build/fuzz/fuzz_%: test/fuzz/fuzz_%.c $(wildcard test/fuzz/*.h test/unit/*.h) $(FUZZ_OBJS)
	$(FUZZ_CC) $(FUZZ_CFLAGS) -fsanitize=fuzzer -o $@ $< $(FUZZ_OBJS) -lm

layercheck: $(LAYER_OBJS)
	@prove --exec '' tools/layercheck :: $^

unitcheck: $(UNIT_TESTS)
	@prove --exec '$(UNIT_RUN)' $^

# FUZZ_RUNS inputs or FUZZ_SECONDS for each target, two at a time; the corpus
# is copied, not added to.
fuzz: $(FUZZERS)
	@prove --jobs 2 --exec tools/fuzz-run $^

else
# ---------------------------------------------------------------------------
# The extension: PGXS
EXTVERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" $(top)/$(EXTENSION).control)
MODULE_big = $(EXTENSION)
CORE_OBJS := $(patsubst $(top)/%.c,%.o,$(sort $(wildcard $(top)/src/core/*.c)))
PG_OBJS   := $(patsubst $(top)/%.c,%.o,$(sort $(wildcard $(top)/src/pg/*.c)))
OBJS       = $(CORE_OBJS) $(PG_OBJS)
# The folders in the order of sql/order, the files of each by their names. What
# the catalog ships with comes last: an update script ends with it, too. Its
# rows are CSV files; tools/builtin-rows writes the statements that load them.
SQL_FOLDERS := $(addprefix $(top)/sql/,$(shell cat $(top)/sql/order))
SQL_PARTS := $(foreach folder,$(SQL_FOLDERS),$(sort $(wildcard $(folder)/*.sql $(folder)/*.csv)))
DATA_built = $(EXTENSION)--$(EXTVERSION).sql
DATA       = $(patsubst $(top)/%,%,$(wildcard $(top)/sql/updates/$(EXTENSION)--*--*.sql))
DOCS       = CHANGELOG.md $(patsubst $(top)/%,%,$(sort $(wildcard $(top)/docs/*.md)))

# Tests run in C collation and UTF-8, whatever the server's own default. With
# test/ as input directory the golden files are found in ./expected; neither
# --outputdir nor --expecteddir does that on every version. Give further
# options in EXTRA_REGRESS_OPTS: REGRESS_OPTS would replace these.
REGRESS     := $(patsubst $(top)/test/sql/%.sql,%,$(sort $(wildcard $(top)/test/sql/*.sql)))
REGRESS_OPTS = --inputdir=$(top)/test --load-extension=btree_gist \
	--load-extension=$(EXTENSION)
ENCODING     = UTF8
NO_LOCALE    = 1
ifneq (,$(out_of_tree))
REGRESS_PREP = $(CURDIR)/expected
endif

# -ffp-contract among the CPPFLAGS, for these reach the JIT's bitcode too:
# fused multiply-adds there would give other last digits than the plain code.
# The headers of PostgreSQL 19 may need C23, which the server's own flags choose.
PG_CPPFLAGS = -I$(top)/src -DACCELCOST_VERSION='"$(EXTVERSION)"' -ffp-contract=off
PG_CFLAGS   = $(if $(filter 15 16 17 18,$(MAJORVERSION)),-std=gnu11) -Wextra -Wno-unused-parameter
SHLIB_EXPORTS = src/pg/exports.txt
EXTRA_CLEAN = build

# For tests, as tools/build-module builds it. The JIT's clang has no such
# runtime, and _FORTIFY_SOURCE hides calls of memcpy from it.
ifdef ACCELCOST_SANITIZE
override with_llvm := no
endif

PG_CONFIG ?= pg_config
PGXS      := $(shell $(PG_CONFIG) --pgxs 2>/dev/null)
SERVER_HEADERS := $(shell $(PG_CONFIG) --includedir-server 2>/dev/null)
ifeq (,$(and $(wildcard $(PGXS)),$(wildcard $(SERVER_HEADERS)/postgres.h)))
$(info No PostgreSQL server headers and makefiles where "$(PG_CONFIG) --includedir-server --pgxs" says.)
$(info On Debian and Ubuntu "tools/bootstrap build" installs them.)
$(info Elsewhere, give the path of pg_config: make PG_CONFIG=/path/to/pg_config)
$(error PostgreSQL server headers not found)
endif
include $(PGXS)

ifdef ACCELCOST_SANITIZE
override CFLAGS += $(SANITIZE)
override CPPFLAGS += -U_FORTIFY_SOURCE
override LDFLAGS += $(SANITIZE)
$(PG_OBJS): override CPPFLAGS += -include $(top)/test/sanitize/guard.h
$(PG_OBJS): $(top)/test/sanitize/guard.h
endif

# Rules stand after the include, or the first of them would be the default.

# The pages have names that other extensions have, too. PGXS would look for
# them in a folder docs there when it uninstalls.
docmoduledir := $(EXTENSION)
uninstall: uninstall-docs
.PHONY: uninstall-docs
uninstall-docs:
ifdef docdir
	rm -rf '$(DESTDIR)$(docdir)/$(docmoduledir)'
endif

# Out of tree, make must find the sources but not the objects of a build in
# the tree, which a general VPATH would take for its own.
ifneq (,$(out_of_tree))
override VPATH :=
override srcdir := $(top)
vpath %.c $(top)
vpath %.control $(top)
vpath %.txt $(top)
$(CURDIR)/expected:
	ln -s $(abspath $(top))/expected $@
endif

# Debian's PGXS tracks no headers.
$(OBJS) $(OBJS:.o=.bc): $(wildcard $(top)/src/*/*.h)
$(OBJS) $(OBJS:.o=.bc) $(SHLIB_EXPORTS:.txt=.list): | objdirs
objdirs:
	@mkdir -p $(sort $(dir $(OBJS)))

# The folders, too: a part that was removed must leave the script.
$(DATA_built): $(SQL_PARTS) $(SQL_FOLDERS) $(top)/sql/order $(top)/tools/builtin-rows
	perl $(top)/tools/builtin-rows $(SQL_PARTS) > $@.part
	mv $@.part $@

# pg_regress prefers sql/T.sql over test/sql/T.sql, and before PostgreSQL 16
# it takes the results of an earlier run for those of a test it cannot read.
installcheck: regress-guard
regress-guard:
	@for t in $(REGRESS); do if [ -e sql/$$t.sql ]; then \
		echo "sql/$$t.sql hides test/sql/$$t.sql: rename it" >&2; exit 1; fi; done
	@rm -rf results regression.diffs regression.out

.PHONY: objdirs regress-guard
endif
