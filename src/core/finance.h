/*
 * finance.h
 *	  Cash flows at equal distances in time, the first of them now: present
 *	  value, internal rate of return, payback.
 *
 * A rate is that of one period, as a fraction: 0.05 is 5 %.
 */
#ifndef AC_FINANCE_H
#define AC_FINANCE_H

#include "core/poll.h"
#include "core/status.h"

/* An internal rate of return takes some hundred passes over the flows. */
#define AC_IRR_FLOWS_MAX	100000

/* poll is called in blocks of flows, and by ac_irr before each pass. */
extern ac_status ac_npv(double rate, const double *flow, int count,
						int first_period, ac_poll poll, double *value,
						ac_fault *fault);
extern ac_status ac_payback(const double *flow, int count, double rate,
							ac_poll poll, bool *found, double *periods,
							ac_fault *fault);
extern ac_status ac_irr(const double *flow, int count, ac_poll poll,
						bool *found, double *rate, ac_fault *fault);

/* What the three take for cash flows: at least one, and all finite. */
extern ac_status ac_check_flows(const double *flow, int count, ac_poll poll,
								ac_fault *fault);

#endif							/* AC_FINANCE_H */
