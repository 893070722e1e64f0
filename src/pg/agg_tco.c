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
PG_FUNCTION_INFO_V1(accelcost_tco_sum_amount);
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

/* The first state of a sum, where the states of an aggregate belong. */
static ac_tco *
new_state(FunctionCallInfo fcinfo, const text *currency)
{
	MemoryContext context;
	MemoryContext previous;
	ac_tco	   *state;

	if (!AggCheckCallContext(fcinfo, &context))
		return ac_new_tco(currency);
	previous = MemoryContextSwitchTo(context);
	state = ac_new_tco(currency);
	MemoryContextSwitchTo(previous);
	return state;
}

/* A text or number that is mostly neither compressed nor out of line. */
static inline struct varlena *
packed(Datum value)
{
	struct varlena *data = (struct varlena *) DatumGetPointer(value);

	return likely(!VARATT_IS_COMPRESSED(data) && !VARATT_IS_EXTERNAL(data))
		? data : pg_detoast_datum_packed(data);
}

/* Not strict, because the first row is not a state: a NULL adds nothing. */
Datum
accelcost_tco_sum_amount(PG_FUNCTION_ARGS)
{
	ac_component component;
	ac_int128	amount;
	text	   *currency;
	ac_tco	   *state;
	ac_fault	fault;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_POINTER(PG_GETARG_TCO(0));
	}
	component = ac_component_from_text((text *) packed(PG_GETARG_DATUM(3)));
	currency = (text *) packed(PG_GETARG_DATUM(2));
	state = PG_ARGISNULL(0) ? new_state(fcinfo, currency) : sum_state(fcinfo);
	amount = ac_fixed_from_numeric((Numeric) packed(PG_GETARG_DATUM(1)));
	ac_check(ac_tco_add_amount(state, component, amount, VARDATA_ANY(currency),
							   VARSIZE_ANY_EXHDR(currency), &fault), &fault);
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
