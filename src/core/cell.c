/*
 * cell.c
 *	  Cells of a billing export.
 */
#include "core/cell.h"

#include <string.h>

#include "core/calendar.h"
#include "core/cell_rest.h"

#define NUMBER_MAX		100		/* bytes of a number */
#define COST_DIGITS		20		/* of the integers below 1e20 */
#define TIME_MAX		100		/* bytes of a time */
#define FRACTION_MAX	30		/* digits of a second */
#define OBJECT_MAX		10000	/* bytes of an object */
#define OBJECT_DEPTH	32

/*
 * Take away the blanks around, and in UTF-8 the byte order marks before; is
 * anything left but the word NULL?
 */
bool
ac_cell_trim(const char **text, size_t *len, bool is_utf8)
{
	while (is_utf8 && *len >= 3 && memcmp(*text, "\xef\xbb\xbf", 3) == 0)
	{
		*text += 3;
		*len -= 3;
	}
	while (*len > 0 && **text == ' ')
	{
		(*text)++;
		(*len)--;
	}
	while (*len > 0 && (*text)[*len - 1] == ' ')
		(*len)--;
	return *len > 0
		&& !(*len == 4 && (memcmp(*text, "NULL", 4) == 0
						   || memcmp(*text, "null", 4) == 0));
}

/*
 * Read a number, and its size: ten to that power is above it, and no lower one
 * is, but that it is 0 for a zero.
 */
static bool
read_number(const char *text, size_t len, int *size)
{
	cell_rest	r = rest_of(text, len);
	const char *first = NULL;	/* digit that is not 0 */
	const char *point;
	const char *digits;
	size_t		count;
	int			exponent = 0;

	if (len > NUMBER_MAX)
		return false;
	if (!skip(&r, '-'))
		skip(&r, '+');
	digits = r.at;
	count = skip_digits(&r);
	point = r.at;
	if (skip(&r, '.'))
		count += skip_digits(&r);
	if (count == 0)
		return false;
	for (; digits < r.at && first == NULL; digits++)
		if (*digits != '0' && *digits != '.')
			first = digits;

	if (next_is(&r, 'e') || next_is(&r, 'E'))
	{
		bool		negative;
		int			i;

		r.at++;
		negative = skip(&r, '-');
		if (!negative)
			skip(&r, '+');
		if (!next_is_digit(&r))
			return false;
		for (i = 0; i < 2 && next_is_digit(&r); i++)
			exponent = 10 * exponent + (*r.at++ - '0');
		if (negative)
			exponent = -exponent;
	}
	if (first == NULL)
		*size = 0;
	else if (first < point)
		*size = (int) (point - first) + exponent;
	else
		*size = (int) (point - first) + 1 + exponent;
	return r.at == r.end;
}

/* Digits, a fraction and an exponent of at most two digits. */
bool
ac_cell_is_number(const char *text, size_t len)
{
	int			size;

	return read_number(text, len, &size);
}

/* A number that is below 1e20, whatever its sign. */
bool
ac_cell_is_cost(const char *text, size_t len)
{
	int			size;

	return read_number(text, len, &size) && size <= COST_DIGITS;
}

/* Read so many digits, and see that they are within bounds. */
static bool
read_digits(cell_rest *r, int count, int least, int most, int *value)
{
	*value = 0;
	for (; count > 0; count--)
	{
		if (!next_is_digit(r))
			return false;
		*value = 10 * *value + (*r->at++ - '0');
	}
	return *value >= least && *value <= most;
}

/* Read the fraction of a second, to the nearest millionth. */
static bool
read_fraction(cell_rest *r, int64_t *microseconds)
{
	const char *start = r->at;
	size_t		count = skip_digits(r);
	size_t		i;

	*microseconds = 0;
	for (i = 0; i < 6; i++)
		*microseconds = 10 * *microseconds + (i < count ? start[i] - '0' : 0);
	if (count > 6 && start[6] >= '5')
		(*microseconds)++;
	return count >= 1 && count <= FRACTION_MAX;
}

/* Read nothing, Z, UTC or an offset from it, in minutes. */
static bool
read_offset(cell_rest *r, int *minutes)
{
	int			sign;
	int			hour;
	int			minute = 0;

	*minutes = 0;
	if (r->at == r->end)
		return true;
	skip(r, ' ');
	if (skip(r, 'Z'))
		return true;
	if (r->end - r->at >= 3 && memcmp(r->at, "UTC", 3) == 0)
	{
		r->at += 3;
		return true;
	}
	sign = next_is(r, '-') ? -1 : 1;
	if (!skip(r, '-') && !skip(r, '+'))
		return false;
	if (!read_digits(r, 2, 0, 14, &hour))
		return false;
	if (r->at < r->end)
	{
		skip(r, ':');
		if (!read_digits(r, 2, 0, 59, &minute))
			return false;
	}
	*minutes = sign * (60 * hour + minute);
	return true;
}

