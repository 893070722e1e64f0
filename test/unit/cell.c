/*
 * cell.c
 *	  Cells of billing exports: what they say, and the rules of slow_cell.h.
 */
#define _DEFAULT_SOURCE			/* timegm */
#include "core/cell.h"

#include "sample.h"
#include "slow_cell.h"

#define LONG_ZEROS	"0000000000000000000000000000000000000000000000000000000000"

static bool
trims_to(const char *text, const char *inner)
{
	const char *at = text;
	size_t		len = strlen(text);

	if (!ac_cell_trim(&at, &len, true))
		return inner == NULL;
	return inner != NULL && len == strlen(inner) && memcmp(at, inner, len) == 0;
}

static void
test_trim(void)
{
	ok(trims_to("abc", "abc"), "a text is itself");
	ok(trims_to("  a b ", "a b"), "without the blanks around it");
	ok(trims_to("\ta", "\ta"), "a tab is no blank");
	ok(trims_to("", NULL), "an empty cell says nothing");
	ok(trims_to("   ", NULL), "nor do blanks");
	ok(trims_to(" NULL", NULL) && trims_to("null ", NULL), "nor the word NULL");
	ok(trims_to("\xef\xbb\xbf" "7001", "7001"), "nor does a byte order mark");
	ok(trims_to("\xef\xbb\xbf\xef\xbb\xbf 7", "7"), "nor two, and a blank");
	ok(trims_to("\xef\xbb\xbf", NULL), "nor one alone");
	ok(trims_to("7\xef\xbb\xbf", "7\xef\xbb\xbf"), "but it is only a mark before");
	ok(trims_to("\xef\xbb", "\xef\xbb"), "and whole");
	ok(trims_to("Null", "Null") && trims_to("NULLS", "NULLS"),
	   "other words are words");
}

static void
test_marks(void)
{
	const char *text = "\xef\xbb\xbf" "7";
	size_t		len = strlen(text);

	ok(ac_cell_trim(&text, &len, false) && len == 4,
	   "in another encoding these bytes are letters");
}

static bool
is_number(const char *text)
{
	return ac_cell_is_number(text, strlen(text));
}

static bool
is_cost(const char *text)
{
	return ac_cell_is_cost(text, strlen(text));
}

static void
test_numbers(void)
{
	static const char *const good[] =
	{"0", "-1", "+1.5", "1.", ".5", "1e5", "1.5E-12", "00012", "-.5e+99"};
	static const char *const bad[] =
	{"", "-", ".", "e5", "1e", "1e+", "1e123", "1,000", "$5", "NaN", "0x1", "1 ", "--1", "1..2"};
	size_t		i;

	for (i = 0; i < sizeof(good) / sizeof(*good); i++)
		ok(is_number(good[i]), "\"%s\" is a number", good[i]);
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		ok(!is_number(bad[i]), "\"%s\" is none", bad[i]);
	ok(is_number(LONG_ZEROS "0000000000000000000000000000000000000000." "1"),
	   "a number may have 100 bytes");
	ok(!is_number(LONG_ZEROS "0000000000000000000000000000000000000000." "12"),
	   "and no more");

	ok(is_cost("99999999999999999999.99999999999999999999"),
	   "a cost is below 1e20");
	ok(!is_cost("100000000000000000000") && !is_cost("-1e20"), "and not 1e20");
	ok(is_cost("0.00001e24") && !is_cost("0.00001e25"),
	   "whatever its exponent");
	ok(is_cost("123456e14") && !is_cost("123456e15"), "and digits before it");
	ok(is_cost("0e99") && is_cost("0000.000e50"), "a zero has no size");
	ok(is_cost(LONG_ZEROS "5"), "nor have zeros before a number");
	ok(!is_cost("1e"), "what is no number is no cost");
}

static bool
time_is(const char *text, int64_t seconds, int64_t microseconds)
{
	int64_t		found;

	return ac_cell_time(text, strlen(text), &found)
		&& found == seconds * 1000000 + microseconds;
}

static bool
is_time(const char *text)
{
	int64_t		found;

	return ac_cell_time(text, strlen(text), &found);
}

