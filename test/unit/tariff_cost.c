/*
 * tariff_cost.c
 *	  What a quantity costs: bills that were published, and edges.
 */
#include "sample_tariff.h"
#include "slow_tariff.h"

#define ZEROS_35 "00000000000000000000000000000000000"

/* ---- examples ---- */

typedef struct example
{
	const char *tariff;
	const char *prior;			/* NULL for a whole period */
	const char *quantity;
	const char *cost;
	const char *rule;
} example;

#define EGRESS "graduated: 0 upto 100, 0.09 upto 10240, 0.085 upto 51200, " \
	"0.07 upto 153600, 0.05"
#define EGRESS_PAID "graduated: 0.09 upto 10240, 0.085 upto 51200, " \
	"0.07 upto 153600, 0.05"
#define EGRESS_1_FREE "graduated: 0 upto 1, 0.09 upto 10240, " \
	"0.085 upto 51200, 0.07 upto 153600, 0.05"
#define FEES "graduated: 10 flat 2 upto 10, 5 flat 3 upto 20, 5 flat 3"
#define FLAT_THEN_UNIT "0 flat 100 upto 5, 0 flat 50 upto 10, 10 upto 15, 5"
#define VOLUME "volume: 2 flat 10 upto 100, 1 upto 200, 0.5 flat 50"
#define VOLUME_FLAT "volume: 0 flat 100 upto 5, 0 flat 150 upto 10, " \
	"10 upto 15, 5"

static const example examples[] = {
	{EGRESS, NULL, "57000", "4800.2", "the tiers of egress in order"},
	{EGRESS_PAID, NULL, "157000", "11741.2",
	"921.60 + 3481.60 + 7168 + 170"},
	{EGRESS_1_FREE, NULL, "63488", "5263.27",
	"a free amount inside the first tier counts towards its bound"},
	{"graduated allowance 1: 0.09 upto 10240, 0.085 upto 51200, "
		"0.07 upto 153600, 0.05", NULL, "63488", "5263.29",
	"an allowance shifts the tiers: 921.60 + 3481.60 + 860.09"},

	{FEES, NULL, "0", "2", "the first fee is due without use"},
	{FEES, NULL, "1", "12", "and once"},
	{FEES, NULL, "10", "102", "a bound belongs to the tier below"},
	{FEES, NULL, "11", "110", "each fee is due when its tier is reached"},
	{FEES, NULL, "20.000000000000000000000000000000000001",
		"158.000000000000000000000000000000000005",
	"which the 36th decimal does"},
	{"graduated: 10 upto 0.1, 5 upto 1, 2", NULL, "0.05", "0.5",
	"half the first tier"},
	{"graduated: 10 upto 0.1, 5 upto 1, 2", NULL, "0.5", "3",
	"bounds have decimals"},
	{"graduated: " FLAT_THEN_UNIT, NULL, "0", "100", "a fee in place of a "
	"price"},
	{"graduated: " FLAT_THEN_UNIT, NULL, "5", "100", "up to its bound"},
	{"graduated: " FLAT_THEN_UNIT, NULL, "5.001", "150", "and another past "
	"it"},
	{"graduated: " FLAT_THEN_UNIT, NULL, "12", "170", "then a price"},
	{"graduated: 0 upto 10, 5 upto 15, 1", "12", "10", "22",
	"15 and 7 after 12 units that were billed"},

	{VOLUME, NULL, "0", "10", "by volume the first fee is due, too"},
	{VOLUME, NULL, "100", "210", "all units at the price of the tier"},
	{VOLUME, NULL, "101", "101", "a larger volume can cost less"},
	{VOLUME, NULL, "200", "200", "a bound belongs to the tier below"},
	{VOLUME, NULL, "200.000000000000000000000000000000000002",
		"150.000000000000000000000000000000000001",
	"and no more than the bound"},
	{VOLUME, "100", "1", "-109", "then what comes after costs less than "
	"nothing"},
	{VOLUME_FLAT, NULL, "15", "150", "units of the third tier"},
	{VOLUME_FLAT, NULL, "16", "80", "units of the fourth"},
	{"volume allowance 100: 2 upto 100, 1", NULL, "200", "200",
	"an allowance is not billed by volume"},
	{"volume allowance 100: 2 upto 100, 1", NULL, "201", "101",
	"and shifts the tiers"},

	{"package 10: 100", NULL, "121", "1300", "13 blocks"},
	{"package 10: 100", NULL, "120", "1200", "12 are full"},
	{"package 10: 100", NULL, "0", "0", "none"},
	{"package 10: 100", NULL, "0.000000000000000000000000000000000001",
	"100", "a block is bought for the least quantity"},
	{"package 10: 100 flat 7", NULL, "0", "7", "a fee is due without one"},
	{"package 10: 100 flat 7", NULL, "11", "207", "and once"},
	{"package 10 allowance 10: 100", NULL, "121", "1200",
	"an allowance comes before blocks"},
	{"package 10 allowance 200: 100", NULL, "121", "0",
	"and can cover all"},
	{"package 1000: 10", NULL, "1400", "20", "two blocks"},
	{"package 1000: 10", "1400", "1300", "10",
	"one more: the second was not full"},
	{"package 0.5: 3", NULL, "1.2", "9", "a block has decimals"},

	{EGRESS, "57000", "-57000", "-4800.2", "what is taken back is paid back"},
	{EGRESS, "57000", "0", "0", "nothing more costs nothing"},
	{FEES, "0", "11", "108", "after 0 the base fee was billed"},
};

