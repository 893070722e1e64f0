/*
 * fuzz_tco_bytes.c
 *	  Any bytes are refused, or are just those that the value is written as.
 */
#include "core/tco.h"

#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ac_fault	fault;
	ac_tco		tco;
	ac_tco		back;
	uint8_t		bytes[AC_TCO_BYTES];
	char		text[AC_TCO_TEXT_MAX];
	ac_status	status = ac_tco_decode(data, size, &tco, &fault);

	REQUIRE((size == AC_TCO_BYTES) == (status != AC_BYTES_LENGTH));
	if (status != AC_OK)
		return 0;

	ac_tco_encode(&tco, bytes);
	REQUIRE(memcmp(bytes, data, AC_TCO_BYTES) == 0);
	REQUIRE(ac_tco_parse(text, ac_tco_format(&tco, text), &back,
						 &fault) == AC_OK);
	REQUIRE(memcmp(&tco, &back, sizeof(tco)) == 0);
	return 0;
}
