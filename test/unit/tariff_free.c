/*
 * tariff_free.c
 *	  What is free in a tariff, where it ends, and a tariff with more of it.
 */
#include "slow_tariff.h"

#include "sample_tariff.h"

#define SAMPLES		5000
#define TIERS_MAX	20

/* Does the text say a tariff that costs nothing? */
static void
is_free(const char *text, bool expected, const char *rule)
{
	ac_tariff  *tariff = tariff_of(text);

	ok(ac_tariff_is_free(tariff) == expected, "%s", rule);
	free(tariff);
}

/* Where does the last tier end?  "open" if nowhere. */
static void
ends(const char *text, const char *expected, const char *rule)
{
	ac_tariff  *tariff = tariff_of(text);
	char		found[AC_DECIMAL_MAX];
	ac_int256	end;

	if (ac_tariff_end(tariff, &end))
		ac_decimal_format(end, found);
	is_text(ac_tariff_end(tariff, &end) ? found : "open", expected, rule);
	free(tariff);
}

typedef ac_status (*changes) (const ac_tariff *tariff, ac_int128 quantity,
							  ac_tariff *result, ac_fault *fault);

static void
becomes(changes change, const char *text, const char *quantity,
		const char *expected, const char *rule)
{
	ac_tariff  *tariff = tariff_of(text);
	ac_tariff  *result = new_tariff(tariff->count + 1);
	ac_fault	fault;

	if (change(tariff, quantity_of(quantity).units, result, &fault) != AC_OK)
		abort();
	is_tariff(result, expected, rule);
	free(tariff);
	free(result);
}

static void
fails(changes change, const char *text, const char *quantity,
	  ac_status status, const char *name, int number, const char *rule)
{
	ac_tariff  *tariff = tariff_of(text);
	ac_tariff  *result = new_tariff(tariff->count + 1);
	ac_fault	fault = {0};

	ok(change(tariff, quantity_of(quantity).units, result, &fault) == status &&
	   (name == NULL || names(&fault, name, number)), "%s", rule);
	free(tariff);
	free(result);
}

static void
too_many(void)
{
	ac_tariff  *tariff = new_tariff(AC_TARIFF_TIERS_MAX);
	ac_tariff  *result = new_tariff(AC_TARIFF_TIERS_MAX + 1);
	ac_fault	fault;
	int			i;

	ac_tariff_init(tariff, AC_GRADUATED, AC_TARIFF_TIERS_MAX);
	for (i = 0; i < AC_TARIFF_TIERS_MAX; i++)
		tariff->tier[i].upto = 10 * (i + 1);
	seal(tariff);
	is_int(ac_tariff_add_free_tier(tariff, 5, result, &fault),
		   AC_TARIFF_LIMIT, "a tier more than there can be is refused");
	is_int(ac_tariff_add_free_tier(tariff, 10, result, &fault), AC_OK,
		   "one in place of another is not");
	is_int(result->count, AC_TARIFF_TIERS_MAX, "and there are as many as before");
	free(tariff);
	free(result);
}

/* A quantity above 0 at which a free tier can end, often at a bound. */
static ac_int128
sample_free(const ac_tariff *tariff)
{
	ac_int128	bound = tariff->tier[sample_below(tariff->count)].upto;

	if (sample_below(2) && bound != AC_TIER_OPEN_BOUND)
		return bound;
	return 1 + sample_decimal(1000000);
}

/* What is rated costs what slow_tariff.h says of the tiers that it leaves. */
static bool
free_tier_as_defined(void)
{
	ac_tariff  *tariff = sample_graduated(TIERS_MAX);
	ac_tariff  *result = new_tariff(tariff->count + 1);
	ac_tariff  *expected = new_tariff(tariff->count + 1);
	ac_int128	quantity = sample_free(tariff);
	ac_fault	fault;
	bool		right;
	int			i;

	/* tier by tier, each put in its place */
	ac_tariff_init(expected, AC_GRADUATED, 1);
	expected->allowance = tariff->allowance;
	expected->tier[0].upto = quantity;
	for (i = 0; i < tariff->count; i++)
		if (tariff->tier[i].upto > quantity &&
			ac_tariff_insert(expected, &tariff->tier[i], &fault) != AC_OK)
			abort();
	seal(expected);
	right = ac_tariff_add_free_tier(tariff, quantity, result,
									&fault) == AC_OK &&
		ac_tariff_same(result, expected);
	free(tariff);
	free(result);
	free(expected);
	return right;
}

