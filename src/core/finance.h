/*
 * finance.h
 *	  Cash flows at equal distances in time, the first of them now: present
 *	  value, internal rate of return, payback.
 *
 * A rate is that of one period, as a fraction: 0.05 is 5 %.
 */
#ifndef AC_FINANCE_H
#define AC_FINANCE_H

#include "core/status.h"

/* An internal rate of return takes some hundred passes over the flows. */
#define AC_IRR_FLOWS_MAX	100000

extern ac_status ac_npv(double rate, const double *flow, int count,
						int first_period, double *value, ac_fault *fault);
extern ac_status ac_payback(const double *flow, int count, double rate,
							bool *found, double *periods, ac_fault *fault);
extern ac_status ac_irr(const double *flow, int count, void (*poll) (void),
						bool *found, double *rate, ac_fault *fault);

/* What the three take for cash flows: at least one, and all finite. */
extern ac_status ac_check_flows(const double *flow, int count,
								ac_fault *fault);

#endif							/* AC_FINANCE_H */
