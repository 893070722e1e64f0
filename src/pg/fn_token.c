/*
 * fn_token.c
 *	  What tokens cost: of a request, and by the million.
 */
#include "pg/ac_pg.h"

PG_FUNCTION_INFO_V1(accelcost_token_cost);
PG_FUNCTION_INFO_V1(accelcost_per_million);
PG_FUNCTION_INFO_V1(accelcost_tco_per_million);

/* The arguments of token_cost: for each kind of tokens, and the others. */
static const int count_argument[AC_TOKEN_KINDS] = {0, 1, 4, 5, 6, 7};
static const int price_argument[AC_TOKEN_KINDS] = {2, 3, 8, 9, 10, 11};

enum
{
	ARG_CACHED_CONVENTION = 12, ARG_REASONING_CONVENTION, ARG_BATCH_FACTOR,
	ARG_CONTEXT_THRESHOLD, ARG_THRESHOLD_STRICT, ARG_LONG_PRICES
};

static const char *const price_name[AC_TOKEN_KINDS] = {
	"input_price", "output_price", "cache_read_price",
	"cache_write_5m_price", "cache_write_1h_price", "reasoning_price"
};

static const char *const long_price_name[AC_TOKEN_KINDS] = {
	"long_input_price", "long_output_price", "long_cache_read_price",
	"long_cache_write_5m_price", "long_cache_write_1h_price",
	"long_reasoning_price"
};

/* Read a price; NULL is an unknown price. */
static inline ac_int128
price(FunctionCallInfo fcinfo, int n, const char *name)
{
	if (PG_ARGISNULL(n))
		return AC_PRICE_UNKNOWN;
	return ac_price_argument(PG_GETARG_PACKED_NUMERIC(n), name);
}

static void
read_conventions(FunctionCallInfo fcinfo, ac_token_request *request)
{
	ac_fault	fault;

	if (!PG_ARGISNULL(ARG_CACHED_CONVENTION))
	{
		text	   *name = PG_GETARG_TEXT_PP(ARG_CACHED_CONVENTION);

		ac_check(ac_token_cached_by_name(VARDATA_ANY(name),
										 VARSIZE_ANY_EXHDR(name),
										 &request->cached, &fault),
				 &fault);
	}
	if (!PG_ARGISNULL(ARG_REASONING_CONVENTION))
	{
		text	   *name = PG_GETARG_TEXT_PP(ARG_REASONING_CONVENTION);

		ac_check(ac_token_reasoning_by_name(VARDATA_ANY(name),
											VARSIZE_ANY_EXHDR(name),
											&request->reasoning, &fault),
				 &fault);
	}
}

/* False if one is null that leaves the cost unknown whatever the others are. */
static bool
read_request(FunctionCallInfo fcinfo, ac_token_request *request)
{
	int			i;

	for (i = 0; i < AC_TOKEN_KINDS; i++)
	{
		if (PG_ARGISNULL(count_argument[i]))
			return false;
		request->count[i] = PG_GETARG_INT64(count_argument[i]);
	}
	if (PG_ARGISNULL(ARG_BATCH_FACTOR) || PG_ARGISNULL(ARG_THRESHOLD_STRICT))
		return false;

	for (i = 0; i < AC_TOKEN_KINDS; i++)
	{
		request->price[i] = price(fcinfo, price_argument[i], price_name[i]);
		request->long_price[i] = price(fcinfo, ARG_LONG_PRICES + i,
									   long_price_name[i]);
	}
	read_conventions(fcinfo, request);
	request->factor = ac_price_argument(PG_GETARG_PACKED_NUMERIC(ARG_BATCH_FACTOR),
										"batch_factor");
	request->has_threshold = !PG_ARGISNULL(ARG_CONTEXT_THRESHOLD);
	if (request->has_threshold)
		request->threshold = PG_GETARG_INT64(ARG_CONTEXT_THRESHOLD);
	request->strict = PG_GETARG_BOOL(ARG_THRESHOLD_STRICT);
	return true;
}

Datum
accelcost_token_cost(PG_FUNCTION_ARGS)
{
	ac_token_request request = {.cached = AC_TOKENS_UNSTATED};
	ac_token_bill bill;
	ac_fault	fault;

	if (!read_request(fcinfo, &request))
		PG_RETURN_NULL();
	ac_check(ac_token_cost(&request, &bill, &fault), &fault);
	if (!bill.known)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(ac_numeric_from_units(bill.units, bill.scale, true));
}

/* Test whether a number of tokens, used as a divisor, is 0. */
static bool
is_none(Numeric tokens)
{
	Numeric		zero = ac_numeric_from_fixed(ac_int256_from(0));

	ac_not_negative(tokens, "tokens");
	return DatumGetBool(ac_call2(numeric_eq, NumericGetDatum(tokens),
								 NumericGetDatum(zero)));
}

/* With the digits that numeric division gives. */
Datum
accelcost_per_million(PG_FUNCTION_ARGS)
{
	Numeric		cost = ac_numeric_finite(PG_GETARG_NUMERIC(0), "cost");
	Numeric		tokens = PG_GETARG_NUMERIC(1);
	Datum		million = NumericGetDatum(int64_to_numeric(1000000));
	Datum		quotient;

	if (is_none(tokens))
		PG_RETURN_NULL();
	quotient = ac_call2(numeric_div,
						ac_call2(numeric_mul, NumericGetDatum(cost), million),
						NumericGetDatum(tokens));
	return DirectFunctionCall1(numeric_trim_scale, quotient);
}

/* Each component, rounded once. */
Datum
accelcost_tco_per_million(PG_FUNCTION_ARGS)
{
	ac_tco	   *cost = ac_copy_tco(PG_GETARG_TCO(0));
	Numeric		tokens = PG_GETARG_NUMERIC(1);
	Numeric		millionth = ac_numeric_from_units(ac_int256_from(1), 6, true);
	Datum		millions;

	if (is_none(tokens))
		PG_RETURN_NULL();
	millions = ac_call2(numeric_mul, NumericGetDatum(tokens),
						NumericGetDatum(millionth));
	ac_divide_by_numeric(cost, DatumGetNumeric(millions));
	PG_RETURN_POINTER(cost);
}
