/*
 * real.h
 *	  Checks of physical quantities: finite, and within their domain.
 *
 * Written so that NaN fails each of them.
 */
#ifndef AC_REAL_H
#define AC_REAL_H

#include <float.h>

#include "core/status.h"

static inline ac_status
ac_fault_real(ac_fault *fault, ac_status status, const char *name,
			  double found, double limit)
{
	fault->name = name;
	fault->real[0] = found;
	fault->real[1] = limit;
	return status;
}

static inline bool
ac_is_finite(double value)
{
	return value >= -DBL_MAX && value <= DBL_MAX;
}

static inline ac_status
ac_finite(const char *name, double value, ac_fault *fault)
{
	if (!ac_is_finite(value))
		return ac_fault_real(fault, AC_REAL_FINITE, name, value, 0);
	return AC_OK;
}

static inline ac_status
ac_at_least(const char *name, double value, double minimum, ac_fault *fault)
{
	AC_TRY(ac_finite(name, value, fault));
	if (value < minimum)
		return ac_fault_real(fault, AC_REAL_BELOW, name, value, minimum);
	return AC_OK;
}

static inline ac_status
ac_more_than(const char *name, double value, double minimum, ac_fault *fault)
{
	AC_TRY(ac_finite(name, value, fault));
	if (value <= minimum)
		return ac_fault_real(fault, AC_REAL_NOT_ABOVE, name, value, minimum);
	return AC_OK;
}

static inline ac_status
ac_between(const char *name, double value, double minimum, double maximum,
		   ac_fault *fault)
{
	AC_TRY(ac_at_least(name, value, minimum, fault));
	if (value > maximum)
		return ac_fault_real(fault, AC_REAL_ABOVE, name, value, maximum);
	return AC_OK;
}

/* A result that is too large for a double. */
static inline ac_status
ac_result(double value, ac_fault *fault)
{
	if (!ac_is_finite(value))
		return ac_fault_real(fault, AC_REAL_RESULT, "result", value, 0);
	return AC_OK;
}

#endif							/* AC_REAL_H */
