/*
 * fuzz_finance.c
 *	  Present value and payback are those of sums in quad.h, to the rounding
 *	  of a double.
 *
 * An input is the first period (1 byte), the rate, then the flows (REAL_BYTES
 * each).
 */
#include "core/finance.h"

#include "fuzz.h"
#include "quad.h"

#define FLOWS_MAX	32
#define HALF_ULP	(DBL_EPSILON / 2)

static ac_status
npv(double rate, const double *flow, int count, int first_period,
	double *value, ac_fault *fault)
{
	return ac_npv(rate, flow, count, first_period, NULL, value, fault);
}

static ac_status
payback(const double *flow, int count, double rate, bool *found,
		double *periods, ac_fault *fault)
{
	return ac_payback(flow, count, rate, NULL, found, periods, fault);
}

/* The fault that both have to report, or none. */
static ac_status
expected_status(double rate, const double *flow, int count)
{
	int			i;

	if (!isfinite(rate))
		return AC_REAL_FINITE;
	if (rate <= -1)
		return AC_REAL_NOT_ABOVE;
	for (i = 0; i < count; i++)
		if (!isfinite(flow[i]))
			return AC_FLOW_FINITE;
	return count == 0 ? AC_FLOW_NONE : AC_OK;
}

static void
check_npv(double rate, const double *flow, int count, int first_period)
{
	quad		factor = 1 / (1 + (quad) rate);
	quad		power = first_period ? factor : 1;
	quad		sum = 0;
	quad		turnover = 0;
	quad		largest = 0;
	quad		steps = count + 8;
	quad		slack;
	double		value;
	ac_fault	fault;
	ac_status	status;
	int			i;

	for (i = 0; i < count; i++, power *= factor)
	{
		sum += flow[i] * power;
		turnover += quad_abs(flow[i] * power);
		largest = quad_max(largest, quad_abs(flow[i]));
	}

	/*
	 * 1 is not added to 1e270 and more; what underflows is lost, of sums that
	 * had to be scaled down by 2^120 more
	 */
	slack = steps * turnover * (rate > 1e270 ? DBL_EPSILON : 2e-31)
		+ steps * quad_max(1, power)
		* (quad_max(largest, turnover) > 1e295 ? 1e-283 : 1e-318);
	status = npv(rate, flow, count, first_period, &value, &fault);
	if (status == AC_OK)
		REQUIRE(isfinite(value) && quad_abs(value - sum)
				<= slack + quad_abs(sum) * HALF_ULP * (1 + 1e-9));
	else
		REQUIRE(status == AC_REAL_RESULT
				&& quad_abs(sum) + slack > DBL_MAX);
}

/*
 * Where the sum is last negative is certain unless it then comes as close to 0
 * as the flows, and the rounding of what they are discounted to, are uncertain.
 */
static void
check_payback(double rate, const double *flow, int count)
{
	quad		factor = 1 / (1 + (quad) rate);
	quad		power = 1;
	quad		rounding = rate == 0 ? 1e-20 : 3;
	quad		sum = 0;
	quad		turnover = 0;
	quad		largest = 1;
	quad		before = 0;
	quad		then = 0;
	quad		uncertain = 0;
	int			negative = -1;
	bool		certain = true;
	bool		found;
	double		periods;
	ac_fault	fault;
	ac_status	status;
	int			i;

	for (i = 0; i < count; i++, power *= factor)
	{
		quad		threshold;

		/* what underflows is another matter */
		if (flow[i] != 0 &&
			(power < 1e-270 || power * quad_abs(flow[i]) < 1e-270))
			return;
		sum += flow[i] * power;
		turnover += quad_abs(flow[i] * power);
		largest = flow[i] != 0 ? quad_max(largest, power) : largest;
		threshold = turnover * HALF_ULP;
		if (i == negative + 1)
			then = flow[i] * power;
		if (sum < -threshold * (1 + rounding))
		{
			negative = i;
			before = -sum;
			uncertain = threshold * rounding;
			certain = true;
		}
		else if (sum < -threshold * (1 - rounding))
			certain = false;
	}

	status = payback(flow, count, rate, &found, &periods, &fault);
	if (status != AC_OK)
	{
		REQUIRE(status == AC_REAL_RESULT
				&& quad_max(turnover, largest) > 1e298);
		return;
	}
	REQUIRE(turnover <= DBL_MAX * (1 + (quad) 1e-9));
	REQUIRE(!found || (periods >= 0 && periods <= count - 1));
	if (!certain)
		return;
	REQUIRE(found == (negative < count - 1));
	if (found && negative < 0)
		REQUIRE(periods == 0);
	else if (found)
		REQUIRE(quad_abs(periods - negative - quad_min(1, before / then))
				<= (uncertain + 1e-30 * before) / then + 64 * DBL_EPSILON);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int			count;
	double	   *flow;
	double		rate;
	double		value;
	bool		found;
	ac_fault	fault;
	ac_status	status;
	int			i;

	if (size < 1 + REAL_BYTES)
		return 0;
	count = (int) ((size - 1) / REAL_BYTES) - 1;
	if (count > FLOWS_MAX)
		count = FLOWS_MAX;
	rate = real_of(data + 1);
	flow = malloc(sizeof(*flow) * (size_t) count);
	for (i = 0; i < count; i++)
		flow[i] = real_of(data + 1 + (i + 1) * REAL_BYTES);

	status = expected_status(rate, flow, count);
	if (status != AC_OK)
	{
		REQUIRE(npv(rate, flow, count, 0, &value, &fault) == status);
		REQUIRE(payback(flow, count, rate, &found, &value, &fault) == status);
	}
	else
	{
		check_npv(rate, flow, count, data[0] & 1);
		check_payback(rate, flow, count);
	}
	free(flow);
	return 0;
}
