/*
 * sturm.h
 *	  How many positive roots a polynomial has, by Sturm's theorem, in exact
 *	  integers.
 */
#ifndef AC_STURM_H
#define AC_STURM_H

#include "core/wide.h"

#define STURM_DEGREE_MAX	7

/* Coefficient k belongs to x^k; the last is not 0, but for the polynomial 0. */
typedef struct sturm_polynomial
{
	int			degree;			/* -1: the polynomial 0 */
	ac_int128	c[STURM_DEGREE_MAX + 1];
} sturm_polynomial;

/* Divide by the greatest common divisor of all coefficients. */
static inline void
sturm_reduce(sturm_polynomial *p)
{
	ac_uint128	divisor = 0;
	int			k;

	while (p->degree >= 0 && p->c[p->degree] == 0)
		p->degree--;
	for (k = 0; k <= p->degree; k++)
	{
		ac_uint128	rest = ac_int128_magnitude(p->c[k]);

		while (rest != 0)
		{
			ac_uint128	next = divisor % rest;

			divisor = rest;
			rest = next;
		}
	}
	for (k = 0; k <= p->degree; k++)
		p->c[k] /= (ac_int128) divisor;
}

/* -(a mod b), times a positive number, in *a; false if that does not fit. */
static inline bool
sturm_negative_remainder(sturm_polynomial *a, const sturm_polynomial *b)
{
	ac_int128	lead = b->c[b->degree];
	int			k;

	while (a->degree >= b->degree)
	{
		ac_int128	factor = lead < 0 ? -a->c[a->degree] : a->c[a->degree];
		int			shift = a->degree - b->degree;

		for (k = 0; k <= a->degree; k++)
		{
			ac_int128	taken = 0;

			if (k >= shift &&
				__builtin_mul_overflow(b->c[k - shift], factor, &taken))
				return false;
			if (__builtin_mul_overflow(a->c[k], lead < 0 ? -lead : lead,
									   &a->c[k]) ||
				__builtin_sub_overflow(a->c[k], taken, &a->c[k]))
				return false;
		}
		sturm_reduce(a);
	}
	for (k = 0; k <= a->degree; k++)
		a->c[k] = -a->c[k];
	return true;
}

/* Count a change of sign; zeros have none. */
static inline int
sturm_change(ac_int128 value, int *sign)
{
	int			before = *sign;

	if (value != 0)
		*sign = value < 0 ? -1 : 1;
	return before * *sign < 0;
}

/*
 * The number of distinct roots above 0 of a polynomial with c[0] != 0; -1 if
 * numbers do not fit.  *simple says that no root, real or not, is a multiple.
 */
static inline int
sturm_count(sturm_polynomial a, bool *simple)
{
	sturm_polynomial b = {.degree = a.degree - 1};
	int			roots = 0;
	int			at_0 = 0;
	int			at_infinity = 0;
	int			k;

	for (k = 1; k <= a.degree; k++)
		b.c[k - 1] = a.c[k] * k;
	sturm_reduce(&a);
	sturm_reduce(&b);
	for (;;)
	{
		sturm_polynomial next = a;

		roots += sturm_change(a.c[0], &at_0)
			- sturm_change(a.c[a.degree], &at_infinity);
		if (b.degree < 0)
			break;
		if (!sturm_negative_remainder(&next, &b))
			return -1;
		a = b;
		b = next;
	}
	*simple = a.degree == 0;
	return roots;
}

#endif							/* AC_STURM_H */
