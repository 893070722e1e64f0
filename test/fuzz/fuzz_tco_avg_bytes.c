/*
 * fuzz_tco_avg_bytes.c
 *	  Any bytes are refused, or are just those that the state is written as;
 *	  two states merge, or nothing changes.
 */
#include "core/tco_avg.h"

#include "fuzz.h"

static bool
same_state(const ac_tco_avg *a, const ac_tco_avg *b)
{
	return memcmp(a, b, sizeof(ac_tco_avg)) == 0;
}

static void
check_merge(const ac_tco_avg *a, const ac_tco_avg *b)
{
	ac_fault	fault;
	ac_tco_avg	a_b = *a;
	ac_tco_avg	b_a = *b;
	ac_status	status = ac_tco_avg_merge(&a_b, b, &fault);

	REQUIRE(ac_tco_avg_merge(&b_a, a, &fault) == status);
	REQUIRE(same_state(&a_b, status == AC_OK ? &b_a : a));
	if (status == AC_OK)
		REQUIRE(a_b.count == a->count + b->count);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ac_fault	fault;
	ac_tco_avg	state;
	ac_tco_avg	other;
	uint8_t		bytes[AC_TCO_AVG_BYTES];
	size_t		first = size == 2 * AC_TCO_AVG_BYTES ? size / 2 : size;

	if (ac_tco_avg_decode(data, first, &state, &fault) != AC_OK)
		return 0;
	REQUIRE(first == AC_TCO_AVG_BYTES);
	ac_tco_avg_encode(&state, bytes);
	REQUIRE(memcmp(bytes, data, first) == 0);

	if (first < size && ac_tco_avg_decode(data + first, first, &other,
										  &fault) == AC_OK)
		check_merge(&state, &other);
	return 0;
}
