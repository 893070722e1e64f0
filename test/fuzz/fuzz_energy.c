/*
 * fuzz_energy.c
 *	  Energy and carbon by their formulas; an input is that of real_rules.h.
 */
#include "../unit/real_energy.h"
#include "real_rules.h"

static exact
of_energy(const double *p)
{
	return over(times(times(exact_of(p[0]), exact_of(p[1])),
					  times(exact_of(p[2]), exact_of(p[3]))),
				exact_of(1e3));
}

/* Between two values that are in range, so is the result. */
static exact
of_load(const double *p)
{
	exact		x = plus(exact_of(p[0]), times(exact_of(p[1] - p[0]),
											   exact_of(p[2])));

	x.value = p[0] + ((quad) p[1] - p[0]) * p[2];
	x.large = 1;
	return x;
}

static exact
of_joules(const double *p)
{
	return over(exact_of(p[0]), exact_of(3.6e6));
}

static exact
of_carbon(const double *p)
{
	return over(times(exact_of(p[0]), exact_of(p[1])), exact_of(1e3));
}

/* In the order of energy_rules. */
static const real_formula formulas[ENERGY_RULES] = {
	{of_energy, "++++"}, {of_load, "   "}, {of_joules, "+"}, {of_carbon, "+ "}
};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	real_input	in = {0};
	real_rule	rule;
	int			which;

	memcpy(&in, data, size < sizeof(in) ? size : sizeof(in));
	which = in.rule % ENERGY_RULES;
	rule = energy_rules[which];
	if (rule.call == watts_at_load)
	{
		double		idle = real_of(in.value[0]);
		double		most = real_of(in.value[1]);
		double		watts;
		ac_fault	fault;

		/* the least of one is the other */
		in.other = 2;
		if (isfinite(idle))
			rule.parameter[1].minimum = idle;
		if (ac_watts_at_load(idle, most, real_of(in.value[2]), &watts, &fault)
			== AC_OK)
			REQUIRE(watts >= idle && watts <= most);
	}
	check_rules(&rule, &formulas[which], &in);
	return 0;
}
