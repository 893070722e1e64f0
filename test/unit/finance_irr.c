/*
 * finance_irr.c
 *	  Internal rates of return, against published values, rates by construction and
 *	  a fine scan.
 */
#include "sample_flows.h"

/* The present value with x = 1 / (1 + rate), in the range of a long double. */
static long double
value_at(const double *flow, int count, long double x)
{
	long double value = 0;

	for (int i = count - 1; i >= 0; i--)
		value = value * x + (long double) flow[i];
	return value;
}

/* Its changes of sign over x from 2^-12 to 2^12. */
static int
scan(const double *flow, int count)
{
	int			changes = 0;
	bool		positive = false;

	for (int step = -6000; step <= 6000; step++)
	{
		long double x = exp2l(step / 500.0L + 1e-5L);
		bool		now = value_at(flow, count, x) > 0;

		changes += step > -6000 && now != positive;
		positive = now;
	}
	return changes;
}

/* Is the present value 0 at a rate, but for the last digits of the rate? */
static bool
is_root(const double *flow, int count, double rate)
{
	long double slack = 1e-12L;
	long double x = 1 / (1 + (long double) rate);

	return (value_at(flow, count, x * (1 - slack)) > 0) !=
		(value_at(flow, count, x * (1 + slack)) > 0);
}

static bool
agrees_with_scan(const double *flow, int count)
{
	double		rate = irr(flow, count);
	int			changes = scan(flow, count);

	return isnan(rate) ? changes != 1
		: changes == 1 && is_root(flow, count, rate);
}

/* Whole flows of random signs, some of them 0. */
static bool
random_flows(void)
{
	double		flow[24];
	int			count = 2 + sample_below(23);
	int			range = 2 + sample_below(1000);

	for (int i = 0; i < count; i++)
		flow[i] = sample_below(3) ? sample_below(2 * range + 1) - range : 0;
	flow[0] -= flow[0] == 0;
	flow[count - 1] += flow[count - 1] == 0;
	return agrees_with_scan(flow, count);
}

/* The polynomial times (x^2 + b x + c), or times (x - c). */
static void
multiply(double *flow, int *count, double c, double b, double a)
{
	flow[*count] = flow[*count + 1] = 0;
	for (int i = *count + 1; i >= 0; i--)
		flow[i] = flow[i] * c + (i > 0 ? flow[i - 1] * b : 0)
			+ (i > 1 ? flow[i - 2] * a : 0);
	*count += a == 0 ? 1 : 2;
}

/* All rates are found, in order, and there are no others. */
static bool
has_rates(const double *flow, int count, const double *rate, int rates)
{
	ac_irr_detail found = detail(flow, count);

	if (found.count != rates || !found.is_complete)
		return false;
	for (int i = 0; i < rates; i++)
	{
		int			rank = 0;

		for (int j = 0; j < rates; j++)
			rank += rate[j] < rate[i];
		if (fabs(found.rate[rank] - rate[i]) > 1e-12 * (1 + fabs(rate[i])))
			return false;
	}
	return found.status == (rates == 0 ? AC_IRR_NONE : rates == 1 ? AC_IRR_ONE
							: AC_IRR_SEVERAL);
}

/* Flows with up to three rates, each a fraction of small numbers. */
static bool
known_roots(void)
{
	double		flow[40] = {1};
	int			count = 1;
	int			roots = sample_below(4);
	int			pairs = sample_below(4);
	double		rate[3];

	for (int i = 0; i < roots; i++)
	{
		int			numerator,
					denominator = 1 + sample_below(20);

		numerator = 1 + sample_below(40);
		rate[i] = (double) numerator / denominator - 1;
		for (int j = 0; j < i; j++)
			if (rate[j] == rate[i])
				return true;	/* a double root: another test */
		multiply(flow, &count, denominator, -numerator, 0);
	}
	for (int i = 0; i < pairs; i++)
	{
		double		b = sample_below(41) - 20;

		/* no real root, or negative ones only */
		multiply(flow, &count, b * b / 4 + 1 + sample_below(20), b, 1);
	}
	if (!has_rates(flow, count, rate, roots))
		return false;
	if (roots != 1)
		return isnan(irr(flow, count));
	/* x = denominator / numerator: the rate as it was given */
	return fabs(irr(flow, count) - rate[0]) <= 1e-13 * (1 + fabs(rate[0]));
}

