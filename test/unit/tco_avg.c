/*
 * tco_avg.c
 *	  The state of avg(tco): rows come, go and merge without a trace.
 */
#include "core/tco_avg.h"

#include "sample.h"

#define ROWS 40

static const ac_tco_avg no_rows = {.count = 0};

static bool
same_state(const ac_tco_avg *a, const ac_tco_avg *b)
{
	return memcmp(a, b, sizeof(ac_tco_avg)) == 0;
}

static ac_tco_avg
state_of(const char *text)
{
	ac_tco_avg	state;
	ac_fault	fault;

	if (ac_tco_avg_parse(text, strlen(text), &state, &fault) != AC_OK)
		abort();
	return state;
}

static void
is_state(const ac_tco_avg *state, const char *expected, const char *rule)
{
	char		text[AC_TCO_AVG_TEXT_MAX];

	ac_tco_avg_format(state, text);
	is_text(text, expected, rule);
}

static void
sample_state_of_rows(ac_tco_avg *state)
{
	memset(state, 0, sizeof(*state));
	if (sample_below(8) == 0)
		return;
	sample_tco(&state->sum);
	state->count = (int64_t) (sample_bits() >> (1 + sample_below(62)));
	state->count += state->count == 0;
}

/* ---- adding, removing, merging ---- */

/* Rows in two orders, whole and in parts that are merged. */
static bool
merging_is_adding(void)
{
	ac_tco		row[ROWS];
	ac_tco_avg	whole = no_rows;
	ac_tco_avg	part[4] = {no_rows, no_rows, no_rows, no_rows};
	ac_tco_avg	merged = no_rows;
	ac_fault	fault;
	int			i;

	for (i = 0; i < ROWS; i++)
	{
		sample_small_tco(&row[i]);
		if (ac_tco_avg_add(&whole, &row[i], &fault) != AC_OK)
			return false;
	}
	for (i = ROWS - 1; i >= 0; i--)
		if (ac_tco_avg_add(&part[sample_below(4)], &row[i], &fault) != AC_OK)
			return false;
	for (i = 3; i >= 0; i--)
		if (ac_tco_avg_merge(&merged, &part[i], &fault) != AC_OK)
			return false;
	return merged.count == ROWS && same_state(&whole, &merged);
}

static bool
removing_undoes_adding(void)
{
	ac_tco		row[ROWS];
	ac_tco_avg	state = no_rows;
	ac_tco_avg	before[ROWS];
	ac_fault	fault;
	int			i;

	for (i = 0; i < ROWS; i++)
	{
		sample_small_tco(&row[i]);
		before[i] = state;
		if (ac_tco_avg_add(&state, &row[i], &fault) != AC_OK)
			return false;
	}
	while (i-- > 0)
		if (ac_tco_avg_remove(&state, &row[i], &fault) != AC_OK ||
			!same_state(&state, &before[i]))
			return false;
	return true;
}

/* A window that moves on over rows of several currencies, one at a time. */
static void
test_moving_window(void)
{
	ac_tco		dollars = tco_of("1 USD");
	ac_tco		euros = tco_of("2 EUR");
	ac_tco_avg	state = no_rows;
	ac_fault	fault;

	ok(ac_tco_avg_add(&state, &dollars, &fault) == AC_OK &&
	   ac_tco_avg_remove(&state, &dollars, &fault) == AC_OK &&
	   same_state(&state, &no_rows),
	   "a state that lost its last row is all zero");
	ok(ac_tco_avg_add(&state, &euros, &fault) == AC_OK,
	   "and takes rows in another currency");
	is_state(&state, "1 2 EUR other=2", "which are all that it holds");
	ok(ac_tco_avg_remove(&state, &euros, &fault) == AC_OK &&
	   ac_tco_avg_remove(&state, &euros, &fault) == AC_STATE_MISMATCH,
	   "no row can be removed where there is none");
	is_state(&state, "0", "and the state is as it was");
}

