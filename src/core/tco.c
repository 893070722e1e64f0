/*
 * tco.c
 *	  The value behind the type tco: currency, comparison, arithmetic.
 */
#include <string.h>

#include "core/tco.h"

typedef struct component_name
{
	char		text[8];
	size_t		len;
} component_name;

/* In the order of ac_component. */
static const component_name names[AC_NCOMPONENTS] = {
	{"upfront", 7}, {"compute", 7}, {"energy", 6}, {"egress", 6},
	{"storage", 7}, {"other", 5}, {"tax", 3}, {"credit", 6}
};

/* Clear the amounts and the currency. */
void
ac_tco_zero(ac_tco *tco)
{
	memset(tco, 0, sizeof(*tco));
	tco->version = AC_TCO_VERSION;
}

static bool
is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/*
 * Set the currency: 1 to 12 of A-Z a-z 0-9 _, not digits alone, or the text
 * "1 234" would be an amount of 1.  Three letters are a currency code of ISO
 * 4217 and become upper case; anything else ("tokens") is kept as given.
 */
ac_status
ac_tco_set_currency(ac_tco *tco, const char *text, size_t len,
					ac_fault *fault)
{
	size_t		letters = 0;
	size_t		digits = 0;
	size_t		i;

	for (i = 0; i < len; i++)
	{
		if (is_letter(text[i]))
			letters++;
		else if (text[i] >= '0' && text[i] <= '9')
			digits++;
		else if (text[i] != '_')
			return ac_fault_part(fault, AC_CURRENCY, text, len);
	}
	if (len > AC_CURRENCY_MAX || digits == len)
		return ac_fault_part(fault, AC_CURRENCY, text, len);

	memset(tco->currency, 0, AC_CURRENCY_MAX);
	memcpy(tco->currency, text, len);
	if (len == 3 && letters == 3)
		for (i = 0; i < 3; i++)
			tco->currency[i] &= ~0x20;
	return AC_OK;
}

/*
 * Return the length of a currency, which has no terminator if it fills the
 * field.
 */
size_t
ac_currency_len(const char *currency)
{
	const char *end = memchr(currency, '\0', AC_CURRENCY_MAX);

	return end == NULL ? AC_CURRENCY_MAX : (size_t) (end - currency);
}

ac_status
ac_component_by_name(const char *text, size_t len, ac_component *component,
					 ac_fault *fault)
{
	int			i;

	for (i = 0; i < AC_NCOMPONENTS; i++)
	{
		/* the length and the first letter rule out nearly all others */
		if (names[i].len == len && names[i].text[0] == text[0] &&
			memcmp(names[i].text, text, len) == 0)
		{
			*component = (ac_component) i;
			return AC_OK;
		}
	}
	return ac_fault_part(fault, AC_COMPONENT_NAME, text, len);
}

const char *
ac_component_name(ac_component component)
{
	return names[component].text;
}

static ac_int256
sum_from(const ac_tco *tco, ac_component first)
{
	ac_int256	sum = {.hi = 0,.lo = 0};
	int			i;

	for (i = (int) first; i < AC_NCOMPONENTS; i++)
		sum = ac_int256_add(sum, ac_int256_from(tco->amount[i]));
	return sum;
}

/* Add up all components; the sum can be wider than each of them. */
ac_int256
ac_tco_total(const ac_tco *tco)
{
	return sum_from(tco, AC_UPFRONT);
}

/* Add up all components but upfront. */
ac_int256
ac_tco_recurring(const ac_tco *tco)
{
	return sum_from(tco, AC_COMPUTE);
}

/*
 * A total order: currency, then total, then components.  Never fails, so that
 * it can serve an index; 0 means that all bytes are the same.
 */
int
ac_tco_compare(const ac_tco *a, const ac_tco *b)
{
	int			order = memcmp(a->currency, b->currency, AC_CURRENCY_MAX);
	int			i;

	if (order == 0)
		order = ac_int256_compare(ac_tco_total(a), ac_tco_total(b));
	for (i = 0; order == 0 && i < AC_NCOMPONENTS; i++)
		order = (a->amount[i] > b->amount[i]) - (a->amount[i] < b->amount[i]);
	return order;
}

