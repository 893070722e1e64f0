/*
 * usage.c
 *	  Records of one class have the same prices: what they use, and which
 *	  limits they have passed, against a count of the limits one by one.
 */
#include "core/usage.h"

#include "sample.h"

#define DAY		INT64_C(86400000000)
#define HOUR	INT64_C(3600000000)

/* 2000-01-03 */
#define MONDAY	(2 * DAY)

static const int64_t era_at[] = {-DAY, 0, 10 * DAY, 20 * DAY};
static const int64_t size_at[] = {128001, 200000, 200001};

/* Every day from 00:30 to 16:30, but not on Sunday; 2000-01-01 was a Saturday. */
static const int64_t window_at[] = {
	1800, 59400, 88200, 145800, 174600, 232200, 261000, 318600, 347400, 405000,
	433800, 491400
};
static const ac_limits eras = {era_at, 4};
static const ac_limits sizes = {size_at, 3};
static const ac_limits windows = {window_at, 12};

static ac_usage_record
record_at(int64_t start)
{
	ac_usage_record record = {.start = {true, start}};

	for (int i = 0; i < AC_USAGE_TOKENS; i++)
		record.tokens[i].known = true;
	return record;
}

static int64_t
class_of(ac_usage_record record)
{
	return ac_price_class(&record, sizes, windows);
}

static int64_t
flags_of(ac_usage_record record)
{
	return class_of(record) & ((1 << AC_USAGE_SIZE_SHIFT) - 1);
}

static int64_t
era_of(int64_t start)
{
	ac_maybe	at = {true, start};

	return ac_limits_passed(eras, at);
}

static int64_t
size_of(ac_usage_record record)
{
	return class_of(record) >> AC_USAGE_SIZE_SHIFT & AC_USAGE_SIZE_MAX;
}

static int64_t
window_of(int64_t start, int64_t length)
{
	ac_usage_record record = record_at(start);

	record.requests.known = true;
	record.requests.value = 1;
	record.end.known = length >= 0;
	record.end.value = start + length;
	return class_of(record) >> AC_USAGE_WINDOW_SHIFT & AC_USAGE_NO_WINDOW;
}

/* A record of one request with so many tokens of input, in two parts. */
static ac_usage_record
request(int64_t uncached, int64_t cached)
{
	ac_usage_record record = record_at(0);

	record.tokens[0].value = uncached;
	record.tokens[1].value = cached;
	return record;
}

static bool
limits_are_counted(void)
{
	int64_t		at[40];
	int64_t		value = sample_below(200) - 100;
	int64_t		count = 0;
	int			n = sample_below(40);
	ac_maybe	passing = {true, value};
	ac_limits	limits;

	for (int i = 0; i < n; i++)
		at[i] = (i == 0 ? -100 : at[i - 1] + 1) + sample_below(8);
	for (int i = 0; i < n; i++)
		count += at[i] <= value;
	limits.at = at;
	limits.count = n;
	return ac_limits_passed(limits, passing) == count;
}

/* A moment's window is that of its second of the week, in any year. */
static bool
windows_are_of_the_week(void)
{
	int64_t		week = sample_below(60000) - 30000;
	int64_t		weekday = sample_below(7);
	int64_t		second = sample_below(86400);
	int64_t		window = weekday < 6
	? weekday * 2 + (second >= 1800) + (second >= 59400) : 12;

	return window_of(MONDAY + (week * 7 + weekday) * DAY + second * 1000000
					 + sample_below(1000000), -1)
		== (window == 0 ? 12 : window);
}

static void
test_flags(void)
{
	ac_usage_record hours = record_at(0);
	ac_usage_record tokens = record_at(0);

	is_int(flags_of(tokens), 0, "a record that uses nothing has no bit");
	hours.by_hours = true;
	is_int(flags_of(hours), AC_BY_HOURS | AC_HOURS_UNKNOWN,
		   "hours that are unknown are not 0 hours");
	hours.hours_known = true;
	is_int(flags_of(hours), AC_BY_HOURS, "0 hours use nothing");
	hours.tokens[4].value = 7;
	is_int(flags_of(hours), AC_BY_HOURS | AC_USES_TOKENS,
		   "the tokens of a machine whose hours another record has");
	hours.tokens[4].value = 0;
	hours.uses_hours = hours.is_session = true;
	hours.tokens[4].value = 7;
	is_int(class_of(hours),
		   AC_BY_HOURS | AC_USES_HOURS | AC_IS_SESSION,
		   "tokens do not price a record that is priced by hours");
	hours.tokens[4].known = false;
	is_int(class_of(hours),
		   AC_BY_HOURS | AC_USES_HOURS | AC_IS_SESSION | AC_TOKENS_UNKNOWN,
		   "but it may not be known how many it had");

	tokens.tokens[0].value = 1;
	tokens.tokens[4].value = -1;
	tokens.requests.known = true;
	tokens.requests.value = 1;
	tokens.is_session = true;
	is_int(flags_of(tokens), AC_USES_TOKENS | AC_USES_TOKENS << 4
		   | AC_IS_ONE_REQUEST | AC_USES_REQUESTS,
		   "each kind of tokens that is not 0 is used, a correction too");
	tokens.requests.value = -1;
	is_int(flags_of(tokens) & AC_IS_ONE_REQUEST, AC_IS_ONE_REQUEST,
		   "one request can be taken back");
	tokens.requests.value = 2;
	tokens.tokens[2].known = false;
	is_int(flags_of(tokens), AC_USES_TOKENS | AC_USES_TOKENS << 4
		   | AC_USES_REQUESTS | AC_TOKENS_UNKNOWN,
		   "a count that is unknown is not 0");
	tokens = record_at(0);
	tokens.uses_transfer = tokens.uses_storage = tokens.uses_energy = true;
	is_int(flags_of(tokens),
		   AC_USES_TRANSFER | AC_USES_STORAGE | AC_USES_ENERGY,
		   "transfer, storage and energy are used beside either");
}