static void
test_faults(void)
{
	ac_tco		dollars = tco_of("1 USD");
	ac_tco		euros = tco_of("2 EUR");
	ac_tco_avg	state = state_of("2 3 USD");
	ac_tco_avg	other = state_of("2 3 EUR");
	ac_tco_avg	none = state_of("0");
	ac_tco_avg	full;
	ac_fault	fault;
	const char *text = "9223372036854775807 3 USD compute=3";

	ok(ac_tco_avg_add(&state, &euros, &fault) == AC_CURRENCY_MISMATCH &&
	   ac_tco_avg_remove(&state, &euros, &fault) == AC_CURRENCY_MISMATCH &&
	   ac_tco_avg_merge(&state, &other, &fault) == AC_CURRENCY_MISMATCH,
	   "currencies are not mixed");
	is_state(&state, "2 3 USD other=3", "and the state is as it was");

	ok(ac_tco_avg_merge(&state, &none, &fault) == AC_OK,
	   "nothing can be merged");
	is_state(&state, "2 3 USD other=3", "which changes nothing");
	ok(ac_tco_avg_merge(&none, &state, &fault) == AC_OK &&
	   same_state(&none, &state), "merging into nothing copies");
	none = state_of("0");
	ok(ac_tco_avg_merge(&none, &no_rows, &fault) == AC_OK && none.count == 0,
	   "nothing and nothing is nothing");

	full = other = state_of(text);
	ok(ac_tco_avg_add(&full, &dollars, &fault) == AC_COUNT_RANGE,
	   "2^63 rows are out of range");
	ok(ac_tco_avg_merge(&full, &other, &fault) == AC_COUNT_RANGE,
	   "so are 2^64 - 2 rows");
	is_state(&full, text, "and the state is as it was");
	ok(ac_tco_avg_remove(&full, &dollars, &fault) == AC_OK &&
	   ac_tco_avg_add(&full, &dollars, &fault) == AC_OK &&
	   full.count == INT64_MAX, "2^63 - 1 rows are not");

	state.sum.amount[AC_OTHER] = AC_INT128_MAX;
	full = state;
	ok(ac_tco_avg_add(&state, &dollars, &fault) == AC_RANGE &&
	   strcmp(fault.name, "other") == 0 && same_state(&state, &full),
	   "a sum beyond 2^127 - 1 is out of range and not counted");
}

/* ---- the mean ---- */

static bool
mean_of_equal_rows_is_the_row(void)
{
	ac_tco		row;
	ac_tco		mean;
	ac_tco_avg	state = no_rows;
	ac_fault	fault;
	int			i;

	sample_small_tco(&row);
	for (i = 1 + sample_below(ROWS); i > 0; i--)
		if (ac_tco_avg_add(&state, &row, &fault) != AC_OK)
			return false;
	return ac_tco_avg_result(&state, &mean, &fault) == AC_OK &&
		same_tco(&mean, &row);
}

static void
mean_is(const char *text, const char *expected, const char *rule)
{
	ac_tco_avg	state = state_of(text);
	ac_tco		mean;
	ac_fault	fault;

	if (ok(ac_tco_avg_result(&state, &mean, &fault) == AC_OK,
		   "no fault: %s", rule))
		is_tco(&mean, expected, rule);
}

static void
test_mean(void)
{
	mean_is("3 9 USD compute=6 tax=3", "3 USD compute=2 tax=1",
			"a mean is the mean of each component");
	mean_is("3 -2 USD", "-0.666666666666666667 USD "
			"other=-0.666666666666666667", "rounded at the 18th decimal");
	mean_is("2 0.000000000000000001 USD", "0.000000000000000001 USD "
			"other=0.000000000000000001", "half away from zero");
	mean_is("9223372036854775807 9.223372036854775807 USD",
			"0.000000000000000001 USD other=0.000000000000000001",
			"of the most rows there can be");
	property(mean_of_equal_rows_is_the_row, 2000,
			 "the mean of equal rows is the row");
}

/* ---- text ---- */

