/*
 * agg_tariff.c
 *	  Transitions of tiered_cost and tariff_agg.
 *
 * Inside an aggregate the state belongs to it and is changed in place; called
 * by hand, a transition leaves its arguments alone and returns a copy.
 */
#include "pg/ac_pg.h"

PG_FUNCTION_INFO_V1(accelcost_tariff_state_add);
PG_FUNCTION_INFO_V1(accelcost_tariff_state_remove);
PG_FUNCTION_INFO_V1(accelcost_tariff_state_merge);
PG_FUNCTION_INFO_V1(accelcost_tariff_state_result);
PG_FUNCTION_INFO_V1(accelcost_tariff_insert);
PG_FUNCTION_INFO_V1(accelcost_tariff_merge);

/* Return a state with room for the tariff; the executor keeps new ones. */
static ac_tariff_state *
state_with_room(FunctionCallInfo fcinfo, const ac_tariff *tariff)
{
	ac_tariff_state *state = PG_GETARG_TARIFF_STATE(0);
	bool		grows = tariff != NULL && state->rows == 0;
	ac_tariff_state *copy;

	if (!grows && AggCheckCallContext(fcinfo, NULL))
		return state;
	copy = palloc(grows ? ac_tariff_state_room(tariff)
				  : ac_tariff_state_size(state));
	memcpy(copy, state, ac_tariff_state_size(state));
	return copy;
}

/* Return the state as a datum, with its present length. */
static inline Datum
state_datum(ac_tariff_state *state)
{
	SET_VARSIZE(state, ac_tariff_state_size(state));
	return PointerGetDatum(state);
}

static inline void
check(ac_status status, const ac_fault *fault)
{
	ac_check_type(status, fault, "tariff_state");
}

/*
 * What a row does to a state: it adds its quantity or takes it back.  A row
 * without a quantity does nothing.  One without a tariff makes the result
 * unknown, for to drop it would underbill, unless its quantity is 0.
 */
static Datum
change_state(FunctionCallInfo fcinfo,
			 ac_status (*with_tariff) (ac_tariff_state *, const ac_quantity *,
									   const ac_tariff *, ac_fault *),
			 ac_status (*unpriced) (ac_tariff_state *))
{
	ac_tariff_state *state;
	ac_tariff  *tariff = NULL;
	ac_quantity quantity;
	ac_fault	fault;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	if (PG_ARGISNULL(1))
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	quantity = ac_quantity_argument(PG_GETARG_PACKED_NUMERIC(1), "quantity");
	if (!PG_ARGISNULL(2))
		tariff = PG_GETARG_TARIFF(2);

	state = state_with_room(fcinfo, tariff);
	if (tariff != NULL)
		check(with_tariff(state, &quantity, tariff, &fault), &fault);
	else if (!ac_quantity_is_zero(&quantity))
		check(unpriced(state), &fault);
	return state_datum(state);
}

Datum
accelcost_tariff_state_add(PG_FUNCTION_ARGS)
{
	return change_state(fcinfo, ac_tariff_state_add,
						ac_tariff_state_add_unpriced);
}

Datum
accelcost_tariff_state_remove(PG_FUNCTION_ARGS)
{
	return change_state(fcinfo, ac_tariff_state_remove,
						ac_tariff_state_remove_unpriced);
}

Datum
accelcost_tariff_state_merge(PG_FUNCTION_ARGS)
{
	ac_tariff_state *other = PG_GETARG_TARIFF_STATE(1);
	ac_tariff_state *state;
	ac_fault	fault;

	state = state_with_room(fcinfo, other->rows > 0
							? ac_tariff_state_tariff(other) : NULL);
	check(ac_tariff_state_merge(state, other, &fault), &fault);
	return state_datum(state);
}

/* Return NULL for no rows, and if a row lacks a tariff. */
Datum
accelcost_tariff_state_result(PG_FUNCTION_ARGS)
{
	ac_tariff_state *state = PG_GETARG_TARIFF_STATE(0);
	ac_amount	cost;
	ac_fault	fault;

	if (state->rows == 0 || state->unpriced > 0)
		PG_RETURN_NULL();
	check(ac_tariff_cost(ac_tariff_state_tariff(state), &state->sum, &cost,
						 &fault),
		  &fault);
	PG_RETURN_NUMERIC(ac_numeric_from_amount(&cost));
}

/* Copy a tariff, or one without tiers, with room for more tiers. */
static ac_tariff *
tariff_with_room(const ac_tariff *tariff, int more)
{
	ac_tariff  *copy;

	if (tariff == NULL)
	{
		copy = ac_new_tariff(more);
		ac_tariff_init(copy, AC_GRADUATED, more);
		copy->count = 0;
		return copy;
	}
	copy = ac_new_tariff(tariff->count + more);
	memcpy(copy, tariff, ac_tariff_size(tariff->count));
	return copy;
}

/* Transition of tariff_agg: insert a tier in the order of bounds. */
Datum
accelcost_tariff_insert(PG_FUNCTION_ARGS)
{
	ac_tariff  *tariff = PG_ARGISNULL(0) ? NULL : PG_GETARG_TARIFF(0);
	ac_tier		tier = {.flat = 0};
	ac_fault	fault;

	tier.upto = PG_ARGISNULL(1) ? AC_TIER_OPEN_BOUND
		: ac_tariff_number(PG_GETARG_DATUM(1), "upto", 0);
	if (PG_ARGISNULL(2))
		ac_raise_null("price", 0);
	tier.price = ac_tariff_number(PG_GETARG_DATUM(2), "price", 0);

	tariff = tariff_with_room(tariff, 1);
	ac_check_type(ac_tariff_insert(tariff, &tier, &fault), &fault, "tariff");
	ac_check_type(ac_tariff_seal(tariff, &fault), &fault, "tariff");
	return ac_tariff_datum(tariff);
}

/* Combination of tariff_agg: the tiers of both. */
Datum
accelcost_tariff_merge(PG_FUNCTION_ARGS)
{
	ac_tariff  *other = PG_GETARG_TARIFF(1);
	ac_tariff  *tariff = tariff_with_room(PG_GETARG_TARIFF(0), other->count);
	ac_fault	fault;

	ac_check_type(ac_tariff_merge(tariff, other, &fault), &fault, "tariff");
	ac_check_type(ac_tariff_seal(tariff, &fault), &fault, "tariff");
	return ac_tariff_datum(tariff);
}
