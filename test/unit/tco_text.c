/*
 * tco_text.c
 *	  What the type tco reads, what it refuses and why, and what it writes.
 */
#include "core/tco.h"

#include "sample.h"

#define MAX_TEXT "170141183460469231731.687303715884105727"
#define MIN_TEXT "-170141183460469231731.687303715884105728"
#define MEGABYTE (1 << 20)

typedef struct accepted
{
	const char *text;
	const char *canonical;
	const char *rule;
} accepted;

static const accepted accepted_texts[] = {
	{"6 USD", "6 USD other=6", "an amount alone is other"},
	{"0 USD", "0 USD", "zero has no components"},
	{"-0 USD", "0 USD", "there is no minus zero"},
	{"6 usd", "6 USD other=6", "three letters become upper case"},
	{"6 tokens", "6 tokens other=6", "a unit is kept as given"},
	{".5 USD", "0.5 USD other=0.5", "a point may stand first"},
	{"5. USD", "5 USD other=5", "a point may stand last"},
	{"+5 USD", "5 USD other=5", "a plus sign is read"},
	{"12.50 USD", "12.5 USD other=12.5", "trailing zeros go"},
	{" \t\n\v\f\r6 USD \t\n\v\f\r", "6 USD other=6", "blanks around"},
	{"6\t\nUSD\r\n  compute=6", "6 USD compute=6", "blanks between"},
	{"3 USD egress=2 upfront=1", "3 USD upfront=1 egress=2", "any order"},
	{"-1 USD credit=-1", "-1 USD credit=-1", "any sign"},
	{"0 USD compute=0", "0 USD", "a component may be zero"},
	{"0 USD other=200 credit=-200", "0 USD other=200 credit=-200",
	"a credit does not vanish"},
	{"36 USD upfront=1 compute=2 energy=3 egress=4 storage=5 other=6 tax=7 "
		"credit=8", "36 USD upfront=1 compute=2 energy=3 egress=4 storage=5 "
	"other=6 tax=7 credit=8", "the order of components"},
	{"1.500 USD compute=01.5", "1.5 USD compute=1.5",
	"totals agree as numbers"},
	{"0.000000000000000001 USD",
	"0.000000000000000001 USD other=0.000000000000000001", "18 decimals"},
	{MAX_TEXT " USD", MAX_TEXT " USD other=" MAX_TEXT, "2^127 - 1"},
	{MIN_TEXT " USD", MIN_TEXT " USD other=" MIN_TEXT, "-2^127"},
	{"340282366920938463463.374607431768211454 USD compute=" MAX_TEXT
		" tax=" MAX_TEXT, "340282366920938463463.374607431768211454 USD "
	"compute=" MAX_TEXT " tax=" MAX_TEXT, "a total is wider"},
};

typedef struct refused
{
	const char *text;
	ac_status	status;
	const char *part;			/* that the fault names; NULL if none */
	const char *rule;
} refused;

