/*
 * tariff_cost.c
 *	  What a quantity costs under a tariff, in total and line by line.
 *
 * T(q) is the cost of a whole period's quantity q.  What is added later, or
 * taken back, costs the difference of two such totals, so that the parts of a
 * period always add up to the whole.
 */
#include "core/tariff.h"

/* A quantity that is rated. */
typedef struct rating
{
	ac_quantity billable;		/* the quantity without the allowance */
	ac_uint128	ceiling;		/* its units, rounded up: enough to compare */
	int			tier;			/* the tier of the last unit */
} rating;

static ac_int128
lower_bound(const ac_tariff *tariff, int tier)
{
	return tier > 0 ? tariff->tier[tier - 1].upto : 0;
}

/*
 * Return the first tier whose bound is not below ceiling; the number of tiers
 * if none.
 */
static int
find_tier(const ac_tariff *tariff, ac_uint128 ceiling)
{
	int			low = 0;
	int			high = tariff->count;

	/* search the bounded tiers only: an open last tier takes the rest */
	if (tariff->tier[high - 1].upto == AC_TIER_OPEN_BOUND)
		high--;
	while (low < high)
	{
		int			middle = (low + high) / 2;

		if ((ac_uint128) tariff->tier[middle].upto < ceiling)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static ac_status
fault_end(const ac_tariff *tariff, const ac_quantity *quantity,
		  ac_status status, ac_fault *fault)
{
	ac_int256	end;

	ac_tariff_end(tariff, &end);
	ac_quantity_format(quantity, fault->value[0]);
	ac_decimal_format(end, fault->value[1]);
	return status;
}

/* Find the billed part of a quantity. */
static ac_status
find_billable(const ac_tariff *tariff, const ac_quantity *quantity,
			  rating *result, ac_fault *fault)
{
	if (quantity->units < 0)
	{
		ac_quantity_format(quantity, fault->value[0]);
		return AC_QUANTITY_NEGATIVE;
	}
	result->billable.units = quantity->units - tariff->allowance;
	result->billable.rest = quantity->rest;
	if (result->billable.units < 0)
		result->billable = ac_quantity_from(0);
	result->ceiling = (ac_uint128) result->billable.units +
		(result->billable.rest > 0);
	return AC_OK;
}

/* Replace the quantity by the number of blocks, rounded up. */
static ac_status
count_blocks(const ac_tariff *tariff, rating *result)
{
	ac_uint128	block = (ac_uint128) tariff->block;
	ac_uint128	blocks = result->ceiling / block +
	(result->ceiling % block > 0);

	if (blocks > (ac_uint128) AC_INT128_MAX / AC_UNIT)
		return AC_QUANTITY_RANGE;
	result->billable = ac_quantity_from((ac_int128) (blocks * AC_UNIT));
	return AC_OK;
}

static ac_status
find_rated(const ac_tariff *tariff, const ac_quantity *quantity,
		   rating *result, ac_fault *fault)
{
	AC_TRY(find_billable(tariff, quantity, result, fault));
	result->tier = find_tier(tariff, result->ceiling);
	if (result->tier == tariff->count)
		return fault_end(tariff, quantity, AC_QUANTITY_PAST, fault);
	if (tariff->mode == AC_PACKAGE)
		return count_blocks(tariff, result);
	return AC_OK;
}

/* Return the part of the billed quantity in a tier that it reaches. */
static ac_quantity
part_in_tier(const ac_tariff *tariff, const rating *rated, int tier)
{
	ac_int128	lower = lower_bound(tariff, tier);
	ac_quantity part = rated->billable;

	if (tariff->mode != AC_GRADUATED)
		return part;
	if (tier < rated->tier)
		return ac_quantity_from(tariff->tier[tier].upto - lower);
	part.units -= lower;
	return part;
}

/* Calculate T(quantity).  The first tier's fee is due even without use. */
ac_status
ac_tariff_cost(const ac_tariff *tariff, const ac_quantity *quantity,
			   ac_amount *cost, ac_fault *fault)
{
	const ac_tier *tier;
	rating		rated;
	ac_quantity part;
	ac_amount	base = {.rest = 0};

	AC_TRY(find_rated(tariff, quantity, &rated, fault));
	tier = &tariff->tier[rated.tier];
	part = part_in_tier(tariff, &rated, rated.tier);
	*cost = ac_amount_of((ac_uint128) tier->price, &part);
	base.units.hi = (ac_int128) tier->base.hi;
	base.units.lo = tier->base.lo;
	ac_amount_add(cost, &base);
	return AC_OK;
}

/* Calculate T(prior + quantity) - T(prior), for a quantity of any sign. */
ac_status
ac_tariff_cost_after(const ac_tariff *tariff, const ac_quantity *prior,
					 const ac_quantity *quantity, ac_amount *cost,
					 ac_fault *fault)
{
	ac_quantity total = *prior;
	ac_amount	billed;

	if (!ac_quantity_add(&total, quantity))
		return AC_QUANTITY_RANGE;
	AC_TRY(ac_tariff_cost(tariff, prior, &billed, fault));
	AC_TRY(ac_tariff_cost(tariff, &total, cost, fault));
	ac_amount_subtract(cost, &billed);
	return AC_OK;
}

/*
 * The price of the next unit: that of the tier above quantity.  Within the
 * allowance it is 0; fees, and what a volume price saves on the units before,
 * are no part of it.  For a package it is the price of a block.
 */
ac_status
ac_tariff_marginal(const ac_tariff *tariff, const ac_quantity *quantity,
				   ac_int128 *price, ac_fault *fault)
{
	rating		rated;
	int			tier;

	AC_TRY(find_billable(tariff, quantity, &rated, fault));
	/* units are rounded down: the next unit lies above them */
	tier = find_tier(tariff, (ac_uint128) rated.billable.units + 1);
	if (tier == tariff->count)
		return fault_end(tariff, quantity, AC_QUANTITY_LAST, fault);
	*price = quantity->units < tariff->allowance ? 0
		: tariff->tier[tier].price;
	return AC_OK;
}

/* Return the first billed tier; all from it up to rated->tier are billed. */
static int
first_tier(const ac_tariff *tariff, const rating *rated)
{
	return tariff->mode == AC_GRADUATED ? 0 : rated->tier;
}

/* Count the lines that explain T(quantity); they add up to it. */
ac_status
ac_tariff_lines(const ac_tariff *tariff, const ac_quantity *quantity,
				int *count, ac_fault *fault)
{
	rating		rated;

	AC_TRY(find_rated(tariff, quantity, &rated, fault));
	*count = rated.tier - first_tier(tariff, &rated) + 1;
	return AC_OK;
}

static ac_quantity
smaller(ac_quantity a, ac_quantity b)
{
	return ac_quantity_compare(&a, &b) < 0 ? a : b;
}

/*
 * Return one of the lines, counted from 0.  Bounds are in metered units: the
 * allowance shifts them, and the last ends at quantity.
 */
ac_status
ac_tariff_get_line(const ac_tariff *tariff, const ac_quantity *quantity,
				   int line, ac_tariff_line *result, ac_fault *fault)
{
	ac_quantity from = ac_quantity_from(tariff->allowance);
	ac_quantity upto = *quantity;
	const ac_tier *tier;
	rating		rated;
	ac_amount	flat;
	int			i;

	AC_TRY(find_rated(tariff, quantity, &rated, fault));
	i = first_tier(tariff, &rated) + line;
	tier = &tariff->tier[i];

	if (tariff->mode == AC_GRADUATED)
		from.units += lower_bound(tariff, i);
	if (i < rated.tier)
		upto = ac_quantity_from(tariff->allowance + tier->upto);
	result->tier = i + 1;
	result->from = smaller(from, *quantity);
	result->upto = upto;
	result->quantity = part_in_tier(tariff, &rated, i);
	result->price = tier->price;
	result->flat = tier->flat;
	result->amount = ac_amount_of((ac_uint128) tier->price, &result->quantity);
	flat = ac_amount_from((ac_uint128) tier->flat);
	ac_amount_add(&result->amount, &flat);
	return AC_OK;
}
