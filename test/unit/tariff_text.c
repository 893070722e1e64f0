/*
 * tariff_text.c
 *	  What the type tariff reads and writes, of any size.
 */
#include "sample_tariff.h"

#define MAX_TEXT "170141183460469231731.687303715884105726"
#define MEGABYTE (1 << 20)

typedef struct accepted
{
	const char *text;
	const char *canonical;
	const char *rule;
} accepted;

static const accepted accepted_texts[] = {
	{"graduated: 0 upto 100, 0.09 upto 10240, 0.085 upto 51200, "
		"0.07 upto 153600, 0.05", "graduated: 0 upto 100, 0.09 upto 10240, "
	"0.085 upto 51200, 0.07 upto 153600, 0.05", "bounds and prices"},
	{"volume: 2 flat 10 upto 100, 1 upto 200, 0.5 flat 50",
		"volume: 2 flat 10 upto 100, 1 upto 200, 0.5 flat 50",
	"fees, where there are any"},
	{"package 10: 100", "package 10: 100", "a block and one tier"},
	{"graduated allowance 100: 1", "graduated allowance 100: 1",
	"an allowance"},
	{"package 1000 allowance 250: 1.5 flat 3 upto 9000",
		"package 1000 allowance 250: 1.5 flat 3 upto 9000",
	"all that there can be"},
	{"graduated: 0", "graduated: 0", "a price of 0 is written"},
	{"volume: 1 upto 5", "volume: 1 upto 5", "a closed last tier"},

	{" \t\n\v\f\rgraduated\t:\n1\v upto\f5\r,  2  ", "graduated: 1 upto 5, 2",
	"blanks around and between"},
	{"graduated:1 upto .5,.25", "graduated: 1 upto 0.5, 0.25",
	"blanks that are not needed are left out"},
	{"graduated:1 upto 5 ,2", "graduated: 1 upto 5, 2",
	"a blank on either side of a comma"},
	{"graduated: +5", "graduated: 5", "a plus sign"},
	{"graduated: -0", "graduated: 0", "no minus zero"},
	{"graduated: .5", "graduated: 0.5", "a point first"},
	{"graduated: 5.", "graduated: 5", "a point last"},
	{"graduated: 1.500 upto 010.0, 0.0", "graduated: 1.5 upto 10, 0",
	"zeros that do not count"},
	{"graduated allowance 0: 1 flat 0", "graduated: 1",
	"an allowance and a fee of 0"},
	{"graduated: 0.000000000000000001 upto 0.000000000000000001",
		"graduated: 0.000000000000000001 upto 0.000000000000000001",
	"18 decimals"},
	{"package " MAX_TEXT " allowance " MAX_TEXT ": " MAX_TEXT " flat "
		MAX_TEXT " upto " MAX_TEXT, "package " MAX_TEXT " allowance "
		MAX_TEXT ": " MAX_TEXT " flat " MAX_TEXT " upto " MAX_TEXT,
	"2^127 - 2 everywhere"},
};

static void
test_accepted(const accepted *test)
{
	ac_tariff  *tariff;
	ac_fault	fault;
	char		found[500] = "refused";

	if (parse_tariff(test->text, strlen(test->text), &tariff, &fault) == AC_OK)
		ac_tariff_format(tariff, found);
	if (!ok(strcmp(found, test->canonical) == 0, "accepts \"%s\": %s",
			test->text, test->rule))
		printf("# found %s\n", found);
	free(tariff);
}

/* ---- size ---- */

/* A beginning, a filler so many times, an end. */
static ac_status
parse_long(const char *begin, const char *filler, int times, const char *end,
		   int *tiers, ac_fault *fault)
{
	size_t		step = strlen(filler);
	size_t		len = strlen(begin);
	char	   *text = malloc(len + step * (size_t) times + strlen(end));
	ac_tariff  *tariff;
	ac_status	status;

	if (text == NULL)
		abort();
	memcpy(text, begin, len);
	for (; times > 0; times--, len += step)
		memcpy(text + len, filler, step);
	memcpy(text + len, end, strlen(end));
	status = parse_tariff(text, len + strlen(end), &tariff, fault);
	*tiers = tariff->count;
	free(tariff);
	free(text);
	return status;
}

