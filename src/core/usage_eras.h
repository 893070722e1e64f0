/*
 * usage_eras.h
 *	  Limits of the catalog: where the prices of usage change, for each name and
 *	  each use.
 *
 * An era is a time at which prices change.  A record depends on the eras of
 * what it uses, and of its model if it uses tokens.
 */
#ifndef AC_USAGE_ERAS_H
#define AC_USAGE_ERAS_H

#include "core/usage.h"

/* What prices are for.  A provider has a list of eras for each. */
typedef enum ac_price_use
{
	AC_PRICE_DISCOUNTS,			/* off all prices of the provider */
	AC_PRICE_HOURS,
	AC_PRICE_TOKENS,
	AC_PRICE_METERS,			/* data transfer, storage, other meters */
	AC_PRICE_REQUESTS,			/* to models, rated beside their tokens */
	AC_PRICE_ENERGY
} ac_price_use;

#define AC_PRICE_USES	(AC_PRICE_ENERGY + 1)

/* The eras of the names in a record, by use. */
typedef struct ac_eras
{
	ac_limits	list[AC_PRICE_USES];
	uint32_t	present;		/* a bit for each list that has eras */
	bool		has_windows;	/* of the week, for tokens */
} ac_eras;

/* A text that need not end with a zero byte; at is NULL if it is unknown. */
typedef struct ac_key_string
{
	const char *at;
	size_t		len;
} ac_key_string;

/* Eras that were found, with the names as they are spelled. */
#define AC_NAMES_LEN	80

typedef struct ac_kept_eras
{
	bool		is_used;
	uint8_t		provider_len;
	uint8_t		model_len;
	char		names[AC_NAMES_LEN];	/* one after the other */
	ac_eras		eras;
} ac_kept_eras;

#define AC_ERAS_KEPT	128

/* Hashes of names in rising order, and the hash that each stands for. */
typedef struct ac_aliases
{
	ac_limits	names;
	ac_limits	meanings;
} ac_aliases;

/* Lists of times, found by hashes of what they are for. */
typedef struct ac_price_limits
{
	ac_limits	sizes;
	ac_limits	windows;
	ac_aliases	providers;
	ac_aliases	models;
	ac_limits	lists;			/* hashes, in rising order */
	ac_limits	ends;			/* of each: see find_list() */
	ac_limits	eras;			/* the lists, one after the other */
	ac_kept_eras *kept;			/* AC_ERAS_KEPT of them, or NULL */
} ac_price_limits;

extern bool ac_price_limits_read(const int64_t *value, int count,
								 ac_price_limits *limits);
extern int64_t ac_usage_name_hash(const char *name, size_t len, ac_poll poll);
extern int64_t ac_usage_pair_hash(int64_t first, int64_t second);
extern ac_eras ac_eras_of(const ac_price_limits *limits,
						  ac_key_string provider, ac_key_string model,
						  ac_poll poll);
extern ac_maybe ac_era_at(const ac_eras *eras, uint32_t uses, ac_maybe time);
extern bool ac_eras_span(const ac_eras *eras, uint32_t uses, ac_maybe start,
						 ac_maybe end);

#endif							/* AC_USAGE_ERAS_H */