static void
all_rates(void)
{
	ac_irr_detail found = detail(FLOWS(-1000, 300, 300, 300, 300, -0.01));

	is_int(found.status, AC_IRR_SEVERAL, "a small last cost adds a rate");
	is_int(found.count, 2, "and both are found");
	is_near(found.rate[1], 0.0771, 5e-5, "the one of an investment");
	is_near(found.rate[0], -0.99996667, 5e-9, "and one next to -1");
	is_int(found.changes, 2, "signs change twice");
	ok(found.is_complete, "there are no others");

	found = detail(FLOWS(-1, 2, 1e-300));
	is_int(found.status, AC_IRR_ONE, "a tiny last flow has a rate");
	is_near(found.rate[0], 1, 0, "that of the others");
	is_near(irr(FLOWS(-1e-300, -2, 1)), -0.5, 0, "so has a tiny first flow");
	is_near(irr(FLOWS(-1, 2, 1e-307)), 1, 0, "down to the smallest double");

	found = detail(FLOWS(-1000, 3600, -4310, 1716));
	is_int(found.count, 3, "three rates are found");
	is_near(found.rate[0], 0.1, 1e-14, "10 %");
	is_near(found.rate[1], 0.2, 1e-14, "20 %");
	is_near(found.rate[2], 0.3, 1e-14, "and 30 %");

	found = detail(FLOWS(-100, 220, -121));
	is_int(found.status, AC_IRR_UNSETTLED,
		   "a rate that npv only touches 0 at is not settled");
	is_int(found.count, 0, "it is not reported");
	ok(found.low < 0.1 && found.high > 0.1 && found.high - found.low < 1e-5,
	   "but the rates that it is among are");
	ok(!found.is_complete, "there may be others");

	/* 50 % once, and 10 % twice */
	found = detail(FLOWS(-150, 430, -401.5, 121));
	is_int(found.status, AC_IRR_UNSETTLED, "one that is, and one that is not");
	is_int(found.count, 1, "the one is reported");
	is_near(found.rate[0], 0.5, 1, "close to it");

	is_int(detail(FLOWS(-1, 3, -2.5)).status, AC_IRR_NONE, "no rate is none");
	is_int(detail(FLOWS(1, 2, 3)).status, AC_IRR_NONE,
		   "without a change of sign there is none");
	is_int(detail(FLOWS(0, 0)).status, AC_IRR_NONE, "zeros have none");
	is_int(detail(FLOWS(-1, 1e-20)).status, AC_IRR_UNSETTLED,
		   "one closer to -1 than a double is not settled");
}

static void
modified_rates(void)
{
	is_near(mirr(0.10, 0.12, FLOWS(-120000, 39000, 30000, 21000, 37000, 46000)),
			0.126094, 5e-7, "mirr of Excel's example");
	is_near(mirr(0.10, 0.14, FLOWS(-120000, 39000, 30000, 21000, 37000, 46000)),
			0.134759, 5e-7, "mirr at another rate of reinvestment");
	is_near(mirr(0.05, 0.07, FLOWS(-100, 110)), 0.1, 1e-15,
			"mirr of two flows is their irr");
	is_near(mirr(0.1, 0.1, FLOWS(-1000, 300, 300, 300, 300, -0.01)),
			0.08899, 5e-6, "mirr is there where irr is not");
	is_near(mirr(0, 0, FLOWS(-1, 0, 4)), 1, 1e-15,
			"mirr without interest is a mean growth");
	is_near(mirr(0.1, 0.1, FLOWS(1, 2)), (double) NAN, 0,
			"nothing paid has no rate");
	is_near(mirr(0.1, 0.1, FLOWS(-1, 0)), (double) NAN, 0,
			"nothing received has none");
}

/* Its rate is the one that has no present value, where npv has one root. */
static bool
mirr_between(void)
{
	double		flow[8];
	double		rate;
	int			count = 2 + sample_below(7);

	flow[0] = -1 - sample_below(1000);
	for (int i = 1; i < count; i++)
		flow[i] = 1 + sample_below(1000);
	rate = irr(flow, count);
	return isnan(rate) || fabs(mirr(0.1, rate, flow, count) - rate) <= 1e-12 * (1 + rate);
}

static void
long_series(void)
{
	static double flow[1000];
	int			agreed = 0;

	flow[0] = -1000;
	for (int i = 1; i < 1000; i++)
		flow[i] = 10;
	ok(is_root(flow, 1000, irr(flow, 1000)),
	   "a thousand flows of one change have their rate");
	for (int i = 1; i < 1000; i++)
		flow[i] = i % 2 ? 30 : -25;
	ok(agrees_with_scan(flow, 1000) && !isnan(irr(flow, 1000)),
	   "so has a thousand of alternating signs");
	flow[999] = -4000;
	is_near(irr(flow, 1000), (double) NAN, 0,
			"a great cost at the end of a thousand adds a second rate");

	sample_state = UINT64_C(88172645463325252);
	for (int round = 0; round < 15; round++)
	{
		flow[0] = -sample_below(100);
		for (int i = 1; i < 1000; i++)
			flow[i] = sample_below(101) - 40 - sample_below(20);
		agreed += agrees_with_scan(flow, 1000);
	}
	is_int(agreed, 15, "a thousand random flows have the rate that a scan sees, or none");

	for (int i = 0; i < 1000; i++)
		flow[i] = i % 2 ? 1 : -1;
	is_near(irr(flow, 1000), 0, 0, "-1, 1, -1, 1, ... has a rate of 0 only");
	for (int i = 0; i < 1000; i++)
		flow[i] = (i % 2 ? -1 : 1)
			* exp2(-(i - 500.5) * (i - 500.5) / 500);
	is_near(irr(flow, 1000), (double) NAN, 0,
			"what cancels everywhere to the last digit has no rate, and no hang");
}

