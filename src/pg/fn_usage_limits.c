/*
 * fn_usage_limits.c
 *	  Limits of the catalog as an argument, and the hashes of names in them.
 */
#include "pg/ac_pg.h"

#include "pg/usage_args.h"

PG_FUNCTION_INFO_V1(accelcost_name_hash);
PG_FUNCTION_INFO_V1(accelcost_pair_hash);

static ac_price_limits
read_limits(ac_integers integers)
{
	ac_price_limits limits;

	if (!ac_price_limits_read(integers.value, integers.count, &limits))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("the prices of the catalog change at too many points"),
				 errdetail("At most %d sizes of requests and %d times of the week are possible.",
						   AC_USAGE_SIZE_MAX, AC_USAGE_WINDOW_MAX)));
	return limits;
}

/*
 * The limits in an argument.  If all calls of the query have the same, they are
 * read once, and what is found in them is kept.
 */
const ac_price_limits *
ac_limits_argument(FunctionCallInfo fcinfo, int n)
{
	FmgrInfo   *function = fcinfo->flinfo;
	bool		is_kept = get_fn_expr_arg_stable(function, n);
	ac_price_limits *limits = function->fn_extra;
	ac_integers integers;
	size_t		size;

	if (is_kept && limits != NULL)
		return limits;
	integers = ac_integers_argument(fcinfo, n, "limits");
	limits = palloc(sizeof(*limits));
	*limits = read_limits(integers);
	if (!is_kept)
		return limits;

	size = sizeof(*integers.value) * integers.count;
	integers.value = memcpy(MemoryContextAlloc(function->fn_mcxt, size),
							integers.value, size);
	limits = MemoryContextAlloc(function->fn_mcxt, sizeof(*limits));
	*limits = read_limits(integers);
	limits->kept = MemoryContextAllocZero(function->fn_mcxt,
										  sizeof(ac_kept_eras) * AC_ERAS_KEPT);
	function->fn_extra = limits;
	return limits;
}

Datum
accelcost_name_hash(PG_FUNCTION_ARGS)
{
	text	   *name = PG_GETARG_TEXT_PP(0);

	PG_RETURN_INT64(ac_usage_name_hash(VARDATA_ANY(name),
									   VARSIZE_ANY_EXHDR(name),
									   ac_check_for_interrupts));
}

Datum
accelcost_pair_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(ac_usage_pair_hash(PG_GETARG_INT64(0), PG_GETARG_INT64(1)));
}
