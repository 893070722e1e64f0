/*
 * hardware.c
 *	  Throughput of real accelerators comes out as published; what cannot be
 *	  compared is not.
 */
#include "real_hardware.h"

/* Its result, or NaN on a fault. */
#define VALUE(function, ...) value(function, (double[]) {__VA_ARGS__})

static double
value(real_function call, const double *parameter)
{
	double		result;
	ac_fault	fault;

	return call(parameter, &result, &fault) == AC_OK ? result : (double) NAN;
}

static ac_status
compare(double figure_tops, const char *figure_precision,
		double figure_sparsity, double base_tops, const char *base_precision,
		double base_sparsity, ac_fault *fault)
{
	ac_figure	figure = {
		.tops = figure_tops,.precision = precision(figure_precision),
		.sparsity = figure_sparsity
	};
	ac_figure	base = {
		.tops = base_tops,.precision = precision(base_precision),
		.sparsity = base_sparsity
	};
	double		ratio;

	return ac_tops_ratio(&figure, &base, &ratio, fault);
}

static void
domains(void)
{
	int			i;

	for (i = 0; i < HARDWARE_RULES; i++)
		has_domain(&hardware_rules[i]);
}

static void
published_figures(void)
{
	is_real(VALUE(tops, 4096, 1.4e9, 2, 1), 11.4688,
			"tops: Intel's NPU 3 has 2 x 4096 x 1.4 GHz");
	is_near(VALUE(tops, 540672, 1.83e9, 2, 1), 1978.9, 0.05,
			"tops: the H100 SXM has 1978.9 dense at INT8");
	is_near(VALUE(tops, 110592, 1.41e9, 2, 2), 623.7, 0.05,
			"tops: the A100 has 623.7 at FP16 with 2:4 sparsity");
	is_near(VALUE(dense_tops, 989, 2), 494.7, 0.25,
			"dense_tops: 989 sparse are the 494.7 of NVIDIA's TF32");
	is_near(VALUE(ridge_point, 989, 3350), 295, 0.5,
			"ridge_point: 295 on an H100 SXM");
	is_near(VALUE(ridge_point, 312, 1555), 201, 0.5,
			"ridge_point: 201 on an A100 40 GB");
	is_near(VALUE(ridge_point, 125, 900), 138.9, 0.05,
			"ridge_point: NVIDIA's guide gives 138.9 for a V100");
	is_near(VALUE(arithmetic_intensity, 8192, 128, 8192, 2, 2), 124.1, 0.05,
			"arithmetic_intensity: NVIDIA's guide gives 124.1");
	is_near(VALUE(arithmetic_intensity, 8192, 8192, 8192, 2, 2), 2730, 1,
			"arithmetic_intensity: NVIDIA's guide gives 2730");
	is_near(1 / VALUE(tokens_per_second, 14e9, 600, 1, 1, 0), 0.0233, 0.0001,
			"tokens_per_second: 7B at FP16 on an A10 take 23 ms a token");
}