static const refused refused_texts[] = {
	{"", AC_TEXT_MISSING_AMOUNT, NULL, "nothing"},
	{" \t\n", AC_TEXT_MISSING_AMOUNT, NULL, "only blanks"},
	{"6", AC_TEXT_MISSING_CURRENCY, NULL, "a number has no currency"},
	{"6 \n", AC_TEXT_MISSING_CURRENCY, NULL, "nor have blanks"},
	{"USD", AC_TEXT_NUMBER, "USD", "a currency has no amount"},
	{"USD 12.50", AC_TEXT_CURRENCY_FIRST, "USD", "the currency is second"},
	{"usd -.5", AC_TEXT_CURRENCY_FIRST, "usd", "the currency is second"},
	{"v1 6 USD", AC_TEXT_CURRENCY_FIRST, "v1", "there is no version"},
	{"6USD", AC_TEXT_NUMBER, "6USD", "a blank is between"},
	{"$6", AC_TEXT_NUMBER, "$6", "a sign is no currency"},
	{"6 $", AC_TEXT_CURRENCY, "$", "a sign is no currency"},
	{"6 US-D", AC_TEXT_CURRENCY, "US-D", "letters, digits, underscore"},
	{"6 abcdefghijklm", AC_TEXT_CURRENCY, "abcdefghijklm", "12 at most"},
	{"6 compute=6", AC_TEXT_CURRENCY, "compute=6", "no currency"},
	{"(6 USD)", AC_TEXT_NUMBER, "(6", "brackets"},
	{"6 USD)", AC_TEXT_CURRENCY, "USD)", "a bracket"},
	{"\"6 USD\"", AC_TEXT_NUMBER, "\"6", "quotes"},
	{"6 USD junk", AC_TEXT_COMPONENT, "junk", "something follows"},
	{"6 USD, compute=6", AC_TEXT_CURRENCY, "USD,", "commas"},
	{"6 USD 7 EUR", AC_TEXT_COMPONENT, "7", "two values"},
	{"6\xc2\xa0USD", AC_TEXT_NUMBER, "6\xc2\xa0USD", "a hard blank"},
	{"\xef\xbc\x96 USD", AC_TEXT_NUMBER, "\xef\xbc\x96", "fullwidth digits"},
	{"\xff USD", AC_TEXT_NUMBER, "\xff", "bytes of no encoding"},
	{"6 \xff", AC_TEXT_CURRENCY, "\xff", "bytes of no encoding"},
	{"+ USD", AC_TEXT_NUMBER, "+", "no digits"},
	{"- USD", AC_TEXT_NUMBER, "-", "no digits"},
	{"- 6 USD", AC_TEXT_NUMBER, "-", "a sign on its own"},
	{"--1 USD", AC_TEXT_NUMBER, "--1", "two signs"},
	{". USD", AC_TEXT_NUMBER, ".", "no digits"},
	{"1e USD", AC_TEXT_NUMBER, "1e", "no number"},
	{"1e99999999 USD", AC_TEXT_EXPONENT, "1e99999999", "exponents"},
	{"1E-13 USD", AC_TEXT_EXPONENT, "1E-13", "exponents"},
	{"0x10 USD", AC_TEXT_NUMBER, "0x10", "hexadecimal"},
	{"1_000 USD", AC_TEXT_SEPARATOR, "1_000", "separators"},
	{"1,234.56 USD", AC_TEXT_SEPARATOR, "1,234.56", "separators"},
	{"1.234,56 USD", AC_TEXT_SEPARATOR, "1.234,56", "a decimal comma"},
	{"12,50 USD", AC_TEXT_SEPARATOR, "12,50", "a decimal comma"},
	{"1'234 USD", AC_TEXT_SEPARATOR, "1'234", "separators"},
	{"1 234", AC_TEXT_CURRENCY, "234", "separators"},
	{"1 234 USD", AC_TEXT_CURRENCY, "234", "separators"},
	{"inf USD", AC_TEXT_NUMBER, "inf", "infinity"},
	{"-Infinity USD", AC_TEXT_NUMBER, "-Infinity", "infinity"},
	{"NaN USD", AC_TEXT_NUMBER, "NaN", "not a number"},
	{"0.0000000000000000001 USD", AC_TEXT_SCALE, "0.0000000000000000001",
	"19 decimals"},
	{"1.0000000000000000000 USD", AC_TEXT_SCALE, "1.0000000000000000000",
	"19 decimals, even zeros"},
	{"170141183460469231731.687303715884105728 USD", AC_TEXT_RANGE,
	"170141183460469231731.687303715884105728", "2^127"},
	{"-170141183460469231731.687303715884105729 USD", AC_TEXT_RANGE,
	"-170141183460469231731.687303715884105729", "-2^127 - 1"},
	{"0 USD tax=170141183460469231731.687303715884105728", AC_TEXT_RANGE,
		"170141183460469231731.687303715884105728",
	"2^127 in a component"},
	{"0 USD tax=-170141183460469231731.687303715884105729", AC_TEXT_RANGE,
		"-170141183460469231731.687303715884105729",
	"-2^127 - 1 in a component"},
	{"10000000000000000000000 USD tax=1", AC_TEXT_RANGE,
	"10000000000000000000000", "no components add up to 10^22"},
	{"6 USD gpu=6", AC_TEXT_COMPONENT_NAME, "gpu", "no such component"},
	{"6 USD Compute=6", AC_TEXT_COMPONENT_NAME, "Compute", "lower case"},
	{"6 USD total=6", AC_TEXT_COMPONENT_NAME, "total", "no such component"},
	{"6 USD =6", AC_TEXT_COMPONENT_NAME, "", "no name"},
	{"6 USD compute", AC_TEXT_COMPONENT, "compute", "no amount"},
	{"6 USD compute:6", AC_TEXT_COMPONENT, "compute:6", "no equals sign"},
	{"6 USD compute=", AC_TEXT_NUMBER, "", "no amount"},
	{"6 USD compute= 6", AC_TEXT_NUMBER, "", "a blank after the sign"},
	{"6 USD compute =6", AC_TEXT_COMPONENT, "compute", "a blank before it"},
	{"6 USD compute==6", AC_TEXT_NUMBER, "=6", "two signs"},
	{"6 USD compute=6USD", AC_TEXT_NUMBER, "6USD", "no unit there"},
	{"6 USD compute=1e1", AC_TEXT_EXPONENT, "1e1", "exponents there, too"},
	{"6 USD compute=1,0", AC_TEXT_SEPARATOR, "1,0", "separators, too"},
	{"6 USD compute=3 compute=3", AC_TEXT_COMPONENT_TWICE, "compute",
	"a component is given once"},
	{"0 USD tax=0 tax=0", AC_TEXT_COMPONENT_TWICE, "tax",
	"even a zero one"},
};

