/*
 * tco_avg.c
 *	  The state of avg(tco): rows come, go and merge without a trace.
 */
#include "sample_avg.h"

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

int
main(void)
{
	property(merging_is_adding, 2000, "merging states is adding all rows, in "
			 "any order");
	property(removing_undoes_adding, 2000, "removing a row undoes adding it");
	test_moving_window();
	test_faults();
	test_mean();
	return tap_done();
}