static void
test_limits(void)
{
	ac_usage_record big = request(INT64_MAX, INT64_MAX);

	is_int(era_of(-DAY - 1), 0, "before the first era there is none");
	is_int(era_of(-DAY), 1, "an era begins at its limit");
	is_int(era_of(10 * DAY - 1), 2, "and lasts to the next");
	is_int(era_of(INT64_MAX), 4, "the last one lasts for ever");

	is_int(size_of(request(128000, 0)), 0, "a size is reached at its limit");
	is_int(size_of(request(100000, 28001)), 1, "by cached input, too");
	is_int(size_of(request(200001, 0)), 3, "limits that are near are two");
	is_int(size_of(big), 3, "a sum beyond 64 bits is large");
	big.max_request.known = true;
	big.max_request.value = 5;
	is_int(size_of(big), 0, "no request is larger than the largest");
	big = request(5, 0);
	big.max_request.known = true;
	big.max_request.value = INT64_MAX;
	is_int(size_of(big), 0, "nor than all of them together");
	is_int(size_of(request(-300000, 0)), size_of(request(300000, 0)),
		   "a correction is as large as what it takes away");
	is_int(size_of(request(INT64_MIN, INT64_MIN)), 3, "even the largest");
	big = request(INT64_MAX, INT64_MAX);
	big.tokens[2].value = -INT64_MAX;
	is_int(size_of(big), 3, "what is taken away is taken from the whole sum");

}

static void
test_windows(void)
{
	is_int(window_of(MONDAY, -1), 12,
		   "the week begins in the last window of the week before");
	is_int(window_of(MONDAY + HOUR / 2, -1), 1, "a window begins at its limit");
	is_int(window_of(0, -1), 10, "2000 began on a Saturday");
	is_int(window_of(-1, -1), 10, "before it the week is told, too");
	is_int(window_of(MONDAY - DAY + HOUR, -1), 12, "a Sunday is told");
	is_int(window_of(MONDAY + HOUR, 15 * HOUR + HOUR / 2), 1,
		   "a record that ends with its window is in it");
	is_int(window_of(MONDAY + HOUR, 15 * HOUR + HOUR / 2 + 1),
		   AC_USAGE_NO_WINDOW, "one that ends later is in none");
	is_int(window_of(MONDAY + HOUR, -1), 1,
		   "one without an end is a moment, and in its window");
	is_int(window_of(MONDAY + HOUR, 0), 1, "so is one that ends at once");
	is_int(window_of(MONDAY - DAY, DAY + HOUR / 2), 12,
		   "a window lasts over the end of the week");
	is_int(window_of(MONDAY, HOUR / 2), 12, "to the first limit of the next");
	is_int(window_of(MONDAY - DAY, DAY + HOUR / 2 + 1), AC_USAGE_NO_WINDOW,
		   "and a record beyond that is in none");
	is_int(window_of(INT64_MIN, INT64_MAX), AC_USAGE_NO_WINDOW,
		   "the longest record is in none");
}

/* What is no second of a week is never passed. */
static void
test_late_windows(void)
{
	static const int64_t at[] = {604799, INT64_MAX};
	static const int64_t beyond[] = {INT64_MAX, INT64_MAX};
	static const int64_t before[] = {INT64_MIN};
	ac_usage_record record = record_at(MONDAY - 1);
	ac_limits	late = {at, 2};
	ac_limits	none = {NULL, 0};

	record.end.known = true;
	record.end.value = MONDAY;
	is_int(ac_price_class(&record, none, late)
		   >> AC_USAGE_WINDOW_SHIFT & AC_USAGE_NO_WINDOW, 1,
		   "a window that does not end this week ends with it");
	record.end.value++;
	is_int(ac_price_class(&record, none, late)
		   >> AC_USAGE_WINDOW_SHIFT & AC_USAGE_NO_WINDOW, AC_USAGE_NO_WINDOW,
		   "and a record beyond it is in none");
	late.at = beyond;
	is_int(ac_price_class(&record, none, late)
		   >> AC_USAGE_WINDOW_SHIFT & AC_USAGE_NO_WINDOW, AC_USAGE_NO_WINDOW,
		   "also if no limit is in the week");
	late.at = before;
	late.count = 1;
	is_int(ac_price_class(&record, none, late)
		   >> AC_USAGE_WINDOW_SHIFT & AC_USAGE_NO_WINDOW, AC_USAGE_NO_WINDOW,
		   "or one is before it");
}

