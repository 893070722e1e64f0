/*
 * hardware.h
 *	  Throughput of accelerators: what they compute at most, what they attain,
 *	  and how far the figures of two can be compared.
 *
 * Tops are 10^12 operations a second, bandwidth is 10^9 bytes a second.  What
 * is divided by must be above 0; other quantities can be 0.
 */
#ifndef AC_HARDWARE_H
#define AC_HARDWARE_H

#include "core/status.h"

extern ac_status ac_tops(double mac_units, double clock_hz,
						 double ops_per_mac, double sparsity, double *tops,
						 ac_fault *fault);
extern ac_status ac_dense_tops(double tops, double sparsity, double *dense,
							   ac_fault *fault);
extern ac_status ac_attainable_tops(double peak_tops, double bandwidth_gb_s,
									double ops_per_byte, double *tops,
									ac_fault *fault);
extern ac_status ac_ridge_point(double peak_tops, double bandwidth_gb_s,
								double *ops_per_byte, ac_fault *fault);
extern ac_status ac_tops_per_watt(double tops, double watts, double *ratio,
								  ac_fault *fault);
extern ac_status ac_tops_per_dollar(double tops, double price_per_hour,
									double *ratio, ac_fault *fault);

/* A number format of the arithmetic. */
typedef struct ac_precision
{
	char		name[8];
	double		bytes;			/* of an element in memory */
} ac_precision;

extern ac_status ac_precision_by_name(const char *text, size_t len,
									  const ac_precision **precision,
									  ac_fault *fault);

/* Tops together with what they must agree in to be compared. */
typedef struct ac_figure
{
	double		tops;
	const ac_precision *precision;
	double		sparsity;		/* 1: dense */
} ac_figure;

extern ac_status ac_tops_ratio(const ac_figure *figure, const ac_figure *base,
							   double *ratio, ac_fault *fault);

/* C = A x B: A is m x k, B is k x n; an element of B has other bytes. */
typedef struct ac_product
{
	double		m;
	double		n;
	double		k;
	double		bytes_per_element;	/* of A and C */
	double		bytes_per_weight;	/* of B */
} ac_product;

extern ac_status ac_arithmetic_intensity(const ac_product *product,
										 double *ops_per_byte,
										 ac_fault *fault);

/* Keys and values that attention keeps for each token of its context. */
typedef struct ac_cache
{
	double		layers;
	double		kv_heads;		/* heads of keys and values, not of queries */
	double		head_size;		/* numbers of a head */
	double		tokens;
	double		bytes_per_number;
} ac_cache;

extern ac_status ac_kv_cache_bytes(const ac_cache *cache, double *bytes,
								   ac_fault *fault);

/* Generating tokens, one a sequence and step. */
typedef struct ac_decode
{
	double		model_bytes;	/* read once a step */
	double		bandwidth_gb_s;
	double		batch;			/* sequences a step */
	double		efficiency;		/* share of the bandwidth that is reached */
	double		kv_bytes;		/* read once a step and sequence */
} ac_decode;

extern ac_status ac_tokens_per_second(const ac_decode *decode, double *tokens,
									  ac_fault *fault);

/* Requests of one size that a group of like accelerators serves. */
typedef struct ac_serving
{
	double		parameters;		/* that a token is multiplied with */
	double		weight_bytes;	/* read once a step */
	double		peak_tops;		/* of one accelerator */
	double		bandwidth_gb_s; /* of one accelerator */
	double		batch;			/* sequences a step, on all accelerators */
	double		prompt_tokens;
	double		output_tokens;
	double		kv_bytes_per_token;
	double		accelerators;
} ac_serving;

/* What a bound on throughput is due to. */
typedef enum ac_limit
{
	AC_LIMIT_MEMORY,
	AC_LIMIT_ARITHMETIC
} ac_limit;

/* Output tokens a second at most: while decoding, and with the prompts. */
typedef struct ac_bound
{
	double		decode_tokens;
	ac_limit	decode_limit;
	double		tokens;
	ac_limit	limit;
} ac_bound;

extern ac_status ac_throughput_bound(const ac_serving *serving,
									 ac_bound *bound, ac_fault *fault);

#endif							/* AC_HARDWARE_H */
