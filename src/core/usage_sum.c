/*
 * usage_sum.c
 *	  The key of a sum of usage records, and the key of their prices.
 */
#include "core/usage_sum.h"

/* From here on, 294276-12-01, no time begins the month after it. */
#define LAST_MONTH		INT64_C(9223368652800000000)

/*
 * Input tokens from which a request is in the next bucket: the thresholds that
 * sellers use, for prices of requests of so many tokens and of more.  Stored
 * keys count these numbers: to change one, recompute all rollups.
 */
#define FROM_AND_ABOVE(n)	INT64_C(n), INT64_C(n) + 1
static const int64_t sizes[] = {
	FROM_AND_ABOVE(16000), FROM_AND_ABOVE(16384),
	FROM_AND_ABOVE(32000), FROM_AND_ABOVE(32768),
	FROM_AND_ABOVE(64000), FROM_AND_ABOVE(65536),
	FROM_AND_ABOVE(100000), FROM_AND_ABOVE(128000), FROM_AND_ABOVE(131072),
	FROM_AND_ABOVE(200000), FROM_AND_ABOVE(256000), FROM_AND_ABOVE(262144),
	FROM_AND_ABOVE(272000), FROM_AND_ABOVE(400000),
	FROM_AND_ABOVE(500000), FROM_AND_ABOVE(512000), FROM_AND_ABOVE(524288),
	FROM_AND_ABOVE(1000000), FROM_AND_ABOVE(1048576), FROM_AND_ABOVE(2000000)
};

/* Any kind of input tokens is unknown; before these is the mark of requests. */
#define INPUTS_LACK \
	((uint32_t) AC_SUM_LACKS * (((1 << AC_USAGE_INPUTS) - 1) << 1))

#define SIZES	((int) (sizeof(sizes) / sizeof(sizes[0])))

static const ac_limits fixed_sizes = {sizes, SIZES};
static const ac_limits no_limits = {NULL, 0};

/*
 * The period of the sum that a record is in, for buckets of grain microseconds.
 * A session, and a record that ends after its bucket, stay alone: their price
 * depends on their own times.
 */
ac_sum_period
ac_usage_sum_period(ac_maybe start, ac_maybe end, bool is_session,
					int64_t grain)
{
	ac_sum_period period = {start, end, true};
	int64_t		rest;
	int64_t		first;

	if (!start.known || start.value < AC_FIRST_MONTH
		|| start.value >= LAST_MONTH || is_session)
		return period;
	rest = start.value % grain;
	first = start.value - (rest < 0 ? rest + grain : rest);
	if (end.known && end.value > first + grain)
		return period;
	period.start.value = first;
	period.end.known = true;
	period.end.value = first + grain;
	period.is_record = false;
	return period;
}

/*
 * Complete the key of a sum, of which the caller has set the texts and the term.
 * Bit i of lacks says that quantity i is unknown.
 */
void
ac_usage_sum_key(const ac_usage_record *record, bool is_record,
				 uint32_t lacks, ac_usage_key *key)
{
	const ac_price_limits limits = {.sizes = fixed_sizes};
	const ac_maybe unknown = {false, 0};

	ac_usage_key_of(record, &limits, key, NULL);
	key->month = key->era = key->span_from = key->span_to = key->day = unknown;
	key->marks &= ~(uint32_t) AC_IS_OVER_DAYS;
	if (is_record)
		key->marks |= AC_SUM_IS_RECORD;
	if (record->end.known)
		key->marks |= AC_SUM_HAS_END;
	if (record->requests.known && record->requests.value != 0)
		key->marks |= AC_SUM_HAS_REQUESTS;
	key->marks |= lacks * (uint32_t) AC_SUM_LACKS;
}

/* The bounds of the size of the requests in a sum: low, and below high. */
static bool
size_bounds(const ac_usage_key *key, ac_maybe *low, ac_maybe *high)
{
	int			size = ac_price_class_parts(key->price_class).size;

	if (size > SIZES)
		return false;
	low->known = size > 0;
	low->value = size > 0 ? sizes[size - 1] : 0;
	high->known = size < SIZES;
	high->value = size < SIZES ? sizes[size] : 0;
	return true;
}

