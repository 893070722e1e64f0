/*
 * token.c
 *	  What the tokens of a request to a language model cost, exactly.
 */
#include "core/token.h"
#include "core/word.h"

#include <string.h>

static const char *const count_name[AC_TOKEN_KINDS] = {
	"input_tokens", "output_tokens", "cache_read_tokens",
	"cache_write_5m_tokens", "cache_write_1h_tokens", "reasoning_tokens"
};

/* Tokens by the price that bills them; each token is counted once. */
typedef struct token_split
{
	int64_t		count[AC_TOKEN_KINDS];
	ac_int128	request;		/* all tokens of the input, cached or not */
} token_split;

static ac_status
convention_by_name(const char *parameter, const char *apart, const char *text,
				   size_t len, ac_token_convention *convention,
				   ac_fault *fault)
{
	if (ac_is_word(text, len, "included"))
		*convention = AC_TOKENS_INCLUDED;
	else if (ac_is_word(text, len, apart))
		*convention = AC_TOKENS_APART;
	else
	{
		fault->name = parameter;
		memcpy(fault->value[0], apart, strlen(apart) + 1);
		return ac_fault_part(fault, AC_TOKEN_CONVENTION, text, len);
	}
	return AC_OK;
}

ac_status
ac_token_cached_by_name(const char *text, size_t len,
						ac_token_convention *convention, ac_fault *fault)
{
	return convention_by_name("cached_convention", "excluded", text, len,
							  convention, fault);
}

ac_status
ac_token_reasoning_by_name(const char *text, size_t len,
						   ac_token_convention *convention, ac_fault *fault)
{
	return convention_by_name("reasoning_convention", "on_top", text, len,
							  convention, fault);
}

/* Report that a count is smaller than the tokens that it includes. */
static ac_status
fault_exceeds(ac_fault *fault, ac_status status, int64_t count, ac_int128 part)
{
	ac_decimal_format(ac_int256_from((ac_int128) count * AC_UNIT),
					  fault->value[0]);
	ac_decimal_format(ac_int256_from(part * AC_UNIT), fault->value[1]);
	return status;
}

static bool
has_price(const ac_token_request *request)
{
	int			i;

	for (i = 0; i < AC_TOKEN_KINDS; i++)
		if (request->price[i] != AC_PRICE_UNKNOWN
			|| request->long_price[i] != AC_PRICE_UNKNOWN)
			return true;
	return false;
}

/*
 * Deduct the tokens with other prices from the counts of input and output.
 * Without any price, as a lookup that finds none leaves it, the cost is unknown
 * whatever the conventions are.
 */
static ac_status
separate(const ac_token_request *request, token_split *split, ac_fault *fault)
{
	const int64_t *count = request->count;
	ac_int128	cached = (ac_int128) count[AC_TOKEN_CACHE_READ]
	+ count[AC_TOKEN_CACHE_WRITE_5M] + count[AC_TOKEN_CACHE_WRITE_1H];
	int64_t		reasoning = count[AC_TOKEN_REASONING];

	memcpy(split->count, count, sizeof(split->count));
	split->request = count[AC_TOKEN_INPUT];

	if (cached > 0 && request->cached == AC_TOKENS_UNSTATED
		&& has_price(request))
		return AC_TOKEN_CACHED_UNSTATED;
	if (request->cached == AC_TOKENS_INCLUDED)
	{
		if (cached > count[AC_TOKEN_INPUT])
			return fault_exceeds(fault, AC_TOKEN_CACHED_EXCEEDS,
								 count[AC_TOKEN_INPUT], cached);
		split->count[AC_TOKEN_INPUT] -= (int64_t) cached;
	}
	else
		split->request += cached;

	if (reasoning > 0 && request->reasoning == AC_TOKENS_UNSTATED
		&& has_price(request))
		return AC_TOKEN_REASONING_UNSTATED;
	if (request->reasoning == AC_TOKENS_INCLUDED)
	{
		if (reasoning > count[AC_TOKEN_OUTPUT])
			return fault_exceeds(fault, AC_TOKEN_REASONING_EXCEEDS,
								 count[AC_TOKEN_OUTPUT], reasoning);
		split->count[AC_TOKEN_OUTPUT] -= reasoning;
	}
	return AC_OK;
}

static ac_status
check_negative(const char *name, int64_t count, ac_fault *fault)
{
	if (count >= 0)
		return AC_OK;
	fault->name = name;
	return ac_fault_number(fault, AC_NEGATIVE_COUNT, count, 0);
}

/* Check that no count is negative, and that long prices have a threshold. */
static ac_status
check(const ac_token_request *request, ac_fault *fault)
{
	int			i;

	for (i = 0; i < AC_TOKEN_KINDS; i++)
		AC_TRY(check_negative(count_name[i], request->count[i], fault));
	if (request->has_threshold)
		return check_negative("context_threshold", request->threshold, fault);
	for (i = 0; i < AC_TOKEN_KINDS; i++)
		if (request->long_price[i] != AC_PRICE_UNKNOWN)
			return AC_TOKEN_NO_THRESHOLD;
	return AC_OK;
}

/* Return the prices for a request with this number of input tokens. */
static const ac_int128 *
prices_of(const ac_token_request *request, ac_int128 input)
{
	if (!request->has_threshold || input < request->threshold ||
		(request->strict && input == request->threshold))
		return request->price;
	return request->long_price;
}

/*
 * Multiply a sum, which is less than 2^193, by a factor in 1e-18; false if
 * the product does not fit.
 */
static bool
multiply(ac_uint256 *sum, ac_uint128 factor)
{
	ac_uint256	low = ac_uint128_multiply(sum->lo, factor);
	ac_uint256	high = ac_uint128_multiply(sum->hi, factor);

	if (high.hi > 0 || __builtin_add_overflow(low.hi, high.lo, &low.hi))
		return false;
	*sum = low;
	return low.hi <= (ac_uint128) AC_INT128_MAX;
}

/*
 * Calculate the cost of a request exactly: tokens times prices per million,
 * times the factor.  It is unknown if a price is missing for tokens that the
 * request has.
 */
ac_status
ac_token_cost(const ac_token_request *request, ac_token_bill *bill,
			  ac_fault *fault)
{
	token_split split;
	const ac_int128 *price;
	ac_uint256	sum = {.hi = 0,.lo = 0};
	int			i;

	AC_TRY(check(request, fault));
	AC_TRY(separate(request, &split, fault));
	price = prices_of(request, split.request);

	bill->known = true;
	bill->scale = AC_TOKEN_SCALE;
	for (i = 0; i < AC_TOKEN_KINDS; i++)
	{
		ac_uint256	cost;

		if (split.count[i] == 0)
			continue;
		if (price[i] == AC_PRICE_UNKNOWN)
		{
			bill->known = false;
			continue;
		}
		cost = ac_uint128_multiply((ac_uint128) price[i],
								   (ac_uint128) split.count[i]);
		sum.lo += cost.lo;
		sum.hi += cost.hi + (sum.lo < cost.lo);
	}

	if (request->factor != (ac_int128) AC_UNIT)
	{
		if (!multiply(&sum, (ac_uint128) request->factor))
			return AC_TOKEN_RANGE;
		bill->scale = AC_TOKEN_FACTOR_SCALE;
	}
	bill->units.hi = (ac_int128) sum.hi;
	bill->units.lo = sum.lo;
	return AC_OK;
}
