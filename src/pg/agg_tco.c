/*
 * agg_tco.c
 *	  Transitions of sum, avg, min and max over tco.
 *
 * Inside an aggregate the state belongs to it and is changed in place; called
 * by hand, a transition leaves its arguments alone and returns a copy.
 */
#include "pg/ac_pg.h"

PG_FUNCTION_INFO_V1(accelcost_tco_sum_add);
PG_FUNCTION_INFO_V1(accelcost_tco_sum_remove);
PG_FUNCTION_INFO_V1(accelcost_tco_avg_add);
PG_FUNCTION_INFO_V1(accelcost_tco_avg_remove);
PG_FUNCTION_INFO_V1(accelcost_tco_avg_merge);
PG_FUNCTION_INFO_V1(accelcost_tco_avg_result);
PG_FUNCTION_INFO_V1(accelcost_tco_smaller);
PG_FUNCTION_INFO_V1(accelcost_tco_larger);

static inline ac_tco *
sum_state(FunctionCallInfo fcinfo)
{
	ac_tco	   *state = PG_GETARG_TCO(0);

	return AggCheckCallContext(fcinfo, NULL) ? state : ac_copy_tco(state);
}

static inline ac_tco_avg *
avg_state(FunctionCallInfo fcinfo)
{
	ac_tco_avg *state = PG_GETARG_TCO_AVG(0);
	ac_tco_avg *copy;

	if (AggCheckCallContext(fcinfo, NULL))
		return state;
	copy = palloc(sizeof(ac_tco_avg));
	memcpy(copy, state, sizeof(ac_tco_avg));
	return copy;
}

Datum
accelcost_tco_sum_add(PG_FUNCTION_ARGS)
{
	ac_tco	   *state = sum_state(fcinfo);
	ac_fault	fault;

	ac_check(ac_tco_add(state, PG_GETARG_TCO(1), &fault), &fault);
	PG_RETURN_POINTER(state);
}

Datum
accelcost_tco_sum_remove(PG_FUNCTION_ARGS)
{
	ac_tco	   *state = sum_state(fcinfo);
	ac_fault	fault;

	ac_check(ac_tco_subtract(state, PG_GETARG_TCO(1), &fault), &fault);
	PG_RETURN_POINTER(state);
}

Datum
accelcost_tco_avg_add(PG_FUNCTION_ARGS)
{
	ac_tco_avg *state = avg_state(fcinfo);
	ac_fault	fault;

	ac_check(ac_tco_avg_add(state, PG_GETARG_TCO(1), &fault), &fault);
	PG_RETURN_POINTER(state);
}

Datum
accelcost_tco_avg_remove(PG_FUNCTION_ARGS)
{
	ac_tco_avg *state = avg_state(fcinfo);
	ac_fault	fault;

	ac_check(ac_tco_avg_remove(state, PG_GETARG_TCO(1), &fault), &fault);
	PG_RETURN_POINTER(state);
}

Datum
accelcost_tco_avg_merge(PG_FUNCTION_ARGS)
{
	ac_tco_avg *state = avg_state(fcinfo);
	ac_fault	fault;

	ac_check(ac_tco_avg_merge(state, PG_GETARG_TCO_AVG(1), &fault), &fault);
	PG_RETURN_POINTER(state);
}

/* The average of no rows is NULL. */
Datum
accelcost_tco_avg_result(PG_FUNCTION_ARGS)
{
	ac_tco_avg *state = PG_GETARG_TCO_AVG(0);
	ac_tco	   *result = palloc(sizeof(ac_tco));
	ac_fault	fault;

	if (state->count == 0)
		PG_RETURN_NULL();
	ac_check(ac_tco_avg_result(state, result, &fault), &fault);
	PG_RETURN_POINTER(result);
}

/* Return the lesser of two values in one currency. */
Datum
accelcost_tco_smaller(PG_FUNCTION_ARGS)
{
	ac_tco	   *a = PG_GETARG_TCO(0);
	ac_tco	   *b = PG_GETARG_TCO(1);
	ac_fault	fault;

	ac_check(ac_tco_same_currency(a, b, &fault), &fault);
	PG_RETURN_POINTER(ac_tco_compare(a, b) <= 0 ? a : b);
}

/* Return the greater of two values in one currency. */
Datum
accelcost_tco_larger(PG_FUNCTION_ARGS)
{
	ac_tco	   *a = PG_GETARG_TCO(0);
	ac_tco	   *b = PG_GETARG_TCO(1);
	ac_fault	fault;

	ac_check(ac_tco_same_currency(a, b, &fault), &fault);
	PG_RETURN_POINTER(ac_tco_compare(a, b) >= 0 ? a : b);
}