/*
 * The currency and the bytes after it, which are the same in all values, are
 * two words: this comparison is in the path of every sum.
 */
static inline bool
same_currency(const ac_tco *a, const ac_tco *b)
{
	uint64_t	word_a[2];
	uint64_t	word_b[2];

	_Static_assert(sizeof(word_a) ==
				   sizeof(ac_tco) - offsetof(ac_tco, currency),
				   "the currency and what follows it are two words");
	memcpy(word_a, (const char *) a + offsetof(ac_tco, currency),
		   sizeof(word_a));
	memcpy(word_b, (const char *) b + offsetof(ac_tco, currency),
		   sizeof(word_b));
	return word_a[0] == word_b[0] && word_a[1] == word_b[1];
}

ac_status
ac_tco_same_currency(const ac_tco *a, const ac_tco *b, ac_fault *fault)
{
	if (same_currency(a, b))
		return AC_OK;

	memset(fault->value, 0, sizeof(fault->value));
	memcpy(fault->value[0], a->currency, AC_CURRENCY_MAX);
	memcpy(fault->value[1], b->currency, AC_CURRENCY_MAX);
	return AC_CURRENCY_MISMATCH;
}

static ac_status
out_of_range(int component, ac_fault *fault)
{
	fault->name = names[component].text;
	return AC_RANGE;
}

ac_status
ac_tco_add(ac_tco *tco, const ac_tco *addend, ac_fault *fault)
{
	int			i;

	if (!same_currency(tco, addend))
		return ac_tco_same_currency(tco, addend, fault);
	for (i = 0; i < AC_NCOMPONENTS; i++)
	{
		ac_int128	sum;

		if (__builtin_add_overflow(tco->amount[i], addend->amount[i], &sum))
		{
			out_of_range(i, fault);
			while (i-- > 0)
				tco->amount[i] -= addend->amount[i];
			return AC_RANGE;
		}
		tco->amount[i] = sum;
	}
	return AC_OK;
}

/*
 * Test whether a currency is written as it is stored, so that it needs not be
 * read.  For so few bytes, a loop is faster than memcmp.
 */
static inline bool
has_currency(const ac_tco *tco, const char *currency, size_t len)
{
	size_t		i;

	if (len == 0 || len > AC_CURRENCY_MAX)
		return false;
	for (i = 0; i < len; i++)
		if (currency[i] != tco->currency[i] || currency[i] == '\0')
			return false;
	return len == AC_CURRENCY_MAX || tco->currency[len] == '\0';
}

/* Add an amount to one component, as if it were a value of its own. */
ac_status
ac_tco_add_amount(ac_tco *tco, ac_component component, ac_int128 amount,
				  const char *currency, size_t len, ac_fault *fault)
{
	ac_int128	sum;

	if (!has_currency(tco, currency, len))
	{
		ac_tco		other;
		ac_status	status;

		ac_tco_zero(&other);
		status = ac_tco_set_currency(&other, currency, len, fault);
		if (status == AC_OK)
			status = ac_tco_same_currency(tco, &other, fault);
		if (status != AC_OK)
			return status;
	}
	if (__builtin_add_overflow(tco->amount[component], amount, &sum))
		return out_of_range(component, fault);
	tco->amount[component] = sum;
	return AC_OK;
}

ac_status
ac_tco_subtract(ac_tco *tco, const ac_tco *subtrahend, ac_fault *fault)
{
	int			i;

	if (!same_currency(tco, subtrahend))
		return ac_tco_same_currency(tco, subtrahend, fault);
	for (i = 0; i < AC_NCOMPONENTS; i++)
	{
		ac_int128	difference;

		if (__builtin_sub_overflow(tco->amount[i], subtrahend->amount[i],
								   &difference))
		{
			out_of_range(i, fault);
			while (i-- > 0)
				tco->amount[i] += subtrahend->amount[i];
			return AC_RANGE;
		}
		tco->amount[i] = difference;
	}
	return AC_OK;
}

