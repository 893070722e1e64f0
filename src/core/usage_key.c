/*
 * usage_key.c
 *	  The key of a record of usage: what it consists of, to and from bytes.
 */
#include "core/usage_key.h"

#include <string.h>

#include "core/calendar.h"

/* Numbers of a key that may be unknown, a bit each beside those of texts. */
enum
{
	HAS_MONTH = AC_KEY_TEXTS, HAS_ERA, HAS_SPAN, HAS_DAY, HAS_TERM, HAS_MARKS
};

/* A length of up to this takes one byte. */
#define LEN_BYTE_MAX	254
#define LEN_BYTES		(1 + sizeof(uint32_t))

static const ac_limits no_limits = {NULL, 0};

static bool
is_text(ac_key_string text, const char *word)
{
	return text.at != NULL && text.len == strlen(word)
		&& memcmp(text.at, word, text.len) == 0;
}

static void
forget(ac_usage_key *key, ac_key_text first, ac_key_text last)
{
	int			i;

	for (i = first; i <= (int) last; i++)
		key->text[i].at = NULL;
}

/* Whether a record has nothing but, perhaps, transfer or storage. */
static bool
has_nothing_else(const ac_usage_record *record, const ac_usage_key *key)
{
	return key->text[AC_KEY_MODEL].at == NULL
		&& key->text[AC_KEY_SKU].at == NULL
		&& key->text[AC_KEY_ACCELERATOR].at == NULL
		&& key->text[AC_KEY_METER].at == NULL
		&& !record->requests.known && !record->energy_known
		&& !record->transfer_known && !record->storage_known;
}

/*
 * A record of nothing else that describes transfer or storage, and has no
 * quantity of it: the quantity is unknown.
 */
static void
find_unknown_quantities(ac_usage_record *record, ac_usage_key *key)
{
	const ac_key_string *text = key->text;

	if (!has_nothing_else(record, key))
		return;
	if (text[AC_KEY_TRANSFER_UNIT].at != NULL
		|| text[AC_KEY_TRANSFER_DESTINATION].at != NULL
		|| (text[AC_KEY_TRANSFER_SERVICE].at != NULL
			&& !is_text(text[AC_KEY_TRANSFER_SERVICE], "*"))
		|| (text[AC_KEY_TRANSFER_KIND].at != NULL
			&& !is_text(text[AC_KEY_TRANSFER_KIND], "internet")))
	{
		record->uses_transfer = true;
		key->marks |= AC_LACKS_TRANSFER;
	}
	if (text[AC_KEY_STORAGE_UNIT].at != NULL
		|| text[AC_KEY_STORAGE_KIND].at != NULL)
	{
		record->uses_storage = true;
		key->marks |= AC_LACKS_STORAGE;
	}
}

/* What the prices of a record are for, a bit each. */
static uint32_t
price_uses(const ac_usage_key *key)
{
	int64_t		flags = key->price_class;
	uint32_t	uses = UINT32_C(1) << AC_PRICE_DISCOUNTS;

	if (flags & AC_BY_HOURS)
		uses |= UINT32_C(1) << AC_PRICE_HOURS;
	else if (flags & (AC_TOKENS_UNKNOWN | AC_ALL_TOKENS))
		uses |= UINT32_C(1) << AC_PRICE_TOKENS;
	if (flags & (AC_USES_TRANSFER | AC_USES_STORAGE)
		|| key->text[AC_KEY_METER].at != NULL)
		uses |= UINT32_C(1) << AC_PRICE_METERS;
	if (flags & AC_USES_REQUESTS)
		uses |= UINT32_C(1) << AC_PRICE_REQUESTS;
	if (flags & AC_USES_ENERGY)
		uses |= UINT32_C(1) << AC_PRICE_ENERGY;
	return uses;
}

static bool
is_finite(ac_maybe time)
{
	return time.known && time.value != INT64_MIN && time.value != INT64_MAX;
}

/* Test whether prices or the month may change within a record with a key. */
bool
ac_usage_key_spans(const ac_usage_key *key, ac_maybe start, ac_maybe end,
				   const ac_eras *eras, ac_limits windows)
{
	return ac_usage_spans(start, end, no_limits, windows)
		|| ac_eras_span(eras, price_uses(key), start, end);
}

