/*
 * args.c
 *	  From the datums of arguments to values of the core and back: numeric,
 *	  currencies, component names.
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

/* Groups of four digits before the point and, at a scale of 18, after it. */
#define WHOLE_GROUPS		6
#define FRACTION_GROUPS		5

/* A ratio takes 36 digits; 10000^9 < 2^128. */
#define RATIO_GROUPS		9

typedef struct digits
{
	const char *group;			/* int16 in base 10000, not always aligned */
	int			count;
	int			weight;			/* of group[0] */
	bool		negative;
} digits;

/* Find the digits of a numeric, packed or not; NaN and infinity are refused. */
static digits
digits_of(Numeric number)
{
	const char *data = VARDATA_ANY(number);
	int			size = (int) VARSIZE_ANY_EXHDR(number);
	uint16		header;
	int16		weight;
	digits		found;

	memcpy(&header, data, sizeof(header));
	data += sizeof(header);
	size -= sizeof(header);

	if ((header & FORM_MASK) == FORM_SPECIAL)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("cannot convert %s to tco",
						header == HEADER_NAN ? "NaN" : "infinity")));
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

/* The digit group worth 10000^weight, 0 where the number has none. */
static inline int
group_at(const digits *number, int weight)
{
	int			i = number->weight - weight;
	int16		group = 0;

	if (i >= 0 && i < number->count)
		memcpy(&group, number->group + i * sizeof(int16), sizeof(int16));
	return group;
}

static pg_noinline void
raise_out_of_range(Numeric number)
{
	char	   *text = DatumGetCString(DirectFunctionCall1(numeric_out,
														   NumericGetDatum(number)));
	ac_fault	fault;

	ac_check(ac_fault_part(&fault, AC_TEXT_RANGE, text, strlen(text)), &fault);
}

/* Round to 18 decimals, half away from zero. */
ac_int128
ac_fixed_from_numeric(Numeric number)
{
	digits		found = digits_of(number);
	ac_uint128	magnitude;
	ac_int128	result;
	uint64		whole = 0;
	uint64		fraction = 0;
	int			last;
	int			weight;

	/* the fifth group holds decimals 17 to 20, and alone decides rounding */
	last = group_at(&found, -FRACTION_GROUPS);
	last = last / 100 + (last % 100 >= 50);
	for (weight = -1; weight > -FRACTION_GROUPS; weight--)
		fraction = fraction * NBASE + group_at(&found, weight);

	for (weight = 3; weight >= 0; weight--)
		whole = whole * NBASE + group_at(&found, weight);
	magnitude = (ac_uint128) whole * AC_UNIT + (ac_uint128) fraction * 100 + last;

	/* beyond 10^16, the groups of weight 4 and 5 */
	if (unlikely(found.count > 0 && found.weight > 3))
	{
		ac_uint128	high = group_at(&found, 5) * NBASE + group_at(&found, 4);

		if (found.weight >= WHOLE_GROUPS ||
			__builtin_mul_overflow(high, ac_pow10(16 + AC_SCALE), &high) ||
			__builtin_add_overflow(magnitude, high, &magnitude))
			raise_out_of_range(number);
	}
	if (unlikely(!ac_int128_from_magnitude(magnitude, found.negative, &result)))
		raise_out_of_range(number);
	return result;
}

/* The number itself, which must be greater than 0. */
Numeric
ac_positive(Numeric number, const char *argument)
{
	digits		found = digits_of(number);

	if (found.negative || found.count == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"%s\" must be greater than 0", argument),
				 errdetail("It is %s.",
						   DatumGetCString(DirectFunctionCall1(numeric_out,
															   NumericGetDatum(number))))));
	return number;
}

