/*
 * decimal.h
 *	  Decimal text <-> fixed point with AC_SCALE decimals, or twice as many.
 */
#ifndef AC_DECIMAL_H
#define AC_DECIMAL_H

#include "core/wide.h"

/* Decimals of every fixed-point amount: one unit is 1e-18. */
#define AC_SCALE		18
#define AC_UNIT			UINT64_C(1000000000000000000)

static const ac_divisor ac_unit_divisor = AC_DIVISOR(AC_UNIT);

/* Longest text of a 256-bit amount, with sign, point and terminator. */
#define AC_DECIMAL_MAX	84

/* scale is AC_SCALE or 2 * AC_SCALE */
extern ac_status ac_decimal_parse_scaled(const char *text, size_t len,
										 int scale, ac_int256 *value,
										 ac_fault *fault);
extern size_t ac_decimal_format_scaled(ac_int256 value, int scale,
									   char *buffer);

static inline ac_status
ac_decimal_parse(const char *text, size_t len, ac_int256 *value,
				 ac_fault *fault)
{
	return ac_decimal_parse_scaled(text, len, AC_SCALE, value, fault);
}

static inline size_t
ac_decimal_format(ac_int256 value, char *buffer)
{
	return ac_decimal_format_scaled(value, AC_SCALE, buffer);
}

/* Longest text of a count, without terminator. */
#define AC_COUNT_MAX	19

extern ac_status ac_count_parse(const char *text, size_t len, int64_t *count,
								size_t *used, ac_fault *fault);
extern size_t ac_count_format(int64_t count, char *buffer);

#endif							/* AC_DECIMAL_H */
