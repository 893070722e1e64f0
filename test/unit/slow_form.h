/*
 * slow_form.h
 *	  What cells in a form of their own are, by regular expressions.
 */
#ifndef AC_SLOW_FORM_H
#define AC_SLOW_FORM_H

#include <ctype.h>

#include "core/cell.h"
#include "core/wide.h"
#include "slow_cell.h"

#define SLOW_GROUPS		"([0-9]{1,3}|[1-9][0-9]{0,2}(,[0-9]{3})+)([.][0-9]*)?"
#define SLOW_AMOUNT \
	"^([-+]?[$]?" SLOW_GROUPS "|[-+]?[$][0-9]+([.][0-9]*)?|[$][-+]?" SLOW_GROUPS ")$"
#define SLOW_NEGATIVE	"^[(][$]?" SLOW_GROUPS "[)]$"
#define SLOW_SLASHES \
	"^[0-9][0-9]?/[0-9][0-9]?/([0-9][0-9]|[0-9][0-9][0-9][0-9])( .*)?$"
#define SLOW_CURRENCY	"^([A-Za-z0-9_]*[A-Za-z_][A-Za-z0-9_]*)$"
#define SLOW_BLOCK		"^([0-9]{1,12}([.][0-9]{1,6})?)(([KMB])([^A-Za-z].*)?$)?"

static inline bool
slow_currency(const char *text, size_t len, char *currency)
{
	static regex_t unit;
	static regex_t letters;
	size_t		i;

	if (len > 12 || !slow_matches(&unit, SLOW_CURRENCY, text, len))
		return false;
	for (i = 0; i < len; i++)
		currency[i] = slow_matches(&letters, "^([A-Za-z]{3})$", text, len)
			? (char) toupper(text[i]) : text[i];
	return true;
}

static inline size_t
slow_money(const char *text, size_t len, char *amount)
{
	static regex_t plain;
	static regex_t negative;
	bool		is_negative = slow_matches(&negative, SLOW_NEGATIVE, text, len);
	size_t		written = 0;
	size_t		i;

	if (!is_negative && !slow_matches(&plain, SLOW_AMOUNT, text, len))
	{
		memcpy(amount, text, len);
		return len;
	}
	if (is_negative)
		amount[written++] = '-';
	for (i = 0; i < len; i++)
		if (strchr("$,()", text[i]) == NULL)
			amount[written++] = text[i];
	return written;
}

/* The digits between the second slash and a blank. */
static inline size_t
slow_year_digits(const char *text)
{
	return strcspn(strchr(strchr(text, '/') + 1, '/') + 1, " ");
}

static inline size_t
slow_slash_date(const char *text, size_t len, bool day_first, char *date)
{
	static regex_t slashes;
	char		copy[SLOW_CELL_MAX + 1] = "";
	char		rest[SLOW_CELL_MAX + 1] = "";
	int			one;
	int			two;
	int			year;

	memcpy(copy, text, len);
	if (!slow_matches(&slashes, SLOW_SLASHES, text, len))
	{
		memcpy(date, text, len);
		return len;
	}
	sscanf(copy, "%d/%d/%d", &one, &two, &year);
	if (strchr(copy, ' ') != NULL)
		strcpy(rest, strchr(copy, ' '));
	if (slow_year_digits(copy) == 2)
		year += 2000;
	return (size_t) sprintf(date, "%04d-%02d-%02d%s", year,
							day_first ? two : one, day_first ? one : two, rest);
}

/* How many units, times a million. */
static inline bool
slow_unit_block(const char *text, size_t len, ac_int128 *millionths)
{
	static regex_t compiled;
	static bool is_compiled = false;
	char		copy[SLOW_CELL_MAX + 1] = "";
	regmatch_t	match[6];
	int			i;
	int			decimals = -1;

	memcpy(copy, text, len);
	if (!is_compiled)
		is_compiled = regcomp(&compiled, SLOW_BLOCK, REG_EXTENDED) == 0;
	if (strlen(copy) != len || regexec(&compiled, copy, 6, match, 0) != 0)
		return false;
	*millionths = 0;
	for (i = 0; i < match[1].rm_eo; i++)
	{
		if (copy[i] == '.')
			decimals = 0;
		else
		{
			*millionths = 10 * *millionths + (copy[i] - '0');
			decimals += decimals >= 0;
		}
	}
	for (i = decimals < 0 ? 0 : decimals; i < 6; i++)
		*millionths *= 10;
	if (match[4].rm_so >= 0)
		*millionths *= copy[match[4].rm_so] == 'K' ? 1000
			: copy[match[4].rm_so] == 'M' ? 1000000 : 1000000000;
	return true;
}

/* The number of a block that the core wrote, times a million. */
static inline ac_int128
slow_millionths(const char *units, size_t len)
{
	ac_int128	value = 0;
	int			decimals = -1;
	size_t		i;

	for (i = 0; i < len; i++)
	{
		if (units[i] == '.')
			decimals = 0;
		else
		{
			value = 10 * value + (units[i] - '0');
			decimals += decimals >= 0;
		}
	}
	for (decimals = decimals < 0 ? 0 : decimals; decimals < 6; decimals++)
		value *= 10;
	return value;
}

/* Does the core read a cell as these regular expressions do? */
static inline bool
slow_forms_agree(const char *text, size_t len)
{
	char		found[SLOW_CELL_MAX + 10];
	char		expected[SLOW_CELL_MAX + 40];
	size_t		written;
	ac_int128	millionths = 0;
	int			day_first;

	if (ac_cell_currency(text, len, found) != slow_currency(text, len, expected)
		|| (slow_currency(text, len, expected) && memcmp(found, expected, len) != 0))
		return false;
	written = ac_cell_money(text, len, found);
	if (written != slow_money(text, len, expected)
		|| memcmp(found, expected, written) != 0)
		return false;
	for (day_first = 0; day_first < 2; day_first++)
	{
		written = ac_cell_slash_date(text, len, day_first, found);
		if (written != slow_slash_date(text, len, day_first, expected)
			|| memcmp(found, expected, written) != 0)
			return false;
	}
	written = ac_cell_unit_block(text, len, found);
	return (written > 0) == slow_unit_block(text, len, &millionths)
		&& written <= AC_CELL_BLOCK_MAX
		&& slow_millionths(found, written) == millionths;
}

#endif							/* AC_SLOW_FORM_H */