/*
 * Set the times of a key, of which the class and the texts are known, to those
 * of a record between changes of prices.
 */
void
ac_usage_key_set_times(const ac_usage_record *record, const ac_eras *eras,
					   ac_limits windows, ac_usage_key *key)
{
	const ac_maybe unknown = {false, 0};

	key->span_from = key->span_to = key->day = unknown;
	key->month.known = is_finite(record->start)
		&& record->start.value >= AC_FIRST_MONTH;
	if (key->month.known)
		key->month.value =
			ac_month_start_of_day(ac_day_of_time(record->start.value));
	key->era = ac_era_at(eras, price_uses(key), record->start);
	if (ac_usage_key_spans(key, record->start, record->end, eras, windows))
	{
		key->span_from = record->start;
		key->span_to = record->end;
	}
	if (record->counts_days && is_finite(record->start))
	{
		key->day.known = true;
		key->day.value = ac_day_of_time(record->start.value);
		if (record->end.known && record->end.value > record->start.value
			&& (record->end.value == INT64_MAX
				|| ac_day_of_time(record->end.value - 1) > key->day.value))
			key->marks |= AC_IS_OVER_DAYS;
	}
}

/*
 * Complete a key, of which the caller has set the texts and the term: forget
 * what the record does not use, and set all else.
 */
void
ac_usage_key_of(const ac_usage_record *record, const ac_price_limits *limits,
				ac_usage_key *key, ac_poll poll)
{
	ac_usage_record used = *record;
	ac_eras		eras = ac_eras_of(limits, key->text[AC_KEY_PROVIDER],
								  key->text[AC_KEY_MODEL], poll);
	ac_limits	windows = eras.has_windows ? limits->windows : no_limits;

	key->marks = 0;
	find_unknown_quantities(&used, key);
	if (!used.uses_transfer)
		forget(key, AC_KEY_TRANSFER_UNIT, AC_KEY_TRANSFER_DESTINATION);
	if (!used.uses_storage)
		forget(key, AC_KEY_STORAGE_UNIT, AC_KEY_STORAGE_KIND);
	if (key->text[AC_KEY_METER].at == NULL)
		forget(key, AC_KEY_METER_UNIT, AC_KEY_METER_KIND);
	else if (!used.quantity_known)
		key->marks |= AC_LACKS_QUANTITY;

	key->price_class = ac_price_class(&used, limits->sizes, windows);
	ac_usage_key_set_times(&used, &eras, windows, key);
}

/* A bit for each number that a key has, and how many numbers these are. */
static uint32_t
numbers_in(const ac_usage_key *key, unsigned *count)
{
	bool		spans = key->span_from.known && key->span_to.known;
	bool		has_term = key->term_months != 0;
	bool		has_marks = key->marks != 0;

	*count = 0U + key->month.known + key->era.known + 2U * spans
		+ key->day.known + has_term + has_marks;
	return (uint32_t) key->month.known << HAS_MONTH
		| (uint32_t) key->era.known << HAS_ERA
		| (uint32_t) spans << HAS_SPAN
		| (uint32_t) key->day.known << HAS_DAY
		| (uint32_t) has_term << HAS_TERM
		| (uint32_t) has_marks << HAS_MARKS;
}

/* Set which parts a key has, and return the number of its bytes. */
size_t
ac_usage_key_size(ac_usage_key *key)
{
	unsigned	numbers;
	uint32_t	bits = numbers_in(key, &numbers);
	size_t		size = sizeof(bits) + sizeof(int64_t) * (1 + numbers);
	int			i;

	for (i = 0; i < AC_KEY_TEXTS; i++)
		if (key->text[i].at != NULL)
		{
			bits |= UINT32_C(1) << i;
			size += key->text[i].len
				+ (key->text[i].len <= LEN_BYTE_MAX ? 1 : LEN_BYTES);
		}
	key->present = bits;
	return size;
}

