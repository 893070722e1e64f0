/*
 * finance_dated.c
 *	  Cash flows at dates: their value, their rate and their faults.
 */
#include "sample_flows.h"

static double
xnpv(double rate, const double *flow, const int64_t *day, int count)
{
	double		value;
	ac_fault	fault;

	if (ac_xnpv(rate, flow, day, count, NULL, &value, &fault) != AC_OK)
		abort();
	return value;
}

/* NAN for none */
static double
xirr(const double *flow, const int64_t *day, int count)
{
	static double spread[AC_IRR_FLOWS_MAX];
	int64_t		first;
	int			periods,
				days;
	double		rate;
	ac_fault	fault;

	if (ac_day_span(day, count, &first, &periods, &days, &fault) != AC_OK)
		abort();
	for (int i = 0; i < periods; i++)
		spread[i] = 0;
	if (ac_spread_flows(flow, day, count, first, days, spread, &fault) != AC_OK)
		abort();
	rate = irr(spread, periods);
	return isnan(rate) || !ac_yearly_rate(rate, days, &rate) ? (double) NAN : rate;
}

/* Years of 365 days are periods. */
static bool
years_are_periods(void)
{
	double		flow[12];
	int64_t		day[12];
	int			count = 2 + sample_below(11);
	double		rate = sample_below(2000) / 1000.0 - 0.9;
	double		yearly;
	double		dated;
	double		turnover = 0;

	for (int i = 0; i < count; i++)
	{
		flow[i] = sample_below(2001) - 1000;
		day[i] = 9000 + 365 * i;
		turnover += fabs(flow[i]) * pow(1 + rate, -i);
	}
	if (fabs(npv(rate, flow, count) - xnpv(rate, flow, day, count)) > turnover * 1e-14)
		return false;
	yearly = irr(flow, count);
	dated = xirr(flow, day, count);
	return isnan(yearly) ? isnan(dated) : fabs(yearly - dated) <= 1e-13 * (1 + fabs(yearly));
}

/* The rate of dated flows has no present value, whatever their order. */
static bool
rates_of_dates(void)
{
	double		flow[10];
	int64_t		day[10];
	int			count = 2 + sample_below(9);
	double		rate;
	double		slack;

	flow[0] = -1000;
	day[0] = 0;
	for (int i = 1; i < count; i++)
	{
		flow[i] = 1 + sample_below(500);
		day[i] = 1 + sample_below(3000);
	}
	rate = xirr(flow, day, count);
	/* next to -1 a double has few digits of 1 + rate */
	slack = 1e-11 + DBL_EPSILON / (1 + rate);
	if (isnan(rate) || slack > 1e-3)
		return count < 4;
	return xnpv((1 + rate) * (1 - slack) - 1, flow, day, count) > 0 &&
		xnpv((1 + rate) * (1 + slack) - 1, flow, day, count) < 0;
}

static void
dated_flows(void)
{
	static const double flow[] = {-10000, 2750, 4250, 3250, 2750};
	static const int64_t day[] = {0, 60, 303, 411, 456};
	static const double mixed[] = {2750, 3250, -10000, 4250, 2750};
	static const int64_t mixed_day[] = {60, 411, 0, 303, 456};
	static const int64_t far_apart[] = {0, AC_IRR_FLOWS_MAX - 1, AC_IRR_FLOWS_MAX};
	static const double three[] = {-1, 1, 1};
	static const double largest[] = {DBL_MAX, DBL_MAX, -1};
	static const int64_t same_day[] = {5, 5, 5};
	double		spread[3] = {0};
	int64_t		first;
	int			periods,
				days;
	ac_fault	fault;

	is_near(xnpv(0.09, flow, day, 5), 2086.647602031535, 1e-9, "xnpv of Excel's example");
	is_near(xirr(flow, day, 5), 0.3733625335188314, 1e-12, "xirr of Excel's example");
	is_near(xnpv(0.09, mixed, mixed_day, 5), 2086.647602031535, 1e-9, "their order does not matter to xnpv");
	is_near(xirr(mixed, mixed_day, 5), 0.3733625335188314, 1e-12, "nor to xirr");
	is_int(ac_day_span(far_apart, 2, &first, &periods, &days, &fault), AC_OK, "distances are counted in what they share");
	is_int(days, AC_IRR_FLOWS_MAX - 1, "here in the whole of them");
	is_int(periods, 2, "which is one period after the first");
	is_int(ac_day_span(far_apart, 3, &first, &periods, &days, &fault), AC_FLOW_SPAN,
		   "in days, they are limited");
	is_int(fault.number[0], AC_IRR_FLOWS_MAX, "the fault tells how many days they span");
	is_int(ac_day_span(same_day, 3, &first, &periods, &days, &fault), AC_OK, "all on one day are one period");
	is_int(periods, 1, "one");
	is_int(ac_spread_flows(three, same_day, 3, 5, 1, spread, &fault), AC_OK, "and are added up");
	is_near(spread[0], 1, 0, "to their sum");
	is_int(ac_spread_flows(largest, same_day, 3, 5, 1, spread, &fault), AC_REAL_RESULT, "if that is a double");
	is_int(ac_xnpv(-1, flow, day, 5, NULL, spread, &fault), AC_REAL_NOT_ABOVE, "the rate of xnpv is above -1");
	is_int(ac_xnpv(-0.9999, three, far_apart, 3, NULL, spread, &fault), AC_REAL_RESULT, "its value may be too large");
	is_int(ac_day_span(day, 0, &first, &periods, &days, &fault), AC_FLOW_NONE, "no dates have no span");
}

int
main(void)
{
	dated_flows();
	property(years_are_periods, 3000, "at years of 365 days, dated flows are those of periods");
	property(rates_of_dates, 1000, "at the rate of dated flows their present value changes its sign");
	return tap_done();
}
