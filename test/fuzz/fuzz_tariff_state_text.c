/*
 * fuzz_tariff_state_text.c
 *	  Any text is refused, or is a state whose own text and bytes are read as
 *	  the same state.
 */
#include "core/tariff_state.h"

#include "fuzz.h"

static bool
same_state(const ac_tariff_state *a, const ac_tariff_state *b)
{
	return ac_tariff_state_size(a) == ac_tariff_state_size(b) &&
		memcmp(a, b, ac_tariff_state_size(a)) == 0;
}

static void
check_round_trips(const ac_tariff_state *state)
{
	int			tiers = state->rows > 0 ? ac_tariff_state_tariff(state)->count
	: 0;
	char	   *text = new_room(AC_TARIFF_STATE_TEXT_MAX +
								(tiers ? AC_TARIFF_TEXT_MAX(tiers) : 0));
	size_t		len = ac_tariff_state_format(state, text);
	ac_tariff_state *back = new_room(ac_tariff_state_text_size(text, len));
	size_t		size = AC_TARIFF_STATE_BYTES +
	(tiers ? AC_TARIFF_BYTES(tiers) : 0);
	uint8_t    *bytes = new_room(size);
	int			count;
	ac_fault	fault;

	REQUIRE(len == strlen(text));
	REQUIRE(ac_tariff_state_parse(text, len, back, &fault) == AC_OK);
	REQUIRE(same_state(state, back));
	ac_tariff_state_encode(state, bytes);
	REQUIRE(ac_tariff_state_bytes_tiers(bytes, size, &count,
										&fault) == AC_OK && count == tiers);
	memset(back, 0, ac_tariff_state_size(back));
	REQUIRE(ac_tariff_state_decode(bytes, size, back, &fault) == AC_OK);
	REQUIRE(same_state(state, back));
	free(bytes);
	free(back);
	free(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *) data;
	ac_fault	fault = {.part = NULL};
	ac_tariff_state *state = new_room(ac_tariff_state_text_size(text, size));
	ac_status	status = ac_tariff_state_parse(text, size, state, &fault);

	if (status != AC_OK)
		check_tariff_text_fault(status, &fault, text, size);
	else
	{
		REQUIRE(state->rows >= 0 && state->unpriced >= 0);
		check_round_trips(state);
	}
	free(state);
	return 0;
}
