/*
 * tariff_state.c
 *	  The state of tiered_cost: rows come, go and merge without a trace.
 */
#include "sample_state.h"

#define ROWS 40

/* ---- adding, removing, merging ---- */

/* A row: its quantity, and whether it has a tariff. */
typedef struct row
{
	ac_quantity quantity;
	bool		priced;
} row;

static row
sample_row(void)
{
	row			sampled = {.quantity = sample_quantity()};

	sampled.priced = sample_below(4) > 0;
	sampled.quantity.units >>= 8;
	return sampled;
}

static ac_status
add_row(ac_tariff_state *state, const row *added, const ac_tariff *tariff)
{
	ac_fault	fault;

	return added->priced
		? ac_tariff_state_add(state, &added->quantity, tariff, &fault)
		: ac_tariff_state_add_unpriced(state);
}

static ac_status
remove_row(ac_tariff_state *state, const row *removed,
		   const ac_tariff *tariff)
{
	ac_fault	fault;

	return removed->priced
		? ac_tariff_state_remove(state, &removed->quantity, tariff, &fault)
		: ac_tariff_state_remove_unpriced(state);
}

/* Rows in two orders, whole and in parts that are merged. */
static bool
merging_is_adding(void)
{
	ac_tariff  *tariff = sample_tariff(20);
	ac_tariff_state *whole = new_state(tariff);
	ac_tariff_state *merged = new_state(tariff);
	ac_tariff_state *part[4];
	row			rows[ROWS];
	ac_fault	fault;
	bool		right = true;
	int			i;

	for (i = 0; i < 4; i++)
		part[i] = new_state(tariff);
	for (i = 0; i < ROWS; i++)
	{
		rows[i] = sample_row();
		right = right && add_row(whole, &rows[i], tariff) == AC_OK;
	}
	/* the headers of stored tariffs differ, and are no part of a state */
	memset(tariff->header, 1, sizeof(tariff->header));
	for (i = ROWS - 1; i >= 0; i--)
		right = right &&
			add_row(part[sample_below(4)], &rows[i], tariff) == AC_OK;
	for (i = 3; i >= 0; i--)
		right = right &&
			ac_tariff_state_merge(merged, part[i], &fault) == AC_OK;
	right = right && merged->rows + merged->unpriced == ROWS &&
		same_state(whole, merged);
	for (i = 0; i < 4; i++)
		free(part[i]);
	free(merged);
	free(whole);
	free(tariff);
	return right;
}

static bool
removing_undoes_adding(void)
{
	ac_tariff  *tariff = sample_tariff(20);
	ac_tariff_state *state = new_state(tariff);
	ac_tariff_state *before[ROWS];
	row			rows[ROWS];
	bool		right = true;
	int			i;

	for (i = 0; i < ROWS; i++)
	{
		rows[i] = sample_row();
		before[i] = copy_of(state);
		right = right && add_row(state, &rows[i], tariff) == AC_OK;
	}
	while (i-- > 0)
	{
		right = right && remove_row(state, &rows[i], tariff) == AC_OK &&
			same_state(state, before[i]);
		free(before[i]);
	}
	free(state);
	free(tariff);
	return right;
}

/* Rows that leave in the order in which they came, as from a window. */
static bool
what_is_left_is_what_was_not_removed(void)
{
	ac_tariff  *tariff = sample_tariff(20);
	ac_tariff_state *state = new_state(tariff);
	row			rows[ROWS];
	int			gone = 1 + sample_below(ROWS);
	bool		right = true;
	int			i;

	for (i = 0; i < ROWS; i++)
	{
		rows[i] = sample_row();
		right = right && add_row(state, &rows[i], tariff) == AC_OK;
	}
	for (i = 0; i < gone; i++)
		right = right && remove_row(state, &rows[i], tariff) == AC_OK;
	if (right)
	{
		ac_tariff_state *left = new_state(tariff);

		for (i = ROWS - 1; i >= gone; i--)
			right = right && add_row(left, &rows[i], tariff) == AC_OK;
		right = right && same_state(state, left);
		free(left);
	}
	free(state);
	free(tariff);
	return right;
}

