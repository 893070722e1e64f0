/*
 * hardware.c
 *	  Throughput of accelerators.
 *
 * Products come first and powers of ten last: round figures stay round.
 */
#include "core/hardware.h"

#include <string.h>

#include "core/real.h"

/* Precisions by name.  A tf32 is stored in the bytes of an fp32. */
static const ac_precision precisions[] = {
	{"fp64", 8}, {"fp32", 4}, {"tf32", 4}, {"fp16", 2}, {"bf16", 2},
	{"fp8", 1}, {"fp6", 0.75}, {"fp4", 0.5},
	{"int16", 2}, {"int8", 1}, {"int4", 0.5}
};

#define NPRECISIONS ((int) (sizeof(precisions) / sizeof(precisions[0])))

/*
 * What units of multiply-accumulate perform at most: ops_per_mac operations
 * (a multiplication and an addition: 2) in each unit and cycle, sparsity times
 * as many where structured zeros are skipped.
 */
ac_status
ac_tops(double mac_units, double clock_hz, double ops_per_mac,
		double sparsity, double *tops, ac_fault *fault)
{
	AC_TRY(ac_at_least("mac_units", mac_units, 0, fault));
	AC_TRY(ac_at_least("clock_hz", clock_hz, 0, fault));
	AC_TRY(ac_more_than("ops_per_mac", ops_per_mac, 0, fault));
	AC_TRY(ac_at_least("sparsity", sparsity, 1, fault));
	*tops = mac_units * clock_hz * ops_per_mac * sparsity / 1e12;
	return ac_result(*tops, fault);
}

/* Return the dense figure for one that counts skipped zeros as operations. */
ac_status
ac_dense_tops(double tops, double sparsity, double *dense, ac_fault *fault)
{
	AC_TRY(ac_at_least("tops", tops, 0, fault));
	AC_TRY(ac_at_least("sparsity", sparsity, 1, fault));
	*dense = tops / sparsity;
	return AC_OK;
}

/*
 * The roofline of Williams, Waterman and Patterson (CACM 52:4, 2009): a
 * program is held back by arithmetic or by memory, whichever is slower.
 */
ac_status
ac_attainable_tops(double peak_tops, double bandwidth_gb_s,
				   double ops_per_byte, double *tops, ac_fault *fault)
{
	double		fed;

	AC_TRY(ac_at_least("peak_tops", peak_tops, 0, fault));
	AC_TRY(ac_at_least("bandwidth_gb_s", bandwidth_gb_s, 0, fault));
	AC_TRY(ac_at_least("ops_per_byte", ops_per_byte, 0, fault));
	fed = bandwidth_gb_s * ops_per_byte / 1e3;

	/*
	 * an overflow is above any peak; multiplying in the other order may avoid
	 * it
	 */
	if (!ac_is_finite(fed))
		fed = bandwidth_gb_s / 1e3 * ops_per_byte;
	*tops = fed < peak_tops ? fed : peak_tops;
	return AC_OK;
}

/* Return the lowest intensity at which a program can reach the peak. */
ac_status
ac_ridge_point(double peak_tops, double bandwidth_gb_s, double *ops_per_byte,
			   ac_fault *fault)
{
	AC_TRY(ac_at_least("peak_tops", peak_tops, 0, fault));
	AC_TRY(ac_more_than("bandwidth_gb_s", bandwidth_gb_s, 0, fault));
	*ops_per_byte = peak_tops * 1e3 / bandwidth_gb_s;
	return ac_result(*ops_per_byte, fault);
}

ac_status
ac_tops_per_watt(double tops, double watts, double *ratio, ac_fault *fault)
{
	AC_TRY(ac_at_least("tops", tops, 0, fault));
	AC_TRY(ac_more_than("watts", watts, 0, fault));
	*ratio = tops / watts;
	return ac_result(*ratio, fault);
}

