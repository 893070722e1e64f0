/*
 * finance.c
 *	  Present values, internal rates of return and paybacks, against published
 *	  values, exact sums and a fine scan.
 */
#include "core/finance.h"

#include <float.h>
#include <math.h>

#include "sample.h"

#define COUNT(array)	((int) (sizeof(array) / sizeof((array)[0])))

/* Two arguments: the flows, and how many they are. */
#define FLOWS(...) \
	(const double[]) {__VA_ARGS__}, COUNT(((double[]) {__VA_ARGS__}))

static double
npv(double rate, const double *flow, int count)
{
	double		value;
	ac_fault	fault;

	if (ac_npv(rate, flow, count, 0, NULL, &value, &fault) != AC_OK)
		abort();
	return value;
}

static int	passes;

static void
count_pass(void)
{
	passes++;
}

/* NAN for none */
static double
irr(const double *flow, int count)
{
	double		rate;
	bool		found;
	ac_fault	fault;

	if (ac_irr(flow, count, count_pass, &found, &rate, &fault) != AC_OK)
		abort();
	return found ? rate : (double) NAN;
}

/* All rates of flows. */
static ac_irr_detail
detail(const double *flow, int count)
{
	ac_irr_detail found;
	ac_fault	fault;

	if (ac_find_irr(flow, count, AC_IRR_ROOTS_MAX, count_pass, &found, &fault) != AC_OK)
		abort();
	return found;
}

/* NAN for none */
static double
mirr(double finance_rate, double reinvest_rate, const double *flow, int count)
{
	double		rate;
	bool		found;
	ac_fault	fault;

	if (ac_mirr(flow, count, finance_rate, reinvest_rate, NULL, &found, &rate, &fault) != AC_OK)
		abort();
	return found ? rate : (double) NAN;
}

static double
payback(const double *flow, int count, double rate)
{
	double		periods;
	bool		found;
	ac_fault	fault;

	if (ac_payback(flow, count, rate, NULL, &found, &periods, &fault) != AC_OK)
		abort();
	return found ? periods : (double) NAN;
}

/* Equal to so many decimals, or both none. */
static void
is_near(double found, double expected, double tolerance, const char *rule)
{
	bool		same = isnan(expected) ? isnan(found)
	: fabs(found - expected) <= tolerance;

	if (!ok(same, "%s", rule))
		printf("# found %.17g, expected %.17g\n", found, expected);
}

/* ---- present value ------------------------------------------------------ */

/* With a rate of 100 % or -50 % and whole flows, every term is exact. */
static bool
sums_are_exact(void)
{
	double		flow[40];
	int			count = 1 + sample_below(40);

	__extension__ __int128 doubled = 0,
		halved = 0;
	double		scale = 1;

	for (int i = 0; i < count; i++)
		flow[i] = (double) ((int64_t) sample_bits() >> 16);
	for (int i = 0; i < count; i++)
		halved = halved * 2 + (int64_t) flow[i];
	for (int i = count - 1; i >= 0; i--)
		doubled = doubled * 2 + (int64_t) flow[i];
	for (int i = 1; i < count; i++)
		scale /= 2;
	return npv(1, flow, count) == (double) halved * scale &&
		npv(-0.5, flow, count) == (double) doubled;
}

static double
sample_rate(void)
{
	return (double) (sample_bits() >> 11) / 9007199254740992.0 * 1.5 - 0.5;
}

static bool
is_linear(void)
{
	double		x[30],
				y[30],
				both[30];
	int			count = 1 + sample_below(30);
	double		rate = sample_rate();
	double		p = sample_below(2000) - 1000,
				q = sample_below(2000) - 1000;
	double		size = 0,
				weight = 1;

	for (int i = 0; i < count; i++, weight /= 1 + rate)
	{
		x[i] = sample_below(200001) - 100000;
		y[i] = sample_below(200001) - 100000;
		both[i] = p * x[i] + q * y[i];
		size += (fabs(p * x[i]) + fabs(q * y[i])) * weight;
	}
	return fabs(npv(rate, both, count)
				- (p * npv(rate, x, count) + q * npv(rate, y, count)))
		<= 4 * DBL_EPSILON * size;
}

