/*
 * usage_cost.c
 *	  What the tokens of a record cost, exactly.
 */
#include "core/usage.h"

static ac_int256
signed_wide(ac_uint256 magnitude, bool negative)
{
	ac_int256	wide = {.hi = (ac_int128) magnitude.hi,.lo = magnitude.lo};

	return negative ? ac_int256_negate(wide) : wide;
}

static ac_int256
multiply(ac_int128 units, int64_t tokens)
{
	return signed_wide(ac_uint128_multiply(ac_int128_magnitude(units),
										   ac_int128_magnitude(tokens)),
					   (units < 0) != (tokens < 0));
}

/*
 * The cost of the known ones of AC_USAGE_TOKENS numbers of tokens, each at a
 * price per token; a price of no tokens is not read.  The cost always fits: five
 * products are below 2^193 units of 1e-18, or 2^253 of 1e-36.
 */
ac_usage_cost
ac_usage_tokens_cost(const ac_maybe *tokens, const ac_quantity *price)
{
	ac_usage_cost cost = {.units = {0, 0},.scale = AC_SCALE};
	ac_int128	rest = 0;		/* below 2^126 units of 1e-36 */
	ac_uint256	units;
	int			i;

	for (i = 0; i < AC_USAGE_TOKENS; i++)
		if (tokens[i].known && tokens[i].value != 0)
		{
			cost.units = ac_int256_add(cost.units, multiply(price[i].units,
															tokens[i].value));
			rest += (ac_int128) price[i].rest * tokens[i].value;
		}
	if (rest == 0)
		return cost;

	units = ac_int256_magnitude(cost.units);
	ac_uint256_multiply_word(&units, AC_UNIT);
	cost.units = ac_int256_add(signed_wide(units,
										   ac_int256_negative(cost.units)),
							   ac_int256_from(rest));
	cost.scale = AC_QUANTITY_SCALE;
	return cost;
}
