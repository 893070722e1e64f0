/*
 * fuzz_irr.c
 *	  A rate is found if and only if there is one: for whole flows by Sturm's
 *	  theorem, for others by their changes of sign and those of the present
 *	  value; at the rate it changes its sign.
 *
 * An input is a byte whose bit 0 asks for whole flows, then either the
 * distance of flows, their leading zeros and the power of 2 that they are
 * multiplied by (1 byte each) and the flows (1 byte each), or the flows
 * (REAL_BYTES each).
 */
#include "core/finance.h"

#include "fuzz.h"
#include "quad.h"
#include "sturm.h"

#define FLOWS_MAX	32
#define GRID		25			/* rates of 2^-24 - 1 to 2^24 - 1 */

static int	passes;

static void
count_pass(void)
{
	passes++;
}

/* The sign of the present value where a unit grows so in each period. */
static int
sign_at(const double *flow, int count, quad growth)
{
	bool		from_end = growth > 1;
	quad		x = from_end ? 1 / growth : growth;
	quad		value = 0;
	quad		turnover = 0;
	int			i;

	/* powers of x below 1, whichever end they begin at */
	for (i = 0; i < count; i++)
	{
		double		next = flow[from_end ? count - 1 - i : i];

		value = value * x + next;
		turnover = turnover * x + quad_abs(next);
	}
	if (quad_abs(value) <= turnover * 4 * (count + 1) * QUAD_EPSILON)
		return 0;				/* not certain */
	return value < 0 ? -1 : 1;
}

/* Its changes between certain signs at the rates of a grid. */
static int
grid_changes(const double *flow, int count)
{
	quad		growth = 1.0 / (1 << 24);
	int			changes = 0;
	int			before = 0;
	int			i;

	for (i = 0; i < GRID; i++, growth *= 4)
	{
		int			sign = sign_at(flow, count, growth);

		changes += before * sign < 0;
		before = sign == 0 ? before : sign;
	}
	return changes;
}

/* It changes its sign at the rate, but for the last digits of the rate. */
static bool
is_root(const double *flow, int count, double rate)
{
	quad		growth = 1 + (quad) rate;
	quad		slack = growth * 1e-12 + DBL_EPSILON;
	int			below = sign_at(flow, count, growth > slack ? growth - slack
								: 0);

	return rate > -1 && below * sign_at(flow, count, growth + slack) <= 0;
}

static bool
irr(const double *flow, int count, double *rate)
{
	ac_fault	fault;
	bool		found;
	int			i;

	passes = 0;
	for (i = 0; i < count; i++)
		if (!isfinite(flow[i]))
		{
			REQUIRE(ac_irr(flow, count, count_pass, &found, rate, &fault)
					== AC_FLOW_FINITE && fault.number[0] == i + 1);
			return false;
		}
	REQUIRE(ac_irr(flow, count, count_pass, &found, rate, &fault)
			== (count == 0 ? AC_FLOW_NONE : AC_OK));
	if (count == 0 || !found)
		return false;
	REQUIRE(passes > 0 && is_root(flow, count, *rate));
	return true;
}

static void
check_whole(const uint8_t *data, size_t size)
{
	sturm_polynomial p = {.degree = -1};
	double		flow[FLOWS_MAX] = {0};
	double		rate;
	bool		found;
	bool		simple = false;
	int			distance = 1 + (data[0] & 3);
	int			first = data[1] & 3;
	int			roots;
	size_t		i;

	for (i = 3; i < size && i < 3 + STURM_DEGREE_MAX + 1; i++)
	{
		int8_t		whole = (int8_t) data[i];

		if (whole == 0 && p.degree < 0)
			continue;
		p.c[++p.degree] = whole;
		flow[first + p.degree * distance] = ldexp(whole, 7 * (int8_t) data[2]);
	}
	found = irr(flow, FLOWS_MAX, &rate);
	while (p.degree >= 0 && p.c[p.degree] == 0)
		p.degree--;
	if (p.degree < 0)
		REQUIRE(!found);
	else if ((roots = sturm_count(p, &simple)) >= 0)
		REQUIRE(simple ? found == (roots == 1) : !found || roots == 1);
}

static void
check_real(const uint8_t *data, size_t size)
{
	int			count = (int) (size / REAL_BYTES);
	double	   *flow;
	double		rate;
	bool		found;
	int			changes = 0;
	double		first = 0;
	double		last = 0;
	double		largest = 0;
	int			i;

	if (count > FLOWS_MAX)
		count = FLOWS_MAX;
	flow = malloc(sizeof(*flow) * (size_t) count);
	for (i = 0; i < count; i++)
		flow[i] = real_of(data + (size_t) i * REAL_BYTES);
	found = irr(flow, count, &rate);
	for (i = 0; i < count && isfinite(flow[i]); i++)
	{
		changes += (flow[i] < 0 && last > 0) || (flow[i] > 0 && last < 0);
		first = first == 0 ? flow[i] : first;
		last = flow[i] == 0 ? last : flow[i];
		largest = fmax(largest, fabs(flow[i]));
	}
	if (i == count)
	{
		int			crossings = grid_changes(flow, count);

		REQUIRE(changes > 0 || !found);
		REQUIRE(crossings <= 1 || !found);
		if (changes == 1 && fmin(fabs(first), fabs(last)) > largest * 1e-290)
			REQUIRE(crossings == 0 || found);
	}
	free(flow);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 4)
		return 0;
	if (data[0] & 1)
		check_whole(data + 1, size - 1);
	else
		check_real(data + 1, size - 1);
	return 0;
}
