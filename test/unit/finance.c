/*
 * finance.c
 *	  Present values and paybacks, against published values and exact sums.
 */
#include "sample_flows.h"

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

int
main(void)
{
	static const double investment[] = {-15000, 1500, 2500, 3500, 4500, 6000};
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
