/*
 * fn_finance.c
 *	  Functions over cash flows.
 */
#include "pg/ac_pg.h"

#include "catalog/pg_type.h"
#include "utils/array.h"

#include "core/finance.h"

PG_FUNCTION_INFO_V1(accelcost_npv);
PG_FUNCTION_INFO_V1(accelcost_npv_end);
PG_FUNCTION_INFO_V1(accelcost_irr);
PG_FUNCTION_INFO_V1(accelcost_irr_detail);
PG_FUNCTION_INFO_V1(accelcost_mirr);
PG_FUNCTION_INFO_V1(accelcost_xnpv);
PG_FUNCTION_INFO_V1(accelcost_xirr);
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

static Datum
status_datum(ac_irr_status status)
{
	static const char *const name[] = {
		[AC_IRR_NONE] = "none",
		[AC_IRR_ONE] = "one",
		[AC_IRR_SEVERAL] = "several",
		[AC_IRR_UNSETTLED] = "unsettled"
	};

	return CStringGetTextDatum(name[status]);
}

/* status, rate, rates, other rates from and to, changes of sign */
Datum
accelcost_irr_detail(PG_FUNCTION_ARGS)
{
	ac_reals	flows = ac_reals_argument(fcinfo, 0, "cashflows");
	ac_irr_detail *detail = palloc(sizeof(ac_irr_detail));
	Datum	   *rate;
	Datum		column[6] = {0};
	bool		null[6] = {false};
	ac_fault	fault;
	int			i;

	ac_check(ac_find_irr(flows.value, flows.count, AC_IRR_ROOTS_MAX,
						 ac_check_for_interrupts, detail, &fault),
			 &fault);
	rate = palloc(sizeof(Datum) * (detail->count + 1));
	for (i = 0; i < detail->count; i++)
		rate[i] = Float8GetDatum(detail->rate[i]);
	column[0] = status_datum(detail->status);
	null[1] = detail->status != AC_IRR_ONE;
	column[1] = null[1] ? (Datum) 0 : rate[0];
	column[2] = PointerGetDatum(construct_array(rate, detail->count, FLOAT8OID,
												sizeof(float8), FLOAT8PASSBYVAL,
												TYPALIGN_DOUBLE));
	null[3] = null[4] = detail->is_complete;
	column[3] = Float8GetDatum(detail->low);
	column[4] = Float8GetDatum(detail->high);
	column[5] = Int32GetDatum(detail->changes);
	return ac_record(fcinfo, column, null);
}

Datum
accelcost_mirr(PG_FUNCTION_ARGS)
{
	ac_reals	flows = ac_reals_argument(fcinfo, 0, "cashflows");
	float8		finance_rate = PG_GETARG_FLOAT8(1);
	float8		reinvest_rate = PG_GETARG_FLOAT8(2);
	bool		found;
	double		rate;
	ac_fault	fault;

	ac_check(ac_mirr(flows.value, flows.count, finance_rate, reinvest_rate,
					 ac_check_for_interrupts, &found, &rate, &fault),
			 &fault);
	if (!found)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(rate);
}

Datum
accelcost_xnpv(PG_FUNCTION_ARGS)
{
	float8		rate = PG_GETARG_FLOAT8(0);
	ac_reals	flows = ac_reals_argument(fcinfo, 1, "cashflows");
	ac_integers days = ac_days_argument(fcinfo, 2, "dates");
	double		value;
	ac_fault	fault;

	ac_same_count("cashflows", flows.count, "dates", days.count);
	ac_check(ac_xnpv(rate, flows.value, days.value, flows.count,
					 ac_check_for_interrupts, &value, &fault),
			 &fault);
	PG_RETURN_FLOAT8(value);
}

Datum
accelcost_xirr(PG_FUNCTION_ARGS)
{
	ac_reals	flows = ac_reals_argument(fcinfo, 0, "cashflows");
	ac_integers days = ac_days_argument(fcinfo, 1, "dates");
	int64_t		first;
	int			periods,
				days_per_period;
	double	   *spread;
	bool		found;
	double		rate;
	ac_fault	fault;

	ac_same_count("cashflows", flows.count, "dates", days.count);
	ac_check(ac_day_span(days.value, days.count, &first, &periods,
						 &days_per_period, &fault),
			 &fault);
	spread = palloc0(sizeof(double) * periods);
	ac_check(ac_spread_flows(flows.value, days.value, flows.count, first,
							 days_per_period, spread, &fault),
			 &fault);
	ac_check(ac_irr(spread, periods, ac_check_for_interrupts, &found, &rate,
					&fault),
			 &fault);
	if (!found || !ac_yearly_rate(rate, days_per_period, &rate))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(rate);
}