/* The class of the records at the limits of the catalog. */
static bool
set_class(const ac_usage_record *record, ac_limits catalog_sizes,
		  ac_limits windows, ac_usage_key *key)
{
	int64_t		flags = ac_price_class_parts(key->price_class).flags;
	ac_maybe	low;
	ac_maybe	high;
	int			from;
	int			to;

	if (!size_bounds(key, &low, &high))
		return false;
	key->price_class = flags;
	if (flags & AC_BY_HOURS)
		return true;
	from = low.known ? ac_limits_passed(catalog_sizes, low) : 0;
	to = catalog_sizes.count;
	if (high.known)
	{
		high.value--;
		to = ac_limits_passed(catalog_sizes, high);
	}
	/* The size of requests of unknown input counts as the least. */
	if (key->marks & INPUTS_LACK)
		from = to = 0;
	key->price_class |= (int64_t) from << AC_USAGE_SIZE_SHIFT;
	if (to > from)
		key->price_class |= (int64_t) to << AC_USAGE_SIZE_TO_SHIFT;
	key->price_class |= (int64_t) ac_usage_window(record, windows)
		<< AC_USAGE_WINDOW_SHIFT;
	return true;
}

/*
 * Turn the key of a sum into the key of its records at the prices of the
 * catalog, which differs from that of each record only where the catalog has a
 * limit within the bucket.  False if it is no key of a sum.
 */
bool
ac_usage_sum_price_key(const ac_price_limits *limits, ac_maybe start,
					   ac_maybe end, bool counts_days,
					   bool counts_request_days, ac_usage_key *key,
					   ac_poll poll)
{
	const uint32_t marks = key->marks;
	bool		is_record = (marks & AC_SUM_IS_RECORD) != 0;
	bool		is_one = (key->price_class & AC_IS_ONE_REQUEST) != 0;
	ac_usage_record record = {.by_hours = false};
	ac_eras		eras = ac_eras_of(limits, key->text[AC_KEY_PROVIDER],
								  key->text[AC_KEY_MODEL], poll);
	ac_limits	windows = eras.has_windows ? limits->windows : no_limits;

	record.start = start;
	record.end = end;
	record.counts_days = counts_days
		|| (counts_request_days && (marks & AC_SUM_HAS_REQUESTS) != 0);
	record.requests.known = is_one;
	record.requests.value = 1;
	if (is_record)
		record.end.known = (marks & AC_SUM_HAS_END) != 0 && end.known;
	/* Several requests without an end may have come at any time. */
	else if ((marks & AC_SUM_HAS_END) == 0 && !is_one)
		record.end.known = false;
	if (!set_class(&record, limits->sizes, windows, key))
		return false;
	key->marks &= AC_LACKS_TRANSFER | AC_LACKS_STORAGE | AC_LACKS_QUANTITY;
	ac_usage_key_set_times(&record, &eras, windows, key);
	/* Prices may change between such requests, too. */
	if (!is_record && !record.end.known)
	{
		record.end = end;
		if (ac_usage_key_spans(key, start, end, &eras, no_limits))
		{
			key->span_from = start;
			key->span_to = end;
		}
	}
	if (key->span_from.known)
		key->marks |= is_record ? marks & AC_IS_ESTIMATE : AC_IS_SUM;
	return true;
}

/* The most input tokens of a request in a sum; unknown if there is no bound. */
ac_maybe
ac_usage_sum_size(const ac_usage_key *key)
{
	ac_maybe	low;
	ac_maybe	high = {false, 0};

	if ((key->price_class & AC_BY_HOURS) != 0 || (key->marks & INPUTS_LACK) != 0
		|| !size_bounds(key, &low, &high))
		high.known = false;
	high.value--;
	return high;
}
