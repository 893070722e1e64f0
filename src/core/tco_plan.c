/*
 * tco_plan.c
 *	  When one plan has cost no more than another, for good.
 */
#include "core/tco_plan.h"

#define BITS	255

/* dividend / divisor, rounded up; neither is negative, the divisor not 0. */
static ac_int256
divide_up(ac_int256 dividend, ac_int256 divisor)
{
	ac_int256	quotient = {0};
	ac_int256	rest = {0};
	int			i;

	for (i = BITS - 1; i >= 0; i--)
	{
		ac_uint128	half = i < 128 ? dividend.lo : (ac_uint128) dividend.hi;

		rest = ac_int256_add(rest, rest);
		rest.lo |= half >> (i % 128) & 1;
		quotient = ac_int256_add(quotient, quotient);
		if (ac_int256_compare(rest, divisor) >= 0)
		{
			rest = ac_int256_subtract(rest, divisor);
			quotient.lo |= 1;
		}
	}
	if (!ac_int256_is_zero(rest))
		quotient = ac_int256_add(quotient, ac_int256_from(1));
	return quotient;
}

/*
 * The least number of months, 0 or more, from which on plan a never costs more
 * than plan b, in units of 1e-18, rounded up; found is false if there is none.
 *
 * The costs of m months are upfront + m * recurring each.  So a is ahead for
 * good from the quotient of what it costs more upfront and what it saves each
 * month; if it saves nothing, then from the beginning or never.
 */
ac_status
ac_plan_break_even(const ac_tco *a, const ac_tco *b, bool *found,
				   ac_int256 *months, ac_fault *fault)
{
	ac_int256	extra = ac_int256_subtract(ac_int256_from(a->amount[AC_UPFRONT]),
										   ac_int256_from(b->amount[AC_UPFRONT]));
	ac_int256	saving = ac_int256_subtract(ac_tco_recurring(b),
											ac_tco_recurring(a));
	bool		dearer = !ac_int256_negative(extra) && !ac_int256_is_zero(extra);
	ac_uint256	product;

	AC_TRY(ac_tco_same_currency(a, b, fault));
	*months = ac_int256_from(0);
	*found = !ac_int256_negative(saving) &&
		!(dearer && ac_int256_is_zero(saving));
	if (!*found || !dearer)
		return AC_OK;

	/* the difference of two 128-bit amounts has 128 bits and a sign */
	product = ac_uint128_multiply(extra.lo, AC_UNIT);
	extra.hi = (ac_int128) product.hi;
	extra.lo = product.lo;
	*months = divide_up(extra, saving);
	return AC_OK;
}
