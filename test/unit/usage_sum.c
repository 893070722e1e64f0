/*
 * usage_sum.c
 *	  The key of a sum: that its records have the key of their prices.
 */
#include "core/usage_sum.h"

#include "price_lists.h"
#include "sample.h"

#define HOUR	INT64_C(3600000000)
#define DAY		(24 * HOUR)

static ac_maybe
known(int64_t value)
{
	ac_maybe	maybe = {true, value};

	return maybe;
}

static ac_sum_period
period_of(int64_t start, int64_t end)
{
	return ac_usage_sum_period(known(start), known(end), false, DAY);
}

static void
test_periods(void)
{
	ac_maybe	unknown = {false, 0};
	ac_sum_period period = period_of(-HOUR, -HOUR / 2);

	ok(!period.is_record && period.start.value == -DAY && period.end.value == 0,
	   "a record is in the sum of its day, also before 2000");
	ok(!period_of(HOUR, DAY).is_record, "it may end with its day");
	period = period_of(HOUR, DAY + 1);
	ok(period.is_record && period.start.value == HOUR
	   && period.end.value == DAY + 1, "but not after it");
	ok(period_of(HOUR, INT64_MAX).is_record, "nor never");
	ok(!period_of(HOUR, INT64_MIN).is_record, "it may end before it begins");
	ok(period_of(INT64_MIN, 0).is_record, "a time without a month is kept");
	ok(period_of(INT64_MAX, 0).is_record, "so is the end of time");
	ok(period_of(AC_FIRST_MONTH - 1, 0).is_record, "and one before months");
	period = ac_usage_sum_period(unknown, unknown, false, DAY);
	ok(period.is_record && !period.start.known, "and none");
	period = ac_usage_sum_period(known(HOUR), unknown, true, DAY);
	ok(period.is_record && !period.end.known, "and that of a session");
	period = ac_usage_sum_period(known(HOUR), unknown, false, HOUR);
	ok(!period.is_record && period.end.value == 2 * HOUR,
	   "a moment is in the sum of its hour");
}

/*
 * A catalog: sizes, windows, and a provider "a" with times at which its prices
 * change: those of each use, and of a model "m" that it sells.
 */
typedef struct catalog
{
	int64_t		value[64];
	ac_price_limits limits;
} catalog;

#define LISTS	(AC_PRICE_USES + 1)
#define ERAS	2

static void
set_list_hashes(int64_t *hash)
{
	int			i;

	for (i = 0; i < AC_PRICE_USES; i++)
		hash[i] = list_hash("a", i);
	hash[i] = ac_usage_pair_hash(hash[AC_PRICE_TOKENS], hash_of("m"));
	sort_hashes(hash, LISTS);
}

static void
fill_catalog(catalog *c, int64_t step, int64_t size)
{
	int64_t    *next = c->value;
	int64_t		second = (1 + sample_below(100)) * step / 1000000;
	int			i;

	*next++ = 2;
	*next++ = 2;
	*next++ = 0;
	*next++ = 0;
	*next++ = LISTS;
	*next++ = size;
	*next++ = 272001;
	*next++ = second;
	*next++ = second + step / 1000000;
	set_list_hashes(next);
	next += LISTS;
	for (i = 1; i <= LISTS; i++)
		*next++ = 2 * ERAS * i + sample_below(2);
	for (i = 0; i < LISTS * ERAS; i++)
		*next++ = (10 + 40 * (i % ERAS) + sample_below(40)) * step;
	ac_price_limits_read(c->value, (int) (next - c->value), &c->limits);
}

/* A list that is not found would be the same for records and their sums. */
static void
test_catalog(void)
{
	const ac_key_string provider = {"a", 1};
	const ac_key_string model = {"m", 1};
	catalog		c;

	fill_catalog(&c, HOUR, 200001);
	is_int((int) ac_eras_of(&c.limits, provider, model, NULL).present,
		   (1 << AC_PRICE_USES) - 1, "the catalog has prices for each use");
}

static ac_maybe
some_count(void)
{
	static const int64_t count[] = {
		0, 1, -1, 7, 15999, 16000, 199999, 200000, 200001, 272000, 272001,
		5000000
	};
	ac_maybe	maybe = {sample_below(8) > 0, count[sample_below(12)]};

	return maybe;
}

static ac_usage_record
some_record(void)
{
	ac_usage_record record = {.by_hours = sample_below(3) == 0};
	int			i;

	record.start = known(sample_below(90) * HOUR + INT64_C(1000) * sample_below(3600000));
	record.end.known = sample_below(3) > 0;
	record.end.value = record.start.value
		+ sample_below(2) * sample_below(30) * HOUR + sample_below(2000000);
	record.hours_known = sample_below(2) > 0;
	record.uses_hours = record.hours_known && sample_below(2) > 0;
	record.is_session = sample_below(8) == 0;
	record.quantity_known = sample_below(2) > 0;
	record.transfer_known = sample_below(2) > 0;
	record.uses_transfer = record.transfer_known && sample_below(2) > 0;
	record.requests = some_count();
	record.max_request.known = sample_below(3) == 0;
	record.max_request.value = 100000 + sample_below(200000);
	for (i = 0; i < AC_USAGE_TOKENS; i++)
		record.tokens[i] = some_count();
	return record;
}

