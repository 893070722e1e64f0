/*
 * fuzz_tariff_state_bytes.c
 *	  Any bytes are refused, or are just those that the state is written as;
 *	  two states merge, or nothing changes.
 *
 * An input is the length of the first state (2 bytes, big-endian), its bytes,
 * and those of the second.
 */
#include "core/tariff_state.h"

#include "fuzz.h"

static bool
same_state(const ac_tariff_state *a, const ac_tariff_state *b)
{
	return ac_tariff_state_size(a) == ac_tariff_state_size(b) &&
		memcmp(a, b, ac_tariff_state_size(a)) == 0;
}

/* The state of some bytes, or NULL. */
static ac_tariff_state *
read_state(const uint8_t *data, size_t size)
{
	int			count = 0;
	ac_fault	fault;
	ac_status	status = ac_tariff_state_bytes_tiers(data, size, &count,
													 &fault);
	ac_tariff_state *state;
	uint8_t    *bytes;

	if (status != AC_OK)
		return NULL;
	state = new_room(sizeof(ac_tariff_state) + ac_tariff_size(count));
	if (ac_tariff_state_decode(data, size, state, &fault) != AC_OK)
	{
		free(state);
		return NULL;
	}
	REQUIRE(size == AC_TARIFF_STATE_BYTES +
			(state->rows > 0 ? AC_TARIFF_BYTES(count) : 0));
	bytes = new_room(size);
	ac_tariff_state_encode(state, bytes);
	REQUIRE(memcmp(bytes, data, size) == 0);
	free(bytes);
	return state;
}

/* A state with room for the tariff of another. */
static ac_tariff_state *
copy_with_room(const ac_tariff_state *state, const ac_tariff_state *other)
{
	size_t		size = ac_tariff_state_size(state);
	ac_tariff_state *copy;

	if (state->rows == 0)
		size = ac_tariff_state_size(other);
	copy = new_room(size);
	memcpy(copy, state, ac_tariff_state_size(state));
	return copy;
}

static void
check_merge(const ac_tariff_state *a, const ac_tariff_state *b)
{
	ac_fault	fault;
	ac_tariff_state *a_b = copy_with_room(a, b);
	ac_tariff_state *b_a = copy_with_room(b, a);
	ac_status	status = ac_tariff_state_merge(a_b, b, &fault);

	REQUIRE(ac_tariff_state_merge(b_a, a, &fault) == status);
	REQUIRE(same_state(a_b, status == AC_OK ? b_a : a));
	REQUIRE(status == AC_OK || same_state(b_a, b));
	if (status == AC_OK)
		REQUIRE(a_b->rows == a->rows + b->rows &&
				a_b->unpriced == a->unpriced + b->unpriced);
	free(a_b);
	free(b_a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t		first;
	ac_tariff_state *a;
	ac_tariff_state *b;

	if (size < 2)
		return 0;
	first = (size_t) data[0] << 8 | data[1];
	data += 2;
	size -= 2;
	if (first > size)
		first = size;
	a = read_state(data, first);
	b = read_state(data + first, size - first);
	if (a != NULL && b != NULL)
		check_merge(a, b);
	free(a);
	free(b);
	return 0;
}
