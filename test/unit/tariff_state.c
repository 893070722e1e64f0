/*
 * tariff_state.c
 *	  The state of tiered_cost: rows come, go and merge without a trace.
 */
#include "core/tariff_state.h"

#include "sample_tariff.h"

#define ROWS 40

/* A state of no rows, with room for this tariff and no more.  To be freed. */
static ac_tariff_state *
new_state(const ac_tariff *tariff)
{
	size_t		size = tariff ? ac_tariff_state_room(tariff)
	: sizeof(ac_tariff_state);
	ac_tariff_state *state = malloc(size);

	if (state == NULL)
		abort();
	memset(state, 'x', size);
	memset(state->header, 0, sizeof(state->header));
	ac_tariff_state_init(state);
	return state;
}

static bool
same_state(const ac_tariff_state *a, const ac_tariff_state *b)
{
	return ac_tariff_state_size(a) == ac_tariff_state_size(b) &&
		memcmp(a, b, ac_tariff_state_size(a)) == 0;
}

/* A state in memory of exactly its size.  To be freed. */
static ac_tariff_state *
copy_of(const ac_tariff_state *state)
{
	return exact_copy(state, ac_tariff_state_size(state));
}

/* Parse a copy of exactly the size of the text into as much room as told. */
static ac_status
parse(const char *text, size_t len, ac_tariff_state **state, ac_fault *fault)
{
	char	   *copy = exact_copy(text, len);
	size_t		size = ac_tariff_state_text_size(copy, len);
	ac_status	status;

	memset(fault, 0, sizeof(*fault));
	*state = malloc(size);
	if (*state == NULL)
		abort();
	memset(*state, 'x', size);
	memset((*state)->header, 0, sizeof((*state)->header));
	status = ac_tariff_state_parse(copy, len, *state, fault);

	/* so that the part can be looked at when the copy is gone */
	if (fault->part != NULL)
		fault->part = text + (fault->part - copy);
	free(copy);
	return status;
}

/* The state of a text that is well-formed.  To be freed. */
static ac_tariff_state *
state_of(const char *text)
{
	ac_tariff_state *state;
	ac_fault	fault;

	if (parse(text, strlen(text), &state, &fault) != AC_OK)
		abort();
	return state;
}

/* Its text, in memory of exactly the size that is asked for.  To be freed. */
static char *
text_of(const ac_tariff_state *state, size_t *len)
{
	int			tiers = state->rows > 0 ? ac_tariff_state_tariff(state)->count
	: 0;
	char	   *text = malloc(AC_TARIFF_STATE_TEXT_MAX +
							  (tiers > 0 ? AC_TARIFF_TEXT_MAX(tiers) : 0));

	if (text == NULL)
		abort();
	*len = ac_tariff_state_format(state, text);
	return text;
}

static void
is_state(const ac_tariff_state *state, const char *expected, const char *rule)
{
	size_t		len;
	char	   *text = text_of(state, &len);

	is_text(text, expected, rule);
	free(text);
}

/* Any state, one in eight without rows.  To be freed. */
static ac_tariff_state *
sample_state_of_rows(void)
{
	ac_tariff  *tariff = sample_tariff(20);
	ac_tariff_state *state = new_state(tariff);
	ac_quantity sum = sample_quantity();
	ac_fault	fault;

	if (sample_below(8) > 0)
	{
		if (ac_tariff_state_add(state, &sum, tariff, &fault) != AC_OK)
			abort();
		state->rows = (int64_t) (sample_bits() >> (1 + sample_below(62)));
		state->rows += state->rows == 0;
	}
	if (sample_below(2))
		state->unpriced = (int64_t) (sample_bits() >> (1 + sample_below(62)));
	free(tariff);
	return state;
}

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

/* ---- text ---- */

static void
reads_as(const char *text, const char *canonical, const char *rule)
{
	ac_tariff_state *state;
	ac_fault	fault;

	if (parse(text, strlen(text), &state, &fault) == AC_OK)
		is_state(state, canonical, rule);
	else
		ok(false, "%s", rule);
	free(state);
}

/* The fault names a part of the text, if any. */
static void
refuses(const char *text, ac_status expected, const char *part,
		const char *rule)
{
	ac_tariff_state *state;
	ac_fault	fault;

	ok(parse(text, strlen(text), &state, &fault) == expected &&
	   (part == NULL || (fault.part_len == strlen(part) &&
						 memcmp(fault.part, part, fault.part_len) == 0)),
	   "refuses \"%s\": %s", text, rule);
	free(state);
}

