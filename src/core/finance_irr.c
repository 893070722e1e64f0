/*
 * finance_irr.c
 *	  Internal rates of return: the one, if there is exactly one, or all.
 */
#include "core/finance.h"

#include <float.h>
#include <math.h>

#include "core/finance_roots.h"
#include "core/real.h"

/* Return the present value at a rate, times a positive number. */
static double
value_at_rate(const ac_polynomial *near, const ac_polynomial *far, double rate)
{
	if (rate < 0)
		return ac_polynomial_at(far, ac_double2_sum(1, rate));
	return ac_polynomial_at(near, ac_discount_factor(rate));
}

/* Return the midpoint, on the scale of 1 + rate if the ends are far apart. */
static double
middle(double low, double high)
{
	if (low > -1 && high + 1 > 4 * (low + 1))
		return sqrt(low + 1) * sqrt(high + 1) - 1;
	return low / 2 + high / 2;
}

/*
 * Close in on the one root in an interval down to neighbouring doubles, of
 * which the better one is taken.  Returns false if that would be -1.
 */
static bool
refine(const ac_polynomial *near, const ac_polynomial *far,
	   const ac_interval *interval, double *rate)
{
	double		low = interval->low,
				high = interval->high,
				at_low = 0,
				at_high = 0;
	double		next = low < 0 && high > 0 ? 0 : middle(low, high);

	while (next > low && next < high)
	{
		double		value = value_at_rate(near, far, next);

		if (value == 0)
		{
			low = high = next;
			break;
		}
		if ((value > 0) == interval->positive)
		{
			high = next;
			at_high = fabs(value);
		}
		else
		{
			low = next;
			at_low = fabs(value);
		}
		next = middle(low, high);
	}
	if (low != high && at_low == 0)
		at_low = low <= -1 ? 0 : fabs(value_at_rate(near, far, low));
	if (low != high && at_high == 0)
		at_high = fabs(value_at_rate(near, far, high));
	*rate = at_high < at_low ? high : low;
	return *rate > -1;
}

/*
 * Find the interval of the one root of flows that change sign once.  At rates
 * above it the present value has the sign of the first flow.
 */
static bool
bracket(const ac_polynomial *near, const ac_polynomial *far,
		ac_interval *interval)
{
	bool		first = ac_polynomial_end(near) > 0;
	double		value = value_at_rate(near, far, 0);

	interval->positive = first;
	interval->low = value == 0 || (value > 0) != first ? 0 : -1;
	interval->high = 0;
	if (value == 0 || (value > 0) == first)
		return true;
	for (interval->high = 1; interval->high < 1e299;
		 interval->high = interval->high * (interval->high + 2))
	{
		value = value_at_rate(near, far, interval->high);
		if (value != 0 && (value > 0) == first)
			return true;
	}
	return false;
}

/* Find the roots of flows that begin and end with one that is not 0. */
static void
find_roots(const double *flow, int count, double largest, int changes,
		   ac_poll poll, ac_roots *roots, ac_irr_detail *detail)
{
	double		scale = 1;
	ac_polynomial near,
				far;
	int			i;

	/* the largest between 1/2 and 1 */
	while (largest * scale > 1)
		scale *= 0.5;
	while (largest * scale < 0.5 && scale < 1e300)
		scale *= 2;
	near = ac_polynomial_of(flow, 1, count - 1, scale, poll);
	far = ac_polynomial_of(flow + count - 1, -1, count - 1, scale, poll);
	/* next to 0, doubles have fewer digits */
	roots->undecided = fabs(ac_polynomial_end(&near)) < DBL_MIN ||
		fabs(ac_polynomial_end(&far)) < DBL_MIN;
	if (!roots->undecided)
	{
		if (changes > 1)
			ac_find_roots(&near, &far, roots);
		else if (bracket(&near, &far, &roots->root[0]))
			roots->count = 1;
		else
			roots->undecided = true;
	}

	/* a root next to -1 has no double */
	for (i = 0; i < roots->count; i++)
		if (refine(&near, &far, &roots->root[i], &detail->rate[detail->count]))
			detail->count++;
		else
			roots->undecided = true;
}

/*
 * The rates above -1 at which the present value of the flows is 0, up to the
 * number most, by rising rate, and whether these are all.  Before each pass
 * over the flows, poll is called, which need not return.
 */
ac_status
ac_find_irr(const double *flow, int count, int most, ac_poll poll,
			ac_irr_detail *detail, ac_fault *fault)
{
	ac_roots	roots = {.most = most,.rest = {-1, INFINITY, false}};
	int			first = 0,
				last = count - 1,
				previous = -1,
				i;
	double		largest = 0;

	if (count > AC_IRR_FLOWS_MAX)
		return ac_fault_number(fault, AC_FLOW_LIMIT, count, AC_IRR_FLOWS_MAX);
	AC_TRY(ac_check_flows(flow, count, NULL, fault));
	detail->count = 0;
	detail->changes = 0;

	/* zeros at either end change no root above -1 */
	while (first < last && flow[first] == 0)
		first++;
	while (last > first && flow[last] == 0)
		last--;
	for (i = first; i <= last; i++)
	{
		if (flow[i] == 0)
			continue;
		detail->changes += previous >= 0 &&
			(flow[i] > 0) != (flow[previous] > 0);
		previous = i;
		largest = fabs(flow[i]) > largest ? fabs(flow[i]) : largest;
	}
	if (detail->changes > 0)
		find_roots(flow + first, last - first + 1, largest, detail->changes,
				   poll, &roots, detail);

	detail->low = roots.rest.low;
	detail->high = roots.rest.high;
	if (detail->count > 1)
		detail->status = AC_IRR_SEVERAL;
	else if (roots.undecided)
		detail->status = AC_IRR_UNSETTLED;
	else
		detail->status = detail->count == 1 ? AC_IRR_ONE : AC_IRR_NONE;
	detail->is_complete = !roots.undecided && roots.count < most;
	return AC_OK;
}

/*
 * The rate above -1 at which the present value of the flows is 0; found is
 * false if there is none, more than one, or one that cannot be told from none
 * or two.
 */
ac_status
ac_irr(const double *flow, int count, ac_poll poll, bool *found,
	   double *rate, ac_fault *fault)
{
	ac_irr_detail detail;

	AC_TRY(ac_find_irr(flow, count, 2, poll, &detail, fault));
	*found = detail.status == AC_IRR_ONE;
	if (*found)
		*rate = detail.rate[0];
	return AC_OK;
}