static void
test_example(const example *test)
{
	ac_tariff  *tariff = tariff_of(test->tariff);
	ac_quantity quantity = quantity_of(test->quantity);
	ac_quantity prior = quantity_of(test->prior ? test->prior : "0");
	ac_amount	cost;
	ac_fault	fault;
	ac_status	status = test->prior
	? ac_tariff_cost_after(tariff, &prior, &quantity, &cost, &fault)
	: ac_tariff_cost(tariff, &quantity, &cost, &fault);
	char		rule[400];

	snprintf(rule, sizeof(rule), "%s after %s by \"%s\": %s", test->quantity,
			 test->prior ? test->prior : "nothing", test->tariff, test->rule);
	if (status == AC_OK)
		is_amount(&cost, test->cost, rule);
	else
		ok(false, "%s", rule);
	free(tariff);
}

/* The lines as "tier: from - upto, quantity at price + flat = amount; ". */
static void
lines_are(const char *text, const char *metered, const char *expected,
		  const char *rule)
{
	ac_tariff  *tariff = tariff_of(text);
	ac_quantity quantity = quantity_of(metered);
	char		found[1000] = "";
	size_t		len = 0;
	int			count = 0;
	ac_fault	fault;
	int			i;

	if (ac_tariff_lines(tariff, &quantity, &count, &fault) != AC_OK)
		strcpy(found, "refused");
	for (i = 0; i < count; i++)
	{
		char		number[6][AC_DECIMAL_MAX];
		ac_tariff_line line;

		if (ac_tariff_get_line(tariff, &quantity, i, &line, &fault) != AC_OK)
			abort();
		ac_quantity_format(&line.from, number[0]);
		ac_quantity_format(&line.upto, number[1]);
		ac_quantity_format(&line.quantity, number[2]);
		ac_decimal_format(ac_int256_from(line.price), number[3]);
		ac_decimal_format(ac_int256_from(line.flat), number[4]);
		ac_decimal_format_scaled(line.amount.units, AC_QUANTITY_SCALE,
								 number[5]);
		len += (size_t) snprintf(found + len, sizeof(found) - len,
								 "%s%d: %s - %s, %s at %s + %s = %s",
								 i > 0 ? "; " : "", line.tier, number[0],
								 number[1], number[2], number[3], number[4],
								 number[5]);
	}
	is_text(found, expected, rule);
	free(tariff);
}

