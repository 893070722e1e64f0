/*
 * finance_dated.c
 *	  Cash flows at dates, and the modified rate of return.
 *
 * A year has 365 days, as in the XNPV and XIRR of spreadsheets.
 */
#include "core/finance.h"

#include <math.h>

#include "core/finance_double2.h"
#include "core/real.h"

#define DAYS_PER_YEAR	365.0

static int64_t
earliest(const int64_t *day, int count)
{
	int64_t		first = day[0];
	int			i;

	for (i = 1; i < count; i++)
		first = day[i] < first ? day[i] : first;
	return first;
}

/*
 * Present value on the earliest day: the sum of flow / (1 + rate)^(days / 365),
 * for a yearly rate above -1.
 */
ac_status
ac_xnpv(double rate, const double *flow, const int64_t *day, int count,
		ac_poll poll, double *value, ac_fault *fault)
{
	ac_double2	sum = {0};
	int64_t		first;
	int			i;

	AC_TRY(ac_more_than("rate", rate, -1, fault));
	AC_TRY(ac_check_flows(flow, count, poll, fault));
	first = earliest(day, count);
	for (i = 0; i < count; i++)
	{
		double		years = (double) (day[i] - first) / DAYS_PER_YEAR;

		ac_poll_at((size_t) i, poll);
		/* an overflow of the factor must not affect a flow of 0 */
		if (flow[i] != 0)
			sum = ac_double2_add(sum, flow[i] * exp(-years * log1p(rate)));
		AC_TRY(ac_result(sum.hi, fault));
	}
	*value = sum.hi;
	return AC_OK;
}

static int64_t
common_divisor(int64_t a, int64_t b)
{
	while (b != 0)
	{
		int64_t		rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/*
 * The earliest day, the most days that all distances are a multiple of, and
 * how many such periods there are, the first counted.
 */
ac_status
ac_day_span(const int64_t *day, int count, int64_t *first, int *periods,
			int *days_per_period, ac_fault *fault)
{
	int64_t		divisor = 0;
	int64_t		last = 0;
	int			i;

	if (count < 1)
		return AC_FLOW_NONE;
	*first = earliest(day, count);
	for (i = 0; i < count; i++)
	{
		divisor = common_divisor(day[i] - *first, divisor);
		last = day[i] - *first > last ? day[i] - *first : last;
	}
	divisor = divisor == 0 ? 1 : divisor;
	if (last / divisor >= AC_IRR_FLOWS_MAX)
		return ac_fault_number(fault, AC_FLOW_SPAN, last, AC_IRR_FLOWS_MAX);
	*periods = (int) (last / divisor) + 1;
	*days_per_period = (int) divisor;
	return AC_OK;
}

/* Add the flows up by period; spread holds as many zeros as ac_day_span says. */
ac_status
ac_spread_flows(const double *flow, const int64_t *day, int count,
				int64_t first, int days_per_period, double *spread,
				ac_fault *fault)
{
	int			i;

	AC_TRY(ac_check_flows(flow, count, NULL, fault));
	for (i = 0; i < count; i++)
	{
		double	   *period = &spread[(day[i] - first) / days_per_period];

		*period += flow[i];
		AC_TRY(ac_result(*period, fault));
	}
	return AC_OK;
}

/*
 * The yearly rate of a rate per period; false if it is too large for a double,
 * or closer to -1 than a double can be.
 */
bool
ac_yearly_rate(double rate, int days_per_period, double *yearly)
{
	*yearly = expm1(DAYS_PER_YEAR / days_per_period * log1p(rate));
	return *yearly > -1 && ac_is_finite(*yearly);
}

/*
 * Modified internal rate of return: the rate at which the present value of
 * what is paid, at finance_rate, grows to the final value of what is received,
 * at reinvest_rate.  found is false if nothing is paid or nothing received.
 */
ac_status
ac_mirr(const double *flow, int count, double finance_rate,
		double reinvest_rate, ac_poll poll, bool *found, double *rate,
		ac_fault *fault)
{
	ac_double2	factor[2];
	ac_double2	power[2] = {{1, 0}, {1, 0}};
	ac_double2	sum[2] = {{0, 0}, {0, 0}};
	int			i;

	AC_TRY(ac_more_than("finance_rate", finance_rate, -1, fault));
	AC_TRY(ac_more_than("reinvest_rate", reinvest_rate, -1, fault));
	AC_TRY(ac_check_flows(flow, count, poll, fault));
	factor[0] = ac_discount_factor(finance_rate);
	factor[1] = ac_discount_factor(reinvest_rate);
	for (i = 0; i < count; i++)
	{
		int			side = flow[i] > 0;

		ac_poll_at((size_t) i, poll);
		if (flow[i] != 0)
			sum[side] = ac_double2_add(sum[side],
									   fabs(flow[i]) * power[side].hi);
		AC_TRY(ac_result(sum[side].hi, fault));
		power[0] = ac_double2_multiply(power[0], factor[0]);
		power[1] = ac_double2_multiply(power[1], factor[1]);
	}
	*found = sum[0].hi > 0 && sum[1].hi > 0;
	if (!*found)
		return AC_OK;
	*rate = expm1((log(sum[1].hi) - log(sum[0].hi)) / (count - 1) +
				  log1p(reinvest_rate));
	return ac_result(*rate, fault);
}
