/*
 * tariff.c
 *	  The value behind the type tariff: what makes one valid, its order.
 */
#include <string.h>

#include "core/tariff.h"
#include "core/word.h"

static const char mode_name[][10] = {"graduated", "volume", "package"};

#define NMODES	((int) (sizeof(mode_name) / sizeof(mode_name[0])))

/*
 * Set all fields but the version, mode and number of tiers to 0; keep the
 * header.
 */
void
ac_tariff_init(ac_tariff *tariff, ac_tariff_mode mode, int count)
{
	memset(&tariff->version, 0,
		   ac_tariff_size(count) - offsetof(ac_tariff, version));
	tariff->version = AC_TARIFF_VERSION;
	tariff->mode = (uint8_t) mode;
	tariff->count = (uint16_t) count;
}

ac_status
ac_tariff_mode_by_name(const char *text, size_t len, ac_tariff_mode *mode,
					   ac_fault *fault)
{
	int			i;

	for (i = 0; i < NMODES; i++)
		if (ac_is_word(text, len, mode_name[i]))
		{
			*mode = (ac_tariff_mode) i;
			return AC_OK;
		}
	return ac_fault_part(fault, AC_TARIFF_MODE, text, len);
}

const char *
ac_tariff_mode_name(ac_tariff_mode mode)
{
	return mode_name[mode];
}

/* Report a fault in an element of a tariff; the first tier is 1. */
static ac_status
fault_element(ac_fault *fault, ac_status status, const char *name, int tier,
			  ac_int128 value)
{
	fault->name = name;
	ac_decimal_format(ac_int256_from(value), fault->value[0]);
	return ac_fault_number(fault, status, tier, 0);
}

/*
 * Check a number other than a bound: at least 0, and below AC_TIER_OPEN_BOUND.
 */
static ac_status
check_number(const char *name, int tier, ac_int128 value, ac_fault *fault)
{
	if (value < 0)
		return fault_element(fault, AC_TIER_NEGATIVE, name, tier, value);
	if (value == AC_TIER_OPEN_BOUND)
		return fault_element(fault, AC_TIER_RANGE, name, tier, value);
	return AC_OK;
}

static ac_status
check_tier(const ac_tariff *tariff, int i, ac_fault *fault)
{
	const ac_tier *tier = &tariff->tier[i];
	ac_int128	lower = i > 0 ? tariff->tier[i - 1].upto : 0;

	AC_TRY(check_number("price", i + 1, tier->price, fault));
	AC_TRY(check_number("flat", i + 1, tier->flat, fault));
	if (lower == AC_TIER_OPEN_BOUND)
		return ac_fault_number(fault, AC_TIER_OPEN, i, tariff->count);
	if (tier->upto <= lower)
	{
		ac_decimal_format(ac_int256_from(lower), fault->value[1]);
		return fault_element(fault, AC_TIER_BOUND, "upto", i + 1, tier->upto);
	}
	return AC_OK;
}

ac_status
ac_tariff_check_count(int count, ac_fault *fault)
{
	if (count == 0)
		return AC_TARIFF_EMPTY;
	if (count > AC_TARIFF_TIERS_MAX)
		return ac_fault_number(fault, AC_TARIFF_LIMIT, count,
							   AC_TARIFF_TIERS_MAX);
	return AC_OK;
}

/* Check the rules that every tariff must keep. */
static ac_status
check(const ac_tariff *tariff, ac_fault *fault)
{
	bool		package = tariff->mode == AC_PACKAGE;
	int			i;

	AC_TRY(ac_tariff_check_count(tariff->count, fault));
	AC_TRY(check_number("allowance", 0, tariff->allowance, fault));
	if (package ? tariff->block <= 0 : tariff->block != 0)
	{
		fault->name = mode_name[tariff->mode];
		return ac_fault_number(fault, AC_TARIFF_BLOCK, package, 0);
	}
	AC_TRY(check_number("block", 0, tariff->block, fault));
	if (package && tariff->count > 1)
		return ac_fault_number(fault, AC_TARIFF_PACKAGE, tariff->count, 1);
	for (i = 0; i < tariff->count; i++)
		AC_TRY(check_tier(tariff, i, fault));
	return AC_OK;
}

static ac_uint256
add(ac_uint256 a, ac_uint256 b)
{
	ac_uint256	sum;

	sum.lo = a.lo + b.lo;
	sum.hi = a.hi + b.hi + (sum.lo < a.lo);
	return sum;
}

/* Return the cost of a fully used tier, without its fee. */
static ac_uint256
full_cost(const ac_tariff *tariff, int i)
{
	const ac_tier *tier = &tariff->tier[i];
	ac_int128	width = tier->upto - (i > 0 ? tariff->tier[i - 1].upto : 0);

	return ac_uint128_multiply((ac_uint128) tier->price, (ac_uint128) width);
}

/*
 * Complete a tariff, whichever way it came in: check it, and work out the
 * bases of its tiers, so that no quantity has to be followed through them.
 */
ac_status
ac_tariff_seal(ac_tariff *tariff, ac_fault *fault)
{
	int			i;

	AC_TRY(check(tariff, fault));
	for (i = 0; i < tariff->count; i++)
	{
		ac_tier    *tier = &tariff->tier[i];

		tier->base = ac_uint128_multiply((ac_uint128) tier->flat, AC_UNIT);
		if (i > 0 && tariff->mode == AC_GRADUATED)
			tier->base = add(tier->base, add(tariff->tier[i - 1].base,
											 full_cost(tariff, i - 1)));
	}
	return AC_OK;
}

