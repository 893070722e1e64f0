/*
 * fuzz_tariff_cost.c
 *	  What a quantity costs is what slow_tariff.h says; parts of it add up,
 *	  and so do its lines.  What is free costs nothing.
 *
 * An input is mode, its top bit the sign of the second quantity, and number
 * of tiers (1 byte each), two quantities (17 each), allowance and block (9
 * each), then width, price and fee of each tier (9 each); what is missing is
 * zero.
 */
#include "core/tariff.h"

#include "../unit/slow_tariff.h"
#include "fuzz.h"

#define TIERS_MAX	6

typedef struct input
{
	const uint8_t *data;
	size_t		size;
} input;

static uint8_t
take_byte(input *in)
{
	if (in->size == 0)
		return 0;
	in->size--;
	return *in->data++;
}

static uint64_t
take_word(input *in)
{
	uint64_t	word = 0;
	int			i;

	for (i = 0; i < 8; i++)
		word = word << 8 | take_byte(in);
	return word;
}

/* A power of ten and what it is taken times, as amounts mostly are. */
static ac_int128
take_number(input *in)
{
	ac_uint128	power = ac_pow10(take_byte(in) % 20);

	return (ac_int128) (power * take_word(in));
}

static ac_quantity
take_quantity(input *in)
{
	ac_quantity quantity = {.units = take_number(in)};

	quantity.rest = take_word(in) % AC_UNIT;
	return quantity;
}

/* False if the bytes tell of no tariff. */
static bool
take_tariff(input *in, ac_tariff_mode mode, int count, ac_tariff *tariff)
{
	ac_fault	fault;
	int			i;

	ac_tariff_init(tariff, mode, count);
	tariff->allowance = take_number(in);
	tariff->block = take_number(in);
	if (mode != AC_PACKAGE)
		tariff->block = 0;
	for (i = 0; i < count; i++)
	{
		ac_int128	width = take_number(in);

		tariff->tier[i].upto = width == 0 && i == count - 1
			? AC_TIER_OPEN_BOUND : width;
		tariff->tier[i].price = take_number(in);
		tariff->tier[i].flat = take_number(in);
	}
	return ac_tariff_from_widths(tariff, &fault) == AC_OK &&
		ac_tariff_seal(tariff, &fault) == AC_OK;
}

static bool
same_amount(const ac_amount *a, const ac_amount *b)
{
	return ac_int256_compare(a->units, b->units) == 0 && a->rest == b->rest;
}

static void
check_cost(const ac_tariff *tariff, const ac_quantity *quantity)
{
	ac_amount	cost;
	ac_fault	fault;
	slow		expected;
	ac_status	status = slow_tariff_cost(tariff, quantity, &expected);

	REQUIRE(ac_tariff_cost(tariff, quantity, &cost, &fault) == status);
	REQUIRE(status != AC_OK || slow_equal(slow_of_amount(&cost), expected));
}

/* T(a) and what b costs after it are T(a + b), and back again. */
static void
check_parts(const ac_tariff *tariff, const ac_quantity *a,
			const ac_quantity *b)
{
	ac_quantity total = *a;
	ac_quantity back = ac_quantity_from(0);
	ac_amount	cost;
	ac_amount	first;
	ac_amount	second;
	ac_amount	returned;
	ac_fault	fault;

	if (!ac_quantity_add(&total, b))
	{
		REQUIRE(ac_tariff_cost_after(tariff, a, b, &cost,
									 &fault) == AC_QUANTITY_RANGE);
		return;
	}
	if (ac_tariff_cost(tariff, &total, &cost, &fault) != AC_OK ||
		ac_tariff_cost(tariff, a, &first, &fault) != AC_OK)
	{
		REQUIRE(ac_tariff_cost_after(tariff, a, b, &cost, &fault) != AC_OK);
		return;
	}
	REQUIRE(ac_tariff_cost_after(tariff, a, b, &second, &fault) == AC_OK);
	ac_amount_add(&first, &second);
	REQUIRE(same_amount(&first, &cost));

	if (!ac_quantity_subtract(&back, b))
		return;
	REQUIRE(ac_tariff_cost_after(tariff, &total, &back, &returned,
								 &fault) == AC_OK);
	ac_amount_add(&second, &returned);
	REQUIRE(ac_int256_is_zero(second.units) && second.rest == 0);
}

static void
check_lines(const ac_tariff *tariff, const ac_quantity *quantity)
{
	ac_quantity at = ac_quantity_from(tariff->allowance);
	ac_amount	cost;
	ac_amount	sum = ac_amount_from(0);
	ac_fault	fault;
	int			count;
	ac_status	status = ac_tariff_cost(tariff, quantity, &cost, &fault);
	int			i;

	REQUIRE(ac_tariff_lines(tariff, quantity, &count, &fault) == status);
	if (status != AC_OK)
		return;
	REQUIRE(count >= 1 && count <= tariff->count);
	if (ac_quantity_compare(quantity, &at) < 0)
		at = *quantity;
	for (i = 0; i < count; i++)
	{
		ac_tariff_line line;

		REQUIRE(ac_tariff_get_line(tariff, quantity, i, &line,
								   &fault) == AC_OK);
		REQUIRE(line.tier >= 1 && line.tier <= tariff->count);
		REQUIRE(ac_quantity_compare(&line.from, &at) == 0);
		at = line.upto;
		ac_amount_add(&sum, &line.amount);
	}
	REQUIRE(ac_quantity_compare(&at, quantity) == 0);
	REQUIRE(same_amount(&sum, &cost));
}