/* Parse a copy of exactly the size of the text. */
static ac_status
parse(const char *text, size_t len, ac_tco *tco, ac_fault *fault,
	  char **copy)
{
	*copy = exact_copy(text, len);
	return ac_tco_parse(*copy, len, tco, fault);
}

static void
test_accepted(const accepted *test)
{
	ac_tco		tco;
	ac_fault	fault;
	char	   *copy;
	char		found[AC_TCO_TEXT_MAX] = "refused";

	if (parse(test->text, strlen(test->text), &tco, &fault, &copy) == AC_OK)
		ac_tco_format(&tco, found);
	if (!ok(strcmp(found, test->canonical) == 0, "accepts \"%s\": %s",
			test->text, test->rule))
		printf("# found %s\n", found);
	free(copy);
}

static void
test_refused(const refused *test)
{
	ac_tco		tco;
	ac_fault	fault = {.part = NULL};
	char	   *copy;
	ac_status	status = parse(test->text, strlen(test->text), &tco, &fault,
							   &copy);

	if (!ok(status == test->status &&
			(test->part == NULL ||
			 (fault.part_len == strlen(test->part) &&
			  memcmp(fault.part, test->part, fault.part_len) == 0)),
			"refuses \"%s\": %s", test->text, test->rule))
		printf("# found status %d, expected %d\n", (int) status,
			   (int) test->status);
	free(copy);
}

static void
test_total_mismatch(void)
{
	ac_tco		tco;
	ac_fault	fault;
	const char *text = "5.10 USD compute=5 tax=-.05";

	ok(ac_tco_parse(text, strlen(text), &tco, &fault) == AC_TEXT_TOTAL &&
	   strcmp(fault.value[0], "5.1") == 0 &&
	   strcmp(fault.value[1], "4.95") == 0,
	   "the total must agree with the components, or both are named");
	text = "5 USD compute=0";
	ok(ac_tco_parse(text, strlen(text), &tco, &fault) == AC_TEXT_TOTAL,
	   "with a component given, even zero, nothing else is other");
	text = "-9999999999999999999999.999999999999999999 USD tax=" MIN_TEXT;
	ok(ac_tco_parse(text, strlen(text), &tco, &fault) == AC_TEXT_TOTAL &&
	   strcmp(fault.value[1], MIN_TEXT) == 0,
	   "the longest numbers fit in the fault");
}

static void
test_zero_bytes(void)
{
	ac_tco		tco;
	ac_fault	fault;

	ok(ac_tco_parse("6 USD\0", 6, &tco, &fault) == AC_TEXT_CURRENCY,
	   "a zero byte does not end the text");
	ok(ac_tco_parse("USD \0", 5, &tco, &fault) == AC_TEXT_NUMBER,
	   "a zero byte does not begin a number");
}

/* A text of a megabyte: a beginning, a filler over and over, an end. */
static void
test_megabyte(const char *begin, const char *filler, const char *end,
			  ac_status expected, const char *rule)
{
	size_t		len = strlen(begin);
	size_t		step = strlen(filler);
	char	   *text = malloc(MEGABYTE + 100);
	ac_tco		tco;
	ac_fault	fault;
	char	   *copy;

	if (text == NULL)
		abort();
	memcpy(text, begin, len);
	for (; len < MEGABYTE; len += step)
		memcpy(text + len, filler, step);
	memcpy(text + len, end, strlen(end));
	len += strlen(end);
	is_int(parse(text, len, &tco, &fault, &copy), expected, rule);
	free(copy);
	free(text);
}

