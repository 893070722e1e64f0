/*
 * energy.c
 *	  Energy of a load over time, and the carbon in it.
 *
 * Products come first and powers of ten last: 700 W for a day at a PUE of
 * 1.25 are 21 kWh, not 20.999999999999996.
 */
#include "core/energy.h"

#include <string.h>

#include "core/real.h"

/* Units of carbon intensity; a pound has 453.59237 g. */
static const struct
{
	const char *name;
	double		g_per_kwh;
}			carbon_units[] = {
	{"g/kWh", 1}, {"kg/kWh", 1e3}, {"kg/MWh", 1}, {"t/MWh", 1e3},
	{"lb/MWh", 0.45359237}
};

#define NCARBON_UNITS ((int) (sizeof(carbon_units) / sizeof(carbon_units[0])))

/*
 * watts at a load of 1, hours, the load as a share of the watts, and the power
 * usage effectiveness: the energy of the whole site for each kWh of its
 * computers (ISO/IEC 30134-2).
 */
ac_status
ac_energy_kwh(double watts, double hours, double load, double pue,
			  double *kwh, ac_fault *fault)
{
	AC_TRY(ac_at_least("watts", watts, 0, fault));
	AC_TRY(ac_at_least("hours", hours, 0, fault));
	AC_TRY(ac_between("load", load, 0, 1, fault));
	AC_TRY(ac_at_least("pue", pue, 1, fault));
	*kwh = watts * hours * load * pue / 1e3;
	return ac_result(*kwh, fault);
}

/*
 * Power between idle and full load, taken as linear.  Counted from the nearer
 * end, so that it is exact at both.
 */
ac_status
ac_watts_at_load(double idle_watts, double max_watts, double load,
				 double *watts, ac_fault *fault)
{
	double		span = max_watts - idle_watts;

	AC_TRY(ac_at_least("idle_watts", idle_watts, 0, fault));
	AC_TRY(ac_at_least("max_watts", max_watts, idle_watts, fault));
	AC_TRY(ac_between("load", load, 0, 1, fault));
	*watts = load < 0.5 ? idle_watts + span * load
		: max_watts - span * (1 - load);
	return AC_OK;
}

/* Convert joules to kWh: a kWh is 3.6 million joules. */
ac_status
ac_kwh_from_joules(double joules, double *kwh, ac_fault *fault)
{
	AC_TRY(ac_at_least("joules", joules, 0, fault));
	*kwh = joules / 3.6e6;
	return AC_OK;
}

/*
 * Return the carbon in kg.  kWh may be negative, to deduct the carbon of a
 * correction.
 */
ac_status
ac_carbon_kg(double kwh, double g_per_kwh, double *kg, ac_fault *fault)
{
	AC_TRY(ac_finite("kwh", kwh, fault));
	AC_TRY(ac_at_least("g_per_kwh", g_per_kwh, 0, fault));
	*kg = kwh * g_per_kwh / 1e3;
	return ac_result(*kg, fault);
}

/* Convert a carbon intensity to g/kWh. */
ac_status
ac_g_per_kwh(double intensity, const char *unit, size_t len,
			 double *g_per_kwh, ac_fault *fault)
{
	int			i;

	AC_TRY(ac_at_least("intensity", intensity, 0, fault));
	for (i = 0; i < NCARBON_UNITS; i++)
	{
		const char *name = carbon_units[i].name;

		if (strlen(name) == len && memcmp(name, unit, len) == 0)
		{
			*g_per_kwh = intensity * carbon_units[i].g_per_kwh;
			return ac_result(*g_per_kwh, fault);
		}
	}
	return ac_fault_part(fault, AC_CARBON_UNIT, unit, len);
}
