/*
 * real_energy.h
 *	  Energy and carbon as functions of arrays, with their domains.
 */
#ifndef AC_REAL_ENERGY_H
#define AC_REAL_ENERGY_H

#include "core/energy.h"

#include "real.h"

static inline ac_status
energy_kwh(const double *p, double *result, ac_fault *fault)
{
	return ac_energy_kwh(p[0], p[1], p[2], p[3], result, fault);
}

static inline ac_status
watts_at_load(const double *p, double *result, ac_fault *fault)
{
	return ac_watts_at_load(p[0], p[1], p[2], result, fault);
}

static inline ac_status
kwh_from_joules(const double *p, double *result, ac_fault *fault)
{
	return ac_kwh_from_joules(p[0], result, fault);
}

static inline ac_status
carbon_kg(const double *p, double *result, ac_fault *fault)
{
	return ac_carbon_kg(p[0], p[1], result, fault);
}

static const real_rule energy_rules[] = {
	{"energy_kwh", energy_kwh, 4, {
			{"watts", 700, 0, false, INFINITY},
			{"hours", 730, 0, false, INFINITY},
			{"load", 0.5, 0, false, 1},
			{"pue", 1.25, 1, false, INFINITY}
	}},
	{"watts_at_load", watts_at_load, 3, {
			{"idle_watts", 100, 0, false, INFINITY},
			{"max_watts", 700, 100, false, INFINITY},
			{"load", 0.5, 0, false, 1}
	}},
	{"kwh_from_joules", kwh_from_joules, 1, {
			{"joules", 3.6e6, 0, false, INFINITY}
	}},
	{"carbon_kg", carbon_kg, 2, {
			{"kwh", 1, -INFINITY, false, INFINITY},
			{"g_per_kwh", 369, 0, false, INFINITY}
	}}
};

#define ENERGY_RULES \
	((int) (sizeof(energy_rules) / sizeof(energy_rules[0])))

#endif							/* AC_REAL_ENERGY_H */