/* A quantity costs with an allowance what the rest of it costs without. */
static bool
allowance_as_defined(void)
{
	ac_tariff  *tariff = sample_tariff(TIERS_MAX);
	ac_tariff  *result = new_tariff(tariff->count);
	ac_quantity rated = sample_metered(tariff);
	ac_quantity rest = rated;
	ac_quantity free_quantity = ac_quantity_from(sample_free(tariff));
	ac_amount	cost;
	slow		expected;
	ac_fault	fault;
	ac_status	status;
	bool		right = true;

	if (ac_tariff_add_allowance(tariff, free_quantity.units, result,
								&fault) == AC_OK)
	{
		ac_quantity_subtract(&rest, &free_quantity);
		if (rest.units < 0)
			rest = ac_quantity_from(0);
		status = slow_tariff_cost(tariff, &rest, &expected);
		right = ac_tariff_cost(result, &rated, &cost, &fault) == status &&
			(status != AC_OK || slow_equal(slow_of_amount(&cost), expected));
	}
	free(tariff);
	free(result);
	return right;
}

/* What is free costs nothing at any quantity; what is not costs something. */
static bool
free_as_defined(void)
{
	ac_tariff  *tariff = sample_tariff(3);
	bool		priced = false;
	bool		right;
	int			i;

	for (i = 0; i < tariff->count; i++)
	{
		if (sample_below(2))
			tariff->tier[i].price = 0;
		if (sample_below(4))
			tariff->tier[i].flat = 0;
		priced |= tariff->tier[i].price != 0 || tariff->tier[i].flat != 0;
	}
	seal(tariff);
	right = ac_tariff_is_free(tariff) == !priced;
	free(tariff);
	return right;
}

int
main(void)
{
	is_free("graduated: 0", true, "a price of 0 is free");
	is_free("graduated: 0 upto 10, 0 upto 20", true, "so are tiers of it");
	is_free("package 10: 0", true, "and packages");
	is_free("graduated: 0 upto 100, 0.09", false,
			"a free first tier does not make a tariff free");
	is_free("volume: 0 upto 10, 0 flat 1", false, "a fee is a cost");
	is_free("graduated allowance 1000: 0.000000000000000001", false,
			"so is the least price, after an allowance");

	ends("graduated: 0.1 upto 100, 0.05", "open", "an open tier has no end");
	ends("graduated: 0.1 upto 100, 0.05 upto 200.5", "200.5",
		 "a tariff ends where its last tier does");
	ends("volume allowance 30.25: 0.1 upto 100", "130.25",
		 "an allowance comes before the tiers");
	ends("graduated allowance 170141183460469231731.687303715884105726: 1 upto 170141183460469231731.687303715884105726",
		 "340282366920938463463.374607431768211452", "the largest end fits");

	becomes(ac_tariff_add_allowance, "graduated: 0.087 upto 10000, 0.083",
			"100", "graduated allowance 100: 0.087 upto 10000, 0.083",
			"a free quantity before the tiers is an allowance");
	becomes(ac_tariff_add_allowance, "package 10 allowance 5: 3", "2.5",
			"package 10 allowance 7.5: 3", "which adds to one that is there");
	becomes(ac_tariff_add_free_tier, "graduated: 0.09 upto 10240, 0.085",
			"100", "graduated: 0 upto 100, 0.09 upto 10240, 0.085",
			"a free quantity in the tiers is the first of them");
	becomes(ac_tariff_add_free_tier, "graduated: 0.09 upto 50, 0.085", "100",
			"graduated: 0 upto 100, 0.085", "it takes the place of tiers");
	becomes(ac_tariff_add_free_tier, "graduated: 0.09 upto 100, 0.085", "100",
			"graduated: 0 upto 100, 0.085", "also of one that ends there");
	becomes(ac_tariff_add_free_tier, "graduated: 0.09 upto 100", "100",
			"graduated: 0 upto 100", "and of all");
	becomes(ac_tariff_add_free_tier, "volume allowance 5: 2 flat 10 upto 100, 1",
			"20", "volume allowance 5: 0 upto 20, 2 flat 10 upto 100, 1",
			"mode, allowance and fees stay");
	fails(ac_tariff_add_allowance, "graduated allowance 170141183460469231731: 1",
		  "1", AC_TIER_RANGE, "allowance", 0,
		  "an allowance past the limit is out of range");
	fails(ac_tariff_add_allowance, "graduated allowance 5: 1", "-6",
		  AC_TIER_NEGATIVE, "allowance", 0, "one below 0 is refused");
	fails(ac_tariff_add_free_tier, "graduated: 1", "-1", AC_TIER_BOUND, "upto",
		  1, "a free tier that ends below 0 is refused");
	fails(ac_tariff_add_free_tier, "package 10: 3", "5", AC_TARIFF_PACKAGE,
		  NULL, 0, "a package has no second tier");
	too_many();

	property(free_tier_as_defined, SAMPLES, "a free tier takes the place of "
			 "the tiers up to it");
	property(allowance_as_defined, SAMPLES, "a quantity costs with an "
			 "allowance what the rest of it costs without");
	property(free_as_defined, SAMPLES, "a tariff is free if it has neither "
			 "price nor fee");
	return tap_done();
}
