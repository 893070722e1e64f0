/*
 * finance_irr.c
 *	  The internal rate of return, where there is exactly one.
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
 * 0 at, the search is given up, and no root is reported; nor is one where the
 * first or the last flow is some 1e-300 of the largest, for which doubles are
 * not wide enough.
 */
#include "core/finance.h"

#include <math.h>

#include "core/finance_double2.h"
#include "core/real.h"

/* Halvings of x that look for a point below all roots. */
#define HALVINGS_MAX	32

/* Limit of points times flows in a search: about a second. */
#define WORK_MAX		INT64_C(20000000)
#define POINTS_MAX		INT64_C(100000)

/*
 * The polynomial that is searched in (0, 1]: that of the flows for x up to 1,
 * and that of the flows in reverse, whose variable is 1 / x = 1 + rate, for
 * all others.  So no power ever overflows.
 */
typedef struct polynomial
{
	const double *flow;			/* coefficient k is flow[k * step] * scale */
	int			step;
	int			degree;
	double		scale;			/* a power of 2 */
	double		rounding;		/* relative error of sums of doubles */
	double		rounding2;		/* of sums in twice the precision */
	ac_poll		poll;			/* called before each pass; may not return */
} polynomial;

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
	const polynomial *p;
	int64_t		work;			/* points that the search may still evaluate */
	int			roots;
	bool		undecided;
	point		low;			/* the ends of the interval around the last
								 * root */
	point		high;
} search;

static double
coefficient(const polynomial *p, int k)
{
	return p->flow[(ptrdiff_t) k * p->step] * p->scale;
}

static polynomial
polynomial_of(const double *flow, int step, int degree, double scale,
			  ac_poll poll)
{
	polynomial	p = {.flow = flow,.step = step,.degree = degree,
	.scale = scale,.poll = poll};

	p.rounding = 4 * (degree + 4.0) * DBL_EPSILON;
	p.rounding2 = 16 * (degree + 4.0) * DBL_EPSILON * DBL_EPSILON;
	return p;
}

/* Horner's rule, in twice the precision */
static double
value_at(const polynomial *p, ac_double2 x)
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
	const polynomial *p = s->p;
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
	found.value = value_at(p, twice);
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

