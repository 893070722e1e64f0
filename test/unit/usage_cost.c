/*
 * usage_cost.c
 *	  What tokens cost, against products that are added up digit by digit.
 */
#include "core/usage.h"

#include "sample.h"

static const ac_quantity no_price[AC_USAGE_TOKENS];

static ac_quantity
price_of(ac_int128 units, uint64_t rest)
{
	ac_quantity price = {.units = units,.rest = rest};

	return price;
}

static void
test_costs(void)
{
	ac_quantity price[AC_USAGE_TOKENS] = {
		{1250000000000, 0}, {125000000000, 0}, {0, 0}, {0, 0},
		{10000000000000, 0}
	};
	ac_maybe	tokens[AC_USAGE_TOKENS] = {
		{true, 1000000}, {true, 2000000}, {false, 7}, {true, 0}, {true, -3}
	};
	ac_usage_cost cost = ac_usage_tokens_cost(tokens, price);
	ac_int128	units;

	ok(ac_int256_narrow(cost.units, &units)
	   && units == (ac_int128) 1499970 * 1000000000000
	   && cost.scale == AC_SCALE,
	   "each kind of tokens has its price, and a correction is deducted");

	price[0] = price_of(1250000000000, AC_UNIT / 2);
	tokens[0].value = 1;
	tokens[1].known = tokens[4].known = false;
	cost = ac_usage_tokens_cost(tokens, price);
	ok(ac_int256_narrow(cost.units, &units)
	   && units == (ac_int128) 1250000000000 * AC_UNIT + AC_UNIT / 2
	   && cost.scale == AC_QUANTITY_SCALE,
	   "a price may have 36 decimals");
	tokens[0].known = false;
	ok(ac_int256_is_zero(ac_usage_tokens_cost(tokens, price).units),
	   "tokens that are unknown have no cost");
	tokens[0] = (ac_maybe)
	{
		true, 0
	};
	ok(ac_int256_is_zero(ac_usage_tokens_cost(tokens, no_price).units),
	   "nor have none");
}

/* value * factor in steps of one bit */
static ac_int256
slow_multiply(ac_int256 value, int64_t factor)
{
	uint64_t	bits = (uint64_t) ac_int128_magnitude(factor);
	ac_int256	sum = ac_int256_from(0);

	for (; bits != 0; bits >>= 1)
	{
		if (bits & 1)
			sum = ac_int256_add(sum, value);
		value = ac_int256_add(value, value);
	}
	return factor < 0 ? ac_int256_negate(sum) : sum;
}

static bool
costs_are_sums_of_products(void)
{
	ac_maybe	tokens[AC_USAGE_TOKENS];
	ac_quantity price[AC_USAGE_TOKENS];
	ac_int256	expected = ac_int256_from(0);
	ac_usage_cost cost;
	int			i;

	for (i = 0; i < AC_USAGE_TOKENS; i++)
	{
		tokens[i].known = sample_below(4) > 0;
		tokens[i].value = (int64_t) sample_uint128();
		price[i] = price_of((ac_int128) sample_uint128(),
							sample_below(2) ? sample_bits() % AC_UNIT : 0);
		if (tokens[i].known)
			expected = ac_int256_add(expected,
									 slow_multiply(ac_quantity_wide(&price[i]),
												   tokens[i].value));
	}
	cost = ac_usage_tokens_cost(tokens, price);
	if (cost.scale == AC_SCALE)
		cost.units = slow_multiply(cost.units, AC_UNIT);
	return ac_int256_compare(cost.units, expected) == 0;
}

int
main(void)
{
	test_costs();
	property(costs_are_sums_of_products, 50000,
			 "a cost is the sum of tokens times prices");
	return tap_done();
}
