/*
 * money.h
 *	  The minor units of currencies, and the ways to round to them.
 */
#ifndef AC_MONEY_H
#define AC_MONEY_H

#include "core/status.h"

typedef enum ac_rounding
{
	AC_ROUND_HALF_UP,			/* to the nearest, a half away from zero */
	AC_ROUND_HALF_EVEN,			/* to the nearest, a half to the even one */
	AC_ROUND_DOWN,				/* toward zero */
	AC_ROUND_UP,				/* away from zero */
	AC_ROUND_HALF_UP_MIN_UNIT	/* as half up, but never to zero */
} ac_rounding;

extern ac_status ac_rounding_by_name(const char *name, size_t len,
									 ac_rounding *rounding, ac_fault *fault);
extern ac_status ac_currency_digits(const char *code, size_t len, int *digits,
									ac_fault *fault);

#endif							/* AC_MONEY_H */