static void
formulas(void)
{
	double		batch;
	double		below = 0;
	bool		rises = true;

	is_real(VALUE(attainable_tops, 989, 3350, 100), 335,
			"attainable_tops: below the ridge, memory is the limit");
	is_real(VALUE(attainable_tops, 989, 3350, 1000), 989,
			"attainable_tops: above the ridge, the peak is");
	is_real(VALUE(attainable_tops, 989, 1e308, 1e308), 989,
			"attainable_tops: what memory allows may overflow");
	is_real(VALUE(attainable_tops, 1e308, 1e154, 1e155), 1e306,
			"attainable_tops: but not on the way to what is below the peak");
	is_real(VALUE(attainable_tops, 312, 1555, VALUE(ridge_point, 312, 1555)),
			312, "attainable_tops: the peak is reached at the ridge");
	is_real(VALUE(arithmetic_intensity, 4, 6, 12, 2, 2), 2.0,
			"arithmetic_intensity: 2mnk / ((mk + kn + mn) x bytes)");
	is_real(VALUE(arithmetic_intensity, 4, 6, 12, 2, 0.5), 3.2,
			"arithmetic_intensity: weights can be smaller");
	is_real(VALUE(tokens_per_second, 10e9, 1000, 4, 0.5, 2.5e9), 100,
			"tokens_per_second: batch x bandwidth x efficiency / bytes");
	for (batch = 1; batch < 1e6; batch *= 2)
	{
		double		tokens = VALUE(tokens_per_second, 16e9, 3350, batch, 1,
								   5e8);

		rises = rises && tokens > below && tokens < 3350e9 / 5e8;
		below = tokens;
	}
	ok(rises, "tokens_per_second: batches help, up to bandwidth / kv_bytes");
	is_real(VALUE(tops_per_watt, 45, 15), 3, "tops_per_watt: a quotient");
	is_real(VALUE(tops_per_dollar, 990, 2.5), 396,
			"tops_per_dollar: a quotient");

	ok(isnan(VALUE(tops, 1e200, 1e200, 2, 1)) &&
	   isnan(VALUE(ridge_point, 1e300, 1e-300)) &&
	   isnan(VALUE(tops_per_watt, 1e300, 1e-300)) &&
	   isnan(VALUE(tops_per_dollar, 1e300, 1e-300)) &&
	   isnan(VALUE(tops_ratio, 1e300, 1, 1e-300, 1)) &&
	   isnan(VALUE(arithmetic_intensity, 1e200, 1e200, 1, 1, 1)) &&
	   isnan(VALUE(arithmetic_intensity, 1e80, 1e80, 1e80, 1e-300, 1e-300)) &&
	   isnan(VALUE(tokens_per_second, 1e-300, 1e300, 1, 1, 0)) &&
	   isnan(VALUE(tokens_per_second, 1, 1, 1e200, 1, 1e200)),
	   "what overflows is a fault, not infinity");
}

/* The bound of requests with these parameters. */
static ac_bound
bound_of(const double *parameter)
{
	ac_serving	serving = serving_of(parameter);
	ac_bound	bound = {0};
	ac_fault	fault;

	ok(ac_throughput_bound(&serving, &bound, &fault) == AC_OK,
	   "throughput_bound: a bound of these requests is known");
	return bound;
}

#define BOUND(...) bound_of((double[]) {__VA_ARGS__})

static void
bounds(void)
{
	ac_bound	bound = BOUND(8e9, 8e9, 1978.9, 3350, 256, 2048, 128, 0, 1);
	double		batch;
	int			wrong = 0;

	is_real(VALUE(kv_cache_bytes, 32, 8, 128, 131072, 2), 17179869184,
			"kv_cache_bytes: beyond 32 bits");

	/* TensorRT-LLM measured 3,450 of the one, MLPerf v5.1 392 of the other */
	is_near(bound.tokens, 7275.4, 0.05,
			"throughput_bound: 8B at FP8 on an H100, 2,048 in and 128 out");
	is_int(bound.limit, AC_LIMIT_ARITHMETIC,
		   "throughput_bound: arithmetic limits it");
	bound = BOUND(405e9, 405e9, 1978.9, 3350, 1e6, 9428, 684, 0, 8);
	is_near(bound.tokens, 1322, 0.5,
			"throughput_bound: 405B at FP8 on eight H100, 9,428 in, 684 out");

	/* one sequence is read at the pace of memory; speculation beats it */
	bound = BOUND(70.55e9, 70.55e9, 1978.9, 3350, 1, 0, 1, 0, 1);
	is_near(bound.decode_tokens, 47.5, 0.05,
			"throughput_bound: 70B at FP8, one sequence on an H100");
	is_int(bound.decode_limit, AC_LIMIT_MEMORY,
		   "throughput_bound: memory limits it");
	is_real(bound.tokens, bound.decode_tokens,
			"throughput_bound: without a prompt, decoding is all there is");

	/* 10 bytes of context a sequence: 2 x (4 + 2/2) */
	bound = BOUND(1e9, 1e9, 1, 1, 1e8, 4, 2, 2, 2);
	is_real(bound.decode_tokens, 1e3,
			"throughput_bound: arithmetic of two accelerators, a token each");
	is_real(bound.tokens, 1e3 / 3,
			"throughput_bound: an output token carries two of the prompt");
	bound = BOUND(1, 1e9, 1e6, 1, 1e8, 4, 2, 2, 2);
	is_real(bound.tokens, 2e17 / 2e9,
			"throughput_bound: the context is read with the weights");

	/* equal to what the older bound says of memory alone */
	for (batch = 1; batch < 1e6; batch *= 2)
	{
		double		decode = VALUE(tokens_per_second, 16e9, 3350, batch, 1,
								   131072 * (2048 + 64.0));

		bound = BOUND(1, 16e9, 1978.9, 3350, batch, 2048, 128, 131072, 1);
		wrong += fabs(bound.decode_tokens / decode - 1) > 1e-15 ||
			bound.decode_limit != AC_LIMIT_MEMORY;
	}
	is_int(wrong, 0, "throughput_bound: memory limits as tokens_per_second");
}

