/*
 * energy.h
 *	  Energy of a load over time, and the carbon in it.
 */
#ifndef AC_ENERGY_H
#define AC_ENERGY_H

#include "core/status.h"

extern ac_status ac_energy_kwh(double watts, double hours, double load,
							   double pue, double *kwh, ac_fault *fault);
extern ac_status ac_watts_at_load(double idle_watts, double max_watts,
								  double load, double *watts,
								  ac_fault *fault);
extern ac_status ac_kwh_from_joules(double joules, double *kwh,
									ac_fault *fault);
extern ac_status ac_carbon_kg(double kwh, double g_per_kwh, double *kg,
							  ac_fault *fault);
extern ac_status ac_g_per_kwh(double intensity, const char *unit, size_t len,
							  double *g_per_kwh, ac_fault *fault);

#endif							/* AC_ENERGY_H */
