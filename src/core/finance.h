/*
 * finance.h
 *	  Cash flows at equal distances in time, the first of them now, or at
 *	  dates: present value, internal rates of return, payback.
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

/* How many rates of return are looked for, if all are. */
#define AC_IRR_ROOTS_MAX	100

typedef enum ac_irr_status
{
	AC_IRR_NONE,
	AC_IRR_ONE,
	AC_IRR_SEVERAL,
	AC_IRR_UNSETTLED			/* there may be others than those found */
} ac_irr_status;

typedef struct ac_irr_detail
{
	ac_irr_status status;
	int			changes;		/* of sign, from flow to flow */
	int			count;
	double		rate[AC_IRR_ROOTS_MAX];
	bool		is_complete;	/* there are no other rates */
	double		low;			/* other rates are from low to high */
	double		high;
} ac_irr_detail;

extern ac_status ac_find_irr(const double *flow, int count, int most,
							 ac_poll poll, ac_irr_detail *detail,
							 ac_fault *fault);
extern ac_status ac_mirr(const double *flow, int count, double finance_rate,
						 double reinvest_rate, ac_poll poll, bool *found,
						 double *rate, ac_fault *fault);

/* Flows at dates: days count from any day, and a year has 365 of them. */
extern ac_status ac_xnpv(double rate, const double *flow, const int64_t *day,
						 int count, ac_poll poll, double *value,
						 ac_fault *fault);
extern ac_status ac_day_span(const int64_t *day, int count, int64_t *first,
							 int *periods, int *days_per_period,
							 ac_fault *fault);
extern ac_status ac_spread_flows(const double *flow, const int64_t *day,
								 int count, int64_t first, int days_per_period,
								 double *spread, ac_fault *fault);
extern bool ac_yearly_rate(double rate, int days_per_period, double *yearly);

/* What all of them take for cash flows: at least one, and all finite. */
extern ac_status ac_check_flows(const double *flow, int count, ac_poll poll,
								ac_fault *fault);

#endif							/* AC_FINANCE_H */