ac_status
ac_tco_negate(ac_tco *tco, ac_fault *fault)
{
	ac_int128	negative[AC_NCOMPONENTS];
	int			i;

	for (i = 0; i < AC_NCOMPONENTS; i++)
		if (__builtin_sub_overflow((ac_int128) 0, tco->amount[i],
								   &negative[i]))
			return out_of_range(i, fault);
	memcpy(tco->amount, negative, sizeof(negative));
	return AC_OK;
}

/* Multiply each component, rounded half away from zero. */
ac_status
ac_tco_scale(ac_tco *tco, const ac_ratio *ratio, ac_fault *fault)
{
	ac_int128	scaled[AC_NCOMPONENTS];
	int			i;

	if (ratio->denominator == 0)
		return AC_DIVISION_BY_ZERO;
	for (i = 0; i < AC_NCOMPONENTS; i++)
	{
		if (tco->amount[i] == 0)
			scaled[i] = 0;
		else if (!ac_int128_scale(tco->amount[i], ratio, &scaled[i]))
			return out_of_range(i, fault);
	}
	memcpy(tco->amount, scaled, sizeof(scaled));
	return AC_OK;
}

/*
 * How far the rounding to a multiple of step took a component up: exact -
 * rounded, between -step / 2 and step / 2.
 */
static ac_int128
remainder_after(ac_int128 amount, ac_int128 quotient, ac_uint128 step)
{
	return (ac_int128) ((ac_uint128) amount - (ac_uint128) quotient * step);
}

/*
 * Round to a number of decimals (negative: to tens, hundreds, ...) so that the
 * total is the rounded total.
 *
 * Each component is rounded half away from zero, then those that lie nearest
 * to the other side are moved by one step until the sum is right (the method
 * of the largest remainder).  Of equals, one that moves towards zero comes
 * before one that moves away, and the earlier keeps the larger magnitude.  A
 * component that needs no rounding is never moved.
 */
ac_status
ac_tco_round(ac_tco *tco, int digits, ac_fault *fault)
{
	ac_int128	quotient[AC_NCOMPONENTS];
	ac_int128	excess;
	ac_uint128	step;
	int			i;

	if (digits >= AC_SCALE)
		return AC_OK;
	if (digits < AC_TCO_DIGITS_MIN)
		return ac_fault_number(fault, AC_DIGITS, digits, AC_TCO_DIGITS_MIN);

	step = ac_pow10(AC_SCALE - digits);
	excess = -ac_int256_divide_round(ac_tco_total(tco), step);
	for (i = 0; i < AC_NCOMPONENTS; i++)
	{
		quotient[i] = ac_int256_divide_round(ac_int256_from(tco->amount[i]),
											 step);
		excess += quotient[i];
	}

	while (excess != 0)
	{
		int			direction = excess > 0 ? -1 : 1;
		int			chosen = -1;
		ac_int128	best = 0;

		for (i = 0; i < AC_NCOMPONENTS; i++)
		{
			ac_int128	rest = remainder_after(tco->amount[i], quotient[i],
											   step);
			ac_int128	gain = direction * rest;
			bool		away = (tco->amount[i] > 0) == (direction > 0);

			if (gain > best || (gain == best && gain > 0 && !away))
			{
				best = gain;
				chosen = i;
			}
		}
		quotient[chosen] += direction;
		excess += direction;
	}

	for (i = 0; i < AC_NCOMPONENTS; i++)
	{
		ac_uint128	magnitude = ac_int128_magnitude(quotient[i]);

		if (__builtin_mul_overflow(magnitude, step, &magnitude) ||
			!ac_int128_from_magnitude(magnitude, quotient[i] < 0,
									  &quotient[i]))
			return out_of_range(i, fault);
	}
	memcpy(tco->amount, quotient, sizeof(quotient));
	return AC_OK;
}