static ac_status
parse(const char *text, size_t len, ac_tco_avg *state, ac_fault *fault)
{
	char	   *copy = exact_copy(text, len);
	ac_status	status = ac_tco_avg_parse(copy, len, state, fault);

	/* so that the part can be looked at when the copy is gone */
	if (fault->part != NULL)
		fault->part = text + (fault->part - copy);
	free(copy);
	return status;
}

static void
reads(const char *text, const char *rule)
{
	ac_tco_avg	state;
	ac_fault	fault = {.part = NULL};

	ok(parse(text, strlen(text), &state, &fault) == AC_OK,
	   "accepts \"%s\": %s", text, rule);
}

/* The fault names a part of the text, if any. */
static void
refuses(const char *text, ac_status expected, const char *part,
		const char *rule)
{
	ac_tco_avg	state;
	ac_fault	fault = {.part = NULL};

	ok(parse(text, strlen(text), &state, &fault) == expected &&
	   (part == NULL || (fault.part_len == strlen(part) &&
						 memcmp(fault.part, part, fault.part_len) == 0)),
	   "refuses \"%s\": %s", text, rule);
}

static bool
text_and_bytes_round_trip(void)
{
	ac_tco_avg	state;
	ac_tco_avg	back;
	ac_fault	fault = {.part = NULL};
	char		text[AC_TCO_AVG_TEXT_MAX];
	uint8_t		bytes[AC_TCO_AVG_BYTES];
	size_t		len;

	sample_state_of_rows(&state);
	memset(&back, 'x', sizeof(back));
	len = ac_tco_avg_format(&state, text);
	if (len != strlen(text) || parse(text, len, &back, &fault) != AC_OK ||
		!same_state(&state, &back))
		return false;
	memset(&back, 'x', sizeof(back));
	ac_tco_avg_encode(&state, bytes);
	return ac_tco_avg_decode(bytes, sizeof(bytes), &back, &fault) == AC_OK &&
		same_state(&state, &back);
}

static void
test_text(void)
{
	ac_tco_avg	zeros = state_of("0");
	char	   *megabyte = malloc(1 << 20);
	ac_fault	fault = {.part = NULL};

	ok(same_state(&zeros, &no_rows),
	   "\"0\" is a state of no rows, all zero");
	reads("3 12.5 USD compute=12.5", "a count and a sum");
	reads("003 1 USD", "leading zeros");
	reads("9223372036854775807 1 USD", "2^63 - 1 rows");
	refuses("9223372036854775808 1 USD", AC_TEXT_RANGE, "9223372036854775808",
			"2^63 rows");
	refuses("", AC_TEXT_COUNT, "", "nothing");
	refuses("-3 1 USD", AC_TEXT_COUNT, "-3 1 USD", "a negative count");
	refuses("+3 1 USD", AC_TEXT_COUNT, "+3 1 USD", "a sign");
	refuses("1.5 1 USD", AC_TEXT_COUNT, "1.5 1 USD", "a broken count");
	refuses("x 1 USD", AC_TEXT_COUNT, "x 1 USD", "no count");
	refuses("1 USD", AC_TEXT_NUMBER, "USD", "a value is not a state");
	refuses("3", AC_TEXT_MISSING_AMOUNT, NULL, "a count without a sum");
	refuses("3 ", AC_TEXT_MISSING_AMOUNT, NULL, "a count and a blank");
	refuses("3 1", AC_TEXT_MISSING_CURRENCY, NULL, "a sum's currency");
	refuses("3 USD 1", AC_TEXT_CURRENCY_FIRST, "USD",
			"a sum is read as a value is");
	refuses("3 1 USD tax=2", AC_TEXT_TOTAL, NULL,
			"a total that does not agree");
	refuses("0 1 USD", AC_TEXT_EMPTY_STATE, "1 USD", "a sum of no rows");
	refuses("0 0 USD", AC_TEXT_EMPTY_STATE, "0 USD", "even of nothing");

	if (megabyte == NULL)
		abort();
	memset(megabyte, '0', 1 << 20);
	ok(parse(megabyte, 1 << 20, &zeros, &fault) == AC_OK && zeros.count == 0,
	   "a megabyte of zeros is no rows");
	memset(megabyte, '9', 1 << 20);
	ok(parse(megabyte, 1 << 20, &zeros, &fault) == AC_TEXT_RANGE,
	   "a megabyte of nines is out of range");
	free(megabyte);
	property(text_and_bytes_round_trip, 30000,
			 "parse undoes format and decode undoes encode, bit for bit");
}

