/*
 * cell_form.c
 *	  Cells of a billing export that are written in a form of their own:
 *	  currencies, amounts with signs, dates with slashes, units by the block.
 */
#include "core/cell.h"

#include <string.h>

#include "core/cell_rest.h"
#include "core/word.h"

#define BLOCK_DIGITS	12		/* of a block's integer */
#define BLOCK_DECIMALS	6

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/*
 * Write a currency as a tco has it: three letters in upper case, or a unit of
 * letters, digits and underscores that are not digits alone.
 */
bool
ac_cell_currency(const char *text, size_t len, char *currency)
{
	size_t		letters = 0;
	size_t		digits = 0;
	size_t		i;

	if (len == 0 || len > AC_CELL_CURRENCY_MAX)
		return false;
	for (i = 0; i < len; i++)
	{
		if (is_letter(text[i]))
			letters++;
		else if (ac_is_digit(text[i]))
			digits++;
		else if (text[i] != '_')
			return false;
	}
	if (digits == len)
		return false;
	for (i = 0; i < len; i++)
		currency[i] = letters == 3 && len == 3 ? (char) (text[i] & ~0x20) : text[i];
	return true;
}

/*
 * Skip digits, in groups of three after a first one of one to three that does
 * not begin with 0 if commas are between them, and a fraction.  Digits without
 * commas may be more than three if that is allowed.
 */
static bool
skip_amount(cell_rest *r, bool any_length)
{
	const char *first = r->at;
	size_t		count = skip_digits(r);
	bool		has_groups = next_is(r, ',');

	if (count == 0)
		return false;
	if (has_groups ? count > 3 || *first == '0' : count > 3 && !any_length)
		return false;
	while (skip(r, ','))
		if (skip_digits(r) != 3)
			return false;
	if (skip(r, '.'))
		skip_digits(r);
	return true;
}

/*
 * Write an amount without dollar sign and thousands separators, and with a sign
 * in place of parentheses; anything else as it is.  Returns its length.
 */
size_t
ac_cell_money(const char *text, size_t len, char *amount)
{
	cell_rest	r = rest_of(text, len);
	bool		in_parentheses = skip(&r, '(');
	bool		has_sign = false;
	bool		has_dollar;
	size_t		written = 0;
	size_t		i;
	bool		is_amount;

	if (!in_parentheses)
		has_sign = skip(&r, '-') || skip(&r, '+');
	has_dollar = skip(&r, '$');
	if (!in_parentheses && has_dollar && !has_sign)
		has_sign = skip(&r, '-') || skip(&r, '+');
	/* a sign after the dollar is taken before groups only */
	is_amount = skip_amount(&r, has_dollar && !in_parentheses
							&& !(has_sign && text[0] == '$'));
	if (in_parentheses)
		is_amount = is_amount && skip(&r, ')');
	if (!is_amount || r.at < r.end)
	{
		memcpy(amount, text, len);
		return len;
	}
	if (in_parentheses)
		amount[written++] = '-';
	for (i = 0; i < len; i++)
		if (memchr("($,)", text[i], 4) == NULL)
			amount[written++] = text[i];
	return written;
}

/* Read one or two digits. */
static bool
read_two(cell_rest *r, char *two)
{
	const char *start = r->at;
	size_t		count = skip_digits(r);

	if (count != 1 && count != 2)
		return false;
	two[0] = count == 2 ? start[0] : '0';
	two[1] = start[count - 1];
	return true;
}

/*
 * Write a date such as 9/22/2023, or 9/22/23 of this century, as 2023-09-22,
 * with what follows it after a blank; anything else as it is.  Returns its
 * length.
 */
size_t
ac_cell_slash_date(const char *text, size_t len, bool day_first, char *date)
{
	cell_rest	r = rest_of(text, len);
	char		one[2];
	char		two[2];
	const char *year;
	size_t		digits;
	size_t		left;

	if (read_two(&r, one) && skip(&r, '/')
		&& read_two(&r, two) && skip(&r, '/'))
	{
		year = r.at;
		digits = skip_digits(&r);
		left = (size_t) (r.end - r.at);
		if ((digits == 2 || digits == 4) && (left == 0 || next_is(&r, ' ')))
		{
			memcpy(date, "20", 2);
			memcpy(date + 4 - digits, year, digits);
			date[4] = '-';
			memcpy(date + 5, day_first ? two : one, 2);
			date[7] = '-';
			memcpy(date + 8, day_first ? one : two, 2);
			if (left > 0)
				memcpy(date + 10, r.at, left);
			return 10 + left;
		}
	}
	if (len > 0)
		memcpy(date, text, len);
	return len;
}

/* The zeros of K, M and B, if no letter follows. */
static int
read_thousands(const cell_rest *r)
{
	const char *letter = r->at < r->end ? strchr("KMB", *r->at) : NULL;

	if (letter == NULL || *letter == '\0'
		|| (r->end - r->at > 1 && is_letter(r->at[1])))
		return 0;
	return *letter == 'K' ? 3 : *letter == 'M' ? 6 : 9;
}

/*
 * Write how many units a unit of measure has: 10000 for 10K, 100 for 100 Hours.
 * Returns the length of the number, and 0 if the unit has none.
 */
size_t
ac_cell_unit_block(const char *text, size_t len, char *units)
{
	cell_rest	r = rest_of(text, len);
	size_t		whole = 0;
	size_t		decimals = 0;
	size_t		written = 0;
	int			zeros;

	while (whole < BLOCK_DIGITS && next_is_digit(&r))
	{
		units[written++] = *r.at++;
		whole++;
	}
	if (whole == 0)
		return 0;
	if (r.end - r.at > 1 && *r.at == '.' && ac_is_digit(r.at[1]))
	{
		r.at++;
		while (decimals < BLOCK_DECIMALS && next_is_digit(&r))
		{
			units[written++] = *r.at++;
			decimals++;
		}
	}
	/* as many decimals as the unit has, so that the product shows them */
	for (zeros = read_thousands(&r); zeros > 0; zeros--)
		units[written++] = '0';
	if (decimals > 0)
	{
		memmove(units + written - decimals + 1, units + written - decimals,
				decimals);
		units[written - decimals] = '.';
		written++;
	}
	return written;
}
