/*
 * fuzz_tco_text.c
 *	  Any text is refused, naming a part of it, or is a value whose own text
 *	  is read as the same value.
 */
#include "core/tco.h"

#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *) data;
	ac_fault	fault = {.part = NULL};
	ac_tco		tco;
	ac_tco		back;
	char		canonical[AC_TCO_TEXT_MAX];
	ac_status	status = ac_tco_parse(text, size, &tco, &fault);
	size_t		len;

	if (status != AC_OK)
	{
		check_text_fault(status, &fault, text, size);
		return 0;
	}
	len = ac_tco_format(&tco, canonical);
	REQUIRE(len == strlen(canonical) && len < sizeof(canonical));
	REQUIRE(ac_tco_parse(canonical, len, &back, &fault) == AC_OK);
	REQUIRE(memcmp(&tco, &back, sizeof(tco)) == 0);
	return 0;
}
