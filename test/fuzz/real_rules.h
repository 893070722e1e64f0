/*
 * real_rules.h
 *	  A function of doubles refuses what is outside its domains, and gives its
 *	  formula to the rounding of a double within them.
 *
 * An input is the number of the function, the number of a parameter that takes
 * another value, and that value, then the parameters; 1 byte for numbers,
 * REAL_BYTES for values.  What is missing is zero.
 */
#ifndef AC_REAL_RULES_H
#define AC_REAL_RULES_H

#include "../unit/real.h"
#include "fuzz.h"
#include "quad.h"

/*
 * The exact value of a formula, and how large and small what a double comes
 * upon can be, in whichever order it is computed.
 */
typedef struct exact
{
	quad		value;
	quad		large;
	quad		small;
} exact;

typedef struct real_formula
{
	exact		(*value) (const double *parameter);
	const char *direction;		/* + or - for each parameter that the result
								 * rises or falls with, or a blank */
} real_formula;

typedef struct real_input
{
	uint8_t		rule;
	uint8_t		other;
	uint8_t		other_value[REAL_BYTES];
	uint8_t		value[REAL_PARAMETERS_MAX][REAL_BYTES];
} real_input;

static inline exact
exact_of(double value)
{
	quad		magnitude = quad_abs(value);
	exact		x = {value, 1, 1};

	if (magnitude > 1)
		x.large = magnitude;
	else if (magnitude > 0)
		x.small = magnitude;
	return x;
}

static inline exact
times(exact a, exact b)
{
	exact		product = {
		a.value * b.value, a.large * b.large, a.small * b.small
	};

	return product;
}

static inline exact
over(exact a, exact b)
{
	exact		quotient = {
		a.value / b.value,
		quad_max(a.large / b.small, b.large),
		quad_min(a.small / b.large, b.small)
	};

	return quotient;
}

static inline exact
plus(exact a, exact b)
{
	exact		sum = {
		a.value + b.value, a.large + b.large, quad_min(a.small, b.small)
	};

	return sum;
}

/* The first fault of the parameters, and which it is of. */
static inline ac_status
expected_fault(const real_rule * rule, const double *value, int *of)
{
	for (*of = 0; *of < rule->count; ++*of)
	{
		real_parameter p = rule->parameter[*of];
		double		v = value[*of];

		if (!isfinite(v))
			return AC_REAL_FINITE;
		if (p.open && v <= p.minimum)
			return AC_REAL_NOT_ABOVE;
		if (v < p.minimum)
			return AC_REAL_BELOW;
		if (v > p.maximum)
			return AC_REAL_ABOVE;
	}
	return AC_OK;
}

/* Whether the function has a result for these parameters. */
static inline bool
check_rule(const real_rule * rule, const real_formula *formula,
		   const double *value, double *result)
{
	int			of;
	ac_fault	fault;
	ac_status	expected = expected_fault(rule, value, &of);
	ac_status	status = rule->call(value, result, &fault);
	exact		x;

	if (expected != AC_OK)
	{
		real_parameter p = rule->parameter[of];

		REQUIRE(status == expected && strcmp(fault.name, p.name) == 0);
		REQUIRE(memcmp(&fault.real[0], &value[of], sizeof(double)) == 0);
		REQUIRE(status == AC_REAL_FINITE
				|| fault.real[1] == (status == AC_REAL_ABOVE ? p.maximum
									 : p.minimum));
		return false;
	}

	x = formula->value(value);
	if (status == AC_REAL_RESULT)
		REQUIRE(x.large > DBL_MAX * (1 - 8 * DBL_EPSILON));
	else
	{
		REQUIRE(status == AC_OK && isfinite(*result));
		if (x.small >= DBL_MIN)
			REQUIRE(quad_abs(*result - x.value)
					<= 8 * DBL_EPSILON * quad_abs(x.value));
	}
	return status == AC_OK;
}

/* Check at the parameters of an input, and from there in one direction. */
static inline void
check_rules(const real_rule * rule, const real_formula *formula,
			const real_input *in)
{
	double		value[REAL_PARAMETERS_MAX];
	double		result[2];
	double		step;
	int			other = in->other % rule->count;
	bool		found;
	int			i;

	for (i = 0; i < rule->count; i++)
		value[i] = real_of(in->value[i]);
	found = check_rule(rule, formula, value, &result[0]);
	step = real_of(in->other_value) - value[other];
	value[other] = real_of(in->other_value);
	if (!check_rule(rule, formula, value, &result[1]) || !found)
		return;
	if (formula->direction[other] == '-')
		step = -step;
	if (formula->direction[other] != ' ')
		REQUIRE(step < 0 ? result[1] <= result[0] : result[1] >= result[0]);
}

#endif							/* AC_REAL_RULES_H */
