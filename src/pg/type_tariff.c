/*
 * type_tariff.c
 *	  The type tariff: text and binary input and output, comparison, hashing.
 */
#include "pg/ac_pg.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"

PG_FUNCTION_INFO_V1(accelcost_tariff_in);
PG_FUNCTION_INFO_V1(accelcost_tariff_out);
PG_FUNCTION_INFO_V1(accelcost_tariff_recv);
PG_FUNCTION_INFO_V1(accelcost_tariff_send);
PG_FUNCTION_INFO_V1(accelcost_tariff_cmp);
PG_FUNCTION_INFO_V1(accelcost_tariff_eq);
PG_FUNCTION_INFO_V1(accelcost_tariff_ne);
PG_FUNCTION_INFO_V1(accelcost_tariff_lt);
PG_FUNCTION_INFO_V1(accelcost_tariff_le);
PG_FUNCTION_INFO_V1(accelcost_tariff_gt);
PG_FUNCTION_INFO_V1(accelcost_tariff_ge);
PG_FUNCTION_INFO_V1(accelcost_tariff_hash);
PG_FUNCTION_INFO_V1(accelcost_tariff_hash_extended);

Datum
accelcost_tariff_in(PG_FUNCTION_ARGS)
{
	char	   *input = PG_GETARG_CSTRING(0);
	size_t		len = strlen(input);
	ac_tariff  *tariff = ac_new_tariff(ac_tariff_text_tiers(input, len));
	ac_fault	fault;
	ac_status	status = ac_tariff_parse(input, len, tariff, &fault);

	if (status != AC_OK)
	{
		ac_raise(status, &fault, "tariff", input, fcinfo->context);
		PG_RETURN_NULL();
	}
	return ac_tariff_datum(tariff);
}

Datum
accelcost_tariff_out(PG_FUNCTION_ARGS)
{
	ac_tariff  *tariff = PG_GETARG_TARIFF(0);
	char	   *output = palloc(AC_TARIFF_TEXT_MAX(tariff->count));

	ac_tariff_format(tariff, output);
	PG_RETURN_CSTRING(output);
}

Datum
accelcost_tariff_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			len = message->len - message->cursor;
	const uint8_t *bytes = (const uint8_t *) pq_getmsgbytes(message, len);
	ac_tariff  *tariff;
	int			count;
	ac_fault	fault;

	ac_check_type(ac_tariff_bytes_tiers(bytes, len, &count, &fault), &fault,
				  "tariff");
	tariff = ac_new_tariff(count);
	ac_check_type(ac_tariff_decode(bytes, len, tariff, &fault), &fault,
				  "tariff");
	return ac_tariff_datum(tariff);
}

Datum
accelcost_tariff_send(PG_FUNCTION_ARGS)
{
	ac_tariff  *tariff = PG_GETARG_TARIFF(0);
	Size		size = VARHDRSZ + AC_TARIFF_BYTES(tariff->count);
	bytea	   *output = palloc(size);

	SET_VARSIZE(output, size);
	ac_tariff_encode(tariff, (uint8_t *) VARDATA(output));
	PG_RETURN_BYTEA_P(output);
}

/* Free copies of values: an index compares many. */
static int
compare(FunctionCallInfo fcinfo)
{
	ac_tariff  *a = PG_GETARG_TARIFF(0);
	ac_tariff  *b = PG_GETARG_TARIFF(1);
	int			order = ac_tariff_compare(a, b);

	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return order;
}

Datum
accelcost_tariff_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(compare(fcinfo));
}

Datum
accelcost_tariff_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) == 0);
}

Datum
accelcost_tariff_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) != 0);
}

Datum
accelcost_tariff_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) < 0);
}

Datum
accelcost_tariff_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) <= 0);
}

Datum
accelcost_tariff_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) > 0);
}

Datum
accelcost_tariff_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) >= 0);
}

/* Equal values have equal bytes after the header, which is short or long. */
Datum
accelcost_tariff_hash(PG_FUNCTION_ARGS)
{
	struct varlena *tariff = PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(0));
	Datum		hash = hash_any((unsigned char *) VARDATA_ANY(tariff),
								VARSIZE_ANY_EXHDR(tariff));

	PG_FREE_IF_COPY(tariff, 0);
	return hash;
}

Datum
accelcost_tariff_hash_extended(PG_FUNCTION_ARGS)
{
	struct varlena *tariff = PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(0));
	Datum		hash = hash_any_extended((unsigned char *) VARDATA_ANY(tariff),
										 VARSIZE_ANY_EXHDR(tariff),
										 PG_GETARG_INT64(1));

	PG_FREE_IF_COPY(tariff, 0);
	return hash;
}
