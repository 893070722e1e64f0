/*
 * usage_key.h
 *	  The key of a record of usage: all that its price depends on, as bytes.
 *
 * Records with the same key have the same prices, so that they can be grouped
 * and joined by one value.
 */
#ifndef AC_USAGE_KEY_H
#define AC_USAGE_KEY_H

#include "core/usage_eras.h"

/* The texts of a key, in their order in it; numbers are texts here, too. */
typedef enum ac_key_text
{
	AC_KEY_PROVIDER,
	AC_KEY_PAYER,
	AC_KEY_REGION,
	AC_KEY_SKU,
	AC_KEY_ACCELERATOR,
	AC_KEY_WORKLOAD,
	AC_KEY_MODEL,
	AC_KEY_TEAM,
	AC_KEY_PURCHASE_OPTION,
	AC_KEY_SERVICE_TIER,
	AC_KEY_GEO,
	AC_KEY_TRANSFER_UNIT,
	AC_KEY_TRANSFER_KIND,
	AC_KEY_TRANSFER_SERVICE,
	AC_KEY_TRANSFER_DESTINATION,
	AC_KEY_STORAGE_UNIT,
	AC_KEY_STORAGE_KIND,
	AC_KEY_METER,
	AC_KEY_METER_UNIT,
	AC_KEY_METER_KIND,
	AC_KEY_GPU_COUNT,
	AC_KEY_SESSION_HOURS
} ac_key_text;

#define AC_KEY_TEXTS	(AC_KEY_SESSION_HOURS + 1)

/* What else sets records apart, a bit each. */
typedef enum ac_key_mark
{
	AC_LACKS_TRANSFER = 1 << 0, /* transfer without a quantity */
	AC_LACKS_STORAGE = 1 << 1,
	AC_LACKS_QUANTITY = 1 << 2,
	AC_IS_ESTIMATE = 1 << 3,	/* hours are no multiple of the period */
	AC_IS_OVER_DAYS = 1 << 4,	/* a record that counts by day ends later */
	AC_IS_SUM = 1 << 5			/* records at unknown times of a period within
								 * which prices change */
} ac_key_mark;

/* There are no months before 4713 BC, in microseconds from 2000-01-01. */
#define AC_FIRST_MONTH	INT64_C(-211810204800000000)

typedef struct ac_usage_key
{
	int64_t		price_class;
	ac_maybe	month;			/* first day of the month of the start */
	ac_maybe	era;			/* when its prices last changed */
	ac_maybe	span_from;		/* of a record within which prices change */
	ac_maybe	span_to;
	ac_maybe	day;			/* of a record that counts by day */
	int64_t		term_months;
	uint32_t	marks;			/* of ac_key_mark */
	uint32_t	present;		/* a bit for each text and optional number */
	ac_key_string text[AC_KEY_TEXTS];
} ac_usage_key;

extern void ac_usage_key_of(const ac_usage_record *record,
							const ac_price_limits *limits, ac_usage_key *key,
							ac_poll poll);
extern void ac_usage_key_set_times(const ac_usage_record *record,
								   const ac_eras *eras, ac_limits windows,
								   ac_usage_key *key);
extern bool ac_usage_key_spans(const ac_usage_key *key, ac_maybe start,
							   ac_maybe end, const ac_eras *eras,
							   ac_limits windows);
extern size_t ac_usage_key_size(ac_usage_key *key);
extern void ac_usage_key_write(const ac_usage_key *key, char *bytes);
extern bool ac_usage_key_read(const char *bytes, size_t size,
							  ac_usage_key *key);

#endif							/* AC_USAGE_KEY_H */
