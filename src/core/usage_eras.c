/*
 * usage_eras.c
 *	  Limits of the catalog: where the prices of usage change, for each name and
 *	  each use.
 */
#include "core/usage_eras.h"

#include <string.h>

/* Of FNV-1a. */
#define HASH_BASIS	UINT64_C(14695981039346656037)
#define HASH_PRIME	UINT64_C(1099511628211)

/* As price_limits() names the lists of a provider. */
static const char *const use_name[AC_PRICE_USES] = {
	[AC_PRICE_DISCOUNTS] = "discounts",
	[AC_PRICE_HOURS] = "hours",
	[AC_PRICE_TOKENS] = "tokens",
	[AC_PRICE_METERS] = "meters",
	[AC_PRICE_REQUESTS] = "requests",
	[AC_PRICE_ENERGY] = "energy"
};

/* Take the next list, of count elements, off what is left. */
static bool
next_list(const int64_t **value, int *left, int64_t count, ac_limits *list)
{
	if (count < 0 || count > *left)
		return false;
	list->at = *value;
	list->count = (int) count;
	*value += count;
	*left -= (int) count;
	return true;
}

/*
 * Read limits: the numbers of sizes, windows, names of providers, names of
 * models, and lists; then each of these, names with what they stand for and lists
 * with their ends; and the eras.  They stay where they are.  False if there are
 * too few.
 */
bool
ac_price_limits_read(const int64_t *value, int count, ac_price_limits *limits)
{
	ac_limits	counts;

	limits->kept = NULL;
	return next_list(&value, &count, 5, &counts)
		&& next_list(&value, &count, counts.at[0], &limits->sizes)
		&& next_list(&value, &count, counts.at[1], &limits->windows)
		&& next_list(&value, &count, counts.at[2], &limits->providers.names)
		&& next_list(&value, &count, counts.at[2], &limits->providers.meanings)
		&& next_list(&value, &count, counts.at[3], &limits->models.names)
		&& next_list(&value, &count, counts.at[3], &limits->models.meanings)
		&& next_list(&value, &count, counts.at[4], &limits->lists)
		&& next_list(&value, &count, counts.at[4], &limits->ends)
		&& next_list(&value, &count, count, &limits->eras)
		&& limits->sizes.count <= AC_USAGE_SIZE_MAX
		&& limits->windows.count <= AC_USAGE_WINDOW_MAX;
}

/*
 * A hash of a name's letters and digits in ASCII, whatever their case: names
 * that the catalog takes for one have the same.
 */
int64_t
ac_usage_name_hash(const char *name, size_t len, ac_poll poll)
{
	uint64_t	hash = HASH_BASIS;
	size_t		i;

	for (i = 0; i < len; i++)
	{
		uint8_t		c = (uint8_t) name[i];
		uint8_t		lower = c | ('a' - 'A');

		ac_poll_at(i, poll);
		if ((uint8_t) (lower - 'a') < 26)
			hash = (hash ^ lower) * HASH_PRIME;
		else if ((uint8_t) (c - '0') < 10)
			hash = (hash ^ c) * HASH_PRIME;
	}
	return (int64_t) hash;
}

/* A hash of two hashes in their order. */
int64_t
ac_usage_pair_hash(int64_t first, int64_t second)
{
	return (int64_t) ((uint64_t) first * HASH_PRIME ^ (uint64_t) second);
}

/* The place of a hash among others in rising order, or -1. */
static int
place_of(ac_limits hashes, int64_t hash)
{
	const ac_maybe value = {true, hash};
	int			n = ac_limits_passed(hashes, value) - 1;

	return n >= 0 && hashes.at[n] == hash ? n : -1;
}

/* The hash that a name stands for, which is its own if it is no alias. */
static int64_t
meaning_of(const ac_aliases *aliases, ac_key_string name, ac_poll poll)
{
	int64_t		hash = ac_usage_name_hash(name.at, name.len, poll);
	int			n = place_of(aliases->names, hash);

	return n < 0 ? hash : aliases->meanings.at[n];
}

/*
 * Find a list by its hash.  The end of a list is the number of eras up to there,
 * times two, and one more if there are prices by the time of the week.
 */
static bool
find_list(const ac_price_limits *limits, int64_t hash, ac_limits *list,
		  bool *has_windows)
{
	int			n = place_of(limits->lists, hash);
	int64_t		begin;
	int64_t		end;

	if (n < 0)
		return false;
	begin = n == 0 ? 0 : limits->ends.at[n - 1] >> 1;
	end = limits->ends.at[n] >> 1;
	if (begin < 0 || begin > end || end > limits->eras.count)
		return false;
	list->at = limits->eras.at + begin;
	list->count = (int) (end - begin);
	*has_windows = limits->ends.at[n] & 1;
	return true;
}

