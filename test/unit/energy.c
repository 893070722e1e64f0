/*
 * energy.c
 *	  Energy and carbon come out as published, and round figures stay round.
 */
#include "real_energy.h"

#define VALUE(function, ...) value(function, (double[]) {__VA_ARGS__})

/* Its result, or NaN on a fault. */
static double
value(real_function call, const double *parameter)
{
	double		result;
	ac_fault	fault;

	return call(parameter, &result, &fault) == AC_OK ? result : (double) NAN;
}

/* The intensity in g/kWh, or NaN on a fault. */
static double
intensity_in(double intensity, const char *unit, ac_fault *fault)
{
	double		g_per_kwh;

	if (ac_g_per_kwh(intensity, unit, strlen(unit), &g_per_kwh, fault) != AC_OK)
		return (double) NAN;
	return g_per_kwh;
}

static void
units(void)
{
	static const char *const unknown[] = {
		"", "g", "g/kwh", "kg/mwh", "lb/kWh", "g/kWh ", "g/kW", "lbs/MWh"
	};
	ac_fault	fault;
	int			wrong = 0;
	int			i;

	is_real(intensity_in(369, "g/kWh", &fault), 369, "g_per_kwh: of g/kWh");
	is_real(intensity_in(0.369, "kg/kWh", &fault), 369,
			"g_per_kwh: a kilogram has 1000 g");
	is_real(intensity_in(369, "kg/MWh", &fault), 369,
			"g_per_kwh: a kg/MWh is a g/kWh");
	is_real(intensity_in(0.369, "t/MWh", &fault), 369,
			"g_per_kwh: a t/MWh is a kg/kWh");
	is_near(intensity_in(823.1, "lb/MWh", &fault), 373.35187974700, 1e-9,
			"g_per_kwh: a pound has 453.59237 g");
	for (i = 0; i < (int) (sizeof(unknown) / sizeof(unknown[0])); i++)
		wrong += !isnan(intensity_in(1, unknown[i], &fault)) ||
			fault.part != unknown[i];
	is_int(wrong, 0, "g_per_kwh: other units are refused");
	for (i = 0; i < NOT_FINITE; i++)
		wrong += !isnan(intensity_in(not_finite[i], "g/kWh", &fault));
	wrong += !isnan(intensity_in(-1, "g/kWh", &fault)) ||
		strcmp(fault.name, "intensity") != 0 ||
		!isnan(intensity_in(1e308, "t/MWh", &fault));
	is_int(wrong, 0, "g_per_kwh: an intensity is finite, 0 or more");
}

static void
domains(void)
{
	int			i;

	for (i = 0; i < ENERGY_RULES; i++)
		has_domain(&energy_rules[i]);
}

int
main(void)
{
	double		load;
	double		below = -1;
	bool		rises = true;

	is_real(VALUE(energy_kwh, 700, 730, 1, 1), 511,
			"energy_kwh: 700 W for a month of 730 h are 511 kWh");
	is_real(VALUE(energy_kwh, 300, 730, 1, 1), 219,
			"energy_kwh: 300 W for a month of 730 h are 219 kWh");
	is_real(VALUE(energy_kwh, 700, 24, 1, 1.25), 21,
			"energy_kwh: products come before the division");
	is_real(VALUE(energy_kwh, 700, 730, 1, 1.3), 664.3,
			"energy_kwh: an overhead of 30 % is a PUE of 1.3");
	is_real(VALUE(energy_kwh, 700, 730, 1, 1.5), 766.5,
			"energy_kwh: an overhead of 50 % is a PUE of 1.5");
	is_real(VALUE(energy_kwh, 700, 730, 0.75, 1), 383.25,
			"energy_kwh: a load is a share of the watts");
	is_near(2 * VALUE(energy_kwh, VALUE(watts_at_load, 0.71, 3.46, 0.01), 1,
					  1, 1.135),
			0.0016741250, 1e-16,
			"watts_at_load: Cloud Carbon Footprint's virtual CPU");
	is_near(VALUE(kwh_from_joules, 11769962), 3.27, 0.005,
			"kwh_from_joules: an MLPerf run of 11769962 J");
	is_near(VALUE(kwh_from_joules, 11769962) * 60 / 29.10069, 6.741, 0.0005,
			"kwh_from_joules: its node drew 6.741 kW");
	is_real(VALUE(kwh_from_joules, 3.6e6), 1,
			"kwh_from_joules: 3.6 million joules are a kWh");
	is_near(VALUE(carbon_kg, 511, 369.473), 188.8, 0.05,
			"carbon_kg: grams are thousandths of a kilogram");
	is_real(VALUE(carbon_kg, -10, 400), -4,
			"carbon_kg: a correction takes carbon back");

	is_real(VALUE(watts_at_load, 0.1, 0.7, 0), 0.1,
			"watts_at_load: idle is exact");
	is_real(VALUE(watts_at_load, 0.1, 0.7, 1), 0.7,
			"watts_at_load: full load is exact");
	is_real(VALUE(watts_at_load, 100, 700, 0.5), 400,
			"watts_at_load: half the load is half the way");
	for (load = 0; load <= 1; load += 1.0 / 1024)
	{
		double		watts = VALUE(watts_at_load, 0.1, 0.7, load);

		rises = rises && watts > below;
		below = watts;
	}
	ok(rises, "watts_at_load: more load takes more power");

	ok(isnan(VALUE(energy_kwh, 1e200, 1e200, 1, 1)) &&
	   isnan(VALUE(carbon_kg, 1e200, 1e200)) &&
	   isnan(VALUE(carbon_kg, -1e200, 1e200)),
	   "what overflows is a fault, not infinity");
	units();
	domains();
	return tap_done();
}
