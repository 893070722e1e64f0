/*
 * fuzz_cell.c
 *	  A cell is a number, a time or a flat object if slow_cell.h says so, and
 *	  currencies, amounts, dates and units are read as slow_form.h does.
 */
#define _DEFAULT_SOURCE			/* timegm */
#include "core/cell.h"

#include "../unit/slow_form.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *) data;
	const char *inner = text;
	size_t		len = size;
	int64_t		found = 0;
	int64_t		expected = 0;
	bool		is_time;

	if (size > SLOW_CELL_MAX)
		return 0;
	if (ac_cell_trim(&inner, &len, size % 2 == 0))
		REQUIRE(len > 0 && inner >= text && inner + len <= text + size
				&& inner[0] != ' ' && inner[len - 1] != ' ');

	REQUIRE(ac_cell_is_number(text, size) == slow_is_number(text, size));
	REQUIRE(!ac_cell_is_cost(text, size) || ac_cell_is_number(text, size));
	is_time = ac_cell_time(text, size, &found);
	REQUIRE(is_time == slow_time(text, size, &expected));
	/* a fraction is rounded by two ways, which need not agree on a half */
	if (is_time && memchr(text, '.', size) == NULL)
		REQUIRE(found == expected);
	else if (is_time)
		REQUIRE(found - expected <= 1 && expected - found <= 1);
	REQUIRE(ac_cell_is_plain_object(text, size)
			|| !slow_is_flat_object(text, size));
	/* regular expressions end at a zero byte */
	if (memchr(text, '\0', size) == NULL)
		REQUIRE(slow_forms_agree(text, size));
	return 0;
}
