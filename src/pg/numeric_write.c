/*
 * numeric_write.c
 *	  From fixed point to numeric.
 */
#include "pg/numeric_layout.h"

#define CHUNK				UINT64CONST(10000000000000000)

StaticAssertDecl(AC_UNITS_SCALE_MAX == (SHORT_NEGATIVE >> SHORT_SCALE_SHIFT) - 1,
				 "the largest scale is that of the short form");

/* 256 bits are 78 digits; 18 more of an amount's rest, each side rounded up. */
#define GROUPS_MAX			32

/* Return the decimals that the last of some groups needs, if it is not 0. */
static int
decimals_of(int last, int weight)
{
	int			decimals = -weight * NBASE_DIGITS;

	for (; decimals > 0 && last % 10 == 0; last /= 10)
		decimals--;
	return Max(decimals, 0);
}

/*
 * A numeric with these groups, of which so many stand after the point.  It
 * shows scale decimals, or with a negative scale those that it needs.
 */
static inline Numeric
numeric_from_groups(const int16 *group, int count, int fraction_groups,
					bool negative, int scale)
{
	const int16 *first = group;
	const int16 *end = group + count;
	int			weight = count - fraction_groups - 1;
	uint16		header = FORM_SHORT;
	Numeric		number;
	char	   *data;
	Size		size;

	while (first < end && *first == 0)
		first++, weight--;
	while (end > first && end[-1] == 0)
		end--;
	if (first == end)
		weight = 0;
	else if (negative)
		header |= SHORT_NEGATIVE;
	if (scale < 0)
		scale = first == end ? 0
			: decimals_of(end[-1], weight - (int) (end - first) + 1);
	header |= scale << SHORT_SCALE_SHIFT;
	if (weight < 0)
		header |= SHORT_WEIGHT_SIGN;
	header |= weight & SHORT_WEIGHT_MASK;

	size = VARHDRSZ + sizeof(header) + (end - first) * sizeof(int16);
	number = (Numeric) palloc(size);
	SET_VARSIZE(number, size);
	data = VARDATA(number);
	memcpy(data, &header, sizeof(header));
	memcpy(data + sizeof(header), first, (end - first) * sizeof(int16));
	return number;
}

/* Write the four groups of a chunk, side by side: faster than one by one. */
static inline int16 *
write_chunk(uint64 chunk, int16 *end)
{
	uint32		high = (uint32) (chunk / (NBASE * NBASE));
	uint32		low = (uint32) (chunk % (NBASE * NBASE));

	end -= CHUNK_GROUPS;
	end[0] = (int16) (high / NBASE);
	end[1] = (int16) (high % NBASE);
	end[2] = (int16) (low / NBASE);
	end[3] = (int16) (low % NBASE);
	return end;
}

/*
 * Write the groups of a number before end; returns where they begin, with up
 * to three that are 0.
 */
static inline int16 *
write_groups(ac_uint256 number, int16 *end)
{
	static const ac_divisor divisor = AC_DIVISOR(CHUNK);
	uint64		rest;

	while (number.hi != 0 || number.lo > PG_UINT64_MAX)
		end = write_chunk(ac_uint256_divide_word(&number, &divisor), end);
	for (rest = (uint64) number.lo; rest > 0; rest /= CHUNK)
		end = write_chunk(rest % CHUNK, end);
	return end;
}

/* Exact, without trailing zeros. */
Numeric
ac_numeric_from_fixed(ac_int256 value)
{
	return ac_numeric_from_units(value, AC_SCALE, true);
}

/*
 * A number of 10^-scale, exactly, that shows so many decimals, at least those
 * that it needs; with a negative number of them, just these.
 */
static inline Numeric
numeric_from_units(ac_int256 units, int scale, int shown)
{
	int16		group[GROUPS_MAX];
	int16	   *end = group + lengthof(group);
	int16	   *start = end;
	ac_uint256	magnitude = ac_int256_magnitude(units);
	int			fraction_groups = (scale + NBASE_DIGITS - 1) / NBASE_DIGITS;
	int			partial = scale % NBASE_DIGITS;

	/* the last group after the point may not be full */
	if (partial > 0)
	{
		int			step = (int) ac_pow10(partial);
		ac_divisor	divisor = AC_DIVISOR(step);
		int			last = (int) ac_uint256_divide_word(&magnitude, &divisor);

		*--start = (int16) (last * (NBASE / step));
	}
	start = write_groups(magnitude, start);
	return numeric_from_groups(start, (int) (end - start), fraction_groups,
							   ac_int256_negative(units), shown);
}

/*
 * A number of 10^-scale, at most AC_UNITS_SCALE_MAX, exactly; with all its
 * decimals, or without trailing zeros.
 */
Numeric
ac_numeric_from_units(ac_int256 units, int scale, bool trim)
{
	return numeric_from_units(units, scale, trim ? -1 : scale);
}

/* The same, with so many decimals, at least those that it needs. */
Numeric
ac_numeric_showing(ac_int256 units, int scale, int shown)
{
	return numeric_from_units(units, scale, shown);
}

/* Exact, without trailing zeros. */
Numeric
ac_numeric_from_quantity(const ac_quantity *quantity)
{
	return ac_numeric_from_units(ac_quantity_wide(quantity),
								 AC_QUANTITY_SCALE, true);
}

/* Exact, without trailing zeros. */
Numeric
ac_numeric_from_amount(const ac_amount *amount)
{
	int16		group[GROUPS_MAX];
	int16	   *end = group + lengthof(group);
	int16	   *start = end;
	ac_uint256	magnitude = ac_int256_magnitude(amount->units);
	uint64		rest = amount->rest;
	int			i;

	if (rest == 0)
		return ac_numeric_from_units(amount->units, AC_QUANTITY_SCALE, true);

	/* units of a negative number are rounded away from zero */
	if (ac_int256_negative(amount->units))
	{
		magnitude = ac_int256_magnitude(ac_int256_add(amount->units,
													  ac_int256_from(1)));
		rest = AC_UNIT - rest;
	}
	*--start = (int16) (rest % 100 * 100);
	rest /= 100;
	for (i = 1; i < FRACTION_GROUPS; i++, rest /= NBASE)
		*--start = (int16) (rest % NBASE);
	start = write_groups(magnitude, start);
	return numeric_from_groups(start, (int) (end - start),
							   QUANTITY_GROUPS + FRACTION_GROUPS,
							   ac_int256_negative(amount->units), -1);
}
