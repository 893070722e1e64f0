/*
 * fuzz_tariff_bytes.c
 *	  Any bytes are refused, or are just those that the tariff is written as.
 */
#include "core/tariff.h"

#include "fuzz.h"

/* The tariff that these are the bytes of has a text that is read as it. */
static void
check_text(const ac_tariff *tariff)
{
	char	   *text = new_room(AC_TARIFF_TEXT_MAX(tariff->count));
	size_t		len = ac_tariff_format(tariff, text);
	ac_tariff  *back = new_room(ac_tariff_size(tariff->count));
	ac_fault	fault;

	REQUIRE(ac_tariff_parse(text, len, back, &fault) == AC_OK);
	REQUIRE(ac_tariff_same(tariff, back));
	REQUIRE(ac_tariff_compare(tariff, back) == 0);
	free(back);
	free(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ac_fault	fault;
	ac_tariff  *tariff;
	int			count;
	ac_status	status = ac_tariff_bytes_tiers(data, size, &count, &fault);

	if (status != AC_OK)
	{
		ac_tariff	none;

		REQUIRE(ac_tariff_decode(data, size, &none, &fault) == status);
		return 0;
	}
	REQUIRE(size == AC_TARIFF_BYTES(count));
	tariff = new_room(ac_tariff_size(count));
	if (ac_tariff_decode(data, size, tariff, &fault) == AC_OK)
	{
		uint8_t    *bytes = new_room(size);

		REQUIRE(tariff->count == count);
		ac_tariff_encode(tariff, bytes);
		REQUIRE(memcmp(bytes, data, size) == 0);
		check_text(tariff);
		free(bytes);
	}
	free(tariff);
	return 0;
}