static bool
end_is_a_period_later(void)
{
	double		flow[20];
	int			count = 1 + sample_below(20);
	double		rate = sample_rate();
	double		value;
	ac_fault	fault;

	for (int i = 0; i < count; i++)
		flow[i] = sample_below(2001) - 1000;
	return ac_npv(rate, flow, count, 1, NULL, &value, &fault) == AC_OK &&
		fabs(value * (1 + rate) - npv(rate, flow, count))
		<= 4 * DBL_EPSILON * fabs(npv(rate, flow, count));
}

/* ---- internal rate of return -------------------------------------------- */

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

/* ---- flows at dates ----------------------------------------------------- */

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

/* ---- payback ------------------------------------------------------------ */

/* By the definition: the last time the sum is negative, and on from there. */
static bool
payback_is_last_crossing(void)
{
	double		flow[12];
	int			count = 1 + sample_below(12);
	int64_t		sum = 0,
				before = 0;
	int			last = -1;
	double		found;

	for (int i = 0; i < count; i++)
	{
		flow[i] = sample_below(21) - 10;
		sum += (int64_t) flow[i];
		if (sum < 0)
		{
			last = i;
			before = sum;
		}
	}
	found = payback(flow, count, 0);
	if (last == count - 1)
		return isnan(found);
	return found == (last < 0 ? 0
					 : last + (double) -before / flow[last + 1]);
}

/* Their discount factor exceeds a double, but nothing is discounted. */
static void
flow_of_zeros(void)
{
	static double flow[2000];

	flow[0] = -1;
	flow[1] = 1;
	is_near(payback(flow, 2000, -0.9999), 1e-4, 1e-15,
			"zeros after a payback change nothing, however far off");
}

/* ---- interruption ------------------------------------------------------- */

#define MANY	(3 * AC_POLL_EVERY + 1)

/* Each block of flows is checked once, and rated once. */
static void
blocks_are_told(void)
{
	static double flow[MANY];
	double		value;
	bool		found;
	ac_fault	fault;

	for (int i = 0; i < MANY; i++)
		flow[i] = i % 2 ? 3 : -2;
	passes = 0;
	is_int(ac_npv(0.1, flow, MANY, 0, count_pass, &value, &fault), AC_OK,
		   "a caller who is told of blocks gets a present value");
	is_int(passes, 2 * (MANY / AC_POLL_EVERY + 1),
		   "and is told of each block twice");
	is_near(value, npv(0.1, flow, MANY), 0, "it is that of any other caller");
	passes = 0;
	is_int(ac_payback(flow, MANY, 0.1, count_pass, &found, &value, &fault),
		   AC_OK, "so it is with a payback");
	is_int(passes, 2 * (MANY / AC_POLL_EVERY + 1), "told twice");
	is_near(found ? value : (double) NAN, payback(flow, MANY, 0.1), 0,
			"of the same periods");
	is_int(ac_irr(flow, 2, NULL, &found, &value, &fault), AC_OK,
		   "nobody has to be told");
}

/* ---- faults ------------------------------------------------------------- */