/*
 * Read a day, or a day and a time, that exist: YYYY-MM-DD, a blank or T,
 * hh:mm[:ss[.f]], and an offset; UTC without one.  Microseconds count from the
 * start of 2000 in UTC.
 */
bool
ac_cell_time(const char *text, size_t len, int64_t *microseconds)
{
	cell_rest	r = rest_of(text, len);
	int64_t		month_start;
	int64_t		fraction = 0;
	int			year,
				month,
				day;
	int			hour = 0,
				minute = 0,
				second = 0,
				offset = 0;

	if (len > TIME_MAX)
		return false;
	if (!read_digits(&r, 4, 1000, 9999, &year) || !skip(&r, '-')
		|| !read_digits(&r, 2, 1, 12, &month) || !skip(&r, '-')
		|| !read_digits(&r, 2, 1, 31, &day))
		return false;
	month_start = ac_month_start(ac_month_of_civil(year, month));
	if (day > ac_month_start(ac_month_of_civil(year, month) + 1) - month_start)
		return false;

	if (r.at < r.end)
	{
		if ((!skip(&r, ' ') && !skip(&r, 'T'))
			|| !read_digits(&r, 2, 0, 23, &hour) || !skip(&r, ':')
			|| !read_digits(&r, 2, 0, 59, &minute))
			return false;
		if (skip(&r, ':'))
		{
			if (!read_digits(&r, 2, 0, 59, &second))
				return false;
			if (skip(&r, '.') && !read_fraction(&r, &fraction))
				return false;
		}
		if (!read_offset(&r, &offset) || r.at < r.end)
			return false;
	}
	*microseconds = ((((month_start + day - 1) * 24 + hour) * 60
					  + minute - offset) * 60 + second) * 1000000 + fraction;
	return true;
}

static void
skip_blanks(cell_rest *r)
{
	while (next_is(r, ' ') || next_is(r, '\t') || next_is(r, '\n')
		   || next_is(r, '\r'))
		r->at++;
}

static bool
skip_word(cell_rest *r, const char *word)
{
	size_t		len = strlen(word);

	if ((size_t) (r->end - r->at) < len || memcmp(r->at, word, len) != 0)
		return false;
	r->at += len;
	return true;
}

/* Skip a string that has no \u, whose surrogates and encodings may be wrong. */
static bool
skip_string(cell_rest *r)
{
	if (!skip(r, '"'))
		return false;
	while (r->at < r->end && *r->at != '"')
	{
		if ((unsigned char) *r->at < ' ')
			return false;
		if (*r->at++ == '\\')
		{
			if (r->at == r->end || *r->at == '\0'
				|| strchr("\"\\/bfnrt", *r->at) == NULL)
				return false;
			r->at++;
		}
	}
	return skip(r, '"');
}

/* Skip a number without an exponent, which might be out of range. */
static bool
skip_plain_number(cell_rest *r)
{
	skip(r, '-');
	if (!skip(r, '0') && skip_digits(r) == 0)
		return false;
	return !skip(r, '.') || skip_digits(r) > 0;
}

static bool skip_value(cell_rest *r, int depth);

/* Skip what is between braces or brackets, with the one that closes it. */
static bool
skip_members(cell_rest *r, char close, int depth)
{
	skip_blanks(r);
	if (skip(r, close))
		return true;
	do
	{
		skip_blanks(r);
		if (close == '}')
		{
			if (!skip_string(r))
				return false;
			skip_blanks(r);
			if (!skip(r, ':'))
				return false;
			skip_blanks(r);
		}
		if (!skip_value(r, depth))
			return false;
		skip_blanks(r);
	} while (skip(r, ','));
	return skip(r, close);
}

static bool
skip_value(cell_rest *r, int depth)
{
	if (skip(r, '{'))
		return depth > 0 && skip_members(r, '}', depth - 1);
	if (skip(r, '['))
		return depth > 0 && skip_members(r, ']', depth - 1);
	if (next_is(r, '"'))
		return skip_string(r);
	return skip_word(r, "true") || skip_word(r, "false")
		|| skip_word(r, "null") || skip_plain_number(r);
}

/*
 * Is it an object of JSON, and so plain that to read it cannot fail?  Others may
 * be objects, too.
 */
bool
ac_cell_is_plain_object(const char *text, size_t len)
{
	cell_rest	r = rest_of(text, len);

	return len < OBJECT_MAX && next_is(&r, '{')
		&& skip_value(&r, OBJECT_DEPTH) && r.at == r.end;
}
