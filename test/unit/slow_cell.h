/*
 * slow_cell.h
 *	  What cells are, by regular expressions and the C library's calendar.
 */
#ifndef AC_SLOW_CELL_H
#define AC_SLOW_CELL_H

#include <assert.h>
#include <regex.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SLOW_CELL_MAX	200		/* bytes of a cell that is judged */
#define SLOW_NUMBER \
	"^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9][0-9]?)?$"
#define SLOW_TIME \
	"^[1-9][0-9][0-9][0-9]-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])" \
	"([ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,30})?)?" \
	"( ?(Z|UTC|[-+](0[0-9]|1[0-4])(:?[0-5][0-9])?))?)?$"
#define SLOW_STRING		"\"([^\"\\\x01-\x1f]|\\\\[\"\\/bfnrt])*\""
#define SLOW_SCALAR \
	"(" SLOW_STRING "|-?(0|[1-9][0-9]*)([.][0-9]+)?|true|false|null)"
#define SLOW_BLANK		"[ \t\n\r]*"
#define SLOW_MEMBER \
	SLOW_BLANK SLOW_STRING SLOW_BLANK ":" SLOW_BLANK SLOW_SCALAR SLOW_BLANK
#define SLOW_FLAT_OBJECT \
	"^[{](" SLOW_BLANK "|" SLOW_MEMBER "(," SLOW_MEMBER ")*)[}]$"

/* Does a whole cell match?  None with a zero byte does. */
static inline bool
slow_matches(regex_t *compiled, const char *pattern, const char *text,
			 size_t len)
{
	char		copy[SLOW_CELL_MAX + 1] = "";

	assert(len <= SLOW_CELL_MAX);
	if (compiled->re_nsub == 0)
	{
		int			status = regcomp(compiled, pattern, REG_EXTENDED);

		assert(status == 0);
		(void) status;
	}
	if (len > 0)
		memcpy(copy, text, len);
	return strlen(copy) == len && regexec(compiled, copy, 0, NULL, 0) == 0;
}

static inline bool
slow_is_number(const char *text, size_t len)
{
	static regex_t number;

	return len <= 100 && slow_matches(&number, SLOW_NUMBER, text, len);
}

static inline bool
slow_is_flat_object(const char *text, size_t len)
{
	static regex_t object;

	return slow_matches(&object, SLOW_FLAT_OBJECT, text, len);
}

/* Does the C library find the day in the calendar? */
static inline bool
slow_time(const char *text, size_t len, int64_t *microseconds)
{
	static regex_t pattern;
	char		copy[SLOW_CELL_MAX + 1] = "";
	struct tm	at = {0};
	const char *rest = copy + 10;
	int			day;
	int			offset = 0;
	double		fraction = 0;

	if (!slow_matches(&pattern, SLOW_TIME, text, len))
		return false;
	memcpy(copy, text, len);
	at.tm_year = atoi(copy) - 1900;
	at.tm_mon = atoi(copy + 5) - 1;
	at.tm_mday = day = atoi(copy + 8);
	if (*rest != '\0')
	{
		at.tm_hour = atoi(copy + 11);
		at.tm_min = atoi(copy + 14);
		rest = copy + 16;
		if (*rest == ':')
		{
			char	   *end;

			at.tm_sec = atoi(rest + 1);
			rest += 3;
			if (*rest == '.')
			{
				fraction = strtod(rest, &end);
				rest = end;
			}
		}
		rest += strspn(rest, " ");
		if (*rest == '-' || *rest == '+')
		{
			offset = 60 * (10 * (rest[1] - '0') + rest[2] - '0')
				+ (rest[3] == '\0' ? 0 : atoi(rest + 3 + (rest[3] == ':')));
			offset = *rest == '-' ? -offset : offset;
		}
	}
	*microseconds = ((int64_t) timegm(&at) - 60 * offset - 946684800) * 1000000
		+ (int64_t) (fraction * 1000000 + 0.5);
	return at.tm_mday == day;
}

#endif							/* AC_SLOW_CELL_H */