static bool
text_and_bytes_round_trip(void)
{
	ac_tariff_state *state = sample_state_of_rows();
	ac_tariff_state *back;
	ac_fault	fault;
	size_t		len;
	char	   *text = text_of(state, &len);
	bool		same;

	same = len == strlen(text) && parse(text, len, &back, &fault) == AC_OK &&
		same_state(state, back);
	free(back);
	free(text);
	free(state);
	return same;
}

static void
test_text(void)
{
	ac_tariff_state *none = new_state(NULL);
	ac_tariff_state *read = state_of("0 0 0");
	char	   *megabyte = malloc(1 << 20);
	ac_fault	fault;

	ok(same_state(none, read), "\"0 0 0\" is a state of no rows");
	free(read);
	reads_as("3 0 150.5 graduated: 0.09", "3 0 150.5 graduated: 0.09",
			 "rows, unpriced rows, their sum and the tariff");
	reads_as("0 2 0", "0 2 0", "no row with a tariff");
	reads_as("003 000 007.0  graduated : .090", "3 0 7 graduated: 0.09",
			 "zeros and blanks that do not count");
	reads_as("1 0 -0.000000000000000000000000000000000001 volume: 1",
			 "1 0 -0.000000000000000000000000000000000001 volume: 1",
			 "a sum has 36 decimals and may be negative");
	reads_as("9223372036854775807 9223372036854775807 0 volume: 1",
			 "9223372036854775807 9223372036854775807 0 volume: 1",
			 "2^63 - 1 rows");

	refuses("", AC_TEXT_COUNT, "", "nothing");
	refuses("3", AC_TEXT_COUNT, "3", "a count alone");
	refuses("3 ", AC_TEXT_COUNT, "", "no second");
	refuses("3 0", AC_TEXT_COUNT, "0", "two counts alone");
	refuses("3 0 ", AC_TEXT_NUMBER, "", "no sum");
	refuses("3 0 5", AC_TEXT_EXPECTED, "", "no tariff");
	refuses("3 0 5 ", AC_TEXT_EXPECTED, "", "nor after a blank");
	refuses("-3 0 5 volume: 1", AC_TEXT_COUNT, "-3 0 5 volume: 1",
			"a count below 0");
	refuses("3 -1 5 volume: 1", AC_TEXT_COUNT, "-1 5 volume: 1",
			"a second count below 0");
	refuses("3.5 0 5 volume: 1", AC_TEXT_COUNT, "3.5 0 5 volume: 1",
			"a broken count");
	refuses(" 3 0 5 volume: 1", AC_TEXT_COUNT, " 3 0 5 volume: 1",
			"a blank first");
	refuses("3\t0 5 volume: 1", AC_TEXT_COUNT, "3\t0 5 volume: 1",
			"another blank");
	refuses("3  0 5 volume: 1", AC_TEXT_COUNT, " 0 5 volume: 1",
			"two blanks");
	refuses("9223372036854775808 0 5 volume: 1", AC_TEXT_RANGE,
			"9223372036854775808", "2^63 rows");
	refuses("1 92233720368547758080000 5 volume: 1", AC_TEXT_RANGE,
			"92233720368547758080000", "many more without a tariff");
	refuses("3 0 x volume: 1", AC_TEXT_NUMBER, "x", "no sum");
	refuses("3 0 volume: 1", AC_TEXT_NUMBER, "volume:", "a sum left out");
	refuses("3 0 1e3 volume: 1", AC_TEXT_EXPONENT, "1e3", "an exponent");
	refuses("3 0 1,000 volume: 1", AC_TEXT_SEPARATOR, "1,000",
			"a separator");
	refuses("3 0 0.0000000000000000000000000000000000001 volume: 1",
			AC_TEXT_SCALE, "0.0000000000000000000000000000000000001",
			"37 decimals");
	refuses("3 0 170141183460469231731.687303715884105728 volume: 1",
			AC_TEXT_RANGE, "170141183460469231731.687303715884105728",
			"a sum beyond the highest quantity");
	refuses("3 0 5 volume: x", AC_TEXT_EXPECTED, "x",
			"a tariff is read as a value is");
	refuses("3 0 5 volume: -1", AC_TIER_NEGATIVE, NULL,
			"and kept to its rules");
	refuses("0 0 5", AC_TEXT_EMPTY_STATE, "5", "a sum of no rows");
	refuses("0 2 0 ", AC_TEXT_EMPTY_STATE, "0 ", "a blank after no rows");
	refuses("0 2 0 volume: 1", AC_TEXT_EMPTY_STATE, "0 volume: 1",
			"a tariff of no rows");

	if (megabyte == NULL)
		abort();
	memset(megabyte, '9', 1 << 20);
	ok(parse(megabyte, 1 << 20, &read, &fault) == AC_TEXT_RANGE,
	   "a megabyte of nines is out of range");
	free(read);
	memset(megabyte, ',', 1 << 20);
	memcpy(megabyte, "3 0 5 volume: 1", 15);
	ok(parse(megabyte, 1 << 20, &read, &fault) == AC_TEXT_EXPECTED,
	   "a megabyte of commas is no tariff");
	free(read);
	free(megabyte);
	free(none);
	property(text_and_bytes_round_trip, 10000,
			 "parse undoes format, bit for bit");
}

