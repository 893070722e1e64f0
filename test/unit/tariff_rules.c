/*
 * tariff_rules.c
 *	  The rules that all bills keep, whatever the tariff and the quantity.
 */
#include "sample_tariff.h"
#include "slow_tariff.h"

#define SAMPLES 6000
#define TIERS 1000

static const ac_quantity least = {.rest = 1};

static bool
cost_is_that_of_the_contract(void)
{
	ac_tariff  *tariff = sample_tariff(TIERS);
	ac_quantity quantity = sample_metered(tariff);
	ac_amount	cost;
	ac_fault	fault;
	slow		expected;
	ac_status	status;
	bool		same;

	if (sample_below(16) == 0)
		quantity = sample_quantity();
	status = slow_tariff_cost(tariff, &quantity, &expected);
	same = ac_tariff_cost(tariff, &quantity, &cost, &fault) == status &&
		(status != AC_OK || (!ac_int256_negative(cost.units) &&
							 cost.rest < AC_UNIT &&
							 slow_equal(slow_of_amount(&cost), expected)));
	free(tariff);
	return same;
}

static bool
cost_after_is_a_difference(void)
{
	ac_tariff  *tariff = sample_tariff(20);
	ac_quantity prior = sample_metered(tariff);
	ac_quantity total = sample_metered(tariff);
	ac_quantity quantity = total;
	ac_amount	cost;
	ac_fault	fault;
	slow		before;
	slow		after;
	ac_status	expected = slow_tariff_cost(tariff, &prior, &before);
	ac_status	status;
	bool		same;

	ac_quantity_subtract(&quantity, &prior);
	if (expected == AC_OK)
		expected = slow_tariff_cost(tariff, &total, &after);
	status = ac_tariff_cost_after(tariff, &prior, &quantity, &cost, &fault);
	same = status == expected &&
		(status != AC_OK || slow_is_difference(&cost, after, before));
	free(tariff);
	return same;
}

#define PARTS 12

/* Add what parts cost, one after the other, and take them off the whole. */
static bool
add_parts(const ac_tariff *tariff, ac_quantity running,
		  const ac_quantity *part, const int *order, ac_amount *sum)
{
	int			i;

	*sum = ac_amount_from(0);
	for (i = 0; i < PARTS; i++)
	{
		ac_amount	cost;
		ac_fault	fault;

		if (ac_tariff_cost_after(tariff, &running, &part[order[i]], &cost,
								 &fault) != AC_OK)
			return false;
		ac_amount_add(sum, &cost);
		ac_quantity_add(&running, &part[order[i]]);
	}
	return true;
}

/*
 * A month in parts, a third of them corrections, on top of enough that no
 * running total is negative.
 */
static bool
parts_add_up(void)
{
	ac_tariff  *tariff = sample_tariff(20);
	ac_quantity part[PARTS];
	ac_quantity start = ac_quantity_from(0);
	ac_quantity total;
	int			order[PARTS];
	ac_amount	cost;
	ac_amount	base;
	ac_amount	sum;
	ac_amount	other_sum;
	ac_fault	fault;
	ac_tier    *last = &tariff->tier[tariff->count - 1];
	bool		same;
	int			i;

	last->upto = AC_TIER_OPEN_BOUND;
	if (tariff->block > 0 && tariff->block < 1000000000)
		tariff->block += 1000000000;
	seal(tariff);
	for (i = 0; i < PARTS; i++)
	{
		part[i] = ac_quantity_from(sample_decimal(10000));
		part[i].rest = sample_rest();
		order[i] = i;
		if (i % 3 == 0)
		{
			ac_quantity_add(&start, &part[i]);
			ac_quantity_subtract(&part[i], &start);
		}
	}
	/* each correction is at most start, so this is enough */
	start.units = start.units * PARTS + sample_decimal(10000);
	total = start;
	for (i = 0; i < PARTS; i++)
		ac_quantity_add(&total, &part[i]);

	same = ac_tariff_cost(tariff, &total, &cost, &fault) == AC_OK &&
		ac_tariff_cost(tariff, &start, &base, &fault) == AC_OK &&
		add_parts(tariff, start, part, order, &sum);
	for (i = PARTS - 1; i > 0; i--)
	{
		int			other = sample_below(i + 1);
		int			swap = order[i];

		order[i] = order[other];
		order[other] = swap;
	}
	same = same && add_parts(tariff, start, part, order, &other_sum) &&
		same_amount(&sum, &other_sum);
	ac_amount_add(&base, &sum);
	same = same && same_amount(&base, &cost);
	free(tariff);
	return same;
}

