/*
 * planted.c
 *	  Faults that the sanitizers must report.  Built with the module's flags.
 */
#include "guard.h"

PG_MODULE_MAGIC;

PG_FUNCTION_INFO_V1(planted_overflow);
PG_FUNCTION_INFO_V1(planted_overread);
PG_FUNCTION_INFO_V1(planted_freed);
PG_FUNCTION_INFO_V1(planted_wrap);

Datum
planted_overflow(PG_FUNCTION_ARGS)
{
	int32		size = PG_GETARG_INT32(0);
	char	   *memory = palloc(size);

	memory[size] = 1;
	PG_RETURN_INT32(memory[size]);
}

Datum
planted_overread(PG_FUNCTION_ARGS)
{
	text	   *argument = PG_GETARG_TEXT_PP(0);

	PG_RETURN_INT32(VARDATA_ANY(argument)[VARSIZE_ANY_EXHDR(argument)]);
}

Datum
planted_freed(PG_FUNCTION_ARGS)
{
	char	   *memory = palloc(PG_GETARG_INT32(0));

	pfree(memory);
	PG_RETURN_INT32(memory[0]);
}

Datum
planted_wrap(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PG_GETARG_INT32(0) + 1);
}
