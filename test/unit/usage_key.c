/*
 * usage_key.c
 *	  The key of a record: what it holds, and that bytes are read as written.
 */
#include "core/usage_key.h"

#include "sample.h"

#define DAY		INT64_C(86400000000)

static const int64_t no_limits[] = {0, 0, 0, 0, 0};

static ac_key_string
string(const char *text)
{
	ac_key_string found = {text, text == NULL ? 0 : strlen(text)};

	return found;
}

/* A key of a record whose texts are given by number; all others are unknown. */
static ac_usage_key
key_of(ac_usage_record record, const char *const *text)
{
	ac_usage_key key = {.marks = 0};
	ac_price_limits limits;
	int			i;

	ac_price_limits_read(no_limits, 5, &limits);
	for (i = 0; i < AC_KEY_TEXTS; i++)
		key.text[i] = string(text[i]);
	ac_usage_key_of(&record, &limits, &key, NULL);
	return key;
}

static void
test_unknown_quantities(void)
{
	const char *text[AC_KEY_TEXTS] = {
		[AC_KEY_TRANSFER_KIND] = "internet",
		[AC_KEY_TRANSFER_SERVICE] = "*"
	};
	ac_usage_record record = {.by_hours = false};

	is_int(key_of(record, text).marks, 0, "defaults describe no transfer");
	text[AC_KEY_TRANSFER_KIND] = "cdn";
	is_int(key_of(record, text).marks, AC_LACKS_TRANSFER,
		   "transfer that is described lacks its quantity");
	text[AC_KEY_STORAGE_KIND] = "object";
	is_int(key_of(record, text).marks, AC_LACKS_TRANSFER | AC_LACKS_STORAGE,
		   "so does storage");
	ok(key_of(record, text).text[AC_KEY_STORAGE_KIND].at != NULL,
	   "and is told by its kind");
	record.requests.known = true;
	is_int(key_of(record, text).marks, 0, "unless the record has another use");
	ok(key_of(record, text).text[AC_KEY_STORAGE_KIND].at == NULL,
	   "which is not told by it");
	text[AC_KEY_METER] = "images";
	is_int(key_of(record, text).marks, AC_LACKS_QUANTITY,
		   "a meter lacks its quantity");
	record.quantity_known = true;
	is_int(key_of(record, text).marks, 0, "unless it is known");
}

static void
test_times(void)
{
	const char *text[AC_KEY_TEXTS] = {NULL};
	ac_usage_record record = {.by_hours = false};
	ac_usage_key key;

	ok(!key_of(record, text).month.known, "an unknown time has no month");
	record.start.known = true;
	record.start.value = INT64_MIN;
	ok(!key_of(record, text).month.known, "nor has one without a beginning");
	record.start.value = 40 * DAY;
	record.counts_days = true;
	key = key_of(record, text);
	ok(key.month.known && key.month.value == 31, "a month begins on its first");
	ok(key.day.known && key.day.value == 40 && key.marks == 0,
	   "a day is told if it counts");
	record.end.known = true;
	record.end.value = 41 * DAY;
	is_int(key_of(record, text).marks, 0, "a record may end with its day");
	record.end.value++;
	is_int(key_of(record, text).marks, AC_IS_OVER_DAYS, "or after it");
	ok(!key_of(record, text).span_from.known, "within its month");
	record.end.value = 61 * DAY;
	key = key_of(record, text);
	ok(key.span_from.known && key.span_to.value == 61 * DAY, "or after that");
	record.end.value = INT64_MAX;
	is_int(key_of(record, text).marks, AC_IS_OVER_DAYS, "or never");
}

static bool
same_maybe(ac_maybe a, ac_maybe b)
{
	return a.known == b.known && (!a.known || a.value == b.value);
}

static bool
same_key(const ac_usage_key *a, const ac_usage_key *b)
{
	int			i;

	for (i = 0; i < AC_KEY_TEXTS; i++)
		if ((a->text[i].at == NULL) != (b->text[i].at == NULL)
			|| (a->text[i].at != NULL
				&& (a->text[i].len != b->text[i].len
					|| memcmp(a->text[i].at, b->text[i].at,
							  a->text[i].len) != 0)))
			return false;
	return a->price_class == b->price_class && a->marks == b->marks
		&& a->term_months == b->term_months
		&& same_maybe(a->month, b->month) && same_maybe(a->era, b->era)
		&& same_maybe(a->span_from, b->span_from)
		&& same_maybe(a->span_to, b->span_to) && same_maybe(a->day, b->day);
}

static ac_maybe
some_number(void)
{
	ac_maybe	number = {sample_below(2) == 0, sample_below(1000) - 500};

	return number;
}

/* What is written is read, and no shorter piece of it is a key. */
static bool
keys_are_read_as_written(void)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
	static char long_text[3000];
	static char bytes[80000];
	ac_usage_key key = {.marks = 0};
	ac_usage_key back;
	size_t		size;

	key.price_class = sample_below(1 << 30);
	key.month = some_number();
	key.era = some_number();
	key.day = some_number();
	key.span_from = some_number();
	key.span_to = some_number();
	key.span_to.known = key.span_from.known;
	key.term_months = sample_below(3);
	key.marks = (uint32_t) sample_below(32);
	for (int i = 0; i < AC_KEY_TEXTS; i++)
		if (sample_below(2) == 0)
		{
			bool		is_long = sample_below(8) == 0;

			key.text[i].at = is_long ? long_text : letters;
			key.text[i].len = (size_t) sample_below(is_long ? 3000 : 26);
		}
	size = ac_usage_key_size(&key);
	ac_usage_key_write(&key, bytes);
	return ac_usage_key_read(bytes, size, &back) && same_key(&key, &back)
		&& !ac_usage_key_read(bytes, (size_t) sample_below((int64_t) size),
							  &back)
		&& !ac_usage_key_read(bytes, size + 1, &back);
}

int
main(void)
{
	test_unknown_quantities();
	test_times();
	property(keys_are_read_as_written, 20000, "a key is read as it was written");
	return tap_done();
}
