/*
 * fuzz_token.c
 *	  The cost of a request is the sum of slow.h over the tokens that each
 *	  price is for, or the first fault of the request.
 *
 * An input is the counts and the threshold (8 bytes each), a byte of
 * conventions and other flags and 7 that say nothing, then the factor and the
 * prices (16 each); what is missing is zero.  Prices below 0 are unknown.
 */
#include "core/token.h"

/* the factor times the sum has 320 bits */
#define SLOW_LIMBS		11
#include "../unit/slow.h"
#include "fuzz.h"

typedef struct input
{
	int64_t		count[AC_TOKEN_KINDS];
	int64_t		threshold;
	uint64_t	flags;
	ac_int128	factor;
	ac_int128	price[2][AC_TOKEN_KINDS];
} input;

static ac_token_request
request_of(const input *in)
{
	ac_token_request request = {
		.cached = (ac_token_convention) ((in->flags & 3) % 3),
		.reasoning = (ac_token_convention) ((in->flags >> 2 & 3) % 3),
		.has_threshold = in->flags >> 4 & 1,
		.strict = in->flags >> 5 & 1,
		.threshold = in->threshold,
		.factor = in->flags >> 6 & 1 ? in->factor & AC_INT128_MAX
		: (ac_int128) AC_UNIT
	};
	int			i;

	for (i = 0; i < AC_TOKEN_KINDS; i++)
	{
		request.count[i] = in->count[i];
		request.price[i] = in->price[0][i] < 0 ? AC_PRICE_UNKNOWN
			: in->price[0][i];
		request.long_price[i] = in->price[1][i] < 0 ? AC_PRICE_UNKNOWN
			: in->price[1][i];
	}
	return request;
}

static ac_int128
cached_tokens(const ac_token_request *request)
{
	return (ac_int128) request->count[AC_TOKEN_CACHE_READ]
		+ request->count[AC_TOKEN_CACHE_WRITE_5M]
		+ request->count[AC_TOKEN_CACHE_WRITE_1H];
}

/* The fault of a request, or none but that its cost can be out of range. */
static ac_status
expected_status(const ac_token_request *request)
{
	ac_int128	cached = cached_tokens(request);
	int64_t		reasoning = request->count[AC_TOKEN_REASONING];
	bool		long_prices = false;
	bool		prices = false;
	int			i;

	for (i = 0; i < AC_TOKEN_KINDS; i++)
	{
		if (request->count[i] < 0)
			return AC_NEGATIVE_COUNT;
		long_prices |= request->long_price[i] >= 0;
		prices |= request->price[i] >= 0 || request->long_price[i] >= 0;
	}
	if (request->has_threshold ? request->threshold < 0 : long_prices)
		return request->has_threshold ? AC_NEGATIVE_COUNT
			: AC_TOKEN_NO_THRESHOLD;
	if (prices && request->cached == AC_TOKENS_UNSTATED && cached != 0)
		return AC_TOKEN_CACHED_UNSTATED;
	if (request->cached == AC_TOKENS_INCLUDED
		&& request->count[AC_TOKEN_INPUT] < cached)
		return AC_TOKEN_CACHED_EXCEEDS;
	if (prices && request->reasoning == AC_TOKENS_UNSTATED && reasoning != 0)
		return AC_TOKEN_REASONING_UNSTATED;
	if (request->reasoning == AC_TOKENS_INCLUDED
		&& request->count[AC_TOKEN_OUTPUT] < reasoning)
		return AC_TOKEN_REASONING_EXCEEDS;
	return AC_OK;
}

/* The sum of what each token costs; known is false if a price is missing. */
static slow
expected_cost(const ac_token_request *request, bool *known)
{
	ac_int128	uncached = request->count[AC_TOKEN_INPUT];
	ac_int128	answer = request->count[AC_TOKEN_OUTPUT];
	ac_int128	size;
	bool		is_long;
	slow		sum = {{0}};
	int			i;

	if (request->cached == AC_TOKENS_INCLUDED)
		uncached -= cached_tokens(request);
	if (request->reasoning == AC_TOKENS_INCLUDED)
		answer -= request->count[AC_TOKEN_REASONING];
	size = uncached + cached_tokens(request);
	is_long = request->has_threshold
		&& size + !request->strict > request->threshold;

	*known = true;
	for (i = 0; i < AC_TOKEN_KINDS; i++)
	{
		ac_int128	price = is_long ? request->long_price[i]
		: request->price[i];
		ac_int128	count = i == AC_TOKEN_INPUT ? uncached
		: i == AC_TOKEN_OUTPUT ? answer : request->count[i];

		if (count > 0 && price < 0)
			*known = false;
		else if (count > 0)
			sum = slow_add(sum, slow_multiply(slow_magnitude(price),
											  slow_magnitude(count)));
	}
	return sum;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	input		in = {0};
	ac_token_request request;
	ac_token_bill bill;
	ac_fault	fault;
	ac_status	status;
	slow		cost;
	bool		known;
	bool		has_factor;

	memcpy(&in, data, size < sizeof(in) ? size : sizeof(in));
	request = request_of(&in);
	has_factor = request.factor != (ac_int128) AC_UNIT;
	status = ac_token_cost(&request, &bill, &fault);
	if (status != AC_TOKEN_RANGE)
		REQUIRE(status == expected_status(&request));
	if (status != AC_OK && status != AC_TOKEN_RANGE)
		return 0;

	REQUIRE(expected_status(&request) == AC_OK);
	cost = expected_cost(&request, &known);
	if (has_factor)
		cost = slow_multiply(cost, slow_magnitude(request.factor));
	REQUIRE((slow_bits(&cost) > 255) == (status == AC_TOKEN_RANGE));
	if (status == AC_TOKEN_RANGE)
		return 0;
	REQUIRE(bill.known == known);
	REQUIRE(bill.scale == (has_factor ? AC_TOKEN_FACTOR_SCALE
						   : AC_TOKEN_SCALE));
	REQUIRE(slow_compare(cost, slow_of((ac_uint128) bill.units.hi,
									   bill.units.lo)) == 0);
	return 0;
}
