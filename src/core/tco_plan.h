/*
 * tco_plan.h
 *	  A tco as a plan: upfront once, every other component each month.
 */
#ifndef AC_TCO_PLAN_H
#define AC_TCO_PLAN_H

#include "core/tco.h"

extern ac_status ac_plan_break_even(const ac_tco *a, const ac_tco *b,
									bool *found, ac_int256 *months,
									ac_fault *fault);

#endif							/* AC_TCO_PLAN_H */
