/*
 * type_tco_avg_state.c
 *	  The type tco_avg_state: text and binary input and output.
 */
#include "pg/ac_pg.h"

#include "libpq/pqformat.h"

PG_FUNCTION_INFO_V1(accelcost_tco_avg_state_in);
PG_FUNCTION_INFO_V1(accelcost_tco_avg_state_out);
PG_FUNCTION_INFO_V1(accelcost_tco_avg_state_recv);
PG_FUNCTION_INFO_V1(accelcost_tco_avg_state_send);

Datum
accelcost_tco_avg_state_in(PG_FUNCTION_ARGS)
{
	char	   *input = PG_GETARG_CSTRING(0);
	ac_tco_avg *state = palloc(sizeof(ac_tco_avg));
	ac_fault	fault;
	ac_status	status = ac_tco_avg_parse(input, strlen(input), state, &fault);

	if (status != AC_OK)
	{
		ac_raise(status, &fault, "tco_avg_state", input, fcinfo->context);
		PG_RETURN_NULL();
	}
	PG_RETURN_POINTER(state);
}

Datum
accelcost_tco_avg_state_out(PG_FUNCTION_ARGS)
{
	char	   *output = palloc(AC_TCO_AVG_TEXT_MAX);

	ac_tco_avg_format(PG_GETARG_TCO_AVG(0), output);
	PG_RETURN_CSTRING(output);
}

Datum
accelcost_tco_avg_state_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			len = message->len - message->cursor;
	const char *bytes = pq_getmsgbytes(message, len);
	ac_tco_avg *state = palloc(sizeof(ac_tco_avg));
	ac_fault	fault;
	ac_status	status = ac_tco_avg_decode((const uint8_t *) bytes, len, state,
										   &fault);

	if (status != AC_OK)
		ac_raise(status, &fault, "tco_avg_state", NULL, NULL);
	PG_RETURN_POINTER(state);
}

Datum
accelcost_tco_avg_state_send(PG_FUNCTION_ARGS)
{
	bytea	   *output = palloc(VARHDRSZ + AC_TCO_AVG_BYTES);

	SET_VARSIZE(output, VARHDRSZ + AC_TCO_AVG_BYTES);
	ac_tco_avg_encode(PG_GETARG_TCO_AVG(0), (uint8_t *) VARDATA(output));
	PG_RETURN_BYTEA_P(output);
}
