/*
 * fuzz_usage.c
 *	  A class holds the facts of its record that prices depend on, each
 *	  established by its rule in usage.h, and nothing else.
 *
 * An input is two records, then three lists of limits; what is missing is zero.
 */
#include "core/usage.h"

#include "core/wide.h"
#include "fuzz.h"

#define LIMITS_MAX		6
#define WEEK_SECONDS	604800
#define MONDAY_SECONDS	(2 * 86400) /* 2000-01-03 */
#define MICROSECONDS	1000000

/* Bits of a record's flags, then those that say which numbers are known. */
enum
{
	BY_HOURS, HOURS_KNOWN, HOURS, TRANSFER, STORAGE, ENERGY, SESSION,
	START, END, REQUESTS, MAX_REQUEST, TOKENS
};

typedef struct record_input
{
	uint64_t	bits;
	int64_t		start;
	int64_t		end;
	int64_t		requests;
	int64_t		max_request;
	int64_t		tokens[AC_USAGE_TOKENS];
} record_input;

typedef struct limits_input
{
	uint64_t	count;
	int64_t		at[LIMITS_MAX];
} limits_input;

typedef struct input
{
	record_input record[2];
	limits_input eras;
	limits_input sizes;
	limits_input windows;
} input;

/* What a class holds. */
typedef struct facts
{
	int64_t		flags;
	int64_t		size;
	int64_t		window;
} facts;

static bool
bit(const record_input *in, int n)
{
	return in->bits >> n & 1;
}

static ac_usage_record
record_of(const record_input *in)
{
	ac_usage_record record = {
		.start = {bit(in, START), in->start},
		.end = {bit(in, END), in->end},
		.by_hours = bit(in, BY_HOURS),
		.hours_known = bit(in, HOURS_KNOWN),
		.uses_hours = bit(in, HOURS),
		.uses_transfer = bit(in, TRANSFER),
		.uses_storage = bit(in, STORAGE),
		.uses_energy = bit(in, ENERGY),
		.is_session = bit(in, SESSION),
		.requests = {bit(in, REQUESTS), in->requests},
		.max_request = {bit(in, MAX_REQUEST), in->max_request}
	};
	int			i;

	for (i = 0; i < AC_USAGE_TOKENS; i++)
	{
		record.tokens[i].known = bit(in, TOKENS + i);
		record.tokens[i].value = in->tokens[i];
	}
	return record;
}

/* In rising order, in memory of exactly their size. */
static ac_limits
limits_of(const limits_input *in, int64_t modulus)
{
	ac_limits	limits;
	int64_t    *at;
	int			i;

	limits.count = (int) (in->count % (LIMITS_MAX + 1));
	at = malloc(sizeof(*at) * (size_t) limits.count);
	for (i = 0; i < limits.count; i++)
	{
		int64_t		value = in->at[i];
		int			j;

		if (modulus > 0)
			value = (value % modulus + modulus) % modulus;
		for (j = i; j > 0 && at[j - 1] > value; j--)
			at[j] = at[j - 1];
		at[j] = value;
	}
	limits.at = at;
	return limits;
}

static int
passed(ac_limits limits, ac_int128 value)
{
	int			count = 0;
	int			i;

	for (i = 0; i < limits.count; i++)
		count += limits.at[i] <= value;
	return count;
}

static int
size_of(const ac_usage_record *record, ac_limits sizes)
{
	ac_int128	sum = 0;
	int			i;

	for (i = 0; i < AC_USAGE_INPUTS; i++)
	{
		if (!record->tokens[i].known)
			return 0;
		sum += record->tokens[i].value;
	}
	sum = sum < 0 ? -sum : sum;
	if (record->max_request.known && record->max_request.value < sum)
		sum = record->max_request.value;
	return passed(sizes, sum);
}

