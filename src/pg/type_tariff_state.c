/*
 * type_tariff_state.c
 *	  The type tariff_state: text and binary input and output.
 */
#include "pg/ac_pg.h"

#include "libpq/pqformat.h"

PG_FUNCTION_INFO_V1(accelcost_tariff_state_in);
PG_FUNCTION_INFO_V1(accelcost_tariff_state_out);
PG_FUNCTION_INFO_V1(accelcost_tariff_state_recv);
PG_FUNCTION_INFO_V1(accelcost_tariff_state_send);

static inline Datum
state_datum(ac_tariff_state *state)
{
	SET_VARSIZE(state, ac_tariff_state_size(state));
	return PointerGetDatum(state);
}

/* The number of tiers that a state holds. */
static inline int
tiers_of(const ac_tariff_state *state)
{
	return state->rows > 0 ? ac_tariff_state_tariff(state)->count : 0;
}

Datum
accelcost_tariff_state_in(PG_FUNCTION_ARGS)
{
	char	   *input = PG_GETARG_CSTRING(0);
	size_t		len = strlen(input);
	ac_tariff_state *state = palloc(ac_tariff_state_text_size(input, len));
	ac_fault	fault;
	ac_status	status = ac_tariff_state_parse(input, len, state, &fault);

	if (status != AC_OK)
	{
		ac_raise(status, &fault, "tariff_state", input, fcinfo->context);
		PG_RETURN_NULL();
	}
	return state_datum(state);
}

Datum
accelcost_tariff_state_out(PG_FUNCTION_ARGS)
{
	ac_tariff_state *state = PG_GETARG_TARIFF_STATE(0);
	char	   *output = palloc(AC_TARIFF_STATE_TEXT_MAX +
								AC_TARIFF_TEXT_MAX(tiers_of(state)));

	ac_tariff_state_format(state, output);
	PG_RETURN_CSTRING(output);
}

Datum
accelcost_tariff_state_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			len = message->len - message->cursor;
	const uint8_t *bytes = (const uint8_t *) pq_getmsgbytes(message, len);
	ac_tariff_state *state;
	int			count;
	ac_fault	fault;

	ac_check_type(ac_tariff_state_bytes_tiers(bytes, len, &count, &fault),
				  &fault, "tariff_state");
	state = palloc(sizeof(ac_tariff_state) + ac_tariff_size(count));
	ac_check_type(ac_tariff_state_decode(bytes, len, state, &fault), &fault,
				  "tariff_state");
	return state_datum(state);
}

Datum
accelcost_tariff_state_send(PG_FUNCTION_ARGS)
{
	ac_tariff_state *state = PG_GETARG_TARIFF_STATE(0);
	Size		size = VARHDRSZ + AC_TARIFF_STATE_BYTES +
	(state->rows > 0 ? AC_TARIFF_BYTES(tiers_of(state)) : 0);
	bytea	   *output = palloc(size);

	SET_VARSIZE(output, size);
	ac_tariff_state_encode(state, (uint8_t *) VARDATA(output));
	PG_RETURN_BYTEA_P(output);
}
