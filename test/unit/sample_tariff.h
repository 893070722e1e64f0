/*
 * sample_tariff.h
 *	  Generated tariffs and quantities, with a liking for edges, and such as
 *	  their texts say.
 */
#ifndef AC_SAMPLE_TARIFF_H
#define AC_SAMPLE_TARIFF_H

#include "core/tariff_state.h"

#include "sample.h"

/* Room for a tariff of so many tiers and not a byte more.  To be freed. */
static inline ac_tariff *
new_tariff(int tiers)
{
	ac_tariff  *tariff = malloc(ac_tariff_size(tiers));

	if (tariff == NULL)
		abort();
	memset(tariff, 'x', ac_tariff_size(tiers));
	return tariff;
}

/* The tariff of a text that is well-formed.  To be freed. */
static inline ac_tariff *
tariff_of(const char *text)
{
	size_t		len = strlen(text);
	ac_tariff  *tariff = new_tariff(ac_tariff_text_tiers(text, len));
	ac_fault	fault;

	if (ac_tariff_parse(text, len, tariff, &fault) != AC_OK)
		abort();
	return tariff;
}

/* Parse a copy of exactly the size of the text into as much room as told. */
static inline ac_status
parse_tariff(const char *text, size_t len, ac_tariff **tariff, ac_fault *fault)
{
	char	   *copy = exact_copy(text, len);
	ac_status	status;

	memset(fault, 0, sizeof(*fault));
	*tariff = new_tariff(ac_tariff_text_tiers(copy, len));
	memset((*tariff)->header, 0, sizeof((*tariff)->header));
	status = ac_tariff_parse(copy, len, *tariff, fault);

	/* so that the part can be looked at when the copy is gone */
	if (fault->part != NULL)
		fault->part = text + (fault->part - copy);
	free(copy);
	return status;
}

static inline ac_quantity
quantity_of(const char *text)
{
	ac_quantity quantity;
	ac_fault	fault;

	if (ac_quantity_parse(text, strlen(text), &quantity, &fault) != AC_OK)
		abort();
	return quantity;
}

static inline void
is_tariff(const ac_tariff *found, const char *expected, const char *rule)
{
	char	   *text = malloc(AC_TARIFF_TEXT_MAX(found->count));

	if (text == NULL)
		abort();
	ac_tariff_format(found, text);
	is_text(text, expected, rule);
	free(text);
}

/* Complete a tariff that is valid. */
static inline void
seal(ac_tariff *tariff)
{
	ac_fault	fault;

	if (ac_tariff_seal(tariff, &fault) != AC_OK)
		abort();
}

/* What is left of a unit: often nothing, or next to the edge. */
static inline uint64_t
sample_rest(void)
{
	switch (sample_below(8))
	{
		case 0:
			return 1;
		case 1:
			return AC_UNIT - 1;
		case 2:
		case 3:
			return sample_bits() % AC_UNIT;
		default:
			return 0;
	}
}

/* Any quantity. */
static inline ac_quantity
sample_quantity(void)
{
	ac_quantity quantity = {.units = sample_int128()};

	quantity.rest = sample_rest();
	return quantity;
}

/* 0 to 2^127 - 2: what any number of a tariff but a block can be. */
static inline ac_int128
sample_number(void)
{
	ac_int128	number = (ac_int128) (sample_uint128() >> 1);

	return number - (number == AC_TIER_OPEN_BOUND);
}

/* Below a number of whole units, with at most 9 decimals. */
static inline ac_int128
sample_decimal(int64_t below)
{
	ac_int128	whole = (ac_int128) (sample_bits() % (uint64_t) below);

	whole *= AC_UNIT;
	if (sample_below(2))
		whole += (ac_int128) (sample_bits() % 1000000000) * 1000000000;
	return whole;
}

static inline ac_int128
sample_width(bool large)
{
	switch (sample_below(4))
	{
		case 0:
			return 1 + sample_below(2);
		case 1:
			return (ac_int128) AC_UNIT * (1 + sample_below(1000));
		case 2:
			return 1 + sample_decimal(1000000);
		default:
			return large ? 1 + (sample_number() >> 5)
				: 1 + sample_decimal(INT64_C(100000000000));
	}
}

/*
 * Any tariff of at most so many tiers, a few mostly.  One in eight goes to the
 * limits of numbers, the others stay where prices are.  To be freed.
 */
