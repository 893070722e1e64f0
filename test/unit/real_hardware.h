/*
 * real_hardware.h
 *	  Throughput of accelerators as functions of arrays, with their domains.
 */
#ifndef AC_REAL_HARDWARE_H
#define AC_REAL_HARDWARE_H

#include "core/hardware.h"

#include "real.h"

static inline ac_status
tops(const double *p, double *result, ac_fault *fault)
{
	return ac_tops(p[0], p[1], p[2], p[3], result, fault);
}

static inline ac_status
dense_tops(const double *p, double *result, ac_fault *fault)
{
	return ac_dense_tops(p[0], p[1], result, fault);
}

static inline ac_status
attainable_tops(const double *p, double *result, ac_fault *fault)
{
	return ac_attainable_tops(p[0], p[1], p[2], result, fault);
}

static inline ac_status
ridge_point(const double *p, double *result, ac_fault *fault)
{
	return ac_ridge_point(p[0], p[1], result, fault);
}

static inline ac_status
tops_per_watt(const double *p, double *result, ac_fault *fault)
{
	return ac_tops_per_watt(p[0], p[1], result, fault);
}

static inline ac_status
tops_per_dollar(const double *p, double *result, ac_fault *fault)
{
	return ac_tops_per_dollar(p[0], p[1], result, fault);
}

static inline const ac_precision *
precision(const char *name)
{
	const ac_precision *found = NULL;
	ac_fault	fault;

	if (ac_precision_by_name(name, strlen(name), &found, &fault) != AC_OK)
		return NULL;
	return found;
}

/* Parameters: tops and sparsity of both. */
static inline ac_status
tops_ratio(const double *p, double *result, ac_fault *fault)
{
	ac_figure	figure = {
		.tops = p[0],.precision = precision("int8"),.sparsity = p[1]
	};
	ac_figure	base = {
		.tops = p[2],.precision = precision("int8"),.sparsity = p[3]
	};

	return ac_tops_ratio(&figure, &base, result, fault);
}

static inline ac_status
arithmetic_intensity(const double *p, double *result, ac_fault *fault)
{
	ac_product	product = {
		.m = p[0],.n = p[1],.k = p[2],
		.bytes_per_element = p[3],.bytes_per_weight = p[4]
	};

	return ac_arithmetic_intensity(&product, result, fault);
}

static inline ac_status
tokens_per_second(const double *p, double *result, ac_fault *fault)
{
	ac_decode	decode = {
		.model_bytes = p[0],.bandwidth_gb_s = p[1],.batch = p[2],
		.efficiency = p[3],.kv_bytes = p[4]
	};

	return ac_tokens_per_second(&decode, result, fault);
}

static inline ac_status
kv_cache_bytes(const double *p, double *result, ac_fault *fault)
{
	ac_cache	cache = {
		.layers = p[0],.kv_heads = p[1],.head_size = p[2],.tokens = p[3],
		.bytes_per_number = p[4]
	};

	return ac_kv_cache_bytes(&cache, result, fault);
}

static inline ac_serving
serving_of(const double *p)
{
	ac_serving	serving = {
		.parameters = p[0],.weight_bytes = p[1],.peak_tops = p[2],
		.bandwidth_gb_s = p[3],.batch = p[4],.prompt_tokens = p[5],
		.output_tokens = p[6],.kv_bytes_per_token = p[7],.accelerators = p[8]
	};

	return serving;
}

static inline ac_status
throughput_bound(const double *p, double *result, ac_fault *fault)
{
	ac_serving	serving = serving_of(p);
	ac_bound	bound = {0};
	ac_status	status = ac_throughput_bound(&serving, &bound, fault);

	*result = bound.tokens;
	return status;
}

static const real_rule hardware_rules[] = {
	{"tops", tops, 4, {
			{"mac_units", 4096, 0, false, INFINITY},
			{"clock_hz", 1.4e9, 0, false, INFINITY},
			{"ops_per_mac", 2, 0, true, INFINITY},
			{"sparsity", 1, 1, false, INFINITY}
	}},
	{"dense_tops", dense_tops, 2, {
			{"tops", 989, 0, false, INFINITY},
			{"sparsity", 2, 1, false, INFINITY}
	}},
	{"attainable_tops", attainable_tops, 3, {
			{"peak_tops", 989.4, 0, false, INFINITY},
			{"bandwidth_gb_s", 3350, 0, false, INFINITY},
			{"ops_per_byte", 100, 0, false, INFINITY}
	}},
	{"ridge_point", ridge_point, 2, {
			{"peak_tops", 989.4, 0, false, INFINITY},
			{"bandwidth_gb_s", 3350, 0, true, INFINITY}
	}},
	{"tops_per_watt", tops_per_watt, 2, {
			{"tops", 45, 0, false, INFINITY},
			{"watts", 15, 0, true, INFINITY}
	}},
	{"tops_per_dollar", tops_per_dollar, 2, {
			{"tops", 989.4, 0, false, INFINITY},
			{"price_per_hour", 1.89, 0, true, INFINITY}
	}},
	{"tops_ratio", tops_ratio, 4, {
			{"tops", 989.4, 0, false, INFINITY},
			{"sparsity", 1, 1, false, INFINITY},
			{"base_tops", 312, 0, true, INFINITY},
			{"base_sparsity", 1, 1, false, INFINITY}
	}},
	{"arithmetic_intensity", arithmetic_intensity, 5, {
			{"m", 2, 1, false, INFINITY},
			{"n", 3, 1, false, INFINITY},
			{"k", 5, 1, false, INFINITY},
			{"bytes_per_element", 2, 0, true, INFINITY},
			{"bytes_per_weight", 2, 0, true, INFINITY}
	}},
	{"tokens_per_second", tokens_per_second, 5, {
			{"model_bytes", 14e9, 0, true, INFINITY},
			{"bandwidth_gb_s", 600, 0, false, INFINITY},
			{"batch", 2, 1, false, INFINITY},
			{"efficiency", 0.5, 0, false, 1},
			{"kv_bytes", 1e9, 0, false, INFINITY}
	}},
	{"kv_cache_bytes", kv_cache_bytes, 5, {
			{"layers", 32, 0, false, INFINITY},
			{"kv_heads", 8, 0, false, INFINITY},
			{"head_size", 128, 0, false, INFINITY},
			{"tokens", 2048, 0, false, INFINITY},
			{"bytes_per_number", 2, 0, true, INFINITY}
	}},
	{"throughput_bound", throughput_bound, 9, {
			{"parameters", 8e9, 0, true, INFINITY},
			{"weight_bytes", 8e9, 0, true, INFINITY},
			{"peak_tops", 1978.9, 0, false, INFINITY},
			{"bandwidth_gb_s", 3350, 0, false, INFINITY},
			{"batch", 64, 1, false, INFINITY},
			{"prompt_tokens", 2048, 0, false, INFINITY},
			{"output_tokens", 128, 1, false, INFINITY},
			{"kv_bytes_per_token", 131072, 0, false, INFINITY},
			{"accelerators", 8, 1, false, INFINITY}
	}}
};

#define HARDWARE_RULES \
	((int) (sizeof(hardware_rules) / sizeof(hardware_rules[0])))

#endif							/* AC_REAL_HARDWARE_H */
