/*
 * fuzz_usage_key.c
 *	  Any bytes are refused, or are a key that is written and read as itself;
 *	  any numbers are refused, or are limits that are looked up within.
 *
 * An input is a key, also that of a sum; then the same bytes are a list of
 * limits.
 */
#include "core/usage_sum.h"

#include "fuzz.h"

static void
look_up(const uint8_t *data, size_t size)
{
	int			count = (int) (size / sizeof(int64_t));
	int64_t    *value = malloc(sizeof(*value) * (size_t) count);
	ac_price_limits limits;
	int			i;

	memcpy(value, data, sizeof(*value) * (size_t) count);
	if (ac_price_limits_read(value, count, &limits))
		for (i = 0; i < limits.names.count; i++)
		{
			bool		has_windows;
			ac_limits	eras = ac_provider_eras(&limits, limits.names.at[i],
												&has_windows);

			REQUIRE(eras.count == 0 || (eras.at >= value
										&& eras.at + eras.count
										<= value + count));
		}
	free(value);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const ac_price_limits limits = {.names = {NULL, 0}};
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
