/*
 * real.h
 *	  Tests of functions over doubles.
 */
#ifndef AC_TEST_REAL_H
#define AC_TEST_REAL_H

#include <float.h>
#include <math.h>

#include "core/status.h"

#include "tap.h"

/* With no tolerance: the very same double. */
static inline void
is_near(double found, double expected, double tolerance, const char *rule)
{
	if (!ok(fabs(found - expected) <= tolerance, "%s", rule))
		printf("# found %.17g, expected %.17g\n", found, expected);
}

static inline void
is_real(double found, double expected, const char *rule)
{
	is_near(found, expected, 0, rule);
}

/* The fault that a function reported of a parameter and its limit. */
static inline bool
is_fault(ac_status found, ac_status expected, const ac_fault *fault,
		 const char *name, double limit)
{
	return found == expected && strcmp(fault->name, name) == 0 &&
		fault->real[1] == limit;
}

/* Values that no physical quantity has. */
static const double not_finite[] = {NAN, INFINITY, -INFINITY};

#define NOT_FINITE ((int) (sizeof(not_finite) / sizeof(not_finite[0])))

/* Just below and just above a value that is not negative. */
static inline double
just_below(double value)
{
	return value > 0 ? value * (1 - DBL_EPSILON) : -DBL_MIN;
}

static inline double
just_above(double value)
{
	return value > 0 ? value * (1 + DBL_EPSILON) : DBL_MIN;
}

/* A function of an array of parameters. */
typedef ac_status (*real_function) (const double *parameter, double *result,
									ac_fault *fault);

/* A parameter, a value it can have, and where its domain begins. */
typedef struct real_parameter
{
	const char *name;
	double		sample;
	double		minimum;		/* -INFINITY: none */
	bool		open;			/* the minimum is not part of the domain */
	double		maximum;		/* INFINITY: none */
} real_parameter;

#define REAL_PARAMETERS_MAX	9

typedef struct real_rule
{
	const char *name;
	real_function call;
	int			count;
	real_parameter parameter[REAL_PARAMETERS_MAX];
} real_rule;

/*
 * Each parameter takes the ends of its domain, and nothing beyond them, nor
 * what is not finite; the fault names it.
 */
static inline void
has_domain(const real_rule *rule)
{
	const char *function = rule->name;
	real_function call = rule->call;
	const real_parameter *parameter = rule->parameter;
	int			count = rule->count;
	double		value[REAL_PARAMETERS_MAX] = {0};
	double		result;
	ac_fault	fault;
	int			i;

	for (i = 0; i < count; i++)
		value[i] = parameter[i].sample;
	ok(call(value, &result, &fault) == AC_OK, "%s takes the samples",
	   function);
	for (i = 0; i < count; i++)
	{
		const real_parameter *p = &parameter[i];
		double		below = p->open ? p->minimum : just_below(p->minimum);
		double		least = p->open ? just_above(p->minimum) : p->minimum;
		ac_status	status = AC_OK;
		int			j;

		for (j = 0; j < NOT_FINITE; j++)
		{
			value[i] = not_finite[j];
			status = call(value, &result, &fault);
			if (!is_fault(status, AC_REAL_FINITE, &fault, p->name, 0))
				break;
		}
		ok(j == NOT_FINITE, "%s: %s must be finite", function, p->name);

		if (p->minimum > -INFINITY)
		{
			value[i] = below;
			status = call(value, &result, &fault);
			ok(is_fault(status, p->open ? AC_REAL_NOT_ABOVE : AC_REAL_BELOW,
						&fault, p->name, p->minimum) &&
			   fault.real[0] == below,
			   "%s: %s is refused below its domain", function, p->name);

			/* the result can overflow there, but the parameter is no fault */
			value[i] = least;
			status = call(value, &result, &fault);
			ok(status == AC_OK || status == AC_REAL_RESULT,
			   "%s: %s takes the least of its domain", function, p->name);
		}

		if (p->maximum < INFINITY)
		{
			value[i] = just_above(p->maximum);
			status = call(value, &result, &fault);
			ok(is_fault(status, AC_REAL_ABOVE, &fault, p->name, p->maximum),
			   "%s: %s is refused above its domain", function, p->name);
			value[i] = p->maximum;
			ok(call(value, &result, &fault) == AC_OK,
			   "%s: %s takes the most of its domain", function, p->name);
		}
		value[i] = p->sample;
	}
}

#endif							/* AC_TEST_REAL_H */