/* ---- bytes ---- */

static ac_status
decode(const uint8_t *bytes, size_t len, ac_tariff_state **state,
	   ac_fault *fault)
{
	uint8_t    *copy = exact_copy(bytes, len);
	int			count = 0;
	ac_status	status = ac_tariff_state_bytes_tiers(copy, len, &count, fault);
	size_t		size = sizeof(ac_tariff_state) +
	ac_tariff_size(status == AC_OK ? count : 0);

	*state = malloc(size);
	if (*state == NULL)
		abort();
	memset(*state, 'x', size);
	memset((*state)->header, 0, sizeof((*state)->header));
	if (status == AC_OK)
		status = ac_tariff_state_decode(copy, len, *state, fault);
	else if (ac_tariff_state_decode(copy, len, *state, fault) != status)
		status = AC_OK;			/* the two must agree */
	free(copy);
	return status;
}

/* The bytes of a state in memory of exactly their size.  To be freed. */
static uint8_t *
bytes_of(const ac_tariff_state *state, size_t *len)
{
	uint8_t    *bytes;

	*len = AC_TARIFF_STATE_BYTES;
	if (state->rows > 0)
		*len += AC_TARIFF_BYTES(ac_tariff_state_tariff(state)->count);
	bytes = malloc(*len);
	if (bytes == NULL)
		abort();
	ac_tariff_state_encode(state, bytes);
	return bytes;
}

static bool
decode_undoes_encode(void)
{
	ac_tariff_state *state = sample_state_of_rows();
	ac_tariff_state *back;
	ac_fault	fault;
	size_t		len;
	uint8_t    *bytes = bytes_of(state, &len);
	bool		same = decode(bytes, len, &back, &fault) == AC_OK &&
	same_state(state, back);

	free(bytes);
	free(back);
	free(state);
	return same;
}

/* Are these bytes refused, or just those that the state is written as? */
static bool
kept_or_refused(const uint8_t *bytes, size_t len)
{
	ac_tariff_state *state;
	ac_fault	fault;
	bool		right = true;

	if (decode(bytes, len, &state, &fault) == AC_OK)
	{
		size_t		again_len;
		uint8_t    *again = bytes_of(state, &again_len);

		right = again_len == len && memcmp(bytes, again, len) == 0;
		free(again);
	}
	free(state);
	return right;
}

static bool
changed_bytes_are_kept_or_refused(void)
{
	ac_tariff_state *state = sample_state_of_rows();
	size_t		len;
	uint8_t    *bytes = bytes_of(state, &len);
	bool		right;

	bytes[sample_below(sample_below(2) ? AC_TARIFF_STATE_BYTES
					   : (int) len)] ^=
		(uint8_t) (1 + sample_below(255));
	right = kept_or_refused(bytes, len);
	free(bytes);
	free(state);
	return right;
}

