/*
 * usage_args.h
 *	  Records of usage and their keys, as arguments of functions.
 */
#ifndef AC_USAGE_ARGS_H
#define AC_USAGE_ARGS_H

#include "core/usage_key.h"

/* Arguments of usage_key; usage_sum_key has those up to ARG_COUNTS_DAYS. */
enum
{
	ARG_START, ARG_END,
	ARG_PROVIDER,				/* and the texts of a key after it */
	ARG_METER_KIND = ARG_PROVIDER + AC_KEY_METER_KIND,
	ARG_TERM_MONTHS, ARG_GPU_COUNT, ARG_INSTANCE_HOURS, ARG_USES_HOURS,
	ARG_IS_SESSION, ARG_REQUESTS, ARG_MAX_REQUEST,
	ARG_TOKENS,
	ARG_USES_TRANSFER = ARG_TOKENS + AC_USAGE_TOKENS,
	ARG_USES_STORAGE, ARG_USES_ENERGY, ARG_QUANTITY, ARG_COUNTS_DAYS,
	ARG_LIMITS
};

extern ac_maybe ac_maybe_argument(FunctionCallInfo fcinfo, int n);
extern const ac_price_limits *ac_limits_argument(FunctionCallInfo fcinfo,
												 int n);
extern ac_usage_record ac_record_arguments(FunctionCallInfo fcinfo);
extern void ac_key_arguments(FunctionCallInfo fcinfo, bool is_session,
							 ac_usage_key *key);
extern void ac_key_argument(FunctionCallInfo fcinfo, int n, ac_usage_key *key);
extern void ac_mark_estimate(FunctionCallInfo fcinfo, ac_maybe start,
							 ac_maybe end, ac_usage_key *key);
extern Datum ac_key_datum(ac_usage_key *key);
pg_noreturn extern void ac_refuse_key(void);

#endif							/* AC_USAGE_ARGS_H */
