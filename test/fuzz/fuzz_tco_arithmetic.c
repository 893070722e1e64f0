/*
 * fuzz_tco_arithmetic.c
 *	  Sums, products and roundings are those of slow.h, or faults that leave
 *	  the value.
 *
 * An input is digits (1 byte), sign of the ratio (1), its numerator and
 * denominator (16 each), then the amounts of two values (128 each); what is
 * missing is zero.
 */
#include "core/tco.h"

#include "../unit/slow.h"
#include "fuzz.h"

typedef struct input
{
	int8_t		digits;
	uint8_t		negative;
	uint8_t		factor[2][sizeof(ac_uint128)];
	uint8_t		amount[2][AC_NCOMPONENTS][sizeof(ac_uint128)];
} input;

static ac_uint128
number_of(const uint8_t *bytes)
{
	ac_uint128	number;

	memcpy(&number, bytes, sizeof(number));
	return number;
}

static bool
same_tco(const ac_tco *a, const ac_tco *b)
{
	return memcmp(a, b, sizeof(ac_tco)) == 0;
}

static void
check_sums(const ac_tco *a, const ac_tco *b)
{
	ac_fault	fault;
	ac_tco		a_b = *a;
	ac_tco		b_a = *b;
	ac_status	status = ac_tco_add(&a_b, b, &fault);
	int			i;

	REQUIRE(ac_tco_add(&b_a, a, &fault) == status);
	REQUIRE(same_tco(&a_b, status == AC_OK ? &b_a : a));
	if (status == AC_OK)
	{
		REQUIRE(ac_int256_compare(ac_tco_total(&a_b),
								  ac_int256_add(ac_tco_total(a),
												ac_tco_total(b))) == 0);
		REQUIRE(ac_tco_subtract(&a_b, b, &fault) == AC_OK);
		REQUIRE(same_tco(&a_b, a));
	}
	else
	{
		bool		beyond = false;

		for (i = 0; i < AC_NCOMPONENTS; i++)
			beyond |= (a->amount[i] < 0) == (b->amount[i] < 0) &&
				(a->amount[i] < 0 ? a->amount[i] < AC_INT128_MIN - b->amount[i]
				 : a->amount[i] > AC_INT128_MAX - b->amount[i]);
		REQUIRE(status == AC_RANGE && beyond);
	}
}

static void
check_scale(const ac_tco *tco, const ac_ratio *ratio)
{
	ac_fault	fault;
	ac_tco		found = *tco;
	ac_tco		expected = *tco;
	bool		fits = true;
	ac_status	status = ac_tco_scale(&found, ratio, &fault);
	int			i;

	if (ratio->denominator == 0)
	{
		REQUIRE(status == AC_DIVISION_BY_ZERO && same_tco(&found, tco));
		return;
	}
	for (i = 0; i < AC_NCOMPONENTS; i++)
		fits &= slow_scale(tco->amount[i], ratio, &expected.amount[i]);
	REQUIRE(status == (fits ? AC_OK : AC_RANGE));
	REQUIRE(same_tco(&found, fits ? &expected : tco));
}

static void
check_round(const ac_tco *tco, int digits)
{
	ac_fault	fault;
	ac_tco		found = *tco;
	ac_tco		expected = *tco;
	bool		fits = true;
	ac_status	status = ac_tco_round(&found, digits, &fault);

	if (digits < AC_TCO_DIGITS_MIN)
	{
		REQUIRE(status == AC_DIGITS && same_tco(&found, tco));
		return;
	}
	if (digits < AC_SCALE)
		fits = slow_tco_round(&expected, digits);
	REQUIRE(status == (fits ? AC_OK : AC_RANGE));
	REQUIRE(same_tco(&found, fits ? &expected : tco));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	input		in = {0};
	ac_ratio	ratio;
	ac_tco		tco[2];
	ac_fault	fault;
	int			i,
				j;

	memcpy(&in, data, size < sizeof(in) ? size : sizeof(in));
	ratio.numerator = number_of(in.factor[0]);
	ratio.denominator = number_of(in.factor[1]);
	ratio.negative = in.negative & 1;
	for (i = 0; i < 2; i++)
	{
		ac_tco_zero(&tco[i]);
		REQUIRE(ac_tco_set_currency(&tco[i], "USD", 3, &fault) == AC_OK);
		for (j = 0; j < AC_NCOMPONENTS; j++)
			tco[i].amount[j] = (ac_int128) number_of(in.amount[i][j]);
	}

	check_sums(&tco[0], &tco[1]);
	check_scale(&tco[0], &ratio);
	check_round(&tco[0], in.digits);
	return 0;
}
