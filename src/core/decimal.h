/*
 * decimal.h
 *	  Decimal text <-> fixed point with AC_SCALE decimals.
 */
#ifndef AC_DECIMAL_H
#define AC_DECIMAL_H

#include "core/wide.h"

/* Decimals of every fixed-point amount: one unit is 1e-18. */
#define AC_SCALE		18
#define AC_UNIT			UINT64_C(1000000000000000000)

/* Longest text of a 256-bit amount, with sign, point and terminator. */
#define AC_DECIMAL_MAX	84

extern ac_status ac_decimal_parse(const char *text, size_t len,
								  ac_int256 *value, ac_fault *fault);
extern size_t ac_decimal_format(ac_int256 value, char *buffer);

#endif							/* AC_DECIMAL_H */