/* A state of no rows, and what could be taken for a tariff after it. */
static void
test_no_rows(void)
{
	ac_tariff_state *none = state_of("0 2 0");
	ac_tariff_state *state;
	uint8_t		bytes[AC_TARIFF_STATE_BYTES + AC_TARIFF_BYTES(1)] = {0};
	ac_fault	fault;
	ac_tariff  *tariff = tariff_of("volume: 1");
	int			count;

	ac_tariff_state_encode(none, bytes);
	ok(ac_tariff_state_bytes_tiers(bytes, AC_TARIFF_STATE_BYTES, &count,
								   &fault) == AC_OK && count == 0,
	   "no rows need no room for tiers");
	ok(decode(bytes, AC_TARIFF_STATE_BYTES, &state, &fault) == AC_OK &&
	   same_state(state, none), "no rows have no tariff");
	free(state);
	ac_tariff_encode(tariff, bytes + AC_TARIFF_STATE_BYTES);
	is_int(decode(bytes, sizeof(bytes), &state, &fault),
		   AC_BYTES_EMPTY_STATE, "one that follows is refused");
	free(state);
	bytes[AC_TARIFF_STATE_BYTES + 3] = 0;
	is_int(decode(bytes, AC_TARIFF_STATE_BYTES + AC_TARIFF_BYTES(0), &state,
				  &fault), AC_BYTES_EMPTY_STATE,
		   "even one without tiers");
	free(state);
	bytes[40] = 1;
	is_int(decode(bytes, AC_TARIFF_STATE_BYTES, &state, &fault),
		   AC_BYTES_EMPTY_STATE, "and so is a sum");
	free(state);
	free(none);
	free(tariff);
}

static void
test_bytes(void)
{
	ac_tariff_state *state = state_of("258 3 -0.5000000000000000000000000000"
									  "00000007 volume: 1 upto 5, 2");
	uint8_t		expected[AC_TARIFF_STATE_BYTES] = {
		1, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 3,
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		0xf9, 0x0f, 0xa4, 0xa6, 0x2c, 0x4d, 0xff, 0xff,
		0x0d, 0xe0, 0xb6, 0xb3, 0xa7, 0x63, 0xff, 0xf9
	};
	uint8_t		tariff[AC_TARIFF_BYTES(2)];
	uint8_t		longer[AC_TARIFF_STATE_BYTES + AC_TARIFF_BYTES(4)] = {0};
	size_t		len;
	size_t		i;
	uint8_t    *bytes = bytes_of(state, &len);
	ac_tariff_state *back;
	ac_fault	fault;
	bool		refused = true;

	ac_tariff_encode(ac_tariff_state_tariff(state), tariff);
	ok(len == sizeof(expected) + sizeof(tariff) &&
	   memcmp(bytes, expected, sizeof(expected)) == 0 &&
	   memcmp(bytes + sizeof(expected), tariff, sizeof(tariff)) == 0,
	   "version, rows, unpriced rows, the sum, and the bytes of the tariff");
	memcpy(longer, bytes, len);
	for (i = 0; i <= sizeof(longer); i++)
		if (i != len)
		{
			refused = refused &&
				decode(longer, i, &back, &fault) == AC_BYTES_LENGTH;
			free(back);
		}
	ok(refused, "any other number of bytes is refused");

	bytes[0] = 2;
	ok(decode(bytes, len, &back, &fault) == AC_BYTES_VERSION &&
	   fault.number[0] == 2 && fault.number[1] == 1,
	   "a later version is refused");
	free(back);
	bytes[0] = 1;
	bytes[1] = 0x80;
	ok(decode(bytes, len, &back, &fault) == AC_BYTES_COUNT &&
	   fault.number[0] < 0, "a negative count is refused");
	free(back);
	bytes[1] = 0;
	bytes[9] = 0xff;
	ok(decode(bytes, len, &back, &fault) == AC_BYTES_COUNT &&
	   fault.number[0] < 0, "a second is, too");
	free(back);
	bytes[9] = 0;
	memcpy(bytes + 33, "\x0d\xe0\xb6\xb3\xa7\x64\0\0", 8);
	is_int(decode(bytes, len, &back, &fault), AC_BYTES_QUANTITY,
		   "what is left of a unit is less than one");
	free(back);
	bytes[33] = 0xff;
	is_int(decode(bytes, len, &back, &fault), AC_BYTES_QUANTITY,
		   "and not below 0");
	free(back);
	bytes[33] = 0;
	bytes[AC_TARIFF_STATE_BYTES + 1] = 3;
	is_int(decode(bytes, len, &back, &fault), AC_BYTES_MODE,
		   "a tariff is read as a value is");
	free(back);
	free(bytes);
	free(state);
	property(decode_undoes_encode, 10000, "decode undoes encode, bit for bit");
	property(changed_bytes_are_kept_or_refused, 30000,
			 "a changed byte is refused or written again as it is");
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
	test_text();
	test_no_rows();
	test_bytes();
	return tap_done();
}
