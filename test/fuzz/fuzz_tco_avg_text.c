/*
 * fuzz_tco_avg_text.c
 *	  Any text is refused, or is a state whose own text is read as the same
 *	  state.
 */
#include "core/tco_avg.h"

#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *) data;
	ac_fault	fault = {.part = NULL};
	ac_tco_avg	state;
	ac_tco_avg	back;
	ac_tco		mean;
	char		canonical[AC_TCO_AVG_TEXT_MAX];
	ac_status	status = ac_tco_avg_parse(text, size, &state, &fault);
	size_t		len;

	if (status != AC_OK)
	{
		check_text_fault(status, &fault, text, size);
		return 0;
	}
	REQUIRE(state.count >= 0);
	len = ac_tco_avg_format(&state, canonical);
	REQUIRE(len == strlen(canonical) && len < sizeof(canonical));
	REQUIRE(ac_tco_avg_parse(canonical, len, &back, &fault) == AC_OK);
	REQUIRE(memcmp(&state, &back, sizeof(state)) == 0);
	REQUIRE(state.count == 0 ||
			ac_tco_avg_result(&state, &mean, &fault) == AC_OK);
	return 0;
}