static void
test_lines(void)
{
	lines_are(EGRESS_1_FREE, "63488", "1: 0 - 1, 1 at 0 + 0 = 0; "
			  "2: 1 - 10240, 10239 at 0.09 + 0 = 921.51; "
			  "3: 10240 - 51200, 40960 at 0.085 + 0 = 3481.6; "
			  "4: 51200 - 63488, 12288 at 0.07 + 0 = 860.16",
			  "a bill has a line for each tier that is reached");
	lines_are(EGRESS, "0", "1: 0 - 0, 0 at 0 + 0 = 0",
			  "the first always is");
	lines_are(FEES, "11", "1: 0 - 10, 10 at 10 + 2 = 102; "
			  "2: 10 - 11, 1 at 5 + 3 = 8", "each line has its fee");
	lines_are("graduated allowance 5: 2 upto 10, 1", "17",
			  "1: 5 - 15, 10 at 2 + 0 = 20; 2: 15 - 17, 2 at 1 + 0 = 2",
			  "an allowance is on no line and shifts the others");
	lines_are("graduated allowance 5: 2 upto 10, 1", "3",
			  "1: 3 - 3, 0 at 2 + 0 = 0", "one that covers all leaves one");
	lines_are(VOLUME, "101", "2: 0 - 101, 101 at 1 + 0 = 101",
			  "by volume there is the line of the total's tier");
	lines_are("package 10 allowance 5: 100 flat 1", "26",
			  "1: 5 - 26, 3 at 100 + 1 = 301", "a package counts blocks");
}

/* ---- marginal prices ---- */

static void
marginal_is(const char *text, const char *metered, const char *expected,
			const char *rule)
{
	ac_tariff  *tariff = tariff_of(text);
	ac_quantity quantity = quantity_of(metered);
	char		found[AC_DECIMAL_MAX] = "refused";
	ac_int128	price;
	ac_fault	fault;

	if (ac_tariff_marginal(tariff, &quantity, &price, &fault) == AC_OK)
		ac_decimal_format(ac_int256_from(price), found);
	is_text(found, expected, rule);
	free(tariff);
}

static void
test_marginal(void)
{
	marginal_is(FEES, "0", "10", "the first unit is in the first tier");
	marginal_is(EGRESS, "99.999999999999999999999999999999999999", "0",
				"what comes next is what is left of the tier");
	marginal_is(EGRESS, "100", "0.09", "after a bound comes the next tier");
	marginal_is(EGRESS, "200000", "0.05", "the last is open");
	marginal_is(VOLUME, "100", "1", "by volume, too, jumps apart");
	marginal_is("package 10: 100", "5", "100",
				"for a package it is the price of a block");
	marginal_is("graduated allowance 10: 3", "0", "0", "an allowance is free");
	marginal_is("graduated allowance 10: 3",
				"9.999999999999999999999999999999999999", "0",
				"until it is used up");
	marginal_is("graduated allowance 10: 3", "10", "3", "then it is not");
	marginal_is("graduated: 3 upto 10", "10", "refused",
				"after a closed last tier comes nothing");
	marginal_is("graduated: 3 upto 10",
				"9.999999999999999999999999999999999999", "3",
				"before its end does");
	marginal_is("graduated: 3", "-1", "refused", "below 0 there are no tiers");
	marginal_is("graduated: 3", "170141183460469231731.687303715884105727",
				"3", "an open tier has no end");
}

/* ---- what is refused ---- */

