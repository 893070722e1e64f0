/*
 * quantity.c
 *	  How much was metered, with 36 decimals, and what it costs, with 54.
 */
#include "core/quantity.h"

/* Add; return false and leave *quantity unchanged if the sum does not fit. */
bool
ac_quantity_add(ac_quantity *quantity, const ac_quantity *addend)
{
	uint64_t	rest = quantity->rest + addend->rest;
	bool		carry = rest >= AC_UNIT;
	ac_int256	units = ac_int256_add(ac_int256_from(quantity->units),
									  ac_int256_from(addend->units));
	ac_int128	narrow;

	if (!ac_int256_narrow(ac_int256_add(units, ac_int256_from(carry)),
						  &narrow))
		return false;
	quantity->units = narrow;
	quantity->rest = carry ? rest - AC_UNIT : rest;
	return true;
}

/*
 * Subtract; return false and leave *quantity unchanged if the difference does
 * not fit.
 */
bool
ac_quantity_subtract(ac_quantity *quantity, const ac_quantity *subtrahend)
{
	bool		borrow = quantity->rest < subtrahend->rest;
	ac_int256	units = ac_int256_subtract(ac_int256_from(quantity->units),
										   ac_int256_from(subtrahend->units));
	ac_int128	narrow;

	if (!ac_int256_narrow(ac_int256_subtract(units, ac_int256_from(borrow)),
						  &narrow))
		return false;
	quantity->units = narrow;
	quantity->rest += (borrow ? AC_UNIT : 0) - subtrahend->rest;
	return true;
}

/* Return a quantity in units of 1e-36. */
ac_int256
ac_quantity_wide(const ac_quantity *quantity)
{
	ac_uint256	product = ac_uint128_multiply(ac_int128_magnitude(quantity->units),
											  AC_UNIT);
	ac_int256	wide = {.hi = (ac_int128) product.hi,.lo = product.lo};

	if (quantity->units < 0)
		wide = ac_int256_negate(wide);
	return ac_int256_add(wide, ac_int256_from((ac_int128) quantity->rest));
}

/* Convert from units of 1e-36; return false if the result is out of range. */
static bool
narrow_quantity(ac_int256 wide, ac_quantity *quantity)
{
	ac_uint256	magnitude = ac_int256_magnitude(wide);
	uint64_t	rest = ac_uint256_divide_word(&magnitude, &ac_unit_divisor);
	ac_int256	units = {.hi = (ac_int128) magnitude.hi,.lo = magnitude.lo};

	if (ac_int256_negative(wide))
	{
		units = ac_int256_negate(units);
		if (rest > 0)
		{
			units = ac_int256_subtract(units, ac_int256_from(1));
			rest = AC_UNIT - rest;
		}
	}
	quantity->rest = rest;
	return ac_int256_narrow(units, &quantity->units);
}

/* Read a decimal number of at most AC_QUANTITY_SCALE decimals. */
ac_status
ac_quantity_parse(const char *text, size_t len, ac_quantity *quantity,
				  ac_fault *fault)
{
	ac_int256	wide;

	AC_TRY(ac_decimal_parse_scaled(text, len, AC_QUANTITY_SCALE, &wide,
								   fault));
	if (!narrow_quantity(wide, quantity))
		return ac_fault_part(fault, AC_TEXT_RANGE, text, len);
	return AC_OK;
}

/* Into a buffer of AC_DECIMAL_MAX bytes; returns the length. */
size_t
ac_quantity_format(const ac_quantity *quantity, char *buffer)
{
	return ac_decimal_format_scaled(ac_quantity_wide(quantity),
									AC_QUANTITY_SCALE, buffer);
}

/* Return the cost of a quantity of 0 or more at a price per unit. */
ac_amount
ac_amount_of(ac_uint128 price, const ac_quantity *quantity)
{
	ac_uint256	product = ac_uint128_multiply(price,
											  (ac_uint128) quantity->units);
	ac_amount	amount = {.rest = 0};

	if (quantity->rest > 0)
	{
		ac_uint256	fraction = ac_uint128_multiply(price, quantity->rest);

		/* below 2^127, for rest is below AC_UNIT */
		amount.rest = ac_uint256_divide_word(&fraction, &ac_unit_divisor);
		product.lo += fraction.lo;
		product.hi += product.lo < fraction.lo;
	}
	amount.units.hi = (ac_int128) product.hi;
	amount.units.lo = product.lo;
	return amount;
}

void
ac_amount_add(ac_amount *amount, const ac_amount *addend)
{
	amount->units = ac_int256_add(amount->units, addend->units);
	amount->rest += addend->rest;
	if (amount->rest >= AC_UNIT)
	{
		amount->rest -= AC_UNIT;
		amount->units = ac_int256_add(amount->units, ac_int256_from(1));
	}
}

void
ac_amount_subtract(ac_amount *amount, const ac_amount *subtrahend)
{
	amount->units = ac_int256_subtract(amount->units, subtrahend->units);
	if (amount->rest < subtrahend->rest)
	{
		amount->rest += AC_UNIT;
		amount->units = ac_int256_subtract(amount->units, ac_int256_from(1));
	}
	amount->rest -= subtrahend->rest;
}
