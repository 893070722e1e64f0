/*
 * usage_names.c
 *	  Names of providers: their hashes, and the limits of prices found by them.
 */
#include "core/usage.h"

#include "sample.h"

#define DAY		INT64_C(86400000000)

static int	blocks;

static void
count_block(void)
{
	blocks++;
}

/* Names are as long as whoever asks makes them. */
static void
test_long_names(void)
{
	static char name[2 * AC_POLL_EVERY];

	memset(name, 'a', sizeof(name));
	ok(ac_usage_name_hash(name, sizeof(name), count_block)
	   != ac_usage_name_hash(name, sizeof(name) - 1, NULL),
	   "a long name has a hash as any other");
	is_int(blocks, 2, "and the caller is told of each block");
}

static int64_t
hash_of(const char *name)
{
	return ac_usage_name_hash(name, strlen(name), NULL);
}

static void
test_names(void)
{
	ok(hash_of("deepseek") == hash_of(" Deep-Seek."),
	   "a name has one hash, whatever its case, blanks and punctuation");
	ok(hash_of("deepseek") != hash_of("deepseekai"), "another name is another");
	ok(hash_of("deepseek") != hash_of("deepsee"), "so is its beginning");
	ok(hash_of("h100") != hash_of("h200"), "and one with another digit");
	ok(hash_of("") == hash_of("-"), "nothing but punctuation is no name");
}

/* Two providers: "acme", with two eras and windows, and "zeta", with one era. */
static ac_price_limits
limits_of_two(int64_t *value)
{
	int64_t		acme = ac_usage_name_hash("acme", 4, NULL);
	int64_t		zeta = ac_usage_name_hash("zeta", 4, NULL);
	bool		acme_first = acme < zeta;
	ac_price_limits limits;
	int			n = 0;

	value[n++] = 1;
	value[n++] = 2;
	value[n++] = 2;
	value[n++] = 200000;
	value[n++] = 1800;
	value[n++] = 59400;
	value[n++] = acme_first ? acme : zeta;
	value[n++] = acme_first ? zeta : acme;
	value[n++] = acme_first ? 2 * 2 + 1 : 2 * 1;
	value[n++] = acme_first ? 2 * 3 : 2 * 3 + 1;
	value[n++] = acme_first ? 0 : 7 * DAY;
	value[n++] = acme_first ? 10 * DAY : 0;
	value[n++] = acme_first ? 7 * DAY : 10 * DAY;
	ok(ac_price_limits_read(value, n, &limits), "limits are read");
	return limits;
}

static ac_limits
eras_of(const ac_price_limits *limits, const char *name, bool *has_windows)
{
	return ac_provider_eras(limits,
							ac_usage_name_hash(name, strlen(name), NULL),
							has_windows);
}

static void
test_provider_limits(void)
{
	int64_t		value[13];
	int64_t		bad[] = {1, 0, 0, 5};
	bool		has_windows = false;
	ac_price_limits limits = limits_of_two(value);
	ac_limits	acme = eras_of(&limits, " A.C.M.E ", &has_windows);

	is_int(acme.count, 2, "a provider has its own eras, by any spelling");
	ok(has_windows && acme.at[0] == 0 && acme.at[1] == 10 * DAY,
	   "in their order, and windows");
	is_int(eras_of(&limits, "Zeta", &has_windows).count, 1, "so has another");
	ok(!has_windows, "without windows");
	is_int(eras_of(&limits, "acme inc", &has_windows).count, 0,
		   "a name that is unknown has none");
	ok(!ac_price_limits_read(value, 9, &limits), "a list may not be short");
	ok(!ac_price_limits_read(value, 2, &limits), "nor its number missing");
	bad[2] = -1;
	ok(!ac_price_limits_read(bad, 4, &limits), "or negative");
	bad[2] = 0;
	ok(ac_price_limits_read(bad, 4, &limits) && limits.sizes.count == 1,
	   "there may be no names");
	limits = limits_of_two(value);
	value[8] = value[9] = 99;
	is_int(eras_of(&limits, "acme", &has_windows).count, 0,
		   "a list that is not within the eras is none");
}

int
main(void)
{
	test_names();
	test_long_names();
	test_provider_limits();
	return tap_done();
}
