/*
 * fn_plan.c
 *	  Functions over plans: a tco whose recurring part is per month.
 */
#include "pg/ac_pg.h"

#include "core/tco_plan.h"

PG_FUNCTION_INFO_V1(accelcost_tco_over);
PG_FUNCTION_INFO_V1(accelcost_break_even_months);
PG_FUNCTION_INFO_V1(accelcost_common_currency);

Datum
accelcost_tco_over(PG_FUNCTION_ARGS)
{
	ac_tco	   *plan = PG_GETARG_TCO(0);
	Numeric		months = ac_not_negative(PG_GETARG_NUMERIC(1), "months");
	ac_tco	   *cost = ac_copy_tco(plan);

	cost->amount[AC_UPFRONT] = 0;
	ac_scale_by_numeric(cost, months);
	cost->amount[AC_UPFRONT] = plan->amount[AC_UPFRONT];
	PG_RETURN_POINTER(cost);
}

Datum
accelcost_break_even_months(PG_FUNCTION_ARGS)
{
	ac_tco	   *a = PG_GETARG_TCO(0);
	ac_tco	   *b = PG_GETARG_TCO(1);
	ac_int256	months;
	bool		found;
	ac_fault	fault;

	ac_check(ac_plan_break_even(a, b, &found, &months, &fault), &fault);
	if (!found)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(ac_numeric_from_fixed(months));
}

Datum
accelcost_common_currency(PG_FUNCTION_ARGS)
{
	ac_tco	   *a = PG_GETARG_TCO(0);
	ac_tco	   *b = PG_GETARG_TCO(1);
	int			len = (int) ac_currency_len(a->currency);
	ac_fault	fault;

	ac_check(ac_tco_same_currency(a, b, &fault), &fault);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(a->currency, len));
}
