/*
 * sample_flows.h
 *	  Cash flows for tests, and the functions over them without their faults.
 */
#ifndef AC_SAMPLE_FLOWS_H
#define AC_SAMPLE_FLOWS_H

#include "core/finance.h"

#include <float.h>
#include <math.h>

#include "sample.h"

#define COUNT(array)	((int) (sizeof(array) / sizeof((array)[0])))

/* Two arguments: the flows, and how many they are. */
#define FLOWS(...) \
	(const double[]) {__VA_ARGS__}, COUNT(((double[]) {__VA_ARGS__}))

static inline double
npv(double rate, const double *flow, int count)
{
	double		value;
	ac_fault	fault;

	if (ac_npv(rate, flow, count, 0, NULL, &value, &fault) != AC_OK)
		abort();
	return value;
}

static int	passes;

static inline void
count_pass(void)
{
	passes++;
}

/* NAN for none */
static inline double
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
static inline ac_irr_detail
detail(const double *flow, int count)
{
	ac_irr_detail found;
	ac_fault	fault;

	if (ac_find_irr(flow, count, AC_IRR_ROOTS_MAX, count_pass, &found, &fault) != AC_OK)
		abort();
	return found;
}

/* NAN for none */
static inline double
mirr(double finance_rate, double reinvest_rate, const double *flow, int count)
{
	double		rate;
	bool		found;
	ac_fault	fault;

	if (ac_mirr(flow, count, finance_rate, reinvest_rate, NULL, &found, &rate, &fault) != AC_OK)
		abort();
	return found ? rate : (double) NAN;
}

static inline double
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
static inline void
is_near(double found, double expected, double tolerance, const char *rule)
{
	bool		same = isnan(expected) ? isnan(found)
	: fabs(found - expected) <= tolerance;

	if (!ok(same, "%s", rule))
		printf("# found %.17g, expected %.17g\n", found, expected);
}

#endif							/* AC_SAMPLE_FLOWS_H */