/* Replace widths, stored in place of the bounds, by bounds. */
ac_status
ac_tariff_from_widths(ac_tariff *tariff, ac_fault *fault)
{
	ac_int128	bound = 0;
	int			i;

	for (i = 0; i < tariff->count; i++)
	{
		ac_int128	width = tariff->tier[i].upto;

		if (width == AC_TIER_OPEN_BOUND)
			continue;
		if (width <= 0)
			return fault_element(fault, AC_TIER_NOT_ABOVE, "width", i + 1, width);
		if (__builtin_add_overflow(bound, width, &bound) ||
			bound == AC_TIER_OPEN_BOUND)
			return fault_element(fault, AC_TIER_RANGE, "width", i + 1, width);
		tariff->tier[i].upto = bound;
	}
	return AC_OK;
}

static ac_status
fault_twice(const ac_tier *tier, ac_fault *fault)
{
	ac_decimal_format(ac_int256_from(tier->upto), fault->value[0]);
	return ac_fault_number(fault, AC_TIER_TWICE,
						   tier->upto == AC_TIER_OPEN_BOUND, 0);
}

/* Insert a tier in the order of bounds; the caller has made room for it. */
ac_status
ac_tariff_insert(ac_tariff *tariff, const ac_tier *tier, ac_fault *fault)
{
	int			place = tariff->count;

	while (place > 0 && tariff->tier[place - 1].upto > tier->upto)
		place--;
	if (place > 0 && tariff->tier[place - 1].upto == tier->upto)
		return fault_twice(tier, fault);
	memmove(&tariff->tier[place + 1], &tariff->tier[place],
			(size_t) (tariff->count - place) * sizeof(ac_tier));
	tariff->tier[place] = *tier;
	tariff->count++;
	return AC_OK;
}

static bool
same_head(const ac_tariff *a, const ac_tariff *b)
{
	return a->mode == b->mode && a->block == b->block &&
		a->allowance == b->allowance;
}

static bool
same_tier(const ac_tier *a, const ac_tier *b)
{
	return a->upto == b->upto && a->price == b->price && a->flat == b->flat;
}

/* Report how two tariffs differ: as a whole, or from which tier on. */
ac_status
ac_tariff_fault_mismatch(const ac_tariff *a, const ac_tariff *b,
						 ac_fault *fault)
{
	int			first = 0;

	if (same_head(a, b))
		while (first < a->count && first < b->count &&
			   same_tier(&a->tier[first], &b->tier[first]))
			first++;
	ac_tariff_show(a, first, fault->value[0], sizeof(fault->value[0]));
	ac_tariff_show(b, first, fault->value[1], sizeof(fault->value[1]));
	return ac_fault_number(fault, AC_TARIFF_MISMATCH, first + 1, 0);
}

/* Report the first bound that two tariffs share as a fault. */
static ac_status
check_bounds_differ(const ac_tariff *a, const ac_tariff *b, ac_fault *fault)
{
	int			i = 0;
	int			j = 0;

	while (i < a->count && j < b->count)
	{
		if (a->tier[i].upto == b->tier[j].upto)
			return fault_twice(&b->tier[j], fault);
		if (a->tier[i].upto < b->tier[j].upto)
			i++;
		else
			j++;
	}
	return AC_OK;
}

/*
 * Put in the tiers of another tariff, for which the caller has made room: the
 * last first, so that none is moved twice.
 */
ac_status
ac_tariff_merge(ac_tariff *tariff, const ac_tariff *other, ac_fault *fault)
{
	int			mine = tariff->count;
	int			theirs = other->count;

	if (!same_head(tariff, other))
		return ac_tariff_fault_mismatch(tariff, other, fault);
	AC_TRY(check_bounds_differ(tariff, other, fault));
	tariff->count += other->count;
	while (theirs > 0)
	{
		ac_tier    *place = &tariff->tier[mine + theirs - 1];

		if (mine > 0 &&
			tariff->tier[mine - 1].upto > other->tier[theirs - 1].upto)
			*place = tariff->tier[--mine];
		else
			*place = other->tier[--theirs];
	}
	return AC_OK;
}

static int
compare_numbers(ac_int128 a, ac_int128 b)
{
	return a < b ? -1 : a > b;
}

/*
 * A total order: by mode, block, allowance, then tier by tier, where the bound
 * counts before the price and the price before the fee.
 */
int
ac_tariff_compare(const ac_tariff *a, const ac_tariff *b)
{
	int			order = a->mode - b->mode;
	int			i;

	if (order == 0)
		order = compare_numbers(a->block, b->block);
	if (order == 0)
		order = compare_numbers(a->allowance, b->allowance);
	for (i = 0; order == 0 && i < a->count && i < b->count; i++)
	{
		order = compare_numbers(a->tier[i].upto, b->tier[i].upto);
		if (order == 0)
			order = compare_numbers(a->tier[i].price, b->tier[i].price);
		if (order == 0)
			order = compare_numbers(a->tier[i].flat, b->tier[i].flat);
	}
	return order != 0 ? order : a->count - b->count;
}

bool
ac_tariff_same(const ac_tariff *a, const ac_tariff *b)
{
	return a->count == b->count &&
		memcmp(&a->version, &b->version, ac_tariff_size(a->count) -
			   offsetof(ac_tariff, version)) == 0;
}