static char *
write_bytes(char *bytes, const void *from, size_t size)
{
	memcpy(bytes, from, size);
	return bytes + size;
}

static char *
write_number(char *bytes, bool known, int64_t number)
{
	return known ? write_bytes(bytes, &number, sizeof(number)) : bytes;
}

static char *
write_text(char *bytes, ac_key_string text)
{
	uint32_t	len = (uint32_t) text.len;

	if (text.len <= LEN_BYTE_MAX)
		*bytes++ = (char) text.len;
	else
	{
		*bytes++ = (char) (LEN_BYTE_MAX + 1);
		bytes = write_bytes(bytes, &len, sizeof(len));
	}
	return write_bytes(bytes, text.at, text.len);
}

/* Write a key into the bytes that ac_usage_key_size() has counted. */
void
ac_usage_key_write(const ac_usage_key *key, char *bytes)
{
	uint32_t	bits = key->present;
	uint32_t	texts = bits & ((UINT32_C(1) << AC_KEY_TEXTS) - 1);
	bool		spans = bits >> HAS_SPAN & 1;

	bytes = write_bytes(bytes, &bits, sizeof(bits));
	bytes = write_number(bytes, true, key->price_class);
	bytes = write_number(bytes, key->month.known, key->month.value);
	bytes = write_number(bytes, key->era.known, key->era.value);
	bytes = write_number(bytes, spans, key->span_from.value);
	bytes = write_number(bytes, spans, key->span_to.value);
	bytes = write_number(bytes, key->day.known, key->day.value);
	bytes = write_number(bytes, key->term_months != 0, key->term_months);
	bytes = write_number(bytes, key->marks != 0, key->marks);
	for (; texts != 0; texts &= texts - 1)
		bytes = write_text(bytes, key->text[__builtin_ctz(texts)]);
}

/* Bytes that are left to be read. */
typedef struct reader
{
	const char *bytes;
	size_t		left;
	bool		is_short;		/* there were too few */
} reader;

static void
read_bytes(reader *in, void *to, size_t size)
{
	if (in->left < size)
	{
		in->is_short = true;
		return;
	}
	memcpy(to, in->bytes, size);
	in->bytes += size;
	in->left -= size;
}

static ac_maybe
read_number(reader *in, bool known)
{
	ac_maybe	number = {known, 0};

	if (known)
		read_bytes(in, &number.value, sizeof(number.value));
	return number;
}

static ac_key_string
read_text(reader *in)
{
	ac_key_string text;
	unsigned char byte = 0;
	uint32_t	len;

	read_bytes(in, &byte, 1);
	len = byte;
	if (byte > LEN_BYTE_MAX)
		read_bytes(in, &len, sizeof(len));
	if (in->left < len)
	{
		in->is_short = true;
		len = 0;
	}
	text.at = in->bytes;
	text.len = len;
	in->bytes += len;
	in->left -= len;
	return text;
}

/*
 * Read a key, whose texts are then within the bytes; false if they are no key.
 */
bool
ac_usage_key_read(const char *bytes, size_t size, ac_usage_key *key)
{
	reader		in = {bytes, size, false};
	uint32_t	bits = 0;
	int			i;

	read_bytes(&in, &bits, sizeof(bits));
	key->present = bits;
	key->price_class = read_number(&in, true).value;
	key->month = read_number(&in, bits >> HAS_MONTH & 1);
	key->era = read_number(&in, bits >> HAS_ERA & 1);
	key->span_from = read_number(&in, bits >> HAS_SPAN & 1);
	key->span_to = read_number(&in, bits >> HAS_SPAN & 1);
	key->day = read_number(&in, bits >> HAS_DAY & 1);
	key->term_months = read_number(&in, bits >> HAS_TERM & 1).value;
	key->marks = (uint32_t) read_number(&in, bits >> HAS_MARKS & 1).value;
	for (i = 0; i < AC_KEY_TEXTS; i++)
	{
		if (bits >> i & 1)
			key->text[i] = read_text(&in);
		else
		{
			key->text[i].at = NULL;
			key->text[i].len = 0;
		}
	}
	return !in.is_short && in.left == 0;
}
