/*
 * fuzz_usage_key.c
 *	  Any bytes are refused, or are a key that is written and read as itself;
 *	  any numbers are refused, or are limits that are looked up within.
 *
 * An input is a key, also that of a sum; then the same bytes are a list of
 * limits.
 */
#include "core/usage_sum.h"

#include "../unit/price_lists.h"
#include "fuzz.h"

/* Name the first lists after the uses of a provider. */
static void
name_lists(int64_t *hash, int count, const char *provider)
{
	int			i;

	for (i = 0; i < count && i < AC_PRICE_USES; i++)
		hash[i] = list_hash(provider, i);
	sort_hashes(hash, count);
}

/* The eras that are found lie within the numbers, also if they are kept. */
static void
look_up(const uint8_t *data, size_t size)
{
	static ac_kept_eras kept[AC_ERAS_KEPT];
	const ac_key_string name = {"a", 1};
	int			count = (int) (size / sizeof(int64_t));
	int64_t    *value = malloc(sizeof(*value) * (size_t) count);
	ac_price_limits limits;
	ac_eras		eras;
	ac_eras		again;
	int			use;

	memcpy(value, data, sizeof(*value) * (size_t) count);
	if (ac_price_limits_read(value, count, &limits))
	{
		name_lists(value + (limits.lists.at - value), limits.lists.count,
				   name.at);
		eras = ac_eras_of(&limits, name, name, NULL);
		for (use = 0; use < AC_PRICE_USES; use++)
			REQUIRE(eras.list[use].count == 0
					|| (eras.list[use].at >= value
						&& eras.list[use].at + eras.list[use].count
						<= value + count));
		memset(kept, 0, sizeof(kept));
		limits.kept = kept;
		ac_eras_of(&limits, name, name, NULL);
		again = ac_eras_of(&limits, name, name, NULL);
		REQUIRE(memcmp(again.list, eras.list, sizeof(eras.list)) == 0
				&& again.present == eras.present
				&& again.has_windows == eras.has_windows);
	}
	free(value);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const ac_price_limits limits = {.lists = {NULL, 0}};
	ac_usage_key key;
	ac_usage_key back;
	size_t		written;
	char	   *bytes;

	look_up(data, size);
	if (!ac_usage_key_read((const char *) data, size, &key))
		return 0;
	written = ac_usage_key_size(&key);
	REQUIRE(written <= size);
	bytes = malloc(written);
	ac_usage_key_write(&key, bytes);
	REQUIRE(ac_usage_key_read(bytes, written, &back));
	REQUIRE(back.price_class == key.price_class && back.marks == key.marks
			&& back.present == key.present
			&& back.term_months == key.term_months);
	free(bytes);

	/* A stored key may be any bytes. */
	ac_usage_sum_size(&key);
	ac_usage_sum_price_key(&limits, key.month, key.era, true, true, &key, NULL);
	return 0;
}
