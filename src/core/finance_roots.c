/*
 * finance_roots.c
 *	  Positive roots of polynomials, by a search that proves what it finds.
 *
 * With x = 1 / (1 + rate) the present value is the polynomial of the flows,
 * p(x) = sum of flow[k] * x^k, and rates above -1 are the positive x.  By
 * Descartes' rule p has no positive root if the flows do not change sign, and
 * exactly one if they do so once.  Otherwise positive x are searched by
 * bisection, with bounds that hold everywhere between two points:
 *
 * p' is the difference of two sums of positive terms, each of which grows with
 * x, so their values at the ends of an interval bound the slope within.  If
 * the slope keeps its sign, the signs of p at the ends say whether there is a
 * root, and then there is one only.  If p has the same sign at both ends and
 * no line of such slopes reaches 0, there is none.  Else the interval is cut
 * in two.  Signs are trusted only where p, summed in twice the precision of a
 * double, exceeds the bound of its rounding error.
 *
 * Two roots are told from none down to a relative distance of some 1e-13 in
 * x; where they are closer, as at a rate which the present value only touches
 * 0 at, the search is given up; so it is where the first or the last flow is
 * some 1e-300 of the largest, for which doubles are not wide enough.
 */
#include "core/finance_roots.h"

#include <float.h>
#include <math.h>

/* Halvings of x that look for a point below all roots. */
#define HALVINGS_MAX	32

/* Limit of points times flows in a search: about a second. */
#define WORK_MAX		INT64_C(20000000)
#define POINTS_MAX		INT64_C(100000)

/* The polynomial p and its slope, evaluated at x. */
typedef struct point
{
	double		x;
	double		value;
	double		error;			/* the sign of value is certain if its
								 * magnitude exceeds this */
	double		sum[2];			/* of the positive and the negative terms */
	double		slope[2];		/* of p', likewise; magnitudes */
} point;

typedef struct search
{
	const ac_polynomial *p;
	int64_t		work;			/* points that the search may still evaluate */
	bool		by_rate;		/* x rises with the rate: it is 1 + rate */
	ac_roots   *roots;
} search;

static double
coefficient(const ac_polynomial *p, int k)
{
	return p->flow[(ptrdiff_t) k * p->step] * p->scale;
}

ac_polynomial
ac_polynomial_of(const double *flow, int step, int degree, double scale,
				 ac_poll poll)
{
	ac_polynomial p = {.flow = flow,.step = step,.degree = degree,
	.scale = scale,.poll = poll};

	p.rounding = 4 * (degree + 4.0) * DBL_EPSILON;
	p.rounding2 = 16 * (degree + 4.0) * DBL_EPSILON * DBL_EPSILON;
	return p;
}

/* The coefficient of x^0: 0 if it is too small for a double. */
double
ac_polynomial_end(const ac_polynomial *p)
{
	return coefficient(p, 0);
}

/* Horner's rule, in twice the precision */
double
ac_polynomial_at(const ac_polynomial *p, ac_double2 x)
{
	ac_double2	value = {0};
	int			k;

	ac_poll_at(0, p->poll);
	for (k = p->degree; k >= 0; k--)
		value = ac_double2_add(ac_double2_multiply(value, x),
							   coefficient(p, k));
	return value.hi;
}

static bool
is_certain(const point *at)
{
	return fabs(at->value) > at->error;
}

/*
 * Evaluate p and the bounds of its slope at x; return false if its sign is
 * uncertain.
 */
static bool
look_at(search *s, double x, point *at)
{
	const ac_polynomial *p = s->p;
	ac_double2	twice = {x, 0};
	point		found = {.x = x};
	int			k;

	for (k = p->degree; k >= 0; k--)
	{
		double		term = coefficient(p, k);

		found.slope[0] = found.slope[0] * x + found.sum[0];
		found.slope[1] = found.slope[1] * x + found.sum[1];
		found.sum[0] = found.sum[0] * x + (term > 0 ? term : 0);
		found.sum[1] = found.sum[1] * x + (term < 0 ? -term : 0);
	}
	found.value = ac_polynomial_at(p, twice);
	found.error = p->rounding2 * (found.sum[0] + found.sum[1])
		+ (p->degree + 1.0) * 1e-316;	/* allow for underflow */
	s->work--;
	*at = found;
	return is_certain(at);
}

/*
 * Test whether p may be 0 between two points of the same sign, given its
 * slopes.
 */
static bool
may_reach_zero(const point *a, const point *b, double least, double most)
{
	double		from_a = fabs(a->value) - a->error;
	double		from_b = fabs(b->value) - b->error;
	double		sign = a->value < 0 ? -1 : 1;
	double		fall = sign > 0 ? -least : most;
	double		rise = sign > 0 ? most : -least;

	/* test whether the steepest fall from a and rise to b meet above 0 */
	return !(rise * from_a + fall * from_b >
			 fall * rise * (b->x - a->x) * (1 + 1e-9));
}

