/*
 * fn_statement.c
 *	  Statements that were made from the columns of a relation, and are far too
 *	  long to be shown: an error names the call that makes them.
 */
#include "pg/ac_pg.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "funcapi.h"

PG_FUNCTION_INFO_V1(accelcost_run_import);
PG_FUNCTION_INFO_V1(accelcost_run_query);

/* The text, with the first mention of a part of it replaced by another one. */
static char *
replaced(const char *text, const char *part, const char *by)
{
	const char *found = text == NULL ? NULL : strstr(text, part);

	if (found == NULL)
		return text == NULL ? NULL : pstrdup(text);

	return psprintf("%.*s%s%s", (int) (found - text), text, by,
					found + strlen(part));
}

/* Pass on the error being handled, without the statement in its context. */
static void
raise_without(const char *statement, const char *shown, MemoryContext context)
{
	ErrorData  *error;

	MemoryContextSwitchTo(context);
	error = CopyErrorData();
	FlushErrorState();
	error->context = replaced(error->context, statement, shown);
	if (error->internalquery != NULL &&
		strcmp(error->internalquery, statement) == 0)
	{
		error->internalquery = NULL;
		error->internalpos = 0;
	}
	ReThrowError(error);
}

/*
 * Run a statement that gives one row, and return that.  The first two
 * arguments are the statement and what messages show in its place; the others
 * are its parameters.
 */
static Datum
run(FunctionCallInfo fcinfo, Oid *types, bool read_only)
{
	int			count = PG_NARGS() - 2;
	char	   *statement = text_to_cstring(PG_GETARG_TEXT_PP(0));
	char	   *shown = text_to_cstring(PG_GETARG_TEXT_PP(1));
	MemoryContext context = CurrentMemoryContext;
	Datum	   *values = palloc(count * sizeof(Datum));
	char	   *nulls = palloc(count + 1);
	HeapTupleHeader row = NULL;
	int			i;

	for (i = 0; i < count; i++)
	{
		values[i] = PG_GETARG_DATUM(i + 2);
		nulls[i] = PG_ARGISNULL(i + 2) ? 'n' : ' ';
	}

	PG_TRY();
	{
		if (SPI_connect() != SPI_OK_CONNECT)
			elog(ERROR, "SPI_connect failed");
		if (SPI_execute_with_args(statement, count, types, values, nulls,
								  read_only, 0) != SPI_OK_SELECT ||
			SPI_processed != 1)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("\"statement\" must be a query that returns one row")));
		row = SPI_returntuple(SPI_tuptable->vals[0], SPI_tuptable->tupdesc);
		SPI_finish();
	}
	PG_CATCH();
	{
		raise_without(statement, shown, context);
	}
	PG_END_TRY();

	PG_RETURN_HEAPTUPLEHEADER(row);
}

/*
 * Parameters of a statement that loads charges: export, batch, stop, part,
 * beside.  Only the part may be null.
 */
Datum
accelcost_run_import(PG_FUNCTION_ARGS)
{
	Oid			types[] = {TEXTOID, INT8OID, BOOLOID, TEXTOID, BOOLOID};

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	return run(fcinfo, types, false);
}

Datum
accelcost_run_query(PG_FUNCTION_ARGS)
{
	return run(fcinfo, NULL, true);
}
