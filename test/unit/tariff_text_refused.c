/*
 * tariff_text_refused.c
 *	  Texts that are not tariffs, and the errors that they raise.
 */
#include "sample_tariff.h"

#define OPEN_TEXT "170141183460469231731.687303715884105727"

#define A_MODE "a mode (graduated, volume or package)"
#define AFTER_PRICE "\"flat\", \"upto\", \",\" or the end"
#define AFTER_FLAT "\"upto\", \",\" or the end"
#define AFTER_BOUND "\",\" or the end"

typedef struct refused
{
	const char *text;
	ac_status	status;
	const char *part;			/* that the fault names; NULL if none */
	const char *name;			/* what was expected, or an element */
	int			number;			/* of the element, 0 for none */
	const char *rule;
} refused;

static const refused refused_texts[] = {
	/* what was expected at which place */
	{"", AC_TEXT_EXPECTED, "", A_MODE, 0, "nothing"},
	{" \n ", AC_TEXT_EXPECTED, "", A_MODE, 0, "blanks"},
	{"0.09", AC_TEXT_EXPECTED, "0.09", A_MODE, 0, "a price has no mode"},
	{"Graduated: 1", AC_TEXT_EXPECTED, "Graduated: 1", A_MODE, 0,
	"modes are written small"},
	{"tiered: 1", AC_TEXT_EXPECTED, "tiered: 1", A_MODE, 0, "no such mode"},
	{": 1", AC_TEXT_EXPECTED, ": 1", A_MODE, 0, "no mode"},
	{"graduated", AC_TEXT_EXPECTED, "", "\":\" or \"allowance\"", 0,
	"a mode alone"},
	{"graduated 1", AC_TEXT_EXPECTED, "1", "\":\" or \"allowance\"", 0,
	"no colon"},
	{"volume 10: 1", AC_TEXT_EXPECTED, "10: 1", "\":\" or \"allowance\"", 0,
	"a block is for packages"},
	{"package: 1", AC_TEXT_EXPECTED, ": 1", "the size of a block", 0,
	"a package has one"},
	{"package", AC_TEXT_EXPECTED, "", "the size of a block", 0,
	"a package has one"},
	{"package allowance 5: 1", AC_TEXT_EXPECTED, "allowance 5: 1",
	"the size of a block", 0, "before the allowance"},
	{"graduated allowance: 1", AC_TEXT_EXPECTED, ": 1", "an allowance", 0,
	"an allowance without a number"},
	{"graduated allowance 5 1", AC_TEXT_EXPECTED, "1", "\":\"", 0,
	"no colon after it"},
	{"graduated allowance 0 1", AC_TEXT_EXPECTED, "1", "\":\"", 0,
	"nor after one of 0"},
	{"graduated:", AC_TEXT_EXPECTED, "", "a price", 0, "no tier"},
	{"graduated: x", AC_TEXT_EXPECTED, "x", "a price", 0, "no price"},
	{"graduated: upto 5", AC_TEXT_EXPECTED, "upto 5", "a price", 0,
	"a bound without a price"},
	{"graduated: , 1", AC_TEXT_EXPECTED, ", 1", "a price", 0, "no price"},
	{"graduated: 1 upto 5,", AC_TEXT_EXPECTED, "", "a price", 0,
	"a comma at the end"},
	{"graduated: 1 upto 5,, 2", AC_TEXT_EXPECTED, ", 2", "a price", 0,
	"two commas"},
	{"graduated: 1 flat", AC_TEXT_EXPECTED, "", "a fee", 0, "no fee"},
	{"graduated: 1 flat upto 5", AC_TEXT_EXPECTED, "upto 5", "a fee", 0,
	"no fee"},
	{"graduated: 1 upto", AC_TEXT_EXPECTED, "", "a bound", 0, "no bound"},
	{"graduated: 1 upto inf", AC_TEXT_EXPECTED, "inf", "a bound", 0,
	"an open tier has no bound"},
	{"graduated: 1 x 2", AC_TEXT_EXPECTED, "x 2", AFTER_PRICE, 0,
	"something after a price"},
	{"graduated: 1 2", AC_TEXT_EXPECTED, "2", AFTER_PRICE, 0, "two prices"},
	{"graduated: 1 per 5", AC_TEXT_EXPECTED, "per 5", AFTER_PRICE, 0,
	"no such word"},
	{"graduated: 1 flat 0 flat 2", AC_TEXT_EXPECTED, "flat 2", AFTER_FLAT, 0,
	"two fees"},
	{"graduated: 1 upto 5 flat 2", AC_TEXT_EXPECTED, "flat 2", AFTER_BOUND,
	0, "a fee after the bound"},
	{"graduated: 1 upto 5: 2", AC_TEXT_EXPECTED, ": 2", AFTER_BOUND, 0,
	"two colons"},
	{"graduated: 1; 2", AC_TEXT_EXPECTED, "1; 2", "a price", 0,
	"a semicolon"},
	{"graduated: $1", AC_TEXT_EXPECTED, "$1", "a price", 0, "a currency"},
	{"graduated: 1\xc2\xa0upto 5", AC_TEXT_EXPECTED, "1\xc2\xa0upto 5",
	"a price", 0, "a hard blank"},

	/* numbers */
	{"graduated: 0.09 upto 10,240", AC_TEXT_SEPARATOR, "10,240", NULL, 0,
	"10,240 is never two tiers"},
	{"graduated: 0.09 upto 10,240, 1", AC_TEXT_SEPARATOR, "10,240", NULL, 0,
	"wherever it stands"},
	{"graduated: 0.09 upto 9,099", AC_TEXT_SEPARATOR, "9,099", NULL, 0,
	"whatever its digits"},
	{"graduated: 0.09 upto 0,990", AC_TEXT_SEPARATOR, "0,990", NULL, 0,
	"of which 0 is one"},
	{"graduated: 1,5", AC_TEXT_SEPARATOR, "1,5", NULL, 0, "a decimal comma"},
	{"graduated: 0.09 upto 1_000", AC_TEXT_SEPARATOR, "1_000", NULL, 0,
	"an underscore"},
	{"package 1'000: 1", AC_TEXT_SEPARATOR, "1'000", NULL, 0,
	"an apostrophe"},
	{"graduated: 1e3", AC_TEXT_EXPONENT, "1e3", NULL, 0, "an exponent"},
	{"graduated: NaN", AC_TEXT_EXPECTED, "NaN", "a price", 0,
	"not a number"},
	{"graduated: 1, " OPEN_TEXT, AC_TEXT_RANGE, OPEN_TEXT, NULL, 0,
	"2^127 - 1, which stands for an open tier"},
	{"graduated: 1 upto " OPEN_TEXT, AC_TEXT_RANGE, OPEN_TEXT, NULL, 0,
	"even as a bound"},
	{"graduated: 1 upto 99999999999999999999999", AC_TEXT_RANGE,
	"99999999999999999999999", NULL, 0, "a number without end"},
	{"graduated: 0.0000000000000000001", AC_TIER_SCALE, NULL, "price", 1,
	"19 decimals of a price"},
	{"graduated: 1 upto 5, 1 flat 0.0000000000000000001", AC_TIER_SCALE,
	NULL, "flat", 2, "of a fee"},
	{"graduated: 1 upto 1.0000000000000000000", AC_TIER_SCALE, NULL, "upto",
	1, "of a bound, even zeros"},
	{"package 0.0000000000000000001: 1", AC_TIER_SCALE, NULL, "block", 0,
	"of a block"},
	{"volume allowance 0.0000000000000000001: 1", AC_TIER_SCALE, NULL,
	"allowance", 0, "of an allowance"},

	/* values */
	{"graduated: -1", AC_TIER_NEGATIVE, NULL, "price", 1, "a price below 0"},
	{"graduated: 1, 1 flat -2", AC_TIER_NEGATIVE, NULL, "flat", 2,
	"a fee below 0, before what else is wrong"},
	{"graduated allowance -1: 1", AC_TIER_NEGATIVE, NULL, "allowance", 0,
	"an allowance below 0"},
	{"graduated: 1 upto 0", AC_TIER_BOUND, NULL, "upto", 1, "a bound of 0"},
	{"graduated: 1 upto 5, 1 upto 5", AC_TIER_BOUND, NULL, "upto", 2,
	"bounds that do not rise"},
	{"graduated: 1, 2", AC_TIER_OPEN, NULL, NULL, 1, "two open tiers"},
	{"package 0: 1", AC_TARIFF_BLOCK, NULL, "package", 1, "a block of 0"},
	{"package 10: 1 upto 5, 2", AC_TARIFF_PACKAGE, NULL, NULL, 2,
	"two tiers of a package"},
};

