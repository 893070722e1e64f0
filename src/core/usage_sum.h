/*
 * usage_sum.h
 *	  The key of a sum of usage records: all that their prices depend on,
 *	  whatever the prices are.
 *
 * A rollup stores it with the sums.  The key of the records at today's prices
 * is made of it and of the period that the records are in.
 */
#ifndef AC_USAGE_SUM_H
#define AC_USAGE_SUM_H

#include "core/usage_key.h"

/* Marks of stored keys, above those of ac_key_mark. */
typedef enum ac_sum_mark
{
	AC_SUM_IS_RECORD = 1 << 6,	/* the period is that of the records */
	AC_SUM_HAS_END = 1 << 7,	/* the records state their end */
	AC_SUM_HAS_REQUESTS = 1 << 8,
	AC_SUM_LACKS = 1 << 9		/* the first of AC_SUM_QUANTITIES bits */
} ac_sum_mark;

/*
 * Quantities that are known or unknown in all records of a sum: requests, the
 * kinds of tokens, hours, energy, transfer, storage, that of the meter, seconds
 * of prefill and of decode.
 */
#define AC_SUM_QUANTITIES	(AC_USAGE_COUNTS + 7)

/* The period of a sum: a bucket, or that of a record that stays alone. */
typedef struct ac_sum_period
{
	ac_maybe	start;
	ac_maybe	end;
	bool		is_record;
} ac_sum_period;

extern ac_sum_period ac_usage_sum_period(ac_maybe start, ac_maybe end,
										 bool is_session, int64_t grain);
extern void ac_usage_sum_key(const ac_usage_record *record, bool is_record,
							 uint32_t lacks, ac_usage_key *key);
extern bool ac_usage_sum_price_key(const ac_price_limits *limits,
								   ac_maybe start, ac_maybe end,
								   bool counts_days, bool counts_request_days,
								   ac_usage_key *key, ac_poll poll);
extern ac_maybe ac_usage_sum_size(const ac_usage_key *key);

#endif							/* AC_USAGE_SUM_H */