/* Find a point of certain sign between two others. */
static bool
look_between(search *s, const point *a, const point *b, point *between)
{
	static const double share[] = {0.5, 0.4375, 0.5625, 0.34375, 0.65625};
	size_t		i;

	for (i = 0; i < sizeof(share) / sizeof(share[0]) && s->work > 0; i++)
	{
		double		x = b->x > 4 * a->x ? sqrt(a->x) * sqrt(b->x) * (0.75 + share[i] / 2)
		: a->x + (b->x - a->x) * share[i];

		if (x <= a->x || x >= b->x)
			return false;
		if (look_at(s, x, between))
			return true;
	}
	return false;
}

static ac_interval
interval_of(const search *s, const point *a, const point *b)
{
	ac_interval interval;

	if (s->by_rate)
	{
		interval.low = a->x - 1;
		interval.high = b->x - 1;
		interval.positive = b->value > 0;
	}
	else
	{
		interval.low = 1 / b->x - 1;
		interval.high = 1 / a->x - 1;
		interval.positive = a->value > 0;
	}
	return interval;
}

static void
give_up(ac_roots *roots, double low, double high)
{
	if (!roots->undecided || low < roots->rest.low)
		roots->rest.low = low;
	if (!roots->undecided || high > roots->rest.high)
		roots->rest.high = high;
	roots->undecided = true;
}

/* Sort it in: intervals are found by falling or by rising rate. */
static void
add_root(ac_roots *roots, ac_interval interval)
{
	int			i = roots->count++;

	for (; i > 0 && roots->root[i - 1].low > interval.low; i--)
		roots->root[i] = roots->root[i - 1];
	roots->root[i] = interval;
}

/* A search for one root ends where it is not certain; one for all goes on. */
static bool
is_done(const ac_roots *roots)
{
	return roots->count >= roots->most ||
		(roots->undecided && roots->most < AC_IRR_ROOTS_MAX);
}

/* Find roots between two points of certain signs. */
static void
search_between(search *s, const point *a, const point *b)
{
	double		more = 1 + s->p->rounding,
				less = 1 - s->p->rounding;
	double		least = a->slope[0] * less - b->slope[1] * more;
	double		most = b->slope[0] * more - a->slope[1] * less;
	bool		same = (a->value > 0) == (b->value > 0);
	point		between;

	if (is_done(s->roots))
		return;
	if (least >= 0 || most <= 0)
	{
		if (!same)
			add_root(s->roots, interval_of(s, a, b));
		return;
	}
	if (same && !may_reach_zero(a, b, least, most))
		return;
	if (!look_between(s, a, b, &between))
	{
		ac_interval rest = interval_of(s, a, b);

		give_up(s->roots, rest.low, rest.high);
		return;
	}
	search_between(s, a, &between);
	search_between(s, &between, b);
}

/*
 * Test whether p has no root up to x: its first coefficient outweighs all of
 * the other sign.
 */
static bool
is_below_roots(search *s, double x, point *at)
{
	double		first = coefficient(s->p, 0);
	double		rounding = s->p->rounding;

	return x > 1e-300 && s->work > 0 && look_at(s, x, at) &&
		fabs(first) * (1 - rounding) > at->sum[first > 0] * (1 + rounding);
}

/*
 * A point below which there is no root. Where halving x does not soon find
 * one, Cauchy's bound does: no coefficient exceeds 1, so the others add up to
 * x / (1 - x) at most, which is less than c for x < c / (1 + c).
 */
static bool
look_below_roots(search *s, double x, point *at)
{
	double		first = fabs(coefficient(s->p, 0));
	int			i;

	for (i = 0; i < HALVINGS_MAX; i++, x *= 0.5)
		if (is_below_roots(s, x, at))
			return true;
	return is_below_roots(s, first / (1 + first) * 0.5, at);
}

/*
 * Search all x: those up to a point next to 1 as they are, those from there on
 * by their inverse.
 */
void
ac_find_roots(const ac_polynomial *near, const ac_polynomial *far,
			  ac_roots *roots)
{
	int64_t		work = WORK_MAX / (near->degree + 1);
	search		a = {.p = near,.work = work < POINTS_MAX ? work : POINTS_MAX,
	.roots = roots};
	search		b = {.p = far,.work = a.work,.by_rate = true,.roots = roots};
	point		meet_a,
				meet_b,
				below;
	bool		met = false;
	int			i;

	for (i = 0; i < 16 && !met; i++)
	{
		double		x = 1 + (2 * i + 1) / (8.0 * (near->degree + 1));

		met = look_at(&a, x, &meet_a) && look_at(&b, 1 / x, &meet_b) &&
			(meet_a.value > 0) == (meet_b.value > 0);
	}
	if (!met)
	{
		give_up(roots, -1, INFINITY);
		return;
	}

	if (look_below_roots(&a, meet_a.x, &below))
		search_between(&a, &below, &meet_a);
	else
		give_up(roots, 1 / meet_a.x - 1, INFINITY);
	if (is_done(roots))
		return;
	if (look_below_roots(&b, meet_b.x, &below))
		search_between(&b, &below, &meet_b);
	else
		give_up(roots, -1, meet_b.x - 1);
}
