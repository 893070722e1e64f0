/*
 * cell_form.c
 *	  Cells in a form of their own: currencies, amounts with signs, dates with
 *	  slashes, units by the block, and the rules of slow_form.h.
 */
#define _DEFAULT_SOURCE			/* timegm */
#include "core/cell.h"

#include "sample.h"
#include "slow_form.h"

static bool
currency_is(const char *text, const char *expected)
{
	char		currency[AC_CELL_CURRENCY_MAX];

	if (!ac_cell_currency(text, strlen(text), currency))
		return expected == NULL;
	return expected != NULL && strlen(expected) == strlen(text)
		&& memcmp(currency, expected, strlen(text)) == 0;
}

static void
test_currencies(void)
{
	ok(currency_is("USD", "USD") && currency_is("usd", "USD")
	   && currency_is("eUr", "EUR"), "three letters are in upper case");
	ok(currency_is("tokens", "tokens") && currency_is("Credits_2", "Credits_2")
	   && currency_is("u1d", "u1d"), "units are as they are");
	ok(currency_is("twelve_chars", "twelve_chars")
	   && currency_is("thirteen_char", NULL), "and have 12 characters at most");
	ok(currency_is("123", NULL) && currency_is("", NULL), "not digits alone");
	ok(currency_is("1_", "1_") && currency_is("_", "_"), "but underscores");
	ok(currency_is("US D", NULL) && currency_is("US$", NULL)
	   && currency_is("\xc3\xa9", NULL), "nothing else");
}

static bool
money_is(const char *text, const char *expected)
{
	char		amount[100];
	size_t		len = ac_cell_money(text, strlen(text), amount);

	return len == strlen(expected) && memcmp(amount, expected, len) == 0;
}

static void
test_money(void)
{
	static const char *const kept[] =
	{"", "$", "1,23", "1,2345", "1234,567", ",123", "1,,234", "0,123", "00,123",
		"012,345", "$0,123", "-0,123", "(0,123)", "(1234)", "((1))", "(-1)",
		"1,234 ", "$$1", "--1", "-$-1", "1.234,50", "$-1234", "1e5", "()",
	"(1,234", "1,234)", "\xe2\x82\xac" "5", "1.5,000"};
	size_t		i;

	ok(money_is("$1,234.50", "1234.50") && money_is("1,234", "1234")
	   && money_is("100,000,000.", "100000000."), "groups of three");
	ok(money_is("-$3", "-3") && money_is("$-3", "-3") && money_is("+$3", "+3")
	   && money_is("$3", "3"), "a sign before the dollar or after it");
	ok(money_is("(5.00)", "-5.00") && money_is("($1,000.25)", "-1000.25"),
	   "parentheses are a sign");
	ok(money_is("$12345", "12345") && money_is("0", "0") && money_is("0.5", "0.5")
	   && money_is("$0", "0"), "digits without groups");
	for (i = 0; i < sizeof(kept) / sizeof(*kept); i++)
		ok(money_is(kept[i], kept[i]), "\"%s\" stays", kept[i]);
}

static bool
date_is(const char *text, bool day_first, const char *expected)
{
	char		date[100];
	size_t		len = ac_cell_slash_date(text, strlen(text), day_first, date);

	return len == strlen(expected) && memcmp(date, expected, len) == 0;
}

static void
test_dates(void)
{
	static const char *const kept[] =
	{"", "2023-09-22", "9/22", "9/22/202", "9/22/20233", "123/1/2023", "/1/2023",
	"1//2023", "9/22/2023T10:00", "9/22/2", "9-22-2023", " 9/22/2023"};
	size_t		i;

	ok(date_is("9/22/2023", false, "2023-09-22"), "the month is first");
	ok(date_is("22/09/2023", true, "2023-09-22"), "or the day");
	ok(date_is("4/1/25", false, "2025-04-01") && date_is("4/1/25", true, "2025-01-04"),
	   "a year of two digits is of this century");
	ok(date_is("4/1/25 10:00", false, "2025-04-01 10:00"), "with a time");
	ok(date_is("13/45/2023", false, "2023-13-45"), "whether or not there is such a day");
	for (i = 0; i < sizeof(kept) / sizeof(*kept); i++)
		ok(date_is(kept[i], false, kept[i]), "\"%s\" stays", kept[i]);
}

static bool
block_is(const char *text, const char *expected)
{
	char		units[AC_CELL_BLOCK_MAX];
	size_t		len = ac_cell_unit_block(text, strlen(text), units);

	return len == strlen(expected) && memcmp(units, expected, len) == 0;
}

static void
test_blocks(void)
{
	ok(block_is("10K", "10000") && block_is("2B Requests", "2000000000")
	   && block_is("1.5M", "1500000.0"), "thousands, millions, billions");
	ok(block_is("100 Hours", "100") && block_is("1", "1"), "a number alone");
	ok(block_is("10KB", "10") && block_is("1 K", "1"), "K is one at the number's end");
	ok(block_is("GB", "") && block_is("", "") && block_is(".5", ""), "none");
	ok(block_is("1.", "1") && block_is("1.K", "1") && block_is("1.x", "1"),
	   "a point has digits after it");
	ok(block_is("1234567890123", "123456789012")
	   && block_is("0.1234567K", "0.123456"), "12 digits and 6 decimals");
	ok(block_is("999999999999.999999B", "999999999999999999000.000000"),
	   "the longest number has its room");
}

/* A cell, of those characters that matter, and often of the right shape. */
static size_t
sample_cell(char *cell)
{
	static const char *const seed[] =
	{"$1,234.50", "(5.00)", "-$1,000,000", "0,123", "$12345", "9/22/2023", "4/1/25 10:00", "10K", "1.5M", "100 GB/Month",
	"usd", "Credits_2"};
	static const char letters[] = "0123456789$,.()-+/ KMBGabZ_";
	size_t		len = 0;
	int			changes = sample_below(4);

	strcpy(cell, seed[sample_below(12)]);
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
forms_are_read(void)
{
	char		cell[100];
	size_t		len = sample_cell(cell);

	return slow_forms_agree(cell, len);
}

int
main(void)
{
	test_currencies();
	test_money();
	test_dates();
	test_blocks();
	property(forms_are_read, 200000, "forms are what regular expressions say");
	return tap_done();
}