static uint32_t
lacks_of(const ac_usage_record *record)
{
	uint32_t	lacks = record->requests.known ? 0 : 1;
	int			i;

	for (i = 0; i < AC_USAGE_TOKENS; i++)
		if (!record->tokens[i].known)
			lacks |= UINT32_C(2) << i;
	return lacks;
}

static void
set_texts(ac_usage_key *key)
{
	int			i;

	for (i = 0; i < AC_KEY_TEXTS; i++)
		key->text[i].at = NULL;
	key->text[AC_KEY_PROVIDER].at = "a";
	key->text[AC_KEY_PROVIDER].len = 1;
	key->term_months = 0;
}

/* A record of a model or meter, or of neither. */
static void
set_some_texts(ac_usage_key *key)
{
	static const ac_key_text names[] = {AC_KEY_MODEL, AC_KEY_METER};
	int			i;

	set_texts(key);
	for (i = 0; i < 2; i++)
		if (sample_below(2) == 0)
		{
			key->text[names[i]].at = sample_below(2) == 0 ? "m" : "n";
			key->text[names[i]].len = 1;
		}
}

/*
 * The bytes of the key of a record, and of that of the sum that it is in: the
 * same, or the sum says that it cannot tell.
 */
static bool
same_prices(int64_t grain, int64_t step, int64_t size, bool is_aligned)
{
	catalog		c;
	ac_usage_record record = some_record();
	ac_sum_period period = ac_usage_sum_period(record.start, record.end,
											   record.is_session, grain);
	bool		counts_days = sample_below(2) > 0;
	bool		counts_requests = sample_below(2) > 0;
	ac_usage_key key;
	ac_usage_key sum;
	char		bytes[2][1000];
	size_t		sizes[2];

	fill_catalog(&c, step, size);
	set_some_texts(&key);
	sum = key;
	ac_usage_sum_key(&record, period.is_record, lacks_of(&record), &sum);
	record.counts_days = counts_days
		|| (counts_requests && record.requests.known
			&& record.requests.value != 0);
	ac_usage_key_of(&record, &c.limits, &key, NULL);
	if (!ac_usage_sum_price_key(&c.limits, period.start, period.end,
								counts_days, counts_requests, &sum, NULL))
		return false;
	if (!is_aligned
		&& ((sum.marks & AC_IS_SUM) != 0
			|| ac_price_class_parts(sum.price_class).size_to
			> ac_price_class_parts(sum.price_class).size))
		return true;
	sizes[0] = ac_usage_key_size(&key);
	sizes[1] = ac_usage_key_size(&sum);
	ac_usage_key_write(&key, bytes[0]);
	ac_usage_key_write(&sum, bytes[1]);
	return sizes[0] == sizes[1] && memcmp(bytes[0], bytes[1], sizes[0]) == 0;
}

static bool
hours_have_prices(void)
{
	return same_prices(HOUR, HOUR, 200001, true);
}

static bool
days_have_prices(void)
{
	return same_prices(DAY, DAY, 200000, true);
}

static bool
other_limits_are_told(void)
{
	return same_prices(sample_below(2) > 0 ? HOUR : DAY, 7 * HOUR / 8, 231000,
					   false);
}

static void
test_sizes(void)
{
	ac_usage_record record = {.requests = {true, 1}};
	ac_usage_key key;
	int			i;

	for (i = 0; i < AC_USAGE_TOKENS; i++)
		record.tokens[i] = known(0);
	record.tokens[0].value = 210000;
	set_texts(&key);
	ac_usage_sum_key(&record, false, 0, &key);
	is_int((int) ac_usage_sum_size(&key).value, 255999, "a size has a bound");
	record.tokens[0].value = 3000000;
	ac_usage_sum_key(&record, false, 0, &key);
	ok(!ac_usage_sum_size(&key).known, "but not the greatest");
	key.price_class |= (int64_t) AC_USAGE_SIZE_MAX << AC_USAGE_SIZE_SHIFT;
	ok(!ac_usage_sum_size(&key).known, "nor one that is none");
}

int
main(void)
{
	test_periods();
	test_catalog();
	test_sizes();
	property(hours_have_prices, 50000,
			 "records of an hour have the prices of each if these change on the hour");
	property(days_have_prices, 50000, "and those of a day, on the day");
	property(other_limits_are_told, 50000, "otherwise, the sum says so");
	return tap_done();
}
