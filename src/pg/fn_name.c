/*
 * fn_name.c
 *	  How far apart two names are, for "did you mean".
 */
#include "pg/ac_pg.h"

#include "mb/pg_wchar.h"
#include "utils/varlena.h"

/* Characters that are compared: the time is the product of both lengths. */
#define NAME_CHARACTERS		100

PG_FUNCTION_INFO_V1(accelcost_name_distance);

Datum
accelcost_name_distance(PG_FUNCTION_ARGS)
{
	text	   *a = PG_GETARG_TEXT_PP(0);
	text	   *b = PG_GETARG_TEXT_PP(1);
	int			a_len = pg_mbcharcliplen(VARDATA_ANY(a), VARSIZE_ANY_EXHDR(a),
										 NAME_CHARACTERS);
	int			b_len = pg_mbcharcliplen(VARDATA_ANY(b), VARSIZE_ANY_EXHDR(b),
										 NAME_CHARACTERS);

	PG_RETURN_INT32(varstr_levenshtein(VARDATA_ANY(a), a_len,
									   VARDATA_ANY(b), b_len, 1, 1, 1, true));
}