/* A numeric with these groups, the last worth 10000^-5; trailing zeros go. */
static Numeric
numeric_from_groups(const int16 *group, int count, bool negative)
{
	const int16 *first = group;
	const int16 *end = group + count;
	int			weight = count - FRACTION_GROUPS - 1;
	int			scale = 0;
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
	else
	{
		/* decimals that the last group needs */
		int			last = end[-1];

		scale = ((int) (end - first) - weight - 1) * NBASE_DIGITS;
		for (; scale > 0 && last % 10 == 0; last /= 10)
			scale--;
		scale = Max(scale, 0);
		if (negative)
			header |= SHORT_NEGATIVE;
	}
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

/* Exact, without trailing zeros. */
Numeric
ac_numeric_from_fixed(ac_int256 value)
{
	ac_uint256	whole = ac_int256_magnitude(value);
	ac_uint128	fraction;
	int16		group[20];
	int16	   *at = group + lengthof(group);
	uint64		rest;
	int			i;

	whole = ac_uint256_divide(whole, AC_UNIT, &fraction);

	/* the last of the five groups after the point is half full */
	rest = (uint64) fraction;
	*--at = (int16) (rest % 100 * 100);
	rest /= 100;
	for (i = 1; i < FRACTION_GROUPS; i++, rest /= NBASE)
		*--at = (int16) (rest % NBASE);

	/* at most 2^131 / 10^18 < 10^22 */
	for (; whole.lo > PG_UINT64_MAX; whole.lo /= NBASE)
		*--at = (int16) (whole.lo % NBASE);
	for (rest = (uint64) whole.lo; rest > 0; rest /= NBASE)
		*--at = (int16) (rest % NBASE);

	return numeric_from_groups(at, (int) (group + lengthof(group) - at),
							   ac_int256_negative(value));
}

static inline Datum
call2(PGFunction function, Datum a, Datum b)
{
	return DirectFunctionCall2(function, a, b);
}

static Datum
numeric_constant(int64 value)
{
	return DirectFunctionCall1(int8_numeric, Int64GetDatum(value));
}

/*
 * A number as a ratio of two 128-bit integers; false if it has too many
 * digits.
 */
static bool
ratio_from_numeric(Numeric number, ac_ratio *ratio)
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

/* The number of units of 1e-18 in an amount. */
static Datum
numeric_units(ac_int128 amount)
{
	Numeric		exact = ac_numeric_from_fixed(ac_int256_from(amount));

	return call2(numeric_mul, NumericGetDatum(exact), numeric_constant(AC_UNIT));
}

static ac_int128
fixed_from_units(Datum units)
{
	Numeric		unit = ac_numeric_from_fixed(ac_int256_from(1));

	return ac_fixed_from_numeric(DatumGetNumeric(call2(numeric_mul, units,
													   NumericGetDatum(unit))));
}

/*
 * amount * factor in numeric, for factors that are no ratio.  In units, the
 * product has no more decimals than the factor; with more than a numeric can
 * have it would be rounded twice.
 */
static ac_int128
scale_exactly(ac_int128 amount, Numeric factor)
{
	Datum		units = call2(numeric_mul, numeric_units(amount),
							  NumericGetDatum(factor));

	return fixed_from_units(call2(numeric_round, units, Int32GetDatum(0)));
}

/*
 * amount / divisor in numeric, for divisors that are no ratio.  In units, half
 * away from zero is floor((floor(2 |a| / |d|) + 1) / 2), and those whole
 * quotients are exact.
 */
static ac_int128
divide_exactly(ac_int128 amount, Numeric divisor)
{
	Datum		two = numeric_constant(2);
	Datum		units = DirectFunctionCall1(numeric_abs, numeric_units(amount));

	units = call2(numeric_div_trunc, call2(numeric_mul, units, two),
				  DirectFunctionCall1(numeric_abs, NumericGetDatum(divisor)));
	units = call2(numeric_div_trunc,
				  call2(numeric_add, units, numeric_constant(1)), two);
	if ((amount < 0) != digits_of(divisor).negative)
		units = DirectFunctionCall1(numeric_uminus, units);
	return fixed_from_units(units);
}

/* Multiply each component, exactly, rounded once at the 18th decimal. */
void
ac_scale_by_numeric(ac_tco *tco, Numeric factor)
{
	ac_ratio	ratio;
	ac_fault	fault;
	int			i;

	if (likely(ratio_from_numeric(factor, &ratio)))
		ac_check(ac_tco_scale(tco, &ratio, &fault), &fault);
	else
		for (i = 0; i < AC_NCOMPONENTS; i++)
			tco->amount[i] = scale_exactly(tco->amount[i], factor);
}

/* Divide each component, exactly, rounded once at the 18th decimal. */
void
ac_divide_by_numeric(ac_tco *tco, Numeric divisor)
{
	ac_ratio	ratio;
	ac_uint128	swapped;
	ac_fault	fault;
	int			i;

	if (likely(ratio_from_numeric(divisor, &ratio)))
	{
		swapped = ratio.numerator;
		ratio.numerator = ratio.denominator;
		ratio.denominator = swapped;
		ac_check(ac_tco_scale(tco, &ratio, &fault), &fault);
	}
	else
		for (i = 0; i < AC_NCOMPONENTS; i++)
			tco->amount[i] = divide_exactly(tco->amount[i], divisor);
}

/* A tco without amounts in a currency. */
ac_tco *
ac_new_tco(const text *currency)
{
	ac_tco	   *tco = palloc(sizeof(ac_tco));
	ac_fault	fault;

	ac_tco_zero(tco);
	ac_check(ac_tco_set_currency(tco, VARDATA_ANY(currency),
								 VARSIZE_ANY_EXHDR(currency), &fault),
			 &fault);
	return tco;
}

ac_tco *
ac_copy_tco(const ac_tco *tco)
{
	ac_tco	   *copy = palloc(sizeof(ac_tco));

	memcpy(copy, tco, sizeof(ac_tco));
	return copy;
}

ac_component
ac_component_from_text(const text *name)
{
	ac_component component;
	ac_fault	fault;

	ac_check(ac_component_by_name(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name),
								  &component, &fault),
			 &fault);
	return component;
}
