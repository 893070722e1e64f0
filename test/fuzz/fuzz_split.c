/*
 * fuzz_split.c
 *	  A split by weights of any sign is that of slow_split.h, or a fault of
 *	  the weights.
 *
 * An input is the total (upper half, then lower, 16 bytes each), then weights
 * of 16 bytes; what is missing is zero.
 */
#include "../unit/slow_split.h"
#include "fuzz.h"

typedef struct input
{
	uint8_t		total[2][sizeof(ac_uint128)];
	uint8_t		weight[SLOW_PARTS_MAX][sizeof(ac_uint128)];
} input;

static ac_uint128
number_of(const uint8_t *bytes)
{
	ac_uint128	number;

	memcpy(&number, bytes, sizeof(number));
	return number;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	input		in = {0};
	slow_integer expected[SLOW_PARTS_MAX];
	ac_int256	total;
	ac_int128  *weight;
	ac_uint128 *remainder;
	ac_split	parts;
	ac_fault	fault;
	ac_status	status;
	int			count = 0;
	int			i;

	if (size > sizeof(in))
		size = sizeof(in);
	memcpy(&in, data, size);
	if (size > sizeof(in.total))
		count = (int) ((size - sizeof(in.total) + 15) / 16);

	/* of exactly their sizes, so that an access beyond is seen */
	weight = malloc(sizeof(*weight) * (size_t) count);
	remainder = malloc(sizeof(*remainder) * (size_t) count);
	total.hi = (ac_int128) number_of(in.total[0]);
	total.lo = number_of(in.total[1]);
	for (i = 0; i < count; i++)
		weight[i] = (ac_int128) number_of(in.weight[i]);

	status = ac_split_begin(&parts, total, weight, count, NULL, remainder,
							&fault);
	REQUIRE(status == slow_split(total, weight, count, expected));
	for (i = 0; status == AC_OK && i < count; i++)
		REQUIRE(slow_integer_equal(slow_integer_of(ac_split_next(&parts,
																 weight[i])),
								   expected[i]));
	free(weight);
	free(remainder);
	return 0;
}