static void
test_times(void)
{
	static const char *const bad[] =
	{"", "2000", "2000-1-1", "2000-13-01", "2001-02-29", "1900-02-29", "2000-04-31", "0999-01-01",
		"2000-01-01T", "2000-01-01 24:00", "2000-01-01 00:60", "2000-01-01 00:00:60", "2000-01-01 00:00:00.",
	"2000-01-01 00:00 +15", "2000-01-01 00:00+1", "2000-01-01 00:00 CET", "9/2/2023", "now"};
	size_t		i;

	ok(time_is("2000-01-01", 0, 0), "a day begins at midnight in UTC");
	ok(time_is("2000-01-02T00:00Z", 86400, 0), "T and Z");
	ok(time_is("2000-01-01 01:02:03", 3723, 0), "a blank, and seconds");
	ok(time_is("2000-01-01 00:00:00.123 UTC", 0, 123000), "milliseconds, UTC");
	ok(time_is("2000-01-01 00:00:59.9999996", 60, 0), "to the nearest millionth");
	ok(time_is("2000-01-01 02:00+02", 0, 0), "an offset of hours");
	ok(time_is("1999-12-31 18:30-0530", 0, 0), "of hours and minutes");
	ok(time_is("2000-01-01 05:30:56+0530", 56, 0), "after seconds, too");
	ok(time_is("2000-01-01 05:30 +05:30", 0, 0), "after a blank, with a colon");
	ok(time_is("2000-02-29", 59 * 86400, 0), "a leap day");
	ok(time_is("1999-12-31T23:59:59Z", -1, 0), "before 2000");
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		ok(!is_time(bad[i]), "\"%s\" is no time", bad[i]);
	ok(!is_time("2000-01-01 00:00:00.1234567890123456789012345678901"),
	   "31 decimals are too many");
}

static bool
is_object(const char *text)
{
	return ac_cell_is_plain_object(text, strlen(text));
}

/* An object with so many arrays, one in the other. */
static bool
is_nested(size_t arrays)
{
	char		text[100] = "{\"a\":";
	size_t		len = strlen(text);

	memset(text + len, '[', arrays);
	memset(text + len + arrays, ']', arrays);
	text[len + 2 * arrays] = '}';
	return ac_cell_is_plain_object(text, len + 2 * arrays + 1);
}

static void
test_objects(void)
{
	static const char *const good[] =
	{"{}", "{ }", "{\"a\":1}", "{\"a\": \"b\", \"c\" :-0.5 , \"d\":null}",
	"{\"a\":{\"b\":[1,[],{},\"x\"]}}", "{\"a\\\"b\\n\":true}", "{\"\xc3\xbc\":false}"};
	static const char *const bad[] =
	{"", "{", "}", "[]", "\"a\":1", "{a:1}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":01}", "{\"a\":1e5}",
		"{\"a\":.5}", "{\"a\":5.}", "{\"a\":\"\\u0041\"}", "{\"a\":\"\\x\"}", "{\"a\":\"\n\"}", "{\"a\":nul}", "{} {}", "{}x",
	"{\"a\":[1}", "{\"a\":[1,]}", "{\"a\":-}", "{\"a\":\"b"};
	size_t		i;

	for (i = 0; i < sizeof(good) / sizeof(*good); i++)
		ok(is_object(good[i]), "%s is a plain object", good[i]);
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		ok(!is_object(bad[i]), "%s is none", bad[i]);
	ok(is_nested(31), "32 levels are plain");
	ok(!is_nested(32), "and no more");
}

/* A cell, of those characters that matter, and often of the right shape. */
static size_t
sample_cell(char *cell)
{
	static const char *const seed[] =
	{"12.50e3", "-0.0012", "2026-09-22T07:08:09.123456Z", "2024-02-29 10:00+05:30",
	"{\"a\": \"b\", \"c\":1.5}", "{\"k\":null}"};
	static const char letters[] = "0123456789+-.eETZUC: {}\"\\,abnultrf/";
	size_t		len = 0;
	int			changes = sample_below(4);

	strcpy(cell, seed[sample_below(6)]);
	len = strlen(cell);
	while (changes-- > 0)
	{
		size_t		at = (size_t) sample_below((int) len);

		if (sample_below(3) == 0 && len > 1)
			memmove(cell + at, cell + at + 1, len-- - at);
		else
			cell[at] = letters[sample_below((int) sizeof(letters) - 1)];
	}
	return len;
}

static bool
cells_are_judged(void)
{
	char		cell[100];
	size_t		len = sample_cell(cell);
	int64_t		found = 0;
	int64_t		expected = 0;
	bool		is_time = ac_cell_time(cell, len, &found);

	return ac_cell_is_number(cell, len) == slow_is_number(cell, len)
		&& ac_cell_is_plain_object(cell, len) == slow_is_flat_object(cell, len)
		&& is_time == slow_time(cell, len, &expected)
		&& (!is_time || found == expected);
}

int
main(void)
{
	test_trim();
	test_marks();
	test_numbers();
	test_times();
	test_objects();
	property(cells_are_judged, 200000, "cells are what regular expressions say");
	return tap_done();
}
