/*
 * fn_hardware.c
 *	  Throughput of accelerators.
 */
#include "pg/ac_pg.h"

#include "core/hardware.h"

PG_FUNCTION_INFO_V1(accelcost_tops);
PG_FUNCTION_INFO_V1(accelcost_dense_tops);
PG_FUNCTION_INFO_V1(accelcost_attainable_tops);
PG_FUNCTION_INFO_V1(accelcost_ridge_point);
PG_FUNCTION_INFO_V1(accelcost_tops_per_watt);
PG_FUNCTION_INFO_V1(accelcost_tops_per_dollar);
PG_FUNCTION_INFO_V1(accelcost_precision_bytes);
PG_FUNCTION_INFO_V1(accelcost_tops_ratio);
PG_FUNCTION_INFO_V1(accelcost_arithmetic_intensity);
PG_FUNCTION_INFO_V1(accelcost_tokens_per_second);
PG_FUNCTION_INFO_V1(accelcost_kv_cache_bytes);
PG_FUNCTION_INFO_V1(accelcost_throughput_bound);

static const ac_precision *
precision_from_text(const text *name)
{
	const ac_precision *precision;
	ac_fault	fault;

	ac_check(ac_precision_by_name(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name),
								  &precision, &fault),
			 &fault);
	return precision;
}

Datum
accelcost_tops(PG_FUNCTION_ARGS)
{
	float8		mac_units = PG_GETARG_FLOAT8(0);
	float8		clock_hz = PG_GETARG_FLOAT8(1);
	float8		ops_per_mac = PG_GETARG_FLOAT8(2);
	float8		sparsity = PG_GETARG_FLOAT8(3);
	float8		result;
	ac_fault	fault;

	ac_check(ac_tops(mac_units, clock_hz, ops_per_mac, sparsity, &result,
					 &fault),
			 &fault);
	PG_RETURN_FLOAT8(result);
}

Datum
accelcost_dense_tops(PG_FUNCTION_ARGS)
{
	float8		tops = PG_GETARG_FLOAT8(0);
	float8		sparsity = PG_GETARG_FLOAT8(1);
	float8		result;
	ac_fault	fault;

	ac_check(ac_dense_tops(tops, sparsity, &result, &fault), &fault);
	PG_RETURN_FLOAT8(result);
}

Datum
accelcost_attainable_tops(PG_FUNCTION_ARGS)
{
	float8		peak_tops = PG_GETARG_FLOAT8(0);
	float8		bandwidth_gb_s = PG_GETARG_FLOAT8(1);
	float8		ops_per_byte = PG_GETARG_FLOAT8(2);
	float8		result;
	ac_fault	fault;

	ac_check(ac_attainable_tops(peak_tops, bandwidth_gb_s, ops_per_byte,
								&result, &fault),
			 &fault);
	PG_RETURN_FLOAT8(result);
}

Datum
accelcost_ridge_point(PG_FUNCTION_ARGS)
{
	float8		peak_tops = PG_GETARG_FLOAT8(0);
	float8		bandwidth_gb_s = PG_GETARG_FLOAT8(1);
	float8		result;
	ac_fault	fault;

	ac_check(ac_ridge_point(peak_tops, bandwidth_gb_s, &result, &fault),
			 &fault);
	PG_RETURN_FLOAT8(result);
}

Datum
accelcost_tops_per_watt(PG_FUNCTION_ARGS)
{
	float8		tops = PG_GETARG_FLOAT8(0);
	float8		watts = PG_GETARG_FLOAT8(1);
	float8		result;
	ac_fault	fault;

	ac_check(ac_tops_per_watt(tops, watts, &result, &fault), &fault);
	PG_RETURN_FLOAT8(result);
}

Datum
accelcost_tops_per_dollar(PG_FUNCTION_ARGS)
{
	float8		tops = PG_GETARG_FLOAT8(0);
	Datum		price_per_hour = PG_GETARG_DATUM(1);
	float8		result;
	ac_fault	fault;

	ac_check(ac_tops_per_dollar(tops,
								DatumGetFloat8(DirectFunctionCall1(numeric_float8, price_per_hour)),
								&result, &fault),
			 &fault);
	PG_RETURN_FLOAT8(result);
}

