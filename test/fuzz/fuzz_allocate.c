/*
 * fuzz_allocate.c
 *	  A split is that of slow_allocate.h, or a fault of the weights.
 *
 * An input is the total (upper half, then lower, 16 bytes each), then weights
 * of 16 bytes; what is missing is zero.
 */
#include "core/allocate.h"

#include "../unit/slow_allocate.h"
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

/* What the sum of the weights makes of a split. */
static ac_status
expected_status(const ac_uint128 *weight, int count)
{
	slow		sum = {{0}};
	int			i;

	for (i = 0; i < count; i++)
		sum = slow_add(sum, slow_of(0, weight[i]));
	if (slow_bits(&sum) > 128)
		return AC_WEIGHTS_RANGE;
	return slow_bits(&sum) == 0 ? AC_WEIGHTS_ZERO : AC_OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	input		in = {0};
	ac_uint256	total;
	ac_uint128 *weight;
	ac_uint128 *remainder;
	ac_uint256 *part;
	slow		expected[SLOW_PARTS_MAX];
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
	part = malloc(sizeof(*part) * (size_t) count);
	total.hi = number_of(in.total[0]);
	total.lo = number_of(in.total[1]);
	for (i = 0; i < count; i++)
		weight[i] = number_of(in.weight[i]);

	status = ac_allocate(&total, weight, count, NULL, part, remainder, &fault);
	REQUIRE(status == expected_status(weight, count));
	if (status == AC_OK)
	{
		slow_allocate(slow_of(total.hi, total.lo), weight, count, expected);
		for (i = 0; i < count; i++)
			REQUIRE(slow_compare(slow_of(part[i].hi, part[i].lo),
								 expected[i]) == 0);
	}
	free(weight);
	free(remainder);
	free(part);
	return 0;
}