/* What a class is made of is what it is taken apart into. */
static bool
parts_are_what_was_put_together(void)
{
	int64_t		flags = sample_below(1 << 15);
	int64_t		size = sample_below(AC_USAGE_SIZE_MAX + 1);
	int64_t		window = sample_below(AC_USAGE_NO_WINDOW + 1);
	ac_class_parts parts =
	ac_price_class_parts(flags | size << AC_USAGE_SIZE_SHIFT |
						 window << AC_USAGE_WINDOW_SHIFT);

	return parts.flags == flags && parts.size == size &&
		parts.has_window == (window != AC_USAGE_NO_WINDOW) &&
		parts.window == window;
}

static const ac_limits none = {NULL, 0};

/* A time that is known or not. */
static ac_maybe
time_at(int64_t value, bool known)
{
	ac_maybe	time = {known, value};

	return time;
}

/* A period spans prices if an era or a month begins after its start. */
static bool
spans(int64_t start, int64_t end)
{
	return ac_usage_spans(time_at(start, true), time_at(end, true), eras, none);
}

/* So does one in which a window of the week begins. */
static bool
spans_windows(int64_t start, int64_t end)
{
	return ac_usage_spans(time_at(start, true), time_at(end, true), none,
						  windows);
}

static void
test_spans(void)
{
	ac_usage_record several = record_at(MONDAY);

	ok(!spans(1, 10 * DAY), "a period may end with its era");
	ok(spans(1, 10 * DAY + 1), "and not after it");
	ok(!spans(10 * DAY, 20 * DAY), "a period may begin with its era");
	ok(!spans(21 * DAY, 31 * DAY), "a period may end with its month");
	ok(spans(21 * DAY, 31 * DAY + 1), "and not after it");
	ok(spans(-2 * DAY, -DAY + 1), "before 2000, too");
	ok(!spans(11 * DAY, 11 * DAY) && !spans(11 * DAY, 9 * DAY),
	   "a period without a length spans nothing");
	ok(spans(0, INT64_MAX), "a period without an end spans all");
	ok(!spans(INT64_MIN, 0) && !spans(INT64_MIN, INT64_MAX),
	   "one without a start spans nothing");
	ok(!ac_usage_spans(time_at(0, true), time_at(0, false), eras, windows)
	   && !ac_usage_spans(time_at(0, false), time_at(DAY, true), eras, windows),
	   "nor does one whose time is unknown");
	ok(spans_windows(MONDAY, MONDAY + HOUR)
	   && !spans_windows(MONDAY, MONDAY + HOUR / 2),
	   "a window of the week may begin within a period");

	is_int(class_of(several) >> AC_USAGE_WINDOW_SHIFT & AC_USAGE_NO_WINDOW,
		   AC_USAGE_NO_WINDOW, "requests without an end may be in any window");
	several.requests.known = true;
	several.requests.value = 2;
	is_int(class_of(several) >> AC_USAGE_WINDOW_SHIFT & AC_USAGE_NO_WINDOW,
		   AC_USAGE_NO_WINDOW, "if there are several");
	several.requests.value = -1;
	is_int(class_of(several) >> AC_USAGE_WINDOW_SHIFT & AC_USAGE_NO_WINDOW,
		   12, "one request, or its correction, is a moment");
}

static void
test_sums(void)
{
	ac_usage_sums sums = {.known = 0};
	ac_usage_sums other = {.known = 0};
	ac_maybe	count[AC_USAGE_COUNTS] = {{true, INT64_MAX}, {true, -3}};

	ac_usage_sums_add(&sums, count);
	ac_usage_sums_add(&other, count);
	count[1].known = false;
	ac_usage_sums_add(&other, count);
	ac_usage_sums_merge(&sums, &other);
	ok((ac_int128) sums.sum[0] == (ac_int128) INT64_MAX * 3,
	   "sums are wider than what is added");
	ok((ac_int128) sums.sum[1] == -6, "corrections are deducted");
	is_int((int64_t) sums.known, 3, "what was never known is unknown");
	ok(ac_usage_token_sum(count, 2) == INT64_MAX,
	   "what is unknown is left out of a sum");
}

int
main(void)
{
	test_sums();
	test_flags();
	test_late_windows();
	test_limits();
	test_spans();
	test_windows();
	property(limits_are_counted, 50000, "a limit is passed when it is reached");
	property(windows_are_of_the_week, 50000, "a window is that of the second");
	property(parts_are_what_was_put_together, 50000,
			 "a class is taken apart into what it was made of");
	return tap_done();
}
