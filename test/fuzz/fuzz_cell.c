/*
 * fuzz_cell.c
 *	  A cell is a number, a time or a flat object if slow_cell.h says so.
 */
#define _DEFAULT_SOURCE			/* timegm */
#include "core/cell.h"

#include "../unit/slow_cell.h"
#include "fuzz.h"

/* Fractions of more digits are rounded, by two ways that need not agree. */
static bool
is_exact(const char *text, size_t len)
{
	return len <= strlen("2000-01-01 00:00:00.123456+00:00");
}

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
	if (ac_cell_trim(&inner, &len))
		REQUIRE(len > 0 && inner >= text && inner + len <= text + size
				&& inner[0] != ' ' && inner[len - 1] != ' ');

	REQUIRE(ac_cell_is_number(text, size) == slow_is_number(text, size));
	REQUIRE(!ac_cell_is_cost(text, size) || ac_cell_is_number(text, size));
	is_time = ac_cell_time(text, size, &found);
	REQUIRE(is_time == slow_time(text, size, &expected));
	if (is_time && is_exact(text, size))
		REQUIRE(found == expected);
	REQUIRE(ac_cell_is_plain_object(text, size)
			|| !slow_is_flat_object(text, size));
	return 0;
}
