/*
 * usage.h
 *	  What records of usage have in common that have the same prices.
 *
 * A class says what a record uses, and between which of the limits it lies at
 * which prices change.  It is one integer, so that it can be grouped by.
 */
#ifndef AC_USAGE_H
#define AC_USAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/poll.h"
#include "core/quantity.h"

/* What a record uses, a bit each: the lowest bits of a class. */
typedef enum ac_usage_flag
{
	AC_USES_TRANSFER = 1 << 0,
	AC_USES_STORAGE = 1 << 1,
	AC_USES_ENERGY = 1 << 2,
	AC_BY_HOURS = 1 << 3,		/* priced by hours, and not by tokens */
	AC_HOURS_UNKNOWN = 1 << 4,
	AC_USES_HOURS = 1 << 5,
	AC_IS_SESSION = 1 << 6,
	AC_TOKENS_UNKNOWN = 1 << 7,
	AC_IS_ONE_REQUEST = 1 << 8,
	AC_USES_TOKENS = 1 << 9,	/* the first of AC_USAGE_TOKENS bits; alone,
								 * any kind, in the log of a machine whose
								 * hours another record has */
	AC_USES_REQUESTS = 1 << 14
} ac_usage_flag;

#define AC_ALL_TOKENS	(AC_USES_REQUESTS - AC_USES_TOKENS)

/* Kinds of tokens: uncached input, cache read, writes of 5 m and 1 h, output. */
#define AC_USAGE_TOKENS		5
#define AC_USAGE_INPUTS		4

/*
 * Positions of the numbers of limits passed, above the bits; the last one is
 * that of the largest request in a sum of records of several sizes, or 0.
 */
#define AC_USAGE_SIZE_SHIFT		16
#define AC_USAGE_WINDOW_SHIFT	28
#define AC_USAGE_SIZE_TO_SHIFT	40
#define AC_USAGE_SIZE_MAX		4095
#define AC_USAGE_WINDOW_MAX		4094

/* In place of a window: the record extends past the end of its window. */
#define AC_USAGE_NO_WINDOW		4095

/* A number, or none. */
typedef struct ac_maybe
{
	bool		known;
	int64_t		value;
} ac_maybe;

/* Limits in rising order. */
typedef struct ac_limits
{
	const int64_t *at;
	int			count;
} ac_limits;

typedef struct ac_usage_record
{
	ac_maybe	start;			/* microseconds from 2000-01-01 in UTC */
	ac_maybe	end;
	bool		by_hours;
	bool		hours_known;
	bool		uses_hours;
	bool		uses_transfer;
	bool		uses_storage;
	bool		uses_energy;
	bool		transfer_known; /* these: whether the quantity is */
	bool		storage_known;
	bool		energy_known;
	bool		quantity_known;
	bool		counts_days;	/* by a meter with a free quantity per day */
	bool		is_session;
	ac_maybe	requests;
	ac_maybe	max_request;	/* input tokens of the largest request */
	ac_maybe	tokens[AC_USAGE_TOKENS];
} ac_usage_record;

/* Sums of the whole numbers of records: requests, then tokens of each kind. */
#define AC_USAGE_COUNTS		(1 + AC_USAGE_TOKENS)

typedef struct ac_usage_sums
{
	uint64_t	known;			/* a bit for each that was known in a record */
	ac_uint128	sum[AC_USAGE_COUNTS];	/* two's complement */
} ac_usage_sums;

extern void ac_usage_sums_add(ac_usage_sums *sums, const ac_maybe *count);
extern void ac_usage_sums_merge(ac_usage_sums *sums,
								const ac_usage_sums *other);
extern ac_int128 ac_usage_token_sum(const ac_maybe *tokens, int n);
extern int	ac_limits_passed(ac_limits limits, ac_maybe value);
extern int	ac_usage_window(const ac_usage_record *record, ac_limits windows);

/* What tokens cost, in units of 10^-scale: AC_SCALE, or AC_QUANTITY_SCALE. */
typedef struct ac_usage_cost
{
	ac_int256	units;
	int			scale;
} ac_usage_cost;

extern ac_usage_cost ac_usage_tokens_cost(const ac_maybe *tokens,
										  const ac_quantity *price);

/* A class, taken apart. */
typedef struct ac_class_parts
{
	int			flags;			/* of ac_usage_flag */
	int			size;			/* how many of the limits are passed */
	int			size_to;		/* by the largest request; size if it is one */
	int			window;
	bool		has_window;		/* the record is in one window of the week */
} ac_class_parts;

extern ac_class_parts ac_price_class_parts(int64_t price_class);
extern bool ac_usage_spans(ac_maybe start, ac_maybe end, ac_limits eras,
						   ac_limits windows);
extern int64_t ac_price_class(const ac_usage_record *record, ac_limits sizes,
							  ac_limits windows);

#endif							/* AC_USAGE_H */
