/*
 * numeric.c
 *	  numeric <-> fixed point.
 *
 * The digits of a numeric are read and written where they lie: half of the
 * cost of a sum over a numeric column is this conversion.  The layout is that
 * of utils/adt/numeric.c, which pg_upgrade has frozen since 9.1: a header of
 * 16 bits with sign, scale and weight (or 32 bits, for numbers outside the
 * short form), then digits in base 10000, the first worth 10000^weight.
 */
#include "pg/ac_pg.h"

#define NBASE				10000
#define NBASE_DIGITS		4

#define FORM_MASK			0xC000
#define FORM_SHORT			0x8000
#define FORM_SPECIAL		0xC000
#define HEADER_NAN			0xC000
#define LONG_NEGATIVE		0x4000
#define SHORT_NEGATIVE		0x2000
#define SHORT_SCALE_SHIFT	7
#define SHORT_WEIGHT_SIGN	0x0040
#define SHORT_WEIGHT_MASK	0x003F

/*
 * Groups of four digits before the point and, at a scale of 18, after it.  Of
 * all six before it, the first is 1 at most: 2^127 is below 2 * 10^20 * 10^18.
 */
#define WHOLE_GROUPS		6
#define WHOLE_FIRST_MAX		1
#define FRACTION_GROUPS		5

/* Groups after the point at the scale of a quantity, 36. */
#define QUANTITY_GROUPS		9

/* As many groups as are split off at once: 10000^4. */
#define CHUNK_GROUPS		4
#define CHUNK				UINT64CONST(10000000000000000)

StaticAssertDecl(AC_UNITS_SCALE_MAX == (SHORT_NEGATIVE >> SHORT_SCALE_SHIFT) - 1,
				 "the largest scale is that of the short form");

/* 256 bits are 78 digits; 18 more of an amount's rest, each side rounded up. */
#define GROUPS_MAX			32

/* A ratio takes 36 digits; 10000^9 < 2^128. */
#define RATIO_GROUPS		9

typedef struct digits
{
	const char *group;			/* int16 in base 10000, not always aligned */
	int			count;
	int			weight;			/* of group[0] */
	bool		negative;
} digits;

/* "NaN" or "infinity", or NULL for a number. */
static const char *
special_name(Numeric number)
{
	uint16		header;

	memcpy(&header, VARDATA_ANY(number), sizeof(header));
	if (likely((header & FORM_MASK) != FORM_SPECIAL))
		return NULL;
	return header == HEADER_NAN ? "NaN" : "infinity";
}

/* Find the digits of a number, packed or not. */
static digits
digits_of_number(Numeric number)
{
	const char *data = VARDATA_ANY(number);
	int			size = (int) VARSIZE_ANY_EXHDR(number);
	uint16		header;
	int16		weight;
	digits		found;

	memcpy(&header, data, sizeof(header));
	data += sizeof(header);
	size -= sizeof(header);

	if ((header & FORM_MASK) == FORM_SHORT)
	{
		found.negative = (header & SHORT_NEGATIVE) != 0;
		found.weight = header & SHORT_WEIGHT_MASK;
		if (header & SHORT_WEIGHT_SIGN)
			found.weight |= ~SHORT_WEIGHT_MASK;
	}
	else
	{
		memcpy(&weight, data, sizeof(weight));
		data += sizeof(weight);
		size -= sizeof(weight);
		found.negative = (header & FORM_MASK) == LONG_NEGATIVE;
		found.weight = weight;
	}
	found.group = data;
	found.count = size / (int) sizeof(int16);
	return found;
}

/* Find the digits of what becomes money; NaN and infinity are refused. */
static digits
digits_of(Numeric number)
{
	if (unlikely(special_name(number) != NULL))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("cannot convert %s to tco", special_name(number))));
	return digits_of_number(number);
}

/* Return the digit group worth 10000^weight, 0 if the number has none. */
static inline int
group_at(const digits *number, int weight)
{
	int			i = number->weight - weight;
	int16		group = 0;

	if (i >= 0 && i < number->count)
		memcpy(&group, number->group + i * sizeof(int16), sizeof(int16));
	return group;
}

/*
 * Format a number for a message, cut: a numeric can have thousands of digits.
 */
char *
ac_numeric_text(Numeric number)
{
	char	   *text = DatumGetCString(DirectFunctionCall1(numeric_out,
														   NumericGetDatum(number)));

	return ac_shown(text, strlen(text));
}

/* The decimal digits of a group that is not 0, without leading zeros. */
static inline int
digits_in(int group)
{
	return group >= 1000 ? 4 : group >= 100 ? 3 : group >= 10 ? 2 : 1;
}

