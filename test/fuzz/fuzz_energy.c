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

/* A word is a unit with a factor, or a fault that shows it. */
static void
check_unit(const uint8_t *data, size_t size)
{
	static const struct
	{
		const char *name;
		double		factor;
	}			unit[] = {
		{"g/kWh", 1}, {"kg/kWh", 1e3}, {"kg/MWh", 1}, {"t/MWh", 1e3},
		{"lb/MWh", 0.45359237}
	};
	const char *text = (const char *) data;
	double		found;
	ac_fault	fault;
	ac_status	status = ac_g_per_kwh(2, text, size, &found, &fault);
	size_t		i;

	for (i = 0; i < sizeof(unit) / sizeof(unit[0]); i++)
		if (strlen(unit[i].name) == size &&
			memcmp(unit[i].name, text, size) == 0)
		{
			REQUIRE(status == AC_OK && found == 2 * unit[i].factor);
			return;
		}
	REQUIRE(status == AC_CARBON_UNIT && fault.part == text &&
			fault.part_len == size);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	real_input	in = {0};
	real_rule	rule;
	int			which;

	check_unit(data, size);
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