/* Find roots between two points of certain signs, up to the second root. */
static void
search_between(search *s, const point *a, const point *b)
{
	double		more = 1 + s->p->rounding,
				less = 1 - s->p->rounding;
	double		least = a->slope[0] * less - b->slope[1] * more;
	double		most = b->slope[0] * more - a->slope[1] * less;
	bool		same = (a->value > 0) == (b->value > 0);
	point		between;

	if (s->roots > 1 || s->undecided)
		return;
	if (least >= 0 || most <= 0)
	{
		if (!same)
		{
			s->roots++;
			s->low = *a;
			s->high = *b;
		}
		return;
	}
	if (same && !may_reach_zero(a, b, least, most))
		return;
	if (!look_between(s, a, b, &between))
	{
		s->undecided = true;
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
 * by their inverse.  Returns whether there is exactly one root, and the rates
 * around it.
 */
static bool
search_all(const polynomial *near, const polynomial *far, double *low,
		   double *high)
{
	int64_t		work = WORK_MAX / (near->degree + 1);
	search		a = {.p = near,.work = work < POINTS_MAX ? work : POINTS_MAX};
	search		b = {.p = far,.work = a.work};
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
		return false;

	if (!look_below_roots(&a, meet_a.x, &below))
		return false;
	search_between(&a, &below, &meet_a);
	if (a.roots > 1 || a.undecided || !look_below_roots(&b, meet_b.x, &below))
		return false;
	search_between(&b, &below, &meet_b);
	if (b.undecided || a.roots + b.roots != 1)
		return false;
	if (a.roots == 1)
	{
		*low = 1 / a.high.x - 1;
		*high = 1 / a.low.x - 1;
	}
	else
	{
		*low = b.low.x - 1;
		*high = b.high.x - 1;
	}
	return true;
}

/* Find two rates that enclose all roots. */
static bool
bound_all(const polynomial *near, const polynomial *far, double *low,
		  double *high)
{
	search		a = {.p = near,.work = HALVINGS_MAX + 1};
	search		b = {.p = far,.work = HALVINGS_MAX + 1};
	point		below;

	if (!look_below_roots(&a, 1, &below))
		return false;
	*high = 1 / below.x - 1;
	if (!look_below_roots(&b, 1, &below))
		return false;
	*low = below.x - 1;
	return true;
}

/* Return the present value at a rate, times a positive number. */
static double
value_at_rate(const polynomial *near, const polynomial *far, double rate)
{
	if (rate < 0)
		return value_at(far, ac_double2_sum(1, rate));
	return value_at(near, ac_discount_factor(rate));
}

/* Return the midpoint, on the scale of 1 + rate if the ends are far apart. */
static double
middle(double low, double high)
{
	if (low > -1 && high + 1 > 4 * (low + 1))
		return sqrt(low + 1) * sqrt(high + 1) - 1;
	return low / 2 + high / 2;
}

/*
 * Close in on the one root between two rates, from above which on the present
 * value has the sign of the first flow, down to neighbouring doubles, of which
 * the better one is taken.  Returns false if that would be -1.
 */
static bool
refine(const polynomial *near, const polynomial *far, double low, double high,
	   double *rate)
{
	bool		first = coefficient(near, 0) > 0;
	double		at_low = 0,
				at_high = 0;
	double		next = low < 0 && high > 0 ? 0 : middle(low, high);

	while (next > low && next < high)
	{
		double		value = value_at_rate(near, far, next);

		if (value == 0)
		{
			low = high = next;
			break;
		}
		if ((value > 0) == first)
		{
			high = next;
			at_high = fabs(value);
		}
		else
		{
			low = next;
			at_low = fabs(value);
		}
		next = middle(low, high);
	}
	if (low != high && at_low == 0)
		at_low = low <= -1 ? 0 : fabs(value_at_rate(near, far, low));
	if (low != high && at_high == 0)
		at_high = fabs(value_at_rate(near, far, high));
	*rate = at_high < at_low ? high : low;
	return *rate > -1;
}

/*
 * The rate above -1 at which the present value of the flows is 0; found is
 * false if there is none, more than one, or one that cannot be told from none
 * or two. Before each pass over the flows, poll is called, which need not
 * return.
 */
ac_status
ac_irr(const double *flow, int count, ac_poll poll, bool *found,
	   double *rate, ac_fault *fault)
{
	int			first = 0,
				last = count - 1,
				changes = 0,
				previous = -1,
				i;
	double		largest = 0,
				scale = 1;
	double		low,
				high;
	polynomial	near,
				far;

	if (count > AC_IRR_FLOWS_MAX)
		return ac_fault_number(fault, AC_FLOW_LIMIT, count, AC_IRR_FLOWS_MAX);
	AC_TRY(ac_check_flows(flow, count, NULL, fault));
	*found = false;

	/* zeros at either end change no root above -1 */
	while (first < last && flow[first] == 0)
		first++;
	while (last > first && flow[last] == 0)
		last--;
	for (i = first; i <= last; i++)
	{
		if (flow[i] == 0)
			continue;
		changes += previous >= 0 && (flow[i] > 0) != (flow[previous] > 0);
		previous = i;
		largest = fabs(flow[i]) > largest ? fabs(flow[i]) : largest;
	}
	if (changes == 0)
		return AC_OK;

	/* the largest between 1/2 and 1 */
	while (largest * scale > 1)
		scale *= 0.5;
	while (largest * scale < 0.5 && scale < 1e300)
		scale *= 2;
	near = polynomial_of(flow + first, 1, last - first, scale, poll);
	far = polynomial_of(flow + last, -1, last - first, scale, poll);
	if (changes == 1)
		*found = bound_all(&near, &far, &low, &high);
	else
		*found = search_all(&near, &far, &low, &high);
	if (*found)
		*found = refine(&near, &far, low, high, rate);
	return AC_OK;
}