Datum
accelcost_precision_bytes(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(precision_from_text(PG_GETARG_TEXT_PP(0))->bytes);
}

Datum
accelcost_tops_ratio(PG_FUNCTION_ARGS)
{
	ac_figure	figure = {
		.tops = PG_GETARG_FLOAT8(0),
		.precision = precision_from_text(PG_GETARG_TEXT_PP(1)),
		.sparsity = PG_GETARG_FLOAT8(2)
	};
	ac_figure	base = {
		.tops = PG_GETARG_FLOAT8(3),
		.precision = precision_from_text(PG_GETARG_TEXT_PP(4)),
		.sparsity = PG_GETARG_FLOAT8(5)
	};
	float8		result;
	ac_fault	fault;

	ac_check(ac_tops_ratio(&figure, &base, &result, &fault), &fault);
	PG_RETURN_FLOAT8(result);
}

/* With four arguments, bytes_per_element applies to the weights, too. */
Datum
accelcost_arithmetic_intensity(PG_FUNCTION_ARGS)
{
	ac_product	product = {
		.m = PG_GETARG_FLOAT8(0),
		.n = PG_GETARG_FLOAT8(1),
		.k = PG_GETARG_FLOAT8(2),
		.bytes_per_element = PG_GETARG_FLOAT8(3),
		.bytes_per_weight = PG_GETARG_FLOAT8(PG_NARGS() - 1)
	};
	float8		result;
	ac_fault	fault;

	ac_check(ac_arithmetic_intensity(&product, &result, &fault), &fault);
	PG_RETURN_FLOAT8(result);
}

Datum
accelcost_tokens_per_second(PG_FUNCTION_ARGS)
{
	ac_decode	decode = {
		.model_bytes = PG_GETARG_FLOAT8(0),
		.bandwidth_gb_s = PG_GETARG_FLOAT8(1),
		.batch = PG_GETARG_FLOAT8(2),
		.efficiency = PG_GETARG_FLOAT8(3),
		.kv_bytes = PG_GETARG_FLOAT8(4)
	};
	float8		result;
	ac_fault	fault;

	ac_check(ac_tokens_per_second(&decode, &result, &fault), &fault);
	PG_RETURN_FLOAT8(result);
}

Datum
accelcost_kv_cache_bytes(PG_FUNCTION_ARGS)
{
	ac_cache	cache = {
		.layers = PG_GETARG_FLOAT8(0),
		.kv_heads = PG_GETARG_FLOAT8(1),
		.head_size = PG_GETARG_FLOAT8(2),
		.tokens = PG_GETARG_FLOAT8(3),
		.bytes_per_number = PG_GETARG_FLOAT8(4)
	};
	float8		result;
	ac_fault	fault;

	ac_check(ac_kv_cache_bytes(&cache, &result, &fault), &fault);
	PG_RETURN_FLOAT8(result);
}

static Datum
limit_datum(ac_limit limit)
{
	static const char *const name[] = {
		[AC_LIMIT_MEMORY] = "memory",
		[AC_LIMIT_ARITHMETIC] = "arithmetic"
	};

	return CStringGetTextDatum(name[limit]);
}

Datum
accelcost_throughput_bound(PG_FUNCTION_ARGS)
{
	ac_serving	serving = {
		.parameters = PG_GETARG_FLOAT8(0),
		.weight_bytes = PG_GETARG_FLOAT8(1),
		.peak_tops = PG_GETARG_FLOAT8(2),
		.bandwidth_gb_s = PG_GETARG_FLOAT8(3),
		.batch = PG_GETARG_FLOAT8(4),
		.prompt_tokens = PG_GETARG_FLOAT8(5),
		.output_tokens = PG_GETARG_FLOAT8(6),
		.kv_bytes_per_token = PG_GETARG_FLOAT8(7),
		.accelerators = PG_GETARG_FLOAT8(8)
	};
	ac_bound	bound;
	ac_fault	fault;
	Datum		column[4];
	bool		null[4] = {false};

	ac_check(ac_throughput_bound(&serving, &bound, &fault), &fault);
	column[0] = Float8GetDatum(bound.decode_tokens);
	column[1] = limit_datum(bound.decode_limit);
	column[2] = Float8GetDatum(bound.tokens);
	column[3] = limit_datum(bound.limit);
	return ac_record(fcinfo, column, null);
}