/* A line is what its tier says, and its amount the product. */
static bool
line_is_right(const ac_tariff *tariff, const ac_tariff_line *line)
{
	const ac_tier *tier = &tariff->tier[line->tier - 1];
	slow		product = slow_multiply(slow_magnitude(tier->price),
										slow_of_quantity(&line->quantity));

	return line->price == tier->price && line->flat == tier->flat &&
		line->quantity.units >= 0 && line->quantity.rest < AC_UNIT &&
		slow_equal(slow_of_amount(&line->amount),
				   slow_add(product, slow_fee(tier->flat)));
}

/* What lies between the bounds of a line, without what is not billed. */
static bool
spans_its_quantity(const ac_tariff *tariff, const ac_tariff_line *line)
{
	ac_quantity span = line->upto;
	slow		block = slow_finer(slow_magnitude(tariff->block));
	slow		blocks = slow_magnitude(line->quantity.units);
	slow		none = {{0}};

	ac_quantity_subtract(&span, &line->from);
	if (tariff->mode != AC_PACKAGE)
		return ac_quantity_compare(&span, &line->quantity) == 0;

	/* whole blocks, and the last of them is begun */
	blocks = slow_divide(blocks, slow_unit(), &none);
	return slow_bits(&none) == 0 && line->quantity.rest == 0 &&
		slow_compare(slow_multiply(blocks, block),
					 slow_of_quantity(&span)) >= 0 &&
		(slow_bits(&blocks) == 0 ||
		 slow_compare(slow_multiply(slow_subtract(blocks, slow_of(0, 1)),
									block), slow_of_quantity(&span)) < 0);
}

static bool
lines_add_up(void)
{
	ac_tariff  *tariff = sample_tariff(100);
	ac_quantity quantity = sample_metered(tariff);
	ac_quantity at = ac_quantity_from(tariff->allowance);
	ac_amount	cost;
	ac_amount	sum = ac_amount_from(0);
	ac_fault	fault;
	int			count = -1;
	int			tier = 0;
	ac_status	status = ac_tariff_cost(tariff, &quantity, &cost, &fault);
	bool		right;
	int			i;

	right = ac_tariff_lines(tariff, &quantity, &count, &fault) == status;
	if (status != AC_OK)
	{
		free(tariff);
		return right;
	}
	if (ac_quantity_compare(&quantity, &at) < 0)
		at = quantity;
	right = right && count >= 1;
	for (i = 0; i < count && right; i++)
	{
		ac_tariff_line line;

		right = ac_tariff_get_line(tariff, &quantity, i, &line,
								   &fault) == AC_OK &&
			ac_quantity_compare(&line.from, &at) == 0 &&
			(tariff->mode == AC_VOLUME || line.tier == tier + 1) &&
			line_is_right(tariff, &line) && spans_its_quantity(tariff, &line);
		at = line.upto;
		tier = line.tier;
		ac_amount_add(&sum, &line.amount);
	}
	right = right && ac_quantity_compare(&at, &quantity) == 0 &&
		same_amount(&sum, &cost) &&
		(tariff->mode == AC_GRADUATED || count == 1);
	free(tariff);
	return right;
}

/* The tier of the last line; 0 if there is no bill. */
static int
last_tier(const ac_tariff *tariff, const ac_quantity *quantity)
{
	ac_tariff_line line;
	ac_fault	fault;
	int			count;

	if (ac_tariff_lines(tariff, quantity, &count, &fault) != AC_OK ||
		ac_tariff_get_line(tariff, quantity, count - 1, &line,
						   &fault) != AC_OK)
		return 0;
	return line.tier;
}

static bool
bounds_belong_to_the_tier_below(void)
{
	ac_tariff  *tariff = sample_tariff(TIERS);
	int			i = sample_below(tariff->count);
	ac_int128	upto = tariff->tier[i].upto;
	bool		last = i == tariff->count - 1;
	bool		right = true;

	if (upto != AC_TIER_OPEN_BOUND && tariff->mode != AC_PACKAGE &&
		upto <= AC_INT128_MAX - tariff->allowance)
	{
		ac_quantity bound = ac_quantity_from(upto + tariff->allowance);
		ac_quantity above = bound;

		ac_quantity_add(&above, &least);
		right = last_tier(tariff, &bound) == i + 1 &&
			last_tier(tariff, &above) == (last ? 0 : i + 2);
	}
	free(tariff);
	return right;
}