/* The least more costs the marginal price, and the fee of a tier begun. */
static void
check_marginal(const ac_tariff *tariff, const ac_quantity *quantity)
{
	const ac_quantity least = {.rest = 1};
	ac_amount	rise;
	ac_int128	price;
	ac_fault	fault;
	int			before;
	int			after;
	ac_quantity more = *quantity;
	slow		expected;

	if (tariff->mode != AC_GRADUATED ||
		ac_tariff_cost_after(tariff, quantity, &least, &rise,
							 &fault) != AC_OK)
		return;
	REQUIRE(ac_tariff_marginal(tariff, quantity, &price, &fault) == AC_OK);
	REQUIRE(ac_quantity_add(&more, &least));
	REQUIRE(ac_tariff_lines(tariff, quantity, &before, &fault) == AC_OK);
	REQUIRE(ac_tariff_lines(tariff, &more, &after, &fault) == AC_OK);
	expected = slow_magnitude(price);
	if (after > before)
		expected = slow_add(expected,
							slow_fee(tariff->tier[after - 1].flat));
	REQUIRE(slow_equal(slow_of_amount(&rise), expected));
}

/*
 * With a larger allowance a quantity costs what it would without that much of
 * it.
 */
static void
check_allowance(const ac_tariff *tariff, ac_int128 quantity,
				const ac_quantity *rated, ac_tariff *with_free)
{
	ac_quantity billed = *rated;
	ac_quantity deducted = ac_quantity_from(quantity);
	ac_amount	cost;
	ac_amount	expected;
	ac_fault	fault;
	ac_status	status = ac_tariff_add_allowance(tariff, quantity, with_free,
												 &fault);

	if (status != AC_OK)
	{
		REQUIRE(status == AC_TIER_RANGE && tariff->allowance > 0);
		return;
	}
	REQUIRE(ac_quantity_subtract(&billed, &deducted));
	if (billed.units < 0)
		billed = ac_quantity_from(0);
	status = ac_tariff_cost(tariff, &billed, &expected, &fault);
	REQUIRE(ac_tariff_cost(with_free, rated, &cost, &fault) == status);
	REQUIRE(status != AC_OK || same_amount(&cost, &expected));
}

/*
 * With a free first tier, up to that nothing is due; what comes after it costs
 * what it did.
 */
static void
check_free_tier(const ac_tariff *tariff, ac_int128 quantity,
				const ac_quantity *rated, ac_tariff *with_free)
{
	ac_quantity prior;
	ac_quantity more = *rated;
	ac_amount	cost;
	ac_amount	expected;
	ac_fault	fault;

	if (tariff->mode != AC_GRADUATED ||
		quantity > AC_TIER_OPEN_BOUND - tariff->allowance - 1)
		return;
	REQUIRE(ac_tariff_add_free_tier(tariff, quantity, with_free,
									&fault) == AC_OK);
	prior = ac_quantity_from(tariff->allowance + quantity);
	REQUIRE(ac_tariff_cost(with_free, &prior, &cost, &fault) == AC_OK);
	REQUIRE(ac_int256_is_zero(cost.units) && cost.rest == 0);
	if (ac_quantity_compare(rated, &prior) <= 0 ||
		with_free->count == 1 ||
		ac_tariff_cost(with_free, rated, &cost, &fault) != AC_OK)
		return;

	/* the fee of the tier in which the free quantity ends is due in it */
	REQUIRE(ac_quantity_subtract(&more, &prior));
	REQUIRE(ac_tariff_cost_after(tariff, &prior, &more, &expected,
								 &fault) == AC_OK);
	if (with_free->count == tariff->count + 1 ||
		tariff->tier[tariff->count - with_free->count].upto < quantity)
	{
		ac_amount	fee = ac_amount_from((ac_uint128) with_free->tier[1].flat);

		ac_amount_add(&expected, &fee);
	}
	REQUIRE(same_amount(&cost, &expected));
}

static void
check_free(const ac_tariff *tariff, const ac_quantity *free_quantity,
		   const ac_quantity *rated)
{
	ac_tariff  *with_free = new_room(ac_tariff_size(tariff->count + 1));
	ac_int128	quantity = free_quantity->units;

	if (quantity > 0 && quantity != AC_TIER_OPEN_BOUND && rated->units >= 0)
	{
		check_allowance(tariff, quantity, rated, with_free);
		check_free_tier(tariff, quantity, rated, with_free);
	}
	free(with_free);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	input		in = {.data = data,.size = size};
	uint8_t		first = take_byte(&in);
	ac_tariff_mode mode = (ac_tariff_mode) ((first & 0x7f) % 3);
	int			count = 1 + take_byte(&in) % TIERS_MAX;
	ac_quantity a = take_quantity(&in);
	ac_quantity b = take_quantity(&in);
	ac_quantity correction = ac_quantity_from(0);
	ac_tariff  *tariff = new_room(ac_tariff_size(count));

	if (first & 0x80 && ac_quantity_subtract(&correction, &b))
		b = correction;
	if (take_tariff(&in, mode, count, tariff))
	{
		check_cost(tariff, &a);
		check_parts(tariff, &a, &b);
		check_lines(tariff, &a);
		check_marginal(tariff, &a);
		check_free(tariff, &b, &a);
	}
	free(tariff);
	return 0;
}