static void
test_moving_window(void)
{
	ac_tariff  *cheap = tariff_of("graduated: 1");
	ac_tariff  *dear = tariff_of("graduated: 9");
	ac_tariff_state *state = new_state(dear);
	ac_tariff_state *none = new_state(NULL);
	ac_quantity two = quantity_of("2");
	ac_fault	fault;

	is_state(state, "0 0 0", "a new state has no rows");
	ok(ac_tariff_state_size(state) == 48 && ac_tariff_state_room(dear) == 168,
	   "it takes 48 bytes, and those of a tariff once it has one");
	ok(ac_tariff_state_add(state, &two, cheap, &fault) == AC_OK &&
	   ac_tariff_state_remove(state, &two, cheap, &fault) == AC_OK &&
	   same_state(state, none), "with its last row it forgets its tariff");
	ok(ac_tariff_state_add(state, &two, dear, &fault) == AC_OK,
	   "and takes rows with another");
	is_state(state, "1 0 2 graduated: 9", "which is all that it holds");
	ok(ac_tariff_state_size(state) == 168, "a tariff has its place again");
	ok(ac_tariff_state_remove(state, &two, dear, &fault) == AC_OK &&
	   ac_tariff_state_remove(state, &two, dear,
							  &fault) == AC_STATE_MISMATCH,
	   "no row can be removed where there is none");
	ok(same_state(state, none), "and the state is as it was");
	free(cheap);
	free(dear);
	free(state);
	free(none);
}

static void
test_unpriced(void)
{
	ac_tariff_state *state = new_state(NULL);
	ac_tariff_state *other = state_of("2 5 7 volume: 1");
	ac_tariff_state *full;
	ac_fault	fault;

	ok(ac_tariff_state_remove_unpriced(state) == AC_STATE_MISMATCH &&
	   ac_tariff_state_add_unpriced(state) == AC_OK &&
	   ac_tariff_state_add_unpriced(state) == AC_OK &&
	   ac_tariff_state_remove_unpriced(state) == AC_OK,
	   "rows without a tariff are counted, up and down");
	is_state(state, "0 1 0", "and need no room");
	ok(ac_tariff_state_merge(other, state, &fault) == AC_OK,
	   "their count is merged");
	is_state(other, "2 6 7 volume: 1", "and nothing else");
	ok(ac_tariff_state_remove_unpriced(other) == AC_OK,
	   "and goes down again");
	is_state(other, "2 5 7 volume: 1", "without a trace");

	full = state_of("0 9223372036854775807 0");
	ok(ac_tariff_state_add_unpriced(full) == AC_COUNT_RANGE,
	   "2^63 are out of range");
	ok(ac_tariff_state_merge(other, full, &fault) == AC_COUNT_RANGE,
	   "merged, too");
	is_state(full, "0 9223372036854775807 0", "and the state is as it was");
	ok(ac_tariff_state_remove_unpriced(full) == AC_OK &&
	   ac_tariff_state_merge(full, state, &fault) == AC_OK,
	   "one less and one more are not");
	is_state(full, "0 9223372036854775807 0", "and fill it again");
	is_state(other, "2 5 7 volume: 1", "as is the other");
	free(state);
	free(other);
	free(full);
}

static void
test_mismatch(void)
{
	static const char text[] = "2 1 3.5 graduated: 0.09 upto 10, 0.05";
	ac_tariff_state *state = state_of(text);
	ac_tariff_state *other = state_of("1 4 1 graduated: 0.09 upto 10, 0.06");
	ac_tariff  *tariff = tariff_of("volume: 0.09 upto 10, 0.05");
	ac_quantity one = quantity_of("1");
	ac_fault	fault;

	ok(ac_tariff_state_add(state, &one, tariff,
						   &fault) == AC_TARIFF_MISMATCH,
	   "tariffs are not mixed");
	is_text(fault.value[0], "graduated: 0.09 upto 10, 0.05",
			"the one that the state has is named");
	is_text(fault.value[1], "volume: 0.09 upto 10, 0.05",
			"and the one that it was given");
	ok(ac_tariff_state_remove(state, &one, tariff,
							  &fault) == AC_TARIFF_MISMATCH &&
	   ac_tariff_state_merge(state, other, &fault) == AC_TARIFF_MISMATCH,
	   "nor removed or merged");
	is_state(state, text, "and the state is as it was");
	free(state);
	free(other);
	free(tariff);
}

