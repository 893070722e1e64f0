/*
 * price_lists.h
 *	  The hashes by which limits of the catalog name their lists.
 */
#ifndef AC_PRICE_LISTS_H
#define AC_PRICE_LISTS_H

#include <stdlib.h>
#include <string.h>

#include "core/usage_eras.h"

static inline int64_t
hash_of(const char *name)
{
	return ac_usage_name_hash(name, strlen(name), NULL);
}

/* The hash of a provider's list for a use. */
static inline int64_t
list_hash(const char *provider, ac_price_use use)
{
	static const char *const name[AC_PRICE_USES] = {
		"discounts", "hours", "tokens", "meters", "requests", "energy"
	};

	return ac_usage_pair_hash(hash_of(provider), hash_of(name[use]));
}

static inline int
rising(const void *a, const void *b)
{
	int64_t		first = *(const int64_t *) a;
	int64_t		second = *(const int64_t *) b;

	return (first > second) - (first < second);
}

/* Limits have hashes in rising order. */
static inline void
sort_hashes(int64_t *hash, int count)
{
	qsort(hash, (size_t) count, sizeof(*hash), rising);
}

#endif							/* AC_PRICE_LISTS_H */
