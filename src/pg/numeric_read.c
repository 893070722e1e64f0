/*
 * numeric_read.c
 *	  From numeric to fixed point.
 */
#include "pg/numeric_layout.h"

/*
 * Groups before the point, 6 at most, of which the first is then 1: 2^127 is
 * below 2 * 10^20 * 10^18.
 */
#define WHOLE_GROUPS		6
#define WHOLE_FIRST_MAX		1

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
