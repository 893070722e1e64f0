/*
 * usage.c
 *	  What records of usage have in common that have the same prices.
 */
#include "core/usage.h"

#include "core/calendar.h"

#define WEEK_SECONDS	INT64_C(604800)

/* Dates are counted from 2000-01-01, five days after a Monday. */
#define MONDAY_SECONDS	INT64_C(432000)
#define MICROSECONDS	INT64_C(1000000)

/* Count the limits that are passed or reached. */
static int
passed(ac_limits limits, int64_t value)
{
	int			low = 0;
	int			high = limits.count;

	while (low < high)
	{
		int			middle = low + (high - low) / 2;

		if (limits.at[middle] <= value)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int
ac_limits_passed(ac_limits limits, ac_maybe value)
{
	return value.known ? passed(limits, value.value) : 0;
}

/* A correction of one request is one, too. */
static bool
is_one_request(const ac_usage_record *record)
{
	return record->requests.known
		&& (record->requests.value == 1 || record->requests.value == -1);
}

static bool
uses_tokens(const ac_usage_record *record)
{
	int			i;

	for (i = 0; i < AC_USAGE_TOKENS; i++)
		if (record->tokens[i].known && record->tokens[i].value != 0)
			return true;
	return false;
}

/* Limits come from a catalog: one that is no second of a week is at its end. */
static int64_t
second_of_week(int64_t limit)
{
	if (limit < 0)
		return 0;
	return limit < WEEK_SECONDS ? limit : WEEK_SECONDS;
}

/*
 * The window of the week in UTC that a period lies in, limits in seconds.  The
 * last window lasts to the first limit of the next week.  A period that ends
 * with its window is in it.
 */
static int
window_of_period(int64_t start, int64_t end, ac_limits windows)
{
	const int64_t week = WEEK_SECONDS * MICROSECONDS;
	int64_t		of_week;
	int64_t		next;
	int			window;

	of_week = start % week + MONDAY_SECONDS * MICROSECONDS;
	of_week = (of_week % week + week) % week;
	window = passed(windows, of_week / MICROSECONDS);
	if (window == windows.count)
		next = second_of_week(windows.at[0]) + WEEK_SECONDS;
	else
		next = second_of_week(windows.at[window]);
	if (end > start && (uint64_t) end - (uint64_t) start
		> (uint64_t) (next * MICROSECONDS - of_week))
		return AC_USAGE_NO_WINDOW;
	return window == 0 ? windows.count : window;
}

/*
 * The window that a record lies in.  One request without an end is a moment;
 * several may have come at any time.
 */
int
ac_usage_window(const ac_usage_record *record, ac_limits windows)
{
	if (windows.count == 0 || !record->start.known)
		return 0;
	if (!record->end.known && !is_one_request(record))
		return AC_USAGE_NO_WINDOW;
	return window_of_period(record->start.value,
							record->end.known ? record->end.value
							: record->start.value, windows);
}

/* The sum of the known ones of n numbers of tokens. */
ac_int128
ac_usage_token_sum(const ac_maybe *tokens, int n)
{
	ac_int128	sum = 0;
	int			i;

	for (i = 0; i < n; i++)
		if (tokens[i].known)
			sum += tokens[i].value;
	return sum;
}

/* Add AC_USAGE_COUNTS numbers; those that are not known are left out. */
void
ac_usage_sums_add(ac_usage_sums *sums, const ac_maybe *count)
{
	int			i;

	for (i = 0; i < AC_USAGE_COUNTS; i++)
		if (count[i].known)
		{
			sums->sum[i] += (ac_uint128) (ac_int128) count[i].value;
			sums->known |= UINT64_C(1) << i;
		}
}

void
ac_usage_sums_merge(ac_usage_sums *sums, const ac_usage_sums *other)
{
	int			i;

	for (i = 0; i < AC_USAGE_COUNTS; i++)
		sums->sum[i] += other->sum[i];
	sums->known |= other->known;
}

/*
 * Return the size class of the largest possible request in the record: at most
 * the stated size, and at most the sum of its requests.  A correction has the
 * size of what it deducts.
 */
static int
size_of(const ac_usage_record *record, ac_limits sizes)
{
	ac_int128	sum;
	int			i;

	if (sizes.count == 0)
		return 0;
	for (i = 0; i < AC_USAGE_INPUTS; i++)
		if (!record->tokens[i].known)
			return 0;
	sum = ac_usage_token_sum(record->tokens, AC_USAGE_INPUTS);
	if (sum < 0)
		sum = -sum;
	if (record->max_request.known && record->max_request.value < sum)
		sum = record->max_request.value;
	return passed(sizes, sum > INT64_MAX ? INT64_MAX : (int64_t) sum);
}

/*
 * The class of a record: flags, and how many limits of each sort it has passed.
 * Sizes are numbers of input tokens, and windows seconds of the week from
 * Monday; there are no more of them than AC_USAGE_SIZE_MAX and its like.
 */
int64_t
ac_price_class(const ac_usage_record *record, ac_limits sizes,
			   ac_limits windows)
{
	int64_t		flags = 0;
	int			i;

	if (record->uses_transfer)
		flags |= AC_USES_TRANSFER;
	if (record->uses_storage)
		flags |= AC_USES_STORAGE;
	if (record->uses_energy)
		flags |= AC_USES_ENERGY;

	for (i = 0; i < AC_USAGE_TOKENS; i++)
		if (!record->tokens[i].known)
			flags |= AC_TOKENS_UNKNOWN;
	if (record->by_hours)
	{
		flags |= AC_BY_HOURS;
		if (!record->hours_known)
			flags |= AC_HOURS_UNKNOWN;
		else if (record->uses_hours)
			flags |= AC_USES_HOURS;
		else if (uses_tokens(record))
			flags |= AC_USES_TOKENS;
		if (record->is_session)
			flags |= AC_IS_SESSION;
		return flags;
	}

	for (i = 0; i < AC_USAGE_TOKENS; i++)
		if (record->tokens[i].known && record->tokens[i].value != 0)
			flags |= (int64_t) AC_USES_TOKENS << i;
	if (is_one_request(record))
		flags |= AC_IS_ONE_REQUEST;
	if (record->requests.known && record->requests.value != 0)
		flags |= AC_USES_REQUESTS;
	flags |= (int64_t) size_of(record, sizes) << AC_USAGE_SIZE_SHIFT;
	flags |= (int64_t) ac_usage_window(record, windows) << AC_USAGE_WINDOW_SHIFT;
	return flags;
}

/*
 * Test whether prices or the month in UTC may change within a period: an era,
 * a month or a window of the week begins after its start and before its end.
 */
bool
ac_usage_spans(ac_maybe start, ac_maybe end, ac_limits eras,
			   ac_limits windows)
{
	int64_t		last;
	int64_t		day;
	int64_t		last_day;

	if (!start.known || !end.known || end.value <= start.value
		|| start.value == INT64_MIN)
		return false;
	if (end.value == INT64_MAX)
		return true;
	last = end.value - 1;
	day = ac_day_of_time(start.value);
	last_day = ac_day_of_time(last);
	return passed(eras, start.value) != passed(eras, last)
		|| (day != last_day
			&& ac_month_of_day(day) != ac_month_of_day(last_day))
		|| (windows.count > 0
			&& window_of_period(start.value, end.value, windows)
			== AC_USAGE_NO_WINDOW);
}

/* The parts of a class that ac_price_class() gave. */
ac_class_parts
ac_price_class_parts(int64_t price_class)
{
	ac_class_parts parts;

	parts.flags = (int) (price_class & ((1 << AC_USAGE_SIZE_SHIFT) - 1));
	parts.size = (int) (price_class >> AC_USAGE_SIZE_SHIFT & AC_USAGE_SIZE_MAX);
	parts.window = (int) (price_class >> AC_USAGE_WINDOW_SHIFT &
						  AC_USAGE_NO_WINDOW);
	parts.size_to = (int) (price_class >> AC_USAGE_SIZE_TO_SHIFT &
						   AC_USAGE_SIZE_MAX);
	if (parts.size_to < parts.size)
		parts.size_to = parts.size;
	parts.has_window = parts.window != AC_USAGE_NO_WINDOW;
	return parts;
}