static pg_noinline void
raise_out_of_range(Numeric number)
{
	char	   *text = ac_numeric_text(number);
	ac_fault	fault;

	ac_check(ac_fault_part(&fault, AC_TEXT_RANGE, text, strlen(text)), &fault);
}

/*
 * The number that some groups make, which the caller knows to fit: read at
 * most four at a time.
 */
static inline ac_uint128
read_groups(const char *group, int count)
{
	ac_uint128	value = 0;

	while (count > 0)
	{
		uint64		chunk = 0;
		uint64		factor = 1;
		int			i;

		for (i = 0; i < CHUNK_GROUPS && i < count; i++)
		{
			int16		next;

			memcpy(&next, group, sizeof(next));
			group += sizeof(next);
			chunk = chunk * NBASE + next;
			factor *= NBASE;
		}
		value = value * factor + chunk;
		count -= i;
	}
	return value;
}

/*
 * |number| in units of 1e-18, rounded down; false if it does not fit in 128
 * bits.
 */
static inline bool
read_units(const digits *found, ac_uint128 *units)
{
	/* groups down to 16 decimals; the next one holds decimals 17 to 20 */
	int			count = Min(found->count, found->weight + FRACTION_GROUPS);
	int			exponent = (found->weight - count + 1) * NBASE_DIGITS + AC_SCALE;

	*units = 0;
	if (unlikely(found->weight >= WHOLE_GROUPS - 1) && found->count > 0 &&
		(found->weight >= WHOLE_GROUPS ||
		 group_at(found, found->weight) > WHOLE_FIRST_MAX))
		return false;
	if (count > 0 &&
		__builtin_mul_overflow(read_groups(found->group, count),
							   ac_pow10(exponent), units))
		return false;
	return !__builtin_add_overflow(*units,
								   (ac_uint128) group_at(found, -FRACTION_GROUPS) / 100,
								   units);
}

/* Round to 18 decimals, half away from zero. */
ac_int128
ac_fixed_from_numeric(Numeric number)
{
	digits		found = digits_of(number);
	ac_uint128	units;
	ac_int128	result;

	/* decimal 19 alone decides rounding */
	if (unlikely(!read_units(&found, &units)))
		raise_out_of_range(number);
	units += group_at(&found, -FRACTION_GROUPS) % 100 >= 50;
	if (unlikely(!ac_int128_from_magnitude(units, found.negative, &result)))
		raise_out_of_range(number);
	return result;
}

/* Decimals 19 to 36, as units of 1e-36; false if there are more. */
static bool
read_rest(const digits *found, uint64 *rest)
{
	int			last = found->weight - found->count + 1;
	int			weight = -FRACTION_GROUPS;

	*rest = group_at(found, weight) % 100;
	while (--weight >= -QUANTITY_GROUPS)
		*rest = *rest * NBASE + group_at(found, weight);
	return found->count == 0 || last >= -QUANTITY_GROUPS;
}

/* The number exactly, or the reason why not; *quantity is then undefined. */
ac_numeric_fault
ac_quantity_from_numeric(Numeric number, ac_quantity *quantity)
{
	digits		found;
	ac_uint128	units;

	if (unlikely(special_name(number) != NULL))
		return AC_NUMERIC_SPECIAL;
	found = digits_of_number(number);
	if (unlikely(!read_units(&found, &units) ||
				 !ac_int128_from_magnitude(units, found.negative,
										   &quantity->units)))
		return AC_NUMERIC_RANGE;

	quantity->rest = 0;
	if (found.weight - found.count < -FRACTION_GROUPS &&
		!read_rest(&found, &quantity->rest))
		return AC_NUMERIC_SCALE;
	if (found.negative && quantity->rest > 0)
	{
		if (unlikely(quantity->units == AC_INT128_MIN))
			return AC_NUMERIC_RANGE;
		quantity->units--;
		quantity->rest = AC_UNIT - quantity->rest;
	}
	return AC_NUMERIC_OK;
}

/* value * factor + addend, which the caller knows to fit */
static inline void
append_digits(ac_uint256 *value, int factor, int addend)
{
	ac_uint256_multiply_word(value, (uint64) factor);
	value->lo += (ac_uint128) addend;
	value->hi += value->lo < (ac_uint128) addend;
}

/*
 * The number in units of 10^-scale exactly, or the reason why not; *units is
 * then undefined.
 */
