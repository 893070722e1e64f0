/*
 * cell_rest.h
 *	  How the readers of cells go through one.
 */
#ifndef AC_CELL_REST_H
#define AC_CELL_REST_H

#include <stdbool.h>
#include <stddef.h>

/* What is left to read of a cell. */
typedef struct cell_rest
{
	const char *at;
	const char *end;
} cell_rest;

static inline cell_rest
rest_of(const char *text, size_t len)
{
	cell_rest	r = {text, text + len};

	return r;
}

static inline bool
next_is(const cell_rest *r, char c)
{
	return r->at < r->end && *r->at == c;
}

static inline bool
next_is_digit(const cell_rest *r)
{
	return r->at < r->end && *r->at >= '0' && *r->at <= '9';
}

static inline bool
skip(cell_rest *r, char c)
{
	if (!next_is(r, c))
		return false;
	r->at++;
	return true;
}

static inline size_t
skip_digits(cell_rest *r)
{
	const char *start = r->at;

	while (next_is_digit(r))
		r->at++;
	return (size_t) (r->at - start);
}

#endif							/* AC_CELL_REST_H */
