/*
 * agg_usage.c
 *	  The sums of the whole numbers of usage records, as one aggregate.
 *
 * One transition for all of them takes a third of the time of one for each.
 */
#include "pg/ac_pg.h"

#include "core/usage.h"

PG_FUNCTION_INFO_V1(accelcost_usage_sums_add);
PG_FUNCTION_INFO_V1(accelcost_usage_sums_merge);
PG_FUNCTION_INFO_V1(accelcost_usage_sums_parts);

/* A bytea; aligned, once it is not packed. */
typedef struct usage_sums
{
	int32		vl_len;
	int32		unused;
	ac_usage_sums sums;
} usage_sums;

/* The state of an aggregate, or a copy, which is aligned. */
static usage_sums *
sums_datum(Datum datum)
{
	usage_sums *state = (usage_sums *) DatumGetPointer(datum);

	if (VARSIZE(state) != sizeof(usage_sums))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid value for parameter \"%s\"", "state"),
				 errdetail("It has %d bytes, and must have %d.",
						   (int) VARSIZE(state), (int) sizeof(usage_sums))));
	return state;
}

/* Inside an aggregate the state is its own; otherwise it is a new one. */
static usage_sums *
sums_state(FunctionCallInfo fcinfo)
{
	MemoryContext context;
	usage_sums *state;
	bool		is_aggregate = AggCheckCallContext(fcinfo, &context);

	if (is_aggregate && !PG_ARGISNULL(0))
		return sums_datum(PG_GETARG_DATUM(0));
	state = is_aggregate ? MemoryContextAllocZero(context, sizeof(usage_sums))
		: palloc0(sizeof(usage_sums));
	SET_VARSIZE(state, sizeof(usage_sums));
	if (!PG_ARGISNULL(0))
		state->sums = sums_datum(PointerGetDatum(PG_GETARG_BYTEA_P_COPY(0)))->sums;
	return state;
}

Datum
accelcost_usage_sums_add(PG_FUNCTION_ARGS)
{
	usage_sums *state = sums_state(fcinfo);
	ac_maybe	count[AC_USAGE_COUNTS];
	int			i;

	for (i = 0; i < AC_USAGE_COUNTS; i++)
	{
		count[i].known = !PG_ARGISNULL(1 + i);
		count[i].value = count[i].known ? PG_GETARG_INT64(1 + i) : 0;
	}
	ac_usage_sums_add(&state->sums, count);
	PG_RETURN_BYTEA_P((bytea *) state);
}

Datum
accelcost_usage_sums_merge(PG_FUNCTION_ARGS)
{
	usage_sums *state = sums_state(fcinfo);

	if (!PG_ARGISNULL(1))
		ac_usage_sums_merge(&state->sums,
							&sums_datum(PointerGetDatum(PG_GETARG_BYTEA_P_COPY(1)))->sums);
	PG_RETURN_BYTEA_P((bytea *) state);
}

Datum
accelcost_usage_sums_parts(PG_FUNCTION_ARGS)
{
	usage_sums *state = sums_datum(PointerGetDatum(PG_GETARG_BYTEA_P_COPY(0)));
	Datum		value[AC_USAGE_COUNTS];
	bool		null[AC_USAGE_COUNTS];
	int			i;

	for (i = 0; i < AC_USAGE_COUNTS; i++)
	{
		ac_int128	sum = (ac_int128) state->sums.sum[i];

		null[i] = (state->sums.known >> i & 1) == 0;
		value[i] = NumericGetDatum(ac_numeric_from_units(ac_int256_from(sum),
														 0, false));
	}
	PG_RETURN_DATUM(ac_record(fcinfo, value, null));
}