ac_numeric_fault
ac_units_from_numeric(Numeric number, int scale, ac_int256 *units)
{
	ac_uint256	magnitude = {.hi = 0,.lo = 0};
	digits		found;
	int			exponent;		/* of the last group, in units */
	int			i;

	if (special_name(number) != NULL)
		return AC_NUMERIC_SPECIAL;
	found = digits_of_number(number);
	exponent = (found.weight - found.count + 1) * NBASE_DIGITS + scale;
	if (found.count > 0 && exponent <= -NBASE_DIGITS)
		return AC_NUMERIC_SCALE;
	if (found.count > 0 &&
		found.weight * NBASE_DIGITS + digits_in(group_at(&found, found.weight)) +
		scale > AC_UNITS_DIGITS_MAX)
		return AC_NUMERIC_RANGE;

	for (i = 0; i < found.count; i++)
	{
		int			group = group_at(&found, found.weight - i);
		bool		last = i == found.count - 1 && exponent < 0;
		int			step = last ? (int) ac_pow10(-exponent) : 1;

		if (group % step != 0)
			return AC_NUMERIC_SCALE;
		append_digits(&magnitude, NBASE / step, group / step);
	}
	for (; found.count > 0 && exponent > 0; exponent--)
		ac_uint256_multiply_word(&magnitude, 10);

	units->hi = (ac_int128) magnitude.hi;
	units->lo = magnitude.lo;
	if (found.negative)
		*units = ac_int256_negate(*units);
	return AC_NUMERIC_OK;
}

/*
 * A finite number in units of 10^-scale, rounded half away from zero.  The
 * scale can be negative; the caller knows that there are at most
 * AC_UNITS_DIGITS_MAX digits.
 */
ac_int256
ac_units_rounded(Numeric number, int scale)
{
	ac_uint256	magnitude = {.hi = 0,.lo = 0};
	digits		found = digits_of_number(number);
	ac_int256	units;
	int			exponent = 0;	/* of a group, in units */
	int			i;

	for (i = 0; i < found.count; i++)
	{
		int			group = group_at(&found, found.weight - i);
		int			step;

		exponent = (found.weight - i) * NBASE_DIGITS + scale;
		if (exponent < 0)
		{
			/* the first digit that is left out decides */
			step = exponent < -NBASE_DIGITS ? 0 : (int) ac_pow10(-exponent);
			if (step > 0)
				append_digits(&magnitude, NBASE / step,
							  group / step + (group % step * 2 >= step));
			break;
		}
		append_digits(&magnitude, NBASE, group);
	}
	for (; exponent > 0; exponent--)
		append_digits(&magnitude, 10, 0);

	units.hi = (ac_int128) magnitude.hi;
	units.lo = magnitude.lo;
	return found.negative ? ac_int256_negate(units) : units;
}

/* Find the least n with |number| < 10^n; false if the number is 0. */
bool
ac_numeric_exponent(Numeric number, int *exponent)
{
	digits		found = digits_of_number(number);

	if (found.count == 0)
		return false;
	*exponent = found.weight * NBASE_DIGITS +
		digits_in(group_at(&found, found.weight));
	return true;
}

/* Test whether a number is neither NaN nor infinite. */
bool
ac_numeric_is_finite(Numeric number)
{
	return special_name(number) == NULL;
}

/* Return the number, which must not be NaN or infinite. */
Numeric
ac_numeric_finite(Numeric number, const char *argument)
{
	if (unlikely(special_name(number) != NULL))
		ac_raise_numeric(AC_NUMERIC_SPECIAL, number, argument, 0);
	return number;
}

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
 * A number of 10^-scale, at most AC_UNITS_SCALE_MAX, exactly; with all its
 * decimals, or without trailing zeros.
 */
Numeric
ac_numeric_from_units(ac_int256 units, int scale, bool trim)
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
							   ac_int256_negative(units), trim ? -1 : scale);
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

/*
 * A number as a ratio of two 128-bit integers; false if it has too many
 * digits.
 */
bool
ac_ratio_from_numeric(Numeric number, ac_ratio *ratio)
{
	digits		found = digits_of(number);
	int			exponent = found.weight - found.count + 1;
	int			i;

	if (found.count + Max(exponent, 0) > RATIO_GROUPS ||
		-exponent > RATIO_GROUPS)
		return false;

	ratio->numerator = 0;
	for (i = 0; i < found.count; i++)
		ratio->numerator = ratio->numerator * NBASE +
			(ac_uint128) group_at(&found, found.weight - i);
	if (exponent > 0)
		ratio->numerator *= ac_pow10(exponent * NBASE_DIGITS);
	ratio->denominator = ac_pow10(Max(-exponent, 0) * NBASE_DIGITS);
	ratio->negative = found.negative;
	return true;
}
