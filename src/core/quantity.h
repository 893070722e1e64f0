/*
 * quantity.h
 *	  How much was metered, with 36 decimals, and what it costs, with 54.
 *
 * A price has AC_SCALE decimals, so the product of a price and a quantity has
 * just those of an amount: what is metered is rated exactly.
 */
#ifndef AC_QUANTITY_H
#define AC_QUANTITY_H

#include "core/decimal.h"

#define AC_QUANTITY_SCALE	(2 * AC_SCALE)

/* The value is units + rest / AC_UNIT: negative if and only if units is. */
typedef struct ac_quantity
{
	ac_int128	units;			/* of 1e-18, rounded down */
	uint64_t	rest;			/* of 1e-36, below AC_UNIT */
} ac_quantity;

_Static_assert(sizeof(ac_quantity) == 24, "ac_quantity is 24 bytes on disk");

/* Likewise; the range is that of any sum of prices times quantities. */
typedef struct ac_amount
{
	ac_int256	units;			/* of 1e-36, rounded down */
	uint64_t	rest;			/* of 1e-54, below AC_UNIT */
} ac_amount;

extern bool ac_quantity_add(ac_quantity *quantity, const ac_quantity *addend);
extern bool ac_quantity_subtract(ac_quantity *quantity,
								 const ac_quantity *subtrahend);
extern ac_int256 ac_quantity_wide(const ac_quantity *quantity);
extern ac_status ac_quantity_parse(const char *text, size_t len,
								   ac_quantity *quantity, ac_fault *fault);
extern size_t ac_quantity_format(const ac_quantity *quantity, char *buffer);

extern void ac_amount_add(ac_amount *amount, const ac_amount *addend);
extern void ac_amount_subtract(ac_amount *amount, const ac_amount *subtrahend);
extern ac_amount ac_amount_of(ac_uint128 price, const ac_quantity *quantity);

static inline ac_quantity
ac_quantity_from(ac_int128 units)
{
	ac_quantity quantity = {.units = units,.rest = 0};

	return quantity;
}

static inline bool
ac_quantity_is_zero(const ac_quantity *quantity)
{
	return quantity->units == 0 && quantity->rest == 0;
}

static inline int
ac_quantity_compare(const ac_quantity *a, const ac_quantity *b)
{
	if (a->units != b->units)
		return a->units < b->units ? -1 : 1;
	return a->rest < b->rest ? -1 : a->rest > b->rest;
}

/* An amount of so many units of 1e-18, as a fee is. */
static inline ac_amount
ac_amount_from(ac_uint128 units)
{
	ac_uint256	product = ac_uint128_multiply(units, AC_UNIT);
	ac_amount	amount = {.rest = 0};

	amount.units.hi = (ac_int128) product.hi;
	amount.units.lo = product.lo;
	return amount;
}

#endif							/* AC_QUANTITY_H */
