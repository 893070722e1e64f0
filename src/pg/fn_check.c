/*
 * fn_check.c
 *	  Checks of numeric parameters, for functions written in SQL: each returns
 *	  the number or raises an error that names the parameter.  And checks of
 *	  columns, for CHECK constraints: the server would show the whole row, and
 *	  not what the column takes.
 */
#include "pg/ac_pg.h"

#include "access/tupmacs.h"
#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "utils/array.h"

PG_FUNCTION_INFO_V1(accelcost_check_at_least);
PG_FUNCTION_INFO_V1(accelcost_check_more_than);
PG_FUNCTION_INFO_V1(accelcost_check_between);
PG_FUNCTION_INFO_V1(accelcost_check_column_text);
PG_FUNCTION_INFO_V1(accelcost_check_column_word);
PG_FUNCTION_INFO_V1(accelcost_refuse_value);

Datum
accelcost_check_at_least(PG_FUNCTION_ARGS)
{
	char	   *parameter = text_to_cstring(PG_GETARG_TEXT_PP(2));

	PG_RETURN_NUMERIC(ac_numeric_at_least(PG_GETARG_NUMERIC(0),
										  PG_GETARG_NUMERIC(1), parameter));
}

Datum
accelcost_check_more_than(PG_FUNCTION_ARGS)
{
	char	   *parameter = text_to_cstring(PG_GETARG_TEXT_PP(2));

	PG_RETURN_NUMERIC(ac_numeric_more_than(PG_GETARG_NUMERIC(0),
										   PG_GETARG_NUMERIC(1), parameter));
}

Datum
accelcost_check_between(PG_FUNCTION_ARGS)
{
	Numeric		value = PG_GETARG_NUMERIC(0);
	char	   *parameter = text_to_cstring(PG_GETARG_TEXT_PP(3));

	ac_numeric_at_least(value, PG_GETARG_NUMERIC(1), parameter);
	PG_RETURN_NUMERIC(ac_numeric_at_most(value, PG_GETARG_NUMERIC(2),
										 parameter));
}

/* Raise an error for a value that a column of our tables does not accept. */
static void
raise_value(const text *value, const text *table, const text *column,
			const char *hint)
{
	char	   *table_name = text_to_cstring(table);
	char	   *column_name = text_to_cstring(column);

	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("invalid value for column \"%s\" of table \"%s\": \"%s\"",
					column_name, table_name,
					ac_shown(VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value))),
			 errhint("%s", hint),
			 err_generic_string(PG_DIAG_SCHEMA_NAME, "accelcost"),
			 err_generic_string(PG_DIAG_TABLE_NAME, table_name),
			 err_generic_string(PG_DIAG_COLUMN_NAME, column_name)));
}

/* List the accepted words: Use "a", "b" or "c". */
static char *
words_hint(ArrayType *words)
{
	StringInfoData hint;
	Datum	   *word;
	int			count;
	int			i;

	deconstruct_array(words, TEXTOID, -1, false, TYPALIGN_INT,
					  &word, NULL, &count);
	initStringInfo(&hint);
	appendStringInfoString(&hint, "Use ");
	for (i = 0; i < count; i++)
		appendStringInfo(&hint, "%s\"%s\"",
						 i == 0 ? "" : i == count - 1 ? " or " : ", ",
						 TextDatumGetCString(word[i]));
	appendStringInfoChar(&hint, '.');
	return hint.data;
}

/*
 * Return true if the value is one of the words, else raise an error.  This
 * runs for every stored row, so compare the words in place.
 */
Datum
accelcost_check_column_word(PG_FUNCTION_ARGS)
{
	text	   *value = PG_GETARG_TEXT_PP(0);
	ArrayType  *words = PG_GETARG_ARRAYTYPE_P(1);
	char	   *word = (char *) words + ARR_OVERHEAD_NONULLS(ARR_NDIM(words));
	int			count = ArrayGetNItems(ARR_NDIM(words), ARR_DIMS(words));
	size_t		len = VARSIZE_ANY_EXHDR(value);
	int			i;

	if (ARR_HASNULL(words))
		ac_raise_null("words", 0);
	for (i = 0; i < count; i++)
	{
		if (VARSIZE_ANY_EXHDR(word) == len &&
			memcmp(VARDATA_ANY(word), VARDATA_ANY(value), len) == 0)
			PG_RETURN_BOOL(true);
		word = att_addlength_pointer(word, -1, word);
		word = (char *) att_align_nominal(word, TYPALIGN_INT);
	}
	raise_value(value, PG_GETARG_TEXT_PP(2), PG_GETARG_TEXT_PP(3),
				words_hint(words));
	pg_unreachable();
}

/* Return true if the value is more than blanks, else raise an error. */
Datum
accelcost_check_column_text(PG_FUNCTION_ARGS)
{
	text	   *value = PG_GETARG_TEXT_PP(0);
	const char *at = VARDATA_ANY(value);
	const char *end = at + VARSIZE_ANY_EXHDR(value);

	while (at < end && *at == ' ')
		at++;
	if (at == end)
		raise_value(value, PG_GETARG_TEXT_PP(1), PG_GETARG_TEXT_PP(2),
					"Use NULL if it is unknown.");
	PG_RETURN_BOOL(true);
}

/* Raise the error of a check written as "ok OR refuse_value(...)". */
Datum
accelcost_refuse_value(PG_FUNCTION_ARGS)
{
	raise_value(PG_GETARG_TEXT_PP(0), PG_GETARG_TEXT_PP(1),
				PG_GETARG_TEXT_PP(2),
				text_to_cstring(PG_GETARG_TEXT_PP(3)));
	pg_unreachable();
}
