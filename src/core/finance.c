/*
 * finance.c
 *	  Present value and payback of cash flows.
 */
#include "core/finance.h"

#include "core/finance_double2.h"
#include "core/real.h"

/* Relative rounding error of a double. */
#define HALF_ULP	(DBL_EPSILON / 2)

/* 2^120: dividing by it is exact, and keeps sums from overflowing. */
#define TWO_120		1329227995784915872903807060280344576.0

ac_status
ac_check_flows(const double *flow, int count, ac_poll poll, ac_fault *fault)
{
	int			i;

	if (count < 1)
		return AC_FLOW_NONE;
	for (i = 0; i < count; i++)
	{
		ac_poll_at((size_t) i, poll);
		if (!ac_is_finite(flow[i]))
		{
			fault->number[0] = i + 1;
			return ac_fault_real(fault, AC_FLOW_FINITE, "cashflows", flow[i],
								 0);
		}
	}
	return AC_OK;
}

/* The sum of scale * flow[k] * factor^(first_period + k) */
static double
present_value(ac_double2 factor, const double *flow, int count,
			  int first_period, double scale, ac_poll poll)
{
	ac_double2	sum = {0};
	int			i;

	for (i = count - 1; i >= 0; i--)
	{
		ac_poll_at((size_t) i, poll);
		sum = ac_double2_add(ac_double2_multiply(sum, factor),
							 flow[i] * scale);
	}
	for (i = 0; i < first_period; i++)
		sum = ac_double2_multiply(sum, factor);
	return sum.hi;
}

/*
 * Net present value: the sum of flow[k] / (1 + rate)^(first_period + k), for a
 * rate above -1.  The sum is that of the given numbers, in twice the
 * precision of a double, rounded once.
 */
ac_status
ac_npv(double rate, const double *flow, int count, int first_period,
	   ac_poll poll, double *value, ac_fault *fault)
{
	ac_double2	factor;

	AC_TRY(ac_more_than("rate", rate, -1, fault));
	AC_TRY(ac_check_flows(flow, count, poll, fault));
	factor = ac_discount_factor(rate);
	*value = present_value(factor, flow, count, first_period, 1, poll);
	if (!ac_is_finite(*value))
		*value = present_value(factor, flow, count, first_period, 1 / TWO_120,
							   poll) * TWO_120;
	return ac_result(*value, fault);
}

/*
 * The number of periods after which the sum of the discounted flows is no
 * longer negative, for good; within a period the sum is taken to move evenly.
 * found is false if the sum is negative at the end.
 *
 * A sum counts as negative if it is below 0 by more than the flows themselves
 * are uncertain, each by half a unit in its last place: 0.3 paid back three
 * times makes up for 0.9, though the doubles of that name do not.
 */
ac_status
ac_payback(const double *flow, int count, double rate, ac_poll poll,
		   bool *found, double *periods, ac_fault *fault)
{
	ac_double2	factor;
	ac_double2	power = {1, 0};
	ac_double2	sum = {0};
	double		turnover = 0;
	double		before = 0;		/* the last sum that was negative */
	bool		negative = false;
	int			i;

	AC_TRY(ac_more_than("rate", rate, -1, fault));
	AC_TRY(ac_check_flows(flow, count, poll, fault));
	factor = ac_discount_factor(rate);
	*periods = 0;
	for (i = 0; i < count; i++)
	{
		/* an overflow of the power must not affect a flow of 0 */
		double		discounted = flow[i] == 0 ? 0 : power.hi * flow[i];

		ac_poll_at((size_t) i, poll);
		sum = ac_double2_add(sum, discounted);
		turnover += discounted < 0 ? -discounted : discounted;
		AC_TRY(ac_result(sum.hi, fault));
		AC_TRY(ac_result(turnover, fault));
		if (sum.hi < -turnover * HALF_ULP)
		{
			negative = true;
			before = sum.hi;
		}
		else if (negative)
		{
			double		part = -before / discounted;

			negative = false;
			*periods = i - 1 + (part < 1 ? part : 1);
		}
		power = ac_double2_multiply(power, factor);
	}
	*found = !negative;
	return AC_OK;
}
