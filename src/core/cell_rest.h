/*
 * cell_rest.h
 *	  How the readers of cells go through one.
 */
#ifndef AC_CELL_REST_H
#define AC_CELL_REST_H

#include <stdbool.h>
#include <stddef.h>

/* What is left to read of a cell. */
typedef struct rest
{
	const char *at;
	const char *end;
} rest;

static inline rest
rest_of(const char *text, size_t len)
{
	rest		r = {text, text + len};

	return r;
}

static inline bool
next_is(const rest *r, char c)
{
	return r->at < r->end && *r->at == c;
}

static inline bool
next_is_digit(const rest *r)
{
	return r->at < r->end && *r->at >= '0' && *r->at <= '9';
}

static inline bool
skip(rest *r, char c)
{
	if (!next_is(r, c))
		return false;
	r->at++;
	return true;
}

static inline size_t
skip_digits(rest *r)
{
	const char *start = r->at;

	while (next_is_digit(r))
		r->at++;
	return (size_t) (r->at - start);
}

#endif							/* AC_CELL_REST_H */