/*
 * What a search may take: each pass over 100,000 flows is some milliseconds,
 * and between any two of them the caller may stop it.
 */
static void
work_is_bounded(void)
{
	static double flow[AC_IRR_FLOWS_MAX];
	int			count = AC_IRR_FLOWS_MAX;

	flow[0] = -1e-140;
	flow[count - 1] = 1e140;
	passes = 0;
	is_near(irr(flow, count), expm1(280 * log(10) / (count - 1)), 1e-15,
			"a tiny flow and one of 10^280 times its size have their rate");
	ok(passes > 0 && passes < 500, "after some hundred passes");
	for (int i = 1; i < count; i++)
		flow[i] = 1e140;
	passes = 0;
	irr(flow, count);
	ok(passes > 0 && passes < 500, "however many are of that size");
	for (int i = 0; i < count; i++)
		flow[i] = (i % 2 ? 1 : -1) * exp2(-(i - 50000.5) * (i - 50000.5) / 2600000);
	passes = 0;
	irr(flow, count);
	ok(passes > 0 && passes < 2000, "also where signs change all the time");
}

int
main(void)
{
	static const double rising[] = {-150000, 15000, 25000, 35000, 45000, 60000};
	static const double losing[] = {-100, 0, 0, 74};
	static const double falling[] = {-100, 39, 59, 55, 20};
	static const double of_two_rates[] = {-100, 100, 0, -7};
	static const double of_one_change[] = {-100, 100, 0, 7};
	static const double of_three_changes[] = {-5, 10.5, 1, -8, 1};

	is_near(irr(rising, COUNT(rising)), 0.0524, 5e-5, "irr of 5 %");
	is_near(irr(losing, COUNT(losing)), -0.0955, 5e-5, "negative irr");
	is_near(irr(falling, COUNT(falling)), 0.28095, 5e-6, "irr of 28 %");
	is_near(irr(of_two_rates, COUNT(of_two_rates)), (double) NAN, 0,
			"two rates are none");
	is_near(irr(of_one_change, COUNT(of_one_change)), 0.06206, 5e-6,
			"irr of 6 %");
	is_near(irr(of_three_changes, COUNT(of_three_changes)), (double) NAN, 0,
			"of three changes and several rates, none");
	is_near(irr(FLOWS(-100, 110)), 0.1, 0, "10 % is 0.1");
	is_near(irr(FLOWS(-100, 50, 50)), 0, 0, "no return is exactly 0");
	is_near(irr(FLOWS(0, 0, -100, 50, 70, 0)),
			irr(FLOWS(-100, 50, 70)), 0,
			"zeros before and after change nothing");
	is_near(irr(FLOWS(100, -110)), 0.1, 0, "a loan has a rate, too");
	is_near(irr(FLOWS(-1000, 3600, -4310, 1716)), (double) NAN, 0,
			"10, 20 and 30 % are none");
	is_near(irr(FLOWS(-100, 220, -121)), (double) NAN, 0,
			"a rate that npv only touches 0 at is none");
	is_near(irr(FLOWS(-1, 3, -2.5)), (double) NAN, 0,
			"two changes and no rate");
	is_near(irr(FLOWS(-100, 150, -60, 120)), 0.5953821052108766,
			1e-15, "three changes and one rate");
	is_near(irr(FLOWS(5)), (double) NAN, 0, "one flow has no rate");
	is_near(irr(FLOWS(0, 0)), (double) NAN, 0,
			"zeros have every rate, so none");
	is_near(irr(FLOWS(1, 2, 3)), (double) NAN, 0,
			"gains alone have no rate");
	is_near(irr(FLOWS(-1, 1e12)), 1e12 - 1, 0, "great rates are found");
	is_near(irr(FLOWS(-1e12, 1)), -1 + 1e-12, DBL_EPSILON,
			"so are rates next to -1");
	is_near(irr(FLOWS(-1, 1e-20)), (double) NAN, 0,
			"but not closer to -1 than a double can be");
	is_near(irr(FLOWS(-1e300, 1e300, 1e300)), 0.6180339887498949,
			1e-15, "the size of flows does not matter");
	is_near(irr(FLOWS(-1e-300, 1e-300, 1e-300)), 0.6180339887498949,
			1e-15, "nor does their smallness");
	property(random_flows, 1000, "an irr is found if and only if a fine scan "
			 "sees one change of sign, and it is there");
	property(known_roots, 20000, "an irr is found if and only if there is one "
			 "rate by construction, to 13 digits");
	long_series();
	work_is_bounded();
	all_rates();
	modified_rates();
	property(mirr_between, 5000, "reinvested at its irr, an investment has it for mirr");
	return tap_done();
}