ac_status
ac_tops_per_dollar(double tops, double price_per_hour, double *ratio,
				   ac_fault *fault)
{
	AC_TRY(ac_at_least("tops", tops, 0, fault));
	AC_TRY(ac_more_than("price_per_hour", price_per_hour, 0, fault));
	*ratio = tops / price_per_hour;
	return ac_result(*ratio, fault);
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c;
}

/* Find a precision by name, ignoring ASCII case: data sheets write FP16. */
ac_status
ac_precision_by_name(const char *text, size_t len,
					 const ac_precision **precision, ac_fault *fault)
{
	int			i;

	for (i = 0; i < NPRECISIONS; i++)
	{
		const char *name = precisions[i].name;
		size_t		same = 0;

		while (same < len && name[same] != '\0' &&
			   lower(text[same]) == name[same])
			same++;
		if (same == len && name[same] == '\0')
		{
			*precision = &precisions[i];
			return AC_OK;
		}
	}
	return ac_fault_part(fault, AC_PRECISION, text, len);
}

/*
 * How many times the base a figure is.  Figures of different precision or
 * sparsity count different things.
 */
ac_status
ac_tops_ratio(const ac_figure *figure, const ac_figure *base, double *ratio,
			  ac_fault *fault)
{
	AC_TRY(ac_at_least("tops", figure->tops, 0, fault));
	AC_TRY(ac_at_least("sparsity", figure->sparsity, 1, fault));
	AC_TRY(ac_more_than("base_tops", base->tops, 0, fault));
	AC_TRY(ac_at_least("base_sparsity", base->sparsity, 1, fault));
	if (figure->precision != base->precision)
	{
		memcpy(fault->value[0], figure->precision->name,
			   sizeof(figure->precision->name));
		memcpy(fault->value[1], base->precision->name,
			   sizeof(base->precision->name));
		return AC_PRECISION_MISMATCH;
	}
	if (figure->sparsity != base->sparsity)
		return ac_fault_real(fault, AC_SPARSITY_MISMATCH, "sparsity",
							 figure->sparsity, base->sparsity);
	*ratio = figure->tops / base->tops;
	return ac_result(*ratio, fault);
}

/*
 * Operations a byte of a matrix product that reads A and B and writes C once
 * each: 2mnk operations, mk + mn elements and kn weights.
 */
ac_status
ac_arithmetic_intensity(const ac_product *product, double *ops_per_byte,
						ac_fault *fault)
{
	double		m = product->m;
	double		n = product->n;
	double		k = product->k;
	double		bytes;

	AC_TRY(ac_at_least("m", m, 1, fault));
	AC_TRY(ac_at_least("n", n, 1, fault));
	AC_TRY(ac_at_least("k", k, 1, fault));
	AC_TRY(ac_more_than("bytes_per_element", product->bytes_per_element, 0,
						fault));
	AC_TRY(ac_more_than("bytes_per_weight", product->bytes_per_weight, 0,
						fault));
	bytes = (m * k + m * n) * product->bytes_per_element +
		k * n * product->bytes_per_weight;
	AC_TRY(ac_result(bytes, fault));
	*ops_per_byte = 2 * m * n * k / bytes;
	return ac_result(*ops_per_byte, fault);
}

/*
 * Tokens a second while memory is what limits: each step reads the model once
 * and the keys and values of each sequence, and gives a token for each.  This
 * is an upper bound; it knows nothing of the arithmetic.
 */
ac_status
ac_tokens_per_second(const ac_decode *decode, double *tokens, ac_fault *fault)
{
	double		bytes;

	AC_TRY(ac_more_than("model_bytes", decode->model_bytes, 0, fault));
	AC_TRY(ac_at_least("bandwidth_gb_s", decode->bandwidth_gb_s, 0, fault));
	AC_TRY(ac_at_least("batch", decode->batch, 1, fault));
	AC_TRY(ac_between("efficiency", decode->efficiency, 0, 1, fault));
	AC_TRY(ac_at_least("kv_bytes", decode->kv_bytes, 0, fault));
	bytes = decode->model_bytes + decode->batch * decode->kv_bytes;
	AC_TRY(ac_result(bytes, fault));
	*tokens = decode->batch * decode->bandwidth_gb_s * decode->efficiency *
		1e9 / bytes;
	return ac_result(*tokens, fault);
}

