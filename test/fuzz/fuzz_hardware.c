/*
 * fuzz_hardware.c
 *	  Throughput by its formulas; an input is that of real_rules.h.
 */
#include "../unit/real_hardware.h"
#include "real_rules.h"

static exact
of_tops(const double *p)
{
	return over(times(times(exact_of(p[0]), exact_of(p[1])),
					  times(exact_of(p[2]), exact_of(p[3]))),
				exact_of(1e12));
}

static exact
of_quotient(const double *p)
{
	return over(exact_of(p[0]), exact_of(p[1]));
}

/* What memory allows may be out of range, as the peak is not. */
static exact
of_attainable(const double *p)
{
	exact		x = over(times(exact_of(p[1]), exact_of(p[2])), exact_of(1e3));

	x.value = x.value < p[0] ? x.value : p[0];
	x.large = 1;
	return x;
}

static exact
of_ridge(const double *p)
{
	return over(times(exact_of(p[0]), exact_of(1e3)), exact_of(p[1]));
}

static exact
of_ratio(const double *p)
{
	return over(exact_of(p[0]), exact_of(p[2]));
}

static exact
of_intensity(const double *p)
{
	exact		m = exact_of(p[0]);
	exact		n = exact_of(p[1]);
	exact		k = exact_of(p[2]);
	exact		elements = plus(times(m, k), times(m, n));
	exact		weights = times(k, n);

	return over(times(times(exact_of(2), m), times(n, k)),
				plus(times(elements, exact_of(p[3])),
					 times(weights, exact_of(p[4]))));
}

static exact
of_tokens(const double *p)
{
	exact		a_second = times(times(exact_of(p[1]), exact_of(1e9)),
								 times(exact_of(p[2]), exact_of(p[3])));

	return over(a_second, plus(exact_of(p[0]),
							   times(exact_of(p[2]), exact_of(p[4]))));
}

static exact
of_cache(const double *p)
{
	return times(times(times(exact_of(2), exact_of(p[0])),
					   times(exact_of(p[1]), exact_of(p[2]))),
				 times(exact_of(p[3]), exact_of(p[4])));
}

/* The least of what memory and arithmetic allow. */
static exact
of_bound(const double *p)
{
	exact		context = plus(exact_of(p[5]), over(exact_of(p[6]),
													exact_of(2)));
	exact		bytes = plus(exact_of(p[1]),
							 times(times(exact_of(p[4]), exact_of(p[7])),
								   context));
	exact		memory = over(times(times(exact_of(p[4]), exact_of(p[3])),
									times(exact_of(p[8]), exact_of(1e9))),
							  bytes);
	exact		decode = over(times(times(exact_of(p[2]), exact_of(p[8])),
									exact_of(1e12)),
							  times(exact_of(2), exact_of(p[0])));
	exact		arithmetic = over(decode,
								  plus(exact_of(1), over(exact_of(p[5]),
														 exact_of(p[6]))));
	exact		bound = {
		quad_min(memory.value, arithmetic.value),
		quad_max(memory.large, arithmetic.large),
		quad_min(memory.small, arithmetic.small)
	};

	return bound;
}

/* In the order of hardware_rules. */
static const real_formula formulas[HARDWARE_RULES] = {
	{of_tops, "++++"}, {of_quotient, "+-"}, {of_attainable, "+++"},
	{of_ridge, "+-"}, {of_quotient, "+-"}, {of_quotient, "+-"},
	{of_ratio, "+ - "}, {of_intensity, "   --"}, {of_tokens, "-+ +-"},
	{of_cache, "+++++"}, {of_bound, "--++    +"}
};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	real_input	in = {0};
	real_rule	rule;

	memcpy(&in, data, size < sizeof(in) ? size : sizeof(in));
	rule = hardware_rules[in.rule % HARDWARE_RULES];
	if (rule.call == tops_ratio)
	{
		double		p[4];
		double		ratio;
		ac_fault	fault;
		int			of;
		int			i;

		for (i = 0; i < 4; i++)
			p[i] = real_of(in.value[i]);
		if (expected_fault(&rule, p, &of) == AC_OK && p[1] != p[3])
			REQUIRE(tops_ratio(p, &ratio, &fault) == AC_SPARSITY_MISMATCH
					&& fault.real[0] == p[1] && fault.real[1] == p[3]);
		memcpy(in.value[3], in.value[1], REAL_BYTES);
		in.other &= ~1;			/* a parameter that is not a sparsity */
	}
	check_rules(&rule, &formulas[in.rule % HARDWARE_RULES], &in);
	return 0;
}