/*
 * Find the eras of a provider, and of a model there.  A model without a list has
 * all eras of tokens of the provider.
 */
static ac_eras
find_eras(const ac_price_limits *limits, ac_key_string provider,
		  ac_key_string model, ac_poll poll)
{
	ac_eras		eras = {.present = 0};
	int64_t		seller = meaning_of(&limits->providers, provider, poll);
	int64_t		sold = meaning_of(&limits->models, model, poll);
	int64_t		hash[AC_PRICE_USES];
	bool		has_windows[AC_PRICE_USES] = {false};
	bool		of_model;
	int			use;

	for (use = 0; use < AC_PRICE_USES; use++)
	{
		hash[use] = ac_usage_pair_hash(seller,
									   ac_usage_name_hash(use_name[use],
														  strlen(use_name[use]),
														  NULL));
		find_list(limits, hash[use], &eras.list[use], &has_windows[use]);
	}
	eras.has_windows = has_windows[AC_PRICE_TOKENS];
	find_list(limits, ac_usage_pair_hash(hash[AC_PRICE_TOKENS], sold),
			  &eras.list[AC_PRICE_TOKENS], &of_model);
	for (use = 0; use < AC_PRICE_USES; use++)
		if (eras.list[use].count > 0)
			eras.present |= UINT32_C(1) << use;
	return eras;
}

static ac_kept_eras *
slot_of(const ac_price_limits *limits, ac_key_string provider,
		ac_key_string model)
{
	uint32_t	hash = (uint32_t) provider.len;
	size_t		i;

	for (i = 0; i < provider.len; i++)
		hash = hash * 31 + (uint8_t) provider.at[i];
	for (i = 0; i < model.len; i++)
		hash = hash * 31 + (uint8_t) model.at[i];
	return &limits->kept[hash % AC_ERAS_KEPT];
}

static bool
is_of(const ac_kept_eras *kept, ac_key_string provider, ac_key_string model)
{
	return kept->is_used && kept->provider_len == provider.len
		&& kept->model_len == model.len
		&& memcmp(kept->names, provider.at, provider.len) == 0
		&& memcmp(kept->names + provider.len, model.at, model.len) == 0;
}

static void
keep(ac_kept_eras *kept, ac_key_string provider, ac_key_string model,
	 ac_eras eras)
{
	kept->is_used = true;
	kept->provider_len = (uint8_t) provider.len;
	kept->model_len = (uint8_t) model.len;
	memcpy(kept->names, provider.at, provider.len);
	memcpy(kept->names + provider.len, model.at, model.len);
	kept->eras = eras;
}

/*
 * The eras of a provider, and of a model there; none if the provider is unknown.
 * Most records have names that a record before them had.
 */
ac_eras
ac_eras_of(const ac_price_limits *limits, ac_key_string provider,
		   ac_key_string model, ac_poll poll)
{
	const ac_key_string no_name = {"", 0};
	ac_eras		eras = {.present = 0};
	ac_kept_eras *kept;

	if (provider.at == NULL)
		return eras;
	/* Tokens of no model have no price. */
	if (model.at == NULL)
		model = no_name;
	if (limits->kept == NULL || provider.len > AC_NAMES_LEN
		|| model.len > AC_NAMES_LEN - provider.len)
		return find_eras(limits, provider, model, poll);
	kept = slot_of(limits, provider, model);
	if (!is_of(kept, provider, model))
		keep(kept, provider, model, find_eras(limits, provider, model, poll));
	return kept->eras;
}

/* The last era of these uses, a bit each, that a time has reached. */
ac_maybe
ac_era_at(const ac_eras *eras, uint32_t uses, ac_maybe time)
{
	ac_maybe	last = {false, 0};

	for (uses &= eras->present; uses != 0; uses &= uses - 1)
	{
		ac_limits	list = eras->list[__builtin_ctz(uses)];
		int			n = ac_limits_passed(list, time);

		if (n > 0 && (!last.known || list.at[n - 1] > last.value))
		{
			last.known = true;
			last.value = list.at[n - 1];
		}
	}
	return last;
}

/* Test whether an era of these uses begins within a period, after its start. */
bool
ac_eras_span(const ac_eras *eras, uint32_t uses, ac_maybe start, ac_maybe end)
{
	const ac_limits no_windows = {NULL, 0};

	for (uses &= eras->present; uses != 0; uses &= uses - 1)
		if (ac_usage_spans(start, end, eras->list[__builtin_ctz(uses)],
						   no_windows))
			return true;
	return false;
}