/*
 * Bytes of the key-value cache: a key and a value of head_size numbers for
 * each layer, head of keys and values, and token.
 */
ac_status
ac_kv_cache_bytes(const ac_cache *cache, double *bytes, ac_fault *fault)
{
	AC_TRY(ac_at_least("layers", cache->layers, 0, fault));
	AC_TRY(ac_at_least("kv_heads", cache->kv_heads, 0, fault));
	AC_TRY(ac_at_least("head_size", cache->head_size, 0, fault));
	AC_TRY(ac_at_least("tokens", cache->tokens, 0, fault));
	AC_TRY(ac_more_than("bytes_per_number", cache->bytes_per_number, 0,
						fault));
	*bytes = 2 * cache->layers * cache->kv_heads * cache->head_size *
		cache->tokens * cache->bytes_per_number;
	return ac_result(*bytes, fault);
}

/* The lower of two bounds; of equal ones, memory is named. */
static double
lower_bound(double memory, double arithmetic, ac_limit *limit)
{
	*limit = arithmetic < memory ? AC_LIMIT_ARITHMETIC : AC_LIMIT_MEMORY;
	return arithmetic < memory ? arithmetic : memory;
}

/*
 * Output tokens a second of all sequences, at most.
 *
 * Memory: a step reads the weights once, and for each sequence the keys and
 * values of its context, which grows from prompt_tokens by output_tokens; the
 * middle of the two is taken.
 *
 * Arithmetic: a token that passes through the model takes two operations a
 * parameter.  A request passes its prompt and its output, so an output token
 * carries 1 + prompt_tokens / output_tokens.  Decoding alone carries 1.
 */
ac_status
ac_throughput_bound(const ac_serving *serving, ac_bound *bound,
					ac_fault *fault)
{
	double		bytes,
				context,
				memory,
				decode,
				passes;

	AC_TRY(ac_more_than("parameters", serving->parameters, 0, fault));
	AC_TRY(ac_more_than("weight_bytes", serving->weight_bytes, 0, fault));
	AC_TRY(ac_at_least("peak_tops", serving->peak_tops, 0, fault));
	AC_TRY(ac_at_least("bandwidth_gb_s", serving->bandwidth_gb_s, 0, fault));
	AC_TRY(ac_at_least("batch", serving->batch, 1, fault));
	AC_TRY(ac_at_least("prompt_tokens", serving->prompt_tokens, 0, fault));
	AC_TRY(ac_at_least("output_tokens", serving->output_tokens, 1, fault));
	AC_TRY(ac_at_least("kv_bytes_per_token", serving->kv_bytes_per_token, 0,
					   fault));
	AC_TRY(ac_at_least("accelerators", serving->accelerators, 1, fault));

	context = serving->prompt_tokens + serving->output_tokens / 2;
	bytes = serving->weight_bytes +
		serving->batch * serving->kv_bytes_per_token * context;
	AC_TRY(ac_result(bytes, fault));
	memory = serving->batch * serving->bandwidth_gb_s *
		serving->accelerators * 1e9 / bytes;
	AC_TRY(ac_result(memory, fault));
	decode = serving->peak_tops * serving->accelerators * 1e12 /
		(2 * serving->parameters);
	AC_TRY(ac_result(decode, fault));
	passes = 1 + serving->prompt_tokens / serving->output_tokens;

	bound->decode_tokens = lower_bound(memory, decode, &bound->decode_limit);
	bound->tokens = lower_bound(memory, decode / passes, &bound->limit);
	return AC_OK;
}
