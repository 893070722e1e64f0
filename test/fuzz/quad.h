/*
 * quad.h
 *	  Doubles from an input, and numbers of twice their precision and a far
 *	  wider range to hold results against.
 */
#ifndef AC_QUAD_H
#define AC_QUAD_H

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#ifdef __SIZEOF_FLOAT128__
typedef __float128 quad;
#else
_Static_assert(LDBL_MANT_DIG == 113, "a long double has twice the precision");
typedef long double quad;
#endif

/* Relative error of one operation on quads. */
#define QUAD_EPSILON	(DBL_EPSILON * DBL_EPSILON / 256)

/* Bytes of an input that are a double. */
#define REAL_BYTES		9

static inline quad
quad_abs(quad x)
{
	return x < 0 ? -x : x;
}

static inline quad
quad_max(quad a, quad b)
{
	return a > b ? a : b;
}

static inline quad
quad_min(quad a, quad b)
{
	return a < b ? a : b;
}

/* Any double, an edge, a whole number or one of some decimals. */
static inline double
real_of(const uint8_t *bytes)
{
	static const double edge[] = {
		0, -0.0, 1, -1, 0.5, 1 - DBL_EPSILON / 2, 1 + DBL_EPSILON,
		DBL_EPSILON / 2 - 1, DBL_MIN, -DBL_MIN, DBL_MAX, -DBL_MAX,
		INFINITY, -INFINITY, NAN, 5e-324
	};
	static const double power[] = {1, 10, 100, 1e3, 1e4, 1e6, 1e9, 1e12};
	double		real;
	int32_t		whole;

	memcpy(&real, bytes + 1, sizeof(real));
	memcpy(&whole, bytes + 1, sizeof(whole));
	switch (bytes[0] & 3)
	{
		case 0:
			return whole / power[bytes[5] & 7];
		case 1:
			return whole * power[bytes[5] & 7];
		case 2:
			return edge[bytes[1] & 15];
		default:
			return real;
	}
}

#endif							/* AC_QUAD_H */