/*
 * Where the tier that the next unit falls in, or the allowance, ends; false if
 * there is none.
 */
static bool
find_end(const ac_tariff *tariff, const ac_quantity *quantity, int *tier,
		 ac_quantity *end)
{
	*end = ac_quantity_from(tariff->allowance);
	*tier = -1;
	while (ac_quantity_compare(end, quantity) <= 0)
	{
		ac_int128	upto;

		if (++*tier == tariff->count)
			return false;
		upto = tariff->tier[*tier].upto;
		end->units = AC_INT128_MAX;
		end->rest = AC_UNIT - 1;
		if (upto <= AC_INT128_MAX - tariff->allowance &&
			upto != AC_TIER_OPEN_BOUND)
			*end = ac_quantity_from(upto + tariff->allowance);
	}
	return true;
}

/* T(q + h) - T(q) is h at the marginal price of q, and the fee on a bound. */
static bool
marginal_is_the_difference_quotient(void)
{
	ac_tariff  *tariff = sample_graduated(100);
	ac_quantity quantity = sample_metered(tariff);
	ac_quantity step;
	ac_quantity end;
	ac_quantity start;
	ac_int128	price;
	ac_amount	rise;
	ac_fault	fault;
	ac_status	status;
	slow		expected;
	int			tier;
	bool		right;

	quantity.units -= quantity.units == AC_INT128_MAX;
	status = ac_tariff_marginal(tariff, &quantity, &price, &fault);
	if (!find_end(tariff, &quantity, &tier, &end))
	{
		free(tariff);
		return status == AC_QUANTITY_LAST;
	}
	step = end;
	ac_quantity_subtract(&step, &quantity);
	if (sample_below(2))
		step = least;
	right = status == AC_OK &&
		ac_tariff_cost_after(tariff, &quantity, &step, &rise, &fault) == AC_OK;

	expected = slow_multiply(slow_magnitude(price), slow_of_quantity(&step));
	if (tier > 0)
	{
		start = ac_quantity_from(tariff->allowance +
								 tariff->tier[tier - 1].upto);
		if (ac_quantity_compare(&start, &quantity) == 0)
			expected = slow_add(expected,
								slow_fee(tariff->tier[tier].flat));
	}
	right = right && !ac_int256_negative(rise.units) &&
		slow_equal(slow_of_amount(&rise), expected);
	free(tariff);
	return right;
}

static bool
graduated_is_monotone(void)
{
	ac_tariff  *tariff = sample_graduated(100);
	ac_quantity a = sample_metered(tariff);
	ac_quantity b = sample_metered(tariff);
	ac_quantity step = b;
	ac_amount	rise;
	ac_fault	fault;
	bool		right;

	ac_quantity_subtract(&step, &a);
	right = ac_tariff_cost_after(tariff, &a, &step, &rise, &fault) != AC_OK ||
		ac_quantity_is_zero(&step) ||
		(step.units < 0 ? ac_int256_negative(rise.units) ||
		 (ac_int256_is_zero(rise.units) && rise.rest == 0)
		 : !ac_int256_negative(rise.units));
	free(tariff);
	return right;
}

int
main(void)
{
	property(cost_is_that_of_the_contract, SAMPLES, "a cost is what the "
			 "contract says, tier by tier");
	property(cost_after_is_a_difference, SAMPLES, "what comes after costs "
			 "the difference of two totals");
	property(parts_add_up, SAMPLES, "parts and corrections add up to the "
			 "whole, in any order");
	property(lines_add_up, SAMPLES, "lines follow one another, end at the "
			 "quantity and add up to the cost");
	property(bounds_belong_to_the_tier_below, SAMPLES, "a bound belongs to "
			 "the tier below, the least more does not");
	property(marginal_is_the_difference_quotient, SAMPLES, "the marginal "
			 "price is the rise of the cost by the rise of the quantity");
	property(graduated_is_monotone, SAMPLES, "a graduated cost never falls "
			 "as the quantity rises");
	return tap_done();
}