static void
faults(void)
{
	double		flow[3] = {-1, 2, 3};
	double	   *many = calloc(AC_IRR_FLOWS_MAX + 1, sizeof(double));
	double		value;
	bool		found;
	ac_fault	fault;

	if (many == NULL)
		abort();
	is_int(ac_npv(-1, flow, 3, 0, NULL, &value, &fault), AC_REAL_NOT_ABOVE,
		   "a rate must be above -1");
	is_int(ac_payback(flow, 3, -1, NULL, &found, &value, &fault),
		   AC_REAL_NOT_ABOVE, "so must that of a payback");
	is_int(ac_npv((double) NAN, flow, 3, 0, NULL, &value, &fault), AC_REAL_FINITE,
		   "a rate must be a number");
	is_int(ac_npv((double) INFINITY, flow, 3, 0, NULL, &value, &fault),
		   AC_REAL_FINITE, "a rate must be finite");
	is_int(ac_npv(0, flow, 0, 0, NULL, &value, &fault), AC_FLOW_NONE,
		   "there must be a cash flow");
	is_int(ac_irr(flow, 0, count_pass, &found, &value, &fault), AC_FLOW_NONE,
		   "for irr, too");
	is_int(ac_npv(-1 + DBL_EPSILON, many, 100, 0, NULL, &value, &fault), AC_OK,
		   "no flows are worth nothing at any rate");
	many[99] = 1;
	is_int(ac_npv(-1 + DBL_EPSILON, many, 100, 0, NULL, &value, &fault),
		   AC_REAL_RESULT, "a value beyond the largest double is a fault");
	many[0] = -1;
	is_int(ac_irr(many, AC_IRR_FLOWS_MAX, count_pass, &found, &value, &fault), AC_OK,
		   "irr takes its greatest number of flows");
	ok(found && fabs(value) < 1e-15, "and finds their rate");
	is_int(ac_irr(many, AC_IRR_FLOWS_MAX + 1, count_pass, &found, &value, &fault),
		   AC_FLOW_LIMIT, "but none more");
	flow[1] = (double) NAN;
	is_int(ac_irr(flow, 3, count_pass, &found, &value, &fault), AC_FLOW_FINITE,
		   "a cash flow must be a number");
	is_int(fault.number[0], 2, "the fault tells which is not");
	flow[1] = -(double) INFINITY;
	is_int(ac_npv(0, flow, 3, 0, NULL, &value, &fault), AC_FLOW_FINITE,
		   "a cash flow must be finite");
	free(many);
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
	static const double investment[] = {-15000, 1500, 2500, 3500, 4500, 6000};
	static const double rising[] = {-150000, 15000, 25000, 35000, 45000, 60000};
	static const double losing[] = {-100, 0, 0, 74};
	static const double falling[] = {-100, 39, 59, 55, 20};
	static const double of_two_rates[] = {-100, 100, 0, -7};
	static const double of_one_change[] = {-100, 100, 0, 7};
	static const double of_three_changes[] = {-5, 10.5, 1, -8, 1};
	static const double fleet[] = {-1920000, 602725.75, 602725.75, 602725.75,
	602725.75};

	is_near(npv(0.05, investment, COUNT(investment)), 122.89, 0.005,
			"npv of an investment");
	is_near(npv(0.10, fleet, COUNT(fleet)), -9440.47145003756574, 1e-9,
			"npv of a fleet of accelerators at 10 %");
	is_near(payback(fleet, COUNT(fleet), 0), 3.2, 0.05,
			"the fleet is paid back");
	is_near(payback(fleet, COUNT(fleet), 0.10), (double) NAN, 0,
			"at 10 % the fleet is not paid back");

	property(sums_are_exact, 20000, "a present value is the exact sum, "
			 "rounded once, where its terms are exact");
	property(is_linear, 50000, "present values are linear in the flows");
	property(end_is_a_period_later, 20000, "npv_end is npv, one period later");
	is_near(npv(0, FLOWS(1e16, 1, -1e16)), 1, 0,
			"small flows are not lost among great ones");
	is_near(npv(DBL_MAX, FLOWS(7, 5)), 7, 0,
			"at the greatest rate only the first flow counts");
	is_near(npv(0, FLOWS(DBL_MAX, DBL_MAX, -DBL_MAX)), DBL_MAX, 0,
			"sums on the way may exceed a double");

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
	dated_flows();
	property(years_are_periods, 3000, "at years of 365 days, dated flows are those of periods");
	property(rates_of_dates, 1000, "at the rate of dated flows their present value changes its sign");

	property(payback_is_last_crossing, 50000, "payback is where the sum leaves "
			 "the negative for the last time");
	is_near(payback(FLOWS(-0.9, 0.3, 0.3, 0.3), 0), 3, 0,
			"0.3 three times pays back 0.9");
	flow_of_zeros();
	is_near(payback(FLOWS(-100, 110), 0.1), 1, 1e-15,
			"100 is paid back by 110 at 10 %");
	is_near(payback(FLOWS(-100, 110), 0.11), (double) NAN, 0,
			"but not at 11 %");
	is_near(payback(FLOWS(-100, 150, -60, 120), 0),
			2 + 10 / 120.0, 0, "a payback that is undone does not count");
	blocks_are_told();
	faults();
	return tap_done();
}
