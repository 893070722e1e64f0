/*
 * finance_double2.h
 *	  Numbers of twice the precision of a double, as unevaluated sums of two:
 *	  some 106 bits, in which cash flows cancel without losing digits.
 *
 * Dekker, A floating-point technique for extending the available precision,
 * Numerische Mathematik 18 (1971).  Numbers beyond 2^996 become NaN.
 */
#ifndef AC_FINANCE_DOUBLE2_H
#define AC_FINANCE_DOUBLE2_H

/* Of magnitudes, lo is at most half a unit in the last place of hi. */
typedef struct ac_double2
{
	double		hi;
	double		lo;
} ac_double2;

/* a + b, exactly */
static inline ac_double2
ac_double2_sum(double a, double b)
{
	ac_double2	sum;
	double		rounded;

	sum.hi = a + b;
	rounded = sum.hi - a;
	sum.lo = (a - (sum.hi - rounded)) + (b - rounded);
	return sum;
}

/* a + b, exactly, where |a| >= |b| or a is 0 */
static inline ac_double2
ac_double2_renorm(double a, double b)
{
	ac_double2	sum;

	sum.hi = a + b;
	sum.lo = b - (sum.hi - a);
	return sum;
}

/* a * b, exactly, if nothing underflows */
static inline ac_double2
ac_double2_product(double a, double b)
{
	const double splitter = 134217729;	/* 2^27 + 1 */
	double		a_big = splitter * a,
				b_big = splitter * b;
	double		a_hi = a_big - (a_big - a),
				b_hi = b_big - (b_big - b);
	double		a_lo = a - a_hi,
				b_lo = b - b_hi;
	ac_double2	product;

	product.hi = a * b;
	product.lo = ((a_hi * b_hi - product.hi) + a_hi * b_lo + a_lo * b_hi)
		+ a_lo * b_lo;
	return product;
}

static inline ac_double2
ac_double2_add(ac_double2 a, double b)
{
	ac_double2	sum = ac_double2_sum(a.hi, b);

	return ac_double2_renorm(sum.hi, sum.lo + a.lo);
}

static inline ac_double2
ac_double2_multiply(ac_double2 a, ac_double2 b)
{
	ac_double2	product = ac_double2_product(a.hi, b.hi);

	return ac_double2_renorm(product.hi,
							 product.lo + (a.hi * b.lo + a.lo * b.hi));
}

/* 1 / a */
static inline ac_double2
ac_double2_inverse(ac_double2 a)
{
	double		guess = 1 / a.hi;
	ac_double2	product = ac_double2_product(guess, a.hi);
	double		rest = ((1 - product.hi) - product.lo) - guess * a.lo;

	return ac_double2_renorm(guess, rest * guess);
}

/* What a unit is worth one period earlier: 1 / (1 + rate), for rate > -1. */
static inline ac_double2
ac_discount_factor(double rate)
{
	if (rate > 1e270)
		return ac_double2_renorm(1 / rate, 0);
	return ac_double2_inverse(ac_double2_sum(1, rate));
}

#endif							/* AC_FINANCE_DOUBLE2_H */