static int
window_of(const ac_usage_record *record, ac_limits windows)
{
	const ac_int128 week = (ac_int128) WEEK_SECONDS * MICROSECONDS;
	ac_int128	of_week;
	ac_int128	close;
	int			i;

	if (windows.count == 0 || !record->start.known)
		return 0;
	if (!record->end.known
		&& (!record->requests.known || (record->requests.value != 1
										&& record->requests.value != -1)))
		return AC_USAGE_NO_WINDOW;
	of_week = ((record->start.value
				- (ac_int128) MONDAY_SECONDS * MICROSECONDS) % week
			   + week) % week;
	close = week + (ac_int128) windows.at[0] * MICROSECONDS;
	for (i = windows.count - 1; i >= 0; i--)
		if ((ac_int128) windows.at[i] * MICROSECONDS > of_week)
			close = (ac_int128) windows.at[i] * MICROSECONDS;
	if (record->end.known && record->end.value > record->start.value
		&& of_week + record->end.value - record->start.value > close)
		return AC_USAGE_NO_WINDOW;

	/* The week begins in the last window of the week before. */
	i = passed(windows, of_week / MICROSECONDS);
	return i == 0 ? windows.count : i;
}

static facts
facts_of(const ac_usage_record *record, ac_limits sizes, ac_limits windows)
{
	facts		found = {0};
	int64_t		unknown = 0;
	int64_t		used = 0;
	int			i;

	for (i = 0; i < AC_USAGE_TOKENS; i++)
	{
		if (!record->tokens[i].known)
			unknown = AC_TOKENS_UNKNOWN;
		else if (record->tokens[i].value != 0)
			used |= (int64_t) AC_USES_TOKENS << i;
	}
	found.flags = unknown
		| (record->uses_transfer ? AC_USES_TRANSFER : 0)
		| (record->uses_storage ? AC_USES_STORAGE : 0)
		| (record->uses_energy ? AC_USES_ENERGY : 0);
	if (record->by_hours)
	{
		found.flags |= AC_BY_HOURS
			| (record->hours_known ? 0 : AC_HOURS_UNKNOWN)
			| (record->hours_known && record->uses_hours ? AC_USES_HOURS : 0)
			| (record->hours_known && !record->uses_hours && used != 0
			   ? AC_USES_TOKENS : 0)
			| (record->is_session ? AC_IS_SESSION : 0);
		return found;
	}
	found.flags |= used;
	if (record->requests.known
		&& (record->requests.value == 1 || record->requests.value == -1))
		found.flags |= AC_IS_ONE_REQUEST;
	if (record->requests.known && record->requests.value != 0)
		found.flags |= AC_USES_REQUESTS;
	found.size = size_of(record, sizes);
	found.window = window_of(record, windows);
	return found;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	input		in = {0};
	ac_limits	eras,
				sizes,
				windows;
	facts		expected[2];
	int64_t		class[2];
	int			i;

	memcpy(&in, data, size < sizeof(in) ? size : sizeof(in));
	eras = limits_of(&in.eras, 0);
	sizes = limits_of(&in.sizes, 0);
	windows = limits_of(&in.windows, WEEK_SECONDS);
	for (i = 0; i < 2; i++)
	{
		ac_usage_record record = record_of(&in.record[i]);
		facts		found;

		class[i] = ac_price_class(&record, sizes, windows);
		expected[i] = facts_of(&record, sizes, windows);
		found.flags = class[i] & ((1 << AC_USAGE_SIZE_SHIFT) - 1);
		found.size = class[i] >> AC_USAGE_SIZE_SHIFT & AC_USAGE_SIZE_MAX;
		found.window = class[i] >> AC_USAGE_WINDOW_SHIFT & AC_USAGE_NO_WINDOW;
		REQUIRE(ac_limits_passed(eras, record.start)
				== (record.start.known ? passed(eras, record.start.value) : 0));
		REQUIRE(memcmp(&found, &expected[i], sizeof(found)) == 0);
	}
	REQUIRE((class[0] == class[1]) ==
			(memcmp(&expected[0], &expected[1], sizeof(facts)) == 0));
	free((void *) eras.at);
	free((void *) sizes.at);
	free((void *) windows.at);
	return 0;
}