static void
test_megabytes(void)
{
	test_megabyte("", "0", "1 USD", AC_OK, "a megabyte of leading zeros");
	test_megabyte("6", " ", "USD", AC_OK, "a megabyte of blanks");
	test_megabyte("", "\n", "", AC_TEXT_MISSING_AMOUNT,
				  "a megabyte of blanks and nothing else");
	test_megabyte("", "9", " USD", AC_TEXT_RANGE, "a megabyte of digits");
	test_megabyte("0.", "0", " USD", AC_TEXT_SCALE, "a megabyte of decimals");
	test_megabyte("", "A", "", AC_TEXT_NUMBER, "a megabyte of letters");
	test_megabyte("6 ", "A", "", AC_TEXT_CURRENCY,
				  "a megabyte of currency");
	test_megabyte("6 USD ", "a", "=6", AC_TEXT_COMPONENT_NAME,
				  "a megabyte of component name");
	test_megabyte("6 USD ", "a", "", AC_TEXT_COMPONENT,
				  "a megabyte without an equals sign");
	test_megabyte("0 USD", " tax=0", "", AC_TEXT_COMPONENT_TWICE,
				  "a megabyte of components");
	test_megabyte("1 USD tax=", "0", "1", AC_OK,
				  "a megabyte of leading zeros in a component");
}

static bool
parse_undoes_format(void)
{
	ac_tco		tco;
	ac_tco		back;
	ac_fault	fault;
	char		text[AC_TCO_TEXT_MAX];
	size_t		len;
	char	   *copy;
	bool		same;

	sample_tco(&tco);
	memset(&back, 'x', sizeof(back));
	len = ac_tco_format(&tco, text);
	same = len == strlen(text) && len < AC_TCO_TEXT_MAX &&
		parse(text, len, &back, &fault, &copy) == AC_OK &&
		same_tco(&tco, &back);
	free(copy);
	return same;
}

/* One byte of a good text is changed, or taken out, or put in. */
static bool
mutations_are_exact_or_refused(void)
{
	ac_tco		tco;
	ac_fault	fault;
	char		text[AC_TCO_TEXT_MAX + 1];
	char		again[AC_TCO_TEXT_MAX];
	static const char bytes[] = "0123456789.-+eE,=_ \tUx\xff";
	size_t		len;
	size_t		at;
	char	   *copy;
	ac_status	status;

	sample_tco(&tco);
	len = ac_tco_format(&tco, text);
	at = (size_t) sample_below((int) len);
	switch (sample_below(3))
	{
		case 0:
			text[at] = bytes[sample_below((int) sizeof(bytes))];
			break;
		case 1:
			memmove(text + at, text + at + 1, len-- - at - 1);
			break;
		default:
			memmove(text + at + 1, text + at, len++ - at);
			text[at] = bytes[sample_below((int) sizeof(bytes))];
	}
	status = parse(text, len, &tco, &fault, &copy);
	free(copy);
	if (status == AC_OK)
	{
		ac_tco		back;

		len = ac_tco_format(&tco, again);
		return ac_tco_parse(again, len, &back, &fault) == AC_OK &&
			same_tco(&tco, &back);
	}
	return true;
}

int
main(void)
{
	ac_tco		longest;
	char		text[AC_TCO_TEXT_MAX];
	size_t		i;

	for (i = 0; i < sizeof(accepted_texts) / sizeof(accepted_texts[0]); i++)
		test_accepted(&accepted_texts[i]);
	for (i = 0; i < sizeof(refused_texts) / sizeof(refused_texts[0]); i++)
		test_refused(&refused_texts[i]);
	test_total_mismatch();
	test_zero_bytes();
	test_megabytes();

	longest = tco_of("0 ABCDEFGHIJKL");
	for (i = 0; i < AC_NCOMPONENTS; i++)
		longest.amount[i] = AC_INT128_MIN;
	ok(ac_tco_format(&longest, text) < AC_TCO_TEXT_MAX,
	   "the longest text fits in its buffer");
	property(parse_undoes_format, 30000, "parse undoes format, bit for bit");
	property(mutations_are_exact_or_refused, 50000, "what is read from a "
			 "damaged text is written and read again as the same value");
	return tap_done();
}