static void
test_long(const char *begin, const char *filler, int times, const char *end,
		  ac_status expected, const char *rule)
{
	int			tiers;
	ac_fault	fault;

	is_int(parse_long(begin, filler, times, end, &tiers, &fault), expected,
		   rule);
}

static void
test_sizes(void)
{
	char	   *text = malloc(200000);
	size_t		len = 10;
	ac_tariff  *tariff;
	ac_fault	fault;
	int			tiers;
	int			i;

	if (text == NULL)
		abort();
	memcpy(text, "graduated:", len);
	for (i = 1; i < 10000; i++)
		len += (size_t) sprintf(text + len, "1 upto %d, ", i);
	memcpy(text + len, "1", 1);
	ok(parse_tariff(text, len + 1, &tariff, &fault) == AC_OK &&
	   tariff->count == 10000, "10000 tiers are read");
	free(tariff);
	memcpy(text + len, "1 upto 10000, 1", 15);
	ok(parse_tariff(text, len + 15, &tariff, &fault) == AC_TARIFF_LIMIT &&
	   fault.number[0] == 10001 && fault.number[1] == 10000,
	   "10001 are too many");
	free(tariff);
	free(text);

	ok(parse_long("volume: 1", ", 1", 300000, "", &tiers,
				  &fault) == AC_TARIFF_LIMIT && tiers == 10000 &&
	   fault.number[0] == 300001,
	   "so are 300001, and no more than 10000 are read");
	test_long("volume: 1", ",", MEGABYTE, "", AC_TEXT_EXPECTED,
			  "a megabyte of commas");
	test_long("", ",", MEGABYTE, "", AC_TEXT_EXPECTED,
			  "a megabyte of nothing but commas");
	test_long("volume: ", "0", MEGABYTE, "1", AC_OK,
			  "a megabyte of leading zeros");
	test_long("volume: ", "9", MEGABYTE, "", AC_TEXT_RANGE,
			  "a megabyte of digits");
	test_long("volume: 0.", "0", MEGABYTE, "", AC_TIER_SCALE,
			  "a megabyte of decimals");
	test_long("volume", " ", MEGABYTE, ":1", AC_OK, "a megabyte of blanks");
	test_long("", "\n", MEGABYTE, "", AC_TEXT_EXPECTED,
			  "a megabyte of blanks and nothing else");
	test_long("", "volume", MEGABYTE / 6, "", AC_TEXT_EXPECTED,
			  "a megabyte of one word");
	test_long("volume: 1", ":", MEGABYTE, "", AC_TEXT_EXPECTED,
			  "a megabyte of colons");
	test_long("volume: 1 upto 1", ",1", MEGABYTE / 2, "", AC_TEXT_SEPARATOR,
			  "a megabyte of separators");
}

static void
test_tiers(void)
{
	ok(ac_tariff_text_tiers("", 0) == 1 &&
	   ac_tariff_text_tiers("volume: 1", 9) == 1 &&
	   ac_tariff_text_tiers("volume: 1, 2", 12) == 2 &&
	   ac_tariff_text_tiers("volume: 1, 2", 9) == 1,
	   "a text has a tier more than commas");
}

/* ---- writing ---- */

static bool
parse_undoes_format(void)
{
	ac_tariff  *tariff = sample_tariff(200);
	char	   *text = malloc(AC_TARIFF_TEXT_MAX(tariff->count));
	size_t		len;
	ac_tariff  *back;
	ac_fault	fault;
	bool		same;

	if (text == NULL)
		abort();
	len = ac_tariff_format(tariff, text);
	same = len == strlen(text) &&
		parse_tariff(text, len, &back, &fault) == AC_OK &&
		ac_tariff_same(back, tariff) &&
		memcmp(back->header, "\0\0\0\0", 4) == 0;
	free(tariff);
	free(back);
	free(text);
	return same;
}