static void
test_refused(void)
{
	ac_tariff  *closed = tariff_of("graduated allowance 2: "
								   "1 upto 10, 2 upto 20");
	ac_tariff  *volume = tariff_of("volume: 1 upto 10");
	ac_tariff  *package = tariff_of("package 3: 1 upto 10");
	ac_tariff  *small = tariff_of("package 0.000000000000000001: 1");
	ac_quantity quantity = quantity_of("22." ZEROS_35 "1");
	ac_quantity negative = quantity_of("-0." ZEROS_35 "1");
	ac_quantity ten = quantity_of("10");
	ac_quantity highest = {AC_INT128_MAX, AC_UNIT - 1};
	ac_quantity lowest = {AC_INT128_MIN, 0};
	ac_amount	cost;
	ac_tariff_line line;
	ac_fault	fault;
	ac_int128	price;
	int			count;

	ok(ac_tariff_cost(closed, &quantity, &cost, &fault) == AC_QUANTITY_PAST,
	   "a quantity past a closed last tier is refused");
	is_text(fault.value[0], "22." ZEROS_35 "1",
			"it is named");
	is_text(fault.value[1], "22", "and so is the end, allowance included");
	ok(ac_tariff_lines(closed, &quantity, &count,
					   &fault) == AC_QUANTITY_PAST &&
	   ac_tariff_get_line(closed, &quantity, 0, &line,
						  &fault) == AC_QUANTITY_PAST,
	   "its bill has no lines");
	quantity = quantity_of("22");
	ok(ac_tariff_marginal(closed, &quantity, &price,
						  &fault) == AC_QUANTITY_LAST &&
	   strcmp(fault.value[0], "22") == 0 && strcmp(fault.value[1], "22") == 0,
	   "at the end there is no next unit");
	ok(ac_tariff_cost(closed, &quantity, &cost, &fault) == AC_OK,
	   "the end is not past it");
	ok(ac_tariff_cost(closed, &highest, &cost, &fault) == AC_QUANTITY_PAST &&
	   strcmp(fault.value[0], "170141183460469231731."
			  "687303715884105727999999999999999999") == 0,
	   "the longest quantity is named in full");
	ok(ac_tariff_cost(package, &ten, &cost, &fault) == AC_OK,
	   "the end of a package counts units, not blocks");
	quantity = quantity_of("10.000000000000000001");
	ok(ac_tariff_cost(package, &quantity, &cost, &fault) == AC_QUANTITY_PAST &&
	   ac_tariff_cost(volume, &quantity, &cost, &fault) == AC_QUANTITY_PAST,
	   "and is kept in every mode");

	ok(ac_tariff_cost(closed, &negative, &cost,
					  &fault) == AC_QUANTITY_NEGATIVE,
	   "a quantity below 0 is refused");
	is_text(fault.value[0], "-0." ZEROS_35 "1",
			"and named");
	ok(ac_tariff_cost(volume, &lowest, &cost,
					  &fault) == AC_QUANTITY_NEGATIVE &&
	   ac_tariff_lines(package, &negative, &count,
					   &fault) == AC_QUANTITY_NEGATIVE &&
	   ac_tariff_marginal(package, &negative, &price,
						  &fault) == AC_QUANTITY_NEGATIVE,
	   "in every mode and for all that is asked");
	quantity = quantity_of("-10.5");
	ok(ac_tariff_cost_after(volume, &ten, &quantity, &cost,
							&fault) == AC_QUANTITY_NEGATIVE,
	   "so is a correction of more than there was");
	is_text(fault.value[0], "-0.5", "by the total that it leaves");
	ok(ac_tariff_cost_after(volume, &negative, &ten, &cost,
							&fault) == AC_QUANTITY_NEGATIVE,
	   "and a prior quantity below 0");

	ok(ac_tariff_cost_after(small, &highest, &ten, &cost,
							&fault) == AC_QUANTITY_RANGE,
	   "a total that does not fit is refused");
	quantity = ac_quantity_from(AC_INT128_MAX / (ac_int128) AC_UNIT);
	ok(ac_tariff_cost(small, &quantity, &cost, &fault) == AC_OK,
	   "as many blocks as the highest quantity has units are rated");
	quantity.rest = 1;
	ok(ac_tariff_cost(small, &quantity, &cost, &fault) == AC_QUANTITY_RANGE,
	   "and no more");
	free(closed);
	free(volume);
	free(package);
	free(small);
}

/* The dearest bill there is: 10000 fees, and the most units at the most. */
static void
test_highest(void)
{
	ac_tariff  *tariff = new_tariff(AC_TARIFF_TIERS_MAX);
	ac_quantity highest = {AC_INT128_MAX, AC_UNIT - 1};
	ac_amount	cost;
	ac_fault	fault;
	slow		expected;
	int			i;

	ac_tariff_init(tariff, AC_GRADUATED, AC_TARIFF_TIERS_MAX);
	for (i = 0; i < AC_TARIFF_TIERS_MAX; i++)
	{
		tariff->tier[i].upto = AC_INT128_MAX - AC_TARIFF_TIERS_MAX + 1 + i;
		tariff->tier[i].price = AC_INT128_MAX - 1;
		tariff->tier[i].flat = AC_INT128_MAX - 1;
	}
	ok(ac_tariff_seal(tariff, &fault) == AC_OK &&
	   slow_tariff_cost(tariff, &highest, &expected) == AC_OK &&
	   ac_tariff_cost(tariff, &highest, &cost, &fault) == AC_OK &&
	   !ac_int256_negative(cost.units) &&
	   slow_equal(slow_of_amount(&cost), expected),
	   "the highest amount of 10000 tiers is in range");
	free(tariff);
}

int
main(void)
{
	size_t		i;

	for (i = 0; i < sizeof(examples) / sizeof(examples[0]); i++)
		test_example(&examples[i]);
	test_lines();
	test_marginal();
	test_refused();
	test_highest();
	return tap_done();
}
