/*
 * fuzz_tariff_text.c
 *	  Any text is refused, naming a part of it or an element of the tariff, or
 *	  is a tariff whose own text is read as the same tariff.
 */
#include "core/tariff.h"

#include "fuzz.h"

static void
check_shown(const ac_tariff *tariff, const char *text, size_t len)
{
	size_t		size = 4 + len % 64;
	char	   *shown = new_room(size);

	ac_tariff_show(tariff, 0, shown, size);
	if (len < size)
		REQUIRE(strcmp(shown, text) == 0);
	else
		REQUIRE(memcmp(shown, text, size - 4) == 0 &&
				memcmp(shown + size - 4, "...", 4) == 0);
	free(shown);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *) data;
	ac_fault	fault = {.part = NULL};
	int			tiers = ac_tariff_text_tiers(text, size);
	ac_tariff  *tariff = new_room(ac_tariff_size(tiers));
	ac_status	status = ac_tariff_parse(text, size, tariff, &fault);

	REQUIRE(tiers >= 1 && tiers <= AC_TARIFF_TIERS_MAX + 1);
	if (status != AC_OK)
		check_tariff_text_fault(status, &fault, text, size);
	else
	{
		char	   *canonical = new_room(AC_TARIFF_TEXT_MAX(tariff->count));
		size_t		len = ac_tariff_format(tariff, canonical);
		ac_tariff  *back;

		REQUIRE(ac_tariff_seal(tariff, &fault) == AC_OK);
		REQUIRE(len == strlen(canonical));
		REQUIRE(ac_tariff_text_tiers(canonical, len) == tariff->count);
		back = new_room(ac_tariff_size(tariff->count));
		REQUIRE(ac_tariff_parse(canonical, len, back, &fault) == AC_OK);
		REQUIRE(ac_tariff_same(tariff, back));
		check_shown(tariff, canonical, len);
		free(back);
		free(canonical);
	}
	free(tariff);
	return 0;
}
