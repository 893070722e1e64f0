/*
 * type_tco.c
 *	  The type tco: text and binary input and output, comparison, hashing.
 */
#include "pg/ac_pg.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"

PG_FUNCTION_INFO_V1(accelcost_tco_in);
PG_FUNCTION_INFO_V1(accelcost_tco_out);
PG_FUNCTION_INFO_V1(accelcost_tco_recv);
PG_FUNCTION_INFO_V1(accelcost_tco_send);
PG_FUNCTION_INFO_V1(accelcost_tco_cmp);
PG_FUNCTION_INFO_V1(accelcost_tco_eq);
PG_FUNCTION_INFO_V1(accelcost_tco_ne);
PG_FUNCTION_INFO_V1(accelcost_tco_lt);
PG_FUNCTION_INFO_V1(accelcost_tco_le);
PG_FUNCTION_INFO_V1(accelcost_tco_gt);
PG_FUNCTION_INFO_V1(accelcost_tco_ge);
PG_FUNCTION_INFO_V1(accelcost_tco_hash);
PG_FUNCTION_INFO_V1(accelcost_tco_hash_extended);

Datum
accelcost_tco_in(PG_FUNCTION_ARGS)
{
	char	   *input = PG_GETARG_CSTRING(0);
	ac_tco	   *tco = palloc(sizeof(ac_tco));
	ac_fault	fault;
	ac_status	status = ac_tco_parse(input, strlen(input), tco, &fault);

	if (status != AC_OK)
	{
		ac_raise(status, &fault, "tco", input, fcinfo->context);
		PG_RETURN_NULL();
	}
	PG_RETURN_POINTER(tco);
}

Datum
accelcost_tco_out(PG_FUNCTION_ARGS)
{
	char	   *output = palloc(AC_TCO_TEXT_MAX);

	ac_tco_format(PG_GETARG_TCO(0), output);
	PG_RETURN_CSTRING(output);
}

Datum
accelcost_tco_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			len = message->len - message->cursor;
	const char *bytes = pq_getmsgbytes(message, len);
	ac_tco	   *tco = palloc(sizeof(ac_tco));
	ac_fault	fault;

	ac_check(ac_tco_decode((const uint8_t *) bytes, len, tco, &fault), &fault);
	PG_RETURN_POINTER(tco);
}

Datum
accelcost_tco_send(PG_FUNCTION_ARGS)
{
	bytea	   *output = palloc(VARHDRSZ + AC_TCO_BYTES);

	SET_VARSIZE(output, VARHDRSZ + AC_TCO_BYTES);
	ac_tco_encode(PG_GETARG_TCO(0), (uint8_t *) VARDATA(output));
	PG_RETURN_BYTEA_P(output);
}

static inline int
compare(FunctionCallInfo fcinfo)
{
	return ac_tco_compare(PG_GETARG_TCO(0), PG_GETARG_TCO(1));
}

/* Equal values have equal bytes. */
static inline bool
identical(FunctionCallInfo fcinfo)
{
	return memcmp(PG_GETARG_TCO(0), PG_GETARG_TCO(1), sizeof(ac_tco)) == 0;
}

Datum
accelcost_tco_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(compare(fcinfo));
}

Datum
accelcost_tco_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(identical(fcinfo));
}

Datum
accelcost_tco_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!identical(fcinfo));
}

Datum
accelcost_tco_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) < 0);
}

Datum
accelcost_tco_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) <= 0);
}

Datum
accelcost_tco_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) > 0);
}

Datum
accelcost_tco_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) >= 0);
}

Datum
accelcost_tco_hash(PG_FUNCTION_ARGS)
{
	return hash_any((const unsigned char *) PG_GETARG_TCO(0), sizeof(ac_tco));
}

Datum
accelcost_tco_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_any_extended((const unsigned char *) PG_GETARG_TCO(0),
							 sizeof(ac_tco), PG_GETARG_INT64(1));
}
