/*
 * fn_finance.c
 *	  Functions over cash flows.
 */
#include "pg/ac_pg.h"

#include "core/finance.h"

PG_FUNCTION_INFO_V1(accelcost_npv);
PG_FUNCTION_INFO_V1(accelcost_npv_end);
PG_FUNCTION_INFO_V1(accelcost_irr);
PG_FUNCTION_INFO_V1(accelcost_payback_periods);

static Datum
npv_from(FunctionCallInfo fcinfo, int first_period)
{
	float8		rate = PG_GETARG_FLOAT8(0);
	ac_reals	flows = ac_reals_argument(fcinfo, 1, "cashflows");
	double		value;
	ac_fault	fault;

	ac_check(ac_npv(rate, flows.value, flows.count, first_period,
					ac_check_for_interrupts, &value, &fault),
			 &fault);
	PG_RETURN_FLOAT8(value);
}

Datum
accelcost_npv(PG_FUNCTION_ARGS)
{
	return npv_from(fcinfo, 0);
}

Datum
accelcost_npv_end(PG_FUNCTION_ARGS)
{
	return npv_from(fcinfo, 1);
}

Datum
accelcost_irr(PG_FUNCTION_ARGS)
{
	ac_reals	flows = ac_reals_argument(fcinfo, 0, "cashflows");
	bool		found;
	double		rate;
	ac_fault	fault;

	ac_check(ac_irr(flows.value, flows.count, ac_check_for_interrupts, &found,
					&rate, &fault),
			 &fault);
	if (!found)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(rate);
}

Datum
accelcost_payback_periods(PG_FUNCTION_ARGS)
{
	ac_reals	flows = ac_reals_argument(fcinfo, 0, "cashflows");
	float8		rate = PG_GETARG_FLOAT8(1);
	bool		found;
	double		periods;
	ac_fault	fault;

	ac_check(ac_payback(flows.value, flows.count, rate,
						ac_check_for_interrupts, &found, &periods, &fault),
			 &fault);
	if (!found)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(periods);
}