/* ---- bytes ---- */

static ac_status
decode(const uint8_t *bytes, size_t len, ac_tco_avg *state, ac_fault *fault)
{
	uint8_t    *copy = exact_copy(bytes, len);
	ac_status	status = ac_tco_avg_decode(copy, len, state, fault);

	free(copy);
	return status;
}

static bool
changed_bytes_are_kept_or_refused(void)
{
	ac_tco_avg	state;
	ac_fault	fault;
	uint8_t		bytes[AC_TCO_AVG_BYTES];
	uint8_t		again[AC_TCO_AVG_BYTES];

	sample_state_of_rows(&state);
	ac_tco_avg_encode(&state, bytes);
	bytes[sample_below(AC_TCO_AVG_BYTES)] ^= (uint8_t) (1 + sample_below(255));
	if (decode(bytes, sizeof(bytes), &state, &fault) != AC_OK)
		return true;
	ac_tco_avg_encode(&state, again);
	return state.count > 0 && memcmp(bytes, again, sizeof(bytes)) == 0;
}

static void
test_bytes(void)
{
	ac_tco_avg	state = state_of("258 6 USD");
	ac_fault	fault;
	uint8_t		bytes[2 * AC_TCO_AVG_BYTES] = {0};
	uint8_t		sum[AC_TCO_BYTES];
	bool		refused = true;
	size_t		len;

	ac_tco_encode(&state.sum, sum);
	ac_tco_avg_encode(&state, bytes);
	ok(memcmp(bytes, "\0\0\0\0\0\0\1\2", 8) == 0 &&
	   memcmp(bytes + 8, sum, sizeof(sum)) == 0,
	   "a big-endian count and the bytes of the sum");
	for (len = 0; len <= sizeof(bytes); len++)
		if (len != AC_TCO_AVG_BYTES)
			refused = refused &&
				decode(bytes, len, &state, &fault) == AC_BYTES_LENGTH &&
				fault.number[0] == (int64_t) len &&
				fault.number[1] == AC_TCO_AVG_BYTES;
	ok(refused, "any other number of bytes is refused");

	bytes[0] = 0x80;
	ok(decode(bytes, AC_TCO_AVG_BYTES, &state, &fault) == AC_BYTES_COUNT &&
	   fault.number[0] < 0, "a negative count is refused");
	memset(bytes, 0, 8);
	is_int(decode(bytes, AC_TCO_AVG_BYTES, &state, &fault), AC_BYTES_EMPTY_STATE,
		   "a sum of no rows is refused");
	memset(bytes, 0, sizeof(bytes));
	is_int(decode(bytes, AC_TCO_AVG_BYTES, &state, &fault), AC_OK,
		   "all zero is no rows");
	bytes[7] = 1;
	is_int(decode(bytes, AC_TCO_AVG_BYTES, &state, &fault), AC_BYTES_VERSION,
		   "a row without a sum is refused");
	memset(bytes, 0xff, sizeof(bytes));
	is_int(decode(bytes, AC_TCO_AVG_BYTES, &state, &fault), AC_BYTES_COUNT,
		   "bytes of all ones are no state");
	property(changed_bytes_are_kept_or_refused, 50000,
			 "a changed byte is refused or written again as it is");
}

int
main(void)
{
	property(merging_is_adding, 2000, "merging states is adding all rows, in "
			 "any order");
	property(removing_undoes_adding, 2000, "removing a row undoes adding it");
	test_moving_window();
	test_faults();
	test_mean();
	test_text();
	test_bytes();
	return tap_done();
}