static void
test_range(void)
{
	static const char text[] = "9223372036854775807 1 "
	"170141183460469231731.687303715884105727 volume: 1";
	ac_tariff_state *state = state_of(text);
	ac_tariff_state *other = state_of("1 7 0 volume: 1");
	ac_tariff_state *high;
	ac_tariff_state *low;
	ac_tariff  *tariff = tariff_of("volume: 1");
	ac_quantity zero = quantity_of("0");
	ac_quantity one = quantity_of("1");
	ac_quantity minus = quantity_of("-1");
	ac_fault	fault;

	ok(ac_tariff_state_add(state, &zero, tariff, &fault) == AC_COUNT_RANGE &&
	   ac_tariff_state_merge(state, other, &fault) == AC_COUNT_RANGE,
	   "2^63 rows are out of range");
	is_state(state, text, "and the state is as it was");
	ok(ac_tariff_state_remove(state, &zero, tariff, &fault) == AC_OK &&
	   ac_tariff_state_add(state, &zero, tariff, &fault) == AC_OK,
	   "2^63 - 1 rows are not");
	is_state(state, text, "and one can go and come");

	high = state_of("1 0 170141183460469231731.687303715884105727 volume: 1");
	low = state_of("1 7 -170141183460469231731.687303715884105728 volume: 1");
	ok(ac_tariff_state_add(high, &one, tariff, &fault) == AC_QUANTITY_RANGE &&
	   ac_tariff_state_remove(high, &minus, tariff,
							  &fault) == AC_QUANTITY_RANGE &&
	   ac_tariff_state_add(low, &minus, tariff, &fault) == AC_QUANTITY_RANGE,
	   "a sum beyond the highest or lowest quantity is out of range");
	is_state(high, "1 0 170141183460469231731.687303715884105727 volume: 1",
			 "and not counted");
	ok(ac_tariff_state_merge(low, low, &fault) == AC_QUANTITY_RANGE,
	   "merged, too");
	is_state(low, "1 7 -170141183460469231731.687303715884105728 volume: 1",
			 "and the state is as it was, its unpriced rows, too");
	free(state);
	free(other);
	free(high);
	free(low);
	free(tariff);
}

static void
test_merging_nothing(void)
{
	ac_tariff_state *state = state_of("2 1 3.5 volume: 1");
	ac_tariff_state *none = new_state(NULL);
	ac_tariff_state *room = new_state(ac_tariff_state_tariff(state));
	ac_fault	fault;

	ok(ac_tariff_state_merge(state, none, &fault) == AC_OK,
	   "nothing can be merged");
	is_state(state, "2 1 3.5 volume: 1", "which changes nothing");
	ok(ac_tariff_state_merge(room, state, &fault) == AC_OK &&
	   same_state(room, state), "merging into nothing copies");
	ok(ac_tariff_state_merge(none, none, &fault) == AC_OK,
	   "nothing and nothing");
	is_state(none, "0 0 0", "is nothing");
	free(state);
	free(none);
	free(room);
}

int
main(void)
{
	property(merging_is_adding, 1000, "merging states is adding all rows, in "
			 "any order");
	property(removing_undoes_adding, 1000, "removing a row undoes adding it");
	property(what_is_left_is_what_was_not_removed, 1000,
			 "a state is that of the rows that are left");
	test_moving_window();
	test_unpriced();
	test_mismatch();
	test_range();
	test_merging_nothing();
	return tap_done();
}