/* One byte of a good text is changed, or taken out, or put in. */
static bool
mutations_are_exact_or_refused(void)
{
	static const char bytes[] = "0123456789.-+eE,:_ \tupx\xff";
	ac_tariff  *tariff = sample_tariff(10);
	char	   *text = malloc(AC_TARIFF_TEXT_MAX(tariff->count) + 1);
	char	   *again = NULL;
	size_t		len;
	size_t		at;
	ac_tariff  *read;
	ac_tariff  *back = NULL;
	ac_fault	fault;
	ac_status	status;
	bool		same = true;

	if (text == NULL)
		abort();
	len = ac_tariff_format(tariff, text);
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
	status = parse_tariff(text, len, &read, &fault);
	if (status == AC_OK)
	{
		again = malloc(AC_TARIFF_TEXT_MAX(read->count));
		if (again == NULL)
			abort();
		len = ac_tariff_format(read, again);
		same = parse_tariff(again, len, &back, &fault) == AC_OK &&
			ac_tariff_same(back, read);
	}
	else if (fault.part != NULL)
		same = fault.part >= text &&
			fault.part + fault.part_len <= text + len;
	free(tariff);
	free(read);
	free(back);
	free(again);
	free(text);
	return same;
}

/* The longest text in its buffer and no more. */
static void
test_longest(void)
{
	static const char max[] = "170141183460469231731.687303715884105726";
	ac_tariff  *tariff = new_tariff(2);
	char	   *text = malloc(AC_TARIFF_TEXT_MAX(2));
	char		expected[500];
	int			i;

	if (text == NULL)
		abort();
	ac_tariff_init(tariff, AC_GRADUATED, 2);
	tariff->block = tariff->allowance = AC_TIER_OPEN_BOUND - 1;
	for (i = 0; i < 2; i++)
		tariff->tier[i].upto = tariff->tier[i].price = tariff->tier[i].flat =
			AC_TIER_OPEN_BOUND - 1;
	ac_tariff_format(tariff, text);
	snprintf(expected, sizeof(expected), "graduated %s allowance %s: "
			 "%s flat %s upto %s, %s flat %s upto %s", max, max, max, max,
			 max, max, max, max);
	is_text(text, expected, "the longest text fits in its buffer");
	free(tariff);
	free(text);
}

/* ---- showing ---- */

/* In a buffer of exactly this size: the whole, or its beginning. */
static bool
shown_is_cut_at_its_size(void)
{
	ac_tariff  *tariff = sample_tariff(10);
	char	   *text = malloc(AC_TARIFF_TEXT_MAX(tariff->count));
	size_t		len;
	size_t		size;
	char	   *shown;
	bool		right;

	if (text == NULL)
		abort();
	len = ac_tariff_format(tariff, text);
	size = sample_below(2) ? len - 3 + (size_t) sample_below(8)
		: (size_t) (4 + sample_below(200));
	shown = malloc(size);
	if (shown == NULL)
		abort();
	memset(shown, 'x', size);
	ac_tariff_show(tariff, 0, shown, size);
	if (len < size)
		right = strcmp(shown, text) == 0;
	else
		right = strlen(shown) == size - 1 &&
			memcmp(shown, text, size - 4) == 0 &&
			strcmp(shown + size - 4, "...") == 0;
	free(tariff);
	free(text);
	free(shown);
	return right;
}

static void
test_shown(void)
{
	ac_tariff  *tariff = tariff_of("graduated: 0.09 upto 10, 0.05");
	char		shown[30];

	ac_tariff_show(tariff, 0, shown, 30);
	is_text(shown, "graduated: 0.09 upto 10, 0.05",
			"what has room is shown in full");
	ac_tariff_show(tariff, 0, shown, 29);
	is_text(shown, "graduated: 0.09 upto 10, ...",
			"what has not ends in an ellipsis");
	ac_tariff_show(tariff, 0, shown, 4);
	is_text(shown, "...", "and may be all of it");
	ac_tariff_show(tariff, 1, shown, 30);
	is_text(shown, "0.05", "from a later tier on, the others are left out");
	ac_tariff_show(tariff, 2, shown, 30);
	is_text(shown, "", "and past the last there is nothing");
	free(tariff);
	property(shown_is_cut_at_its_size, 5000, "a text is shown in full or to "
			 "the size of its buffer");
}

int
main(void)
{
	size_t		i;

	for (i = 0; i < sizeof(accepted_texts) / sizeof(accepted_texts[0]); i++)
		test_accepted(&accepted_texts[i]);
	test_tiers();
	test_sizes();
	test_longest();
	test_shown();
	property(parse_undoes_format, 5000, "parse undoes format, bit for bit");
	property(mutations_are_exact_or_refused, 20000, "what is read from a "
			 "damaged text is written and read again as the same value");
	return tap_done();
}