static inline ac_tariff *
sample_tariff(int tiers_max)
{
	static const uint8_t modes[] = {
		AC_GRADUATED, AC_GRADUATED, AC_GRADUATED, AC_VOLUME, AC_VOLUME,
		AC_PACKAGE
	};
	ac_tariff_mode mode = (ac_tariff_mode) modes[sample_below(6)];
	bool		large = sample_below(8) == 0;
	int			few = tiers_max < 6 ? tiers_max : 6;
	int			count = mode == AC_PACKAGE ? 1 :
	1 + sample_below(sample_below(32) > 0 || large ? few : tiers_max);
	bool		fees = sample_below(2);
	ac_tariff  *tariff = new_tariff(count);
	ac_int128	bound = 0;
	int			i;

	memset(tariff->header, 0, sizeof(tariff->header));
	ac_tariff_init(tariff, mode, count);
	if (sample_below(2))
		tariff->allowance = large ? sample_number() : sample_decimal(1000);
	if (mode == AC_PACKAGE)
		tariff->block = sample_width(large);
	for (i = 0; i < count; i++)
	{
		ac_tier    *tier = &tariff->tier[i];

		bound += sample_width(large);
		tier->upto = bound;
		if (sample_below(8) > 0)
			tier->price = large ? sample_number() : sample_decimal(1000);
		if (fees && sample_below(2))
			tier->flat = large ? sample_number() : sample_decimal(1000);
	}
	if (sample_below(4) > 0)
		tariff->tier[count - 1].upto = AC_TIER_OPEN_BOUND;
	seal(tariff);
	return tariff;
}

static inline ac_tariff *
sample_graduated(int tiers_max)
{
	ac_tariff  *tariff = sample_tariff(tiers_max);

	tariff->mode = AC_GRADUATED;
	tariff->block = 0;
	seal(tariff);
	return tariff;
}

/* A little more or less, and never below 0. */
static inline ac_quantity
sample_near(ac_quantity quantity)
{
	static const ac_quantity little[] = {
		{.rest = 1}, {.units = 1}, {.units = AC_UNIT}
	};
	ac_quantity step = little[sample_below(3)];

	switch (sample_below(3))
	{
		case 0:
			ac_quantity_add(&quantity, &step);
			break;
		case 1:
			ac_quantity_subtract(&quantity, &step);
			break;
		default:
			break;
	}
	return quantity.units < 0 ? ac_quantity_from(0) : quantity;
}

/* What could be rated: on an edge of the tariff, near one, or anywhere. */
static inline ac_quantity
sample_metered(const ac_tariff *tariff)
{
	const ac_tier *tier = &tariff->tier[sample_below(tariff->count)];
	ac_quantity quantity = ac_quantity_from(0);

	switch (sample_below(8))
	{
		case 0:
			return sample_near(quantity);
		case 1:
			return sample_near(ac_quantity_from(tariff->allowance));
		case 2:
			quantity = sample_quantity();
			return quantity.units < 0 ? ac_quantity_from(0) : quantity;
		case 3:
			quantity.units = sample_decimal(INT64_C(1000000000000000));
			quantity.rest = sample_rest();
			return quantity;
		case 4:
			if (__builtin_mul_overflow(tariff->block,
									   (ac_int128) sample_below(1000),
									   &quantity.units))
				return ac_quantity_from(AC_INT128_MAX);
			break;
		default:
			if (tier->upto == AC_TIER_OPEN_BOUND)
				return ac_quantity_from(sample_decimal(1000000));
			quantity = ac_quantity_from(tier->upto);
	}
	if (quantity.units > AC_INT128_MAX - tariff->allowance)
		return ac_quantity_from(AC_INT128_MAX);
	quantity.units += tariff->allowance;
	return sample_near(quantity);
}

/* An amount without decimals past the 36th, as all in examples are. */
static inline void
is_amount(const ac_amount *found, const char *expected, const char *rule)
{
	char		text[AC_DECIMAL_MAX + 8] = "";
	size_t		len = ac_decimal_format_scaled(found->units,
											   AC_QUANTITY_SCALE, text);

	if (found->rest != 0)
		strcpy(text + len, " and more");
	is_text(text, expected, rule);
}

static inline bool
same_amount(const ac_amount *a, const ac_amount *b)
{
	return ac_int256_compare(a->units, b->units) == 0 && a->rest == b->rest;
}

/* A fault names an element of a tariff: name[number]. */
static inline bool
names(const ac_fault *fault, const char *name, int number)
{
	return fault->name != NULL && strcmp(fault->name, name) == 0 &&
		fault->number[0] == number;
}

#endif							/* AC_SAMPLE_TARIFF_H */
