/*
 * fn_energy.c
 *	  Energy, what it costs and the carbon in it.
 */
#include "pg/ac_pg.h"

#include "core/energy.h"

PG_FUNCTION_INFO_V1(accelcost_energy_kwh);
PG_FUNCTION_INFO_V1(accelcost_watts_at_load);
PG_FUNCTION_INFO_V1(accelcost_kwh_from_joules);
PG_FUNCTION_INFO_V1(accelcost_energy_cost);
PG_FUNCTION_INFO_V1(accelcost_carbon_kg);
PG_FUNCTION_INFO_V1(accelcost_g_per_kwh);

Datum
accelcost_energy_kwh(PG_FUNCTION_ARGS)
{
	float8		watts = PG_GETARG_FLOAT8(0);
	float8		hours = PG_GETARG_FLOAT8(1);
	float8		load = PG_GETARG_FLOAT8(2);
	float8		pue = PG_GETARG_FLOAT8(3);
	float8		result;
	ac_fault	fault;

	ac_check(ac_energy_kwh(watts, hours, load, pue, &result, &fault), &fault);
	PG_RETURN_FLOAT8(result);
}

Datum
accelcost_watts_at_load(PG_FUNCTION_ARGS)
{
	float8		idle_watts = PG_GETARG_FLOAT8(0);
	float8		max_watts = PG_GETARG_FLOAT8(1);
	float8		load = PG_GETARG_FLOAT8(2);
	float8		result;
	ac_fault	fault;

	ac_check(ac_watts_at_load(idle_watts, max_watts, load, &result, &fault),
			 &fault);
	PG_RETURN_FLOAT8(result);
}

Datum
accelcost_kwh_from_joules(PG_FUNCTION_ARGS)
{
	float8		joules = PG_GETARG_FLOAT8(0);
	float8		result;
	ac_fault	fault;

	ac_check(ac_kwh_from_joules(joules, &result, &fault), &fault);
	PG_RETURN_FLOAT8(result);
}

/* The exact product, without trailing zeros. */
Datum
accelcost_energy_cost(PG_FUNCTION_ARGS)
{
	Numeric		kwh = ac_numeric_finite(PG_GETARG_NUMERIC(0), "kwh");
	Numeric		price_per_kwh = ac_numeric_finite(PG_GETARG_NUMERIC(1),
												  "price_per_kwh");

	return DirectFunctionCall1(numeric_trim_scale,
							   ac_call2(numeric_mul, NumericGetDatum(kwh),
										NumericGetDatum(price_per_kwh)));
}

Datum
accelcost_carbon_kg(PG_FUNCTION_ARGS)
{
	float8		kwh = PG_GETARG_FLOAT8(0);
	float8		g_per_kwh = PG_GETARG_FLOAT8(1);
	float8		result;
	ac_fault	fault;

	ac_check(ac_carbon_kg(kwh, g_per_kwh, &result, &fault), &fault);
	PG_RETURN_FLOAT8(result);
}

Datum
accelcost_g_per_kwh(PG_FUNCTION_ARGS)
{
	float8		intensity = PG_GETARG_FLOAT8(0);
	const text *unit = PG_GETARG_TEXT_PP(1);
	float8		result;
	ac_fault	fault;

	ac_check(ac_g_per_kwh(intensity, VARDATA_ANY(unit),
						  VARSIZE_ANY_EXHDR(unit), &result, &fault),
			 &fault);
	PG_RETURN_FLOAT8(result);
}
