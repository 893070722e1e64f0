/*
 * finance_roots.h
 *	  Positive roots of polynomials, by a search that proves what it finds.
 */
#ifndef AC_FINANCE_ROOTS_H
#define AC_FINANCE_ROOTS_H

#include "core/finance.h"
#include "core/finance_double2.h"

/*
 * The polynomial that is searched in (0, 1]: that of the flows for x up to 1,
 * and that of the flows in reverse, whose variable is 1 / x = 1 + rate, for
 * all others.  So no power ever overflows.
 */
typedef struct ac_polynomial
{
	const double *flow;			/* coefficient k is flow[k * step] * scale */
	int			step;
	int			degree;
	double		scale;			/* a power of 2 */
	double		rounding;		/* relative error of sums of doubles */
	double		rounding2;		/* of sums in twice the precision */
	ac_poll		poll;			/* called before each pass; may not return */
} ac_polynomial;

/* An interval of rates, and the sign of the present value at its end. */
typedef struct ac_interval
{
	double		low;
	double		high;
	bool		positive;		/* at high */
} ac_interval;

/*
 * Intervals around one root each, by rising rate, and one around all rates at
 * which the search is given up.
 */
typedef struct ac_roots
{
	int			most;			/* the search ends after so many */
	int			count;
	ac_interval root[AC_IRR_ROOTS_MAX];
	bool		undecided;
	ac_interval rest;
} ac_roots;

extern ac_polynomial ac_polynomial_of(const double *flow, int step,
									  int degree, double scale, ac_poll poll);
extern double ac_polynomial_end(const ac_polynomial *p);
extern double ac_polynomial_at(const ac_polynomial *p, ac_double2 x);
extern void ac_find_roots(const ac_polynomial *near, const ac_polynomial *far,
						  ac_roots *roots);

#endif							/* AC_FINANCE_ROOTS_H */
