/*
 * fn_usage_sum.c
 *	  The key of a sum of usage, as a rollup stores it.
 */
#include "pg/ac_pg.h"

#include "core/usage_sum.h"
#include "mb/pg_wchar.h"
#include "pg/usage_args.h"
#include "utils/timestamp.h"

PG_FUNCTION_INFO_V1(accelcost_usage_sum_start);
PG_FUNCTION_INFO_V1(accelcost_usage_sum_end);
PG_FUNCTION_INFO_V1(accelcost_usage_sum_key);
PG_FUNCTION_INFO_V1(accelcost_usage_sum_price_key);
PG_FUNCTION_INFO_V1(accelcost_usage_sum_text);
PG_FUNCTION_INFO_V1(accelcost_usage_sum_term);
PG_FUNCTION_INFO_V1(accelcost_usage_sum_is_session);
PG_FUNCTION_INFO_V1(accelcost_usage_sum_size);

/* Further arguments of usage_sum_key. */
enum
{
	ARG_PREFILL = ARG_COUNTS_DAYS + 1, ARG_DECODE, ARG_GRAIN
};

static int64
grain_arg(FunctionCallInfo fcinfo, int n)
{
	int32		hours = PG_ARGISNULL(n) ? 0 : PG_GETARG_INT32(n);

	if (hours != 1 && hours != 24)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid value for parameter \"%s\"", "hours")));
	return hours * USECS_PER_HOUR;
}

/* Of the arguments period_start, period_end, is_session and hours. */
static ac_sum_period
period_args(FunctionCallInfo fcinfo)
{
	return ac_usage_sum_period(ac_maybe_argument(fcinfo, 0),
							   ac_maybe_argument(fcinfo, 1),
							   !PG_ARGISNULL(2) && PG_GETARG_BOOL(2),
							   grain_arg(fcinfo, 3));
}

static Datum
time_datum(FunctionCallInfo fcinfo, ac_maybe time)
{
	if (!time.known)
		PG_RETURN_NULL();
	PG_RETURN_TIMESTAMPTZ(time.value);
}

Datum
accelcost_usage_sum_start(PG_FUNCTION_ARGS)
{
	return time_datum(fcinfo, period_args(fcinfo).start);
}

Datum
accelcost_usage_sum_end(PG_FUNCTION_ARGS)
{
	return time_datum(fcinfo, period_args(fcinfo).end);
}

/* A bit for each argument of a quantity that is null. */
static uint32
lacking_args(FunctionCallInfo fcinfo)
{
	static const int quantity[AC_SUM_QUANTITIES] = {
		ARG_REQUESTS, ARG_TOKENS, ARG_TOKENS + 1, ARG_TOKENS + 2,
		ARG_TOKENS + 3, ARG_TOKENS + 4, ARG_INSTANCE_HOURS, ARG_USES_ENERGY,
		ARG_USES_TRANSFER, ARG_USES_STORAGE, ARG_QUANTITY, ARG_PREFILL,
		ARG_DECODE
	};
	uint32		lacks = 0;
	int			i;

	for (i = 0; i < AC_SUM_QUANTITIES; i++)
		if (PG_ARGISNULL(quantity[i]))
			lacks |= UINT32_C(1) << i;
	return lacks;
}

Datum
accelcost_usage_sum_key(PG_FUNCTION_ARGS)
{
	ac_usage_record record = ac_record_arguments(fcinfo);
	ac_sum_period period = ac_usage_sum_period(record.start, record.end,
											   record.is_session,
											   grain_arg(fcinfo, ARG_GRAIN));
	ac_usage_key key;

	ac_key_arguments(fcinfo, record.is_session, &key);
	ac_usage_sum_key(&record, period.is_record, lacking_args(fcinfo), &key);
	if (period.is_record)
		ac_mark_estimate(fcinfo, record.start, record.end, &key);
	PG_RETURN_DATUM(ac_key_datum(&key));
}

Datum
accelcost_usage_sum_price_key(PG_FUNCTION_ARGS)
{
	const ac_price_limits *limits = ac_limits_argument(fcinfo, 5);
	ac_usage_key key;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	ac_key_argument(fcinfo, 0, &key);
	if (!ac_usage_sum_price_key(limits, ac_maybe_argument(fcinfo, 1),
								ac_maybe_argument(fcinfo, 2),
								!PG_ARGISNULL(3) && PG_GETARG_BOOL(3),
								!PG_ARGISNULL(4) && PG_GETARG_BOOL(4),
								&key, ac_check_for_interrupts))
		ac_refuse_key();
	PG_RETURN_DATUM(ac_key_datum(&key));
}

Datum
accelcost_usage_sum_text(PG_FUNCTION_ARGS)
{
	int32		n = PG_GETARG_INT32(1);
	ac_usage_key key;

	ac_key_argument(fcinfo, 0, &key);
	if (n < 0 || n >= AC_KEY_TEXTS || key.text[n].at == NULL)
		PG_RETURN_NULL();
	pg_verifymbstr(key.text[n].at, (int) key.text[n].len, false);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(key.text[n].at,
											  (int) key.text[n].len));
}

Datum
accelcost_usage_sum_term(PG_FUNCTION_ARGS)
{
	ac_usage_key key;

	ac_key_argument(fcinfo, 0, &key);
	PG_RETURN_INT32((int32) key.term_months);
}

Datum
accelcost_usage_sum_is_session(PG_FUNCTION_ARGS)
{
	ac_usage_key key;

	ac_key_argument(fcinfo, 0, &key);
	PG_RETURN_BOOL(key.text[AC_KEY_SESSION_HOURS].at != NULL
				   || (key.price_class & AC_IS_SESSION) != 0);
}

Datum
accelcost_usage_sum_size(PG_FUNCTION_ARGS)
{
	ac_maybe	size;
	ac_usage_key key;

	ac_key_argument(fcinfo, 0, &key);
	size = ac_usage_sum_size(&key);
	if (!size.known)
		PG_RETURN_NULL();
	PG_RETURN_INT64(size.value);
}