static void
names(void)
{
	static const struct
	{
		const char *name;
		double		bytes;
	}			known[] = {
		{"fp64", 8}, {"fp32", 4}, {"tf32", 4}, {"fp16", 2}, {"bf16", 2},
		{"fp8", 1}, {"fp6", 0.75}, {"fp4", 0.5}, {"int16", 2}, {"int8", 1},
		{"int4", 0.5}, {"FP16", 2}, {"Bf16", 2}
	};
	static const char *const unknown[] = {
		"", "fp", "fp1", "fp160", "fp16 ", " fp16", "fp12", "half", "int32",
		"\xc2\xa0" "fp8", "e4m3"
	};
	const ac_precision *found;
	ac_fault	fault;
	int			i;
	int			wrong = 0;
	char	   *copy = exact_copy("fp1", 3);

	for (i = 0; i < (int) (sizeof(known) / sizeof(known[0])); i++)
		wrong += precision(known[i].name) == NULL ||
			precision(known[i].name)->bytes != known[i].bytes;
	is_int(wrong, 0, "precisions have their bytes, in any case of letters");
	for (i = 0; i < (int) (sizeof(unknown) / sizeof(unknown[0])); i++)
		wrong += precision(unknown[i]) != NULL;
	is_int(wrong, 0, "other names are no precisions");
	ok(ac_precision_by_name(copy, 3, &found, &fault) == AC_PRECISION &&
	   fault.part == copy && fault.part_len == 3,
	   "a name ends where its length says, and the fault shows it");
	free(copy);
}

static void
comparisons(void)
{
	ac_fault	fault;

	is_real(VALUE(tops_ratio, 989.4, 1, 494.7, 1), 2,
			"tops_ratio: a quotient, if both are alike");
	is_int(compare(989, "tf32", 2, 156, "tf32", 1, &fault),
		   AC_SPARSITY_MISMATCH,
		   "tops_ratio: sparse and dense figures do not compare");
	ok(fault.real[0] == 2 && fault.real[1] == 1,
	   "tops_ratio: the fault has both sparsities");
	is_int(compare(989.4, "bf16", 1, 156, "tf32", 1, &fault),
		   AC_PRECISION_MISMATCH,
		   "tops_ratio: figures of two precisions do not compare");
	is_text(fault.value[0], "bf16",
			"tops_ratio: the fault has one precision");
	is_text(fault.value[1], "tf32",
			"tops_ratio: the fault has the other precision");
	is_int(compare(989, "FP16", 1, 312, "fp16", 1, &fault), AC_OK,
		   "tops_ratio: a precision is the same in capitals");
	is_int(compare(989, "fp16", 1, 312, "bf16", 1, &fault),
		   AC_PRECISION_MISMATCH,
		   "tops_ratio: as many bytes are not the same precision");
}

int
main(void)
{
	published_figures();
	formulas();
	bounds();
	names();
	comparisons();
	domains();
	return tap_done();
}