static void
test_refused(const refused *test)
{
	ac_tariff  *tariff;
	ac_fault	fault;
	ac_status	status = parse_tariff(test->text, strlen(test->text), &tariff,
									  &fault);
	bool		right = status == test->status;

	if (right && test->part != NULL)
		right = fault.part_len == strlen(test->part) &&
			memcmp(fault.part, test->part, fault.part_len) == 0;
	if (right && test->name != NULL)
		right = strcmp(fault.name, test->name) == 0;
	if (right && test->part == NULL)
		right = fault.number[0] == test->number;
	if (!ok(right, "refuses \"%s\": %s", test->text, test->rule))
		printf("# found status %d, expected %d; %s, number %d\n",
			   (int) status, (int) test->status,
			   fault.name ? fault.name : "no name", (int) fault.number[0]);
	free(tariff);
}

static void
test_zero_bytes(void)
{
	static const char text[] = "graduated: 1\0";
	ac_tariff  *tariff;
	ac_fault	fault;

	ok(parse_tariff(text, sizeof(text) - 1, &tariff, &fault) == AC_TEXT_EXPECTED &&
	   fault.part == text + 11, "a zero byte is part of a word");
	free(tariff);
}

int
main(void)
{
	size_t		i;

	for (i = 0; i < sizeof(refused_texts) / sizeof(refused_texts[0]); i++)
		test_refused(&refused_texts[i]);
	test_zero_bytes();
	return tap_done();
}
