/*
 * token.c
 *	  What the tokens of a request cost: who counts what where, from where on
 *	  a request is long, and the exact sum, against slow.h.
 */
#include "core/token.h"

#include "sample.h"
#include "slow.h"

#define SAMPLES 50000

static ac_fault fault;

/* 3 a million in, 15 out, cache 0.3, 3.75 and 6, reasoning 15. */
static ac_token_request
request_of(int64_t input, int64_t output)
{
	static const int cents[AC_TOKEN_KINDS] = {300, 1500, 30, 375, 600, 1500};
	ac_token_request request = {.count = {input, output},.strict = true};
	int			i;

	for (i = 0; i < AC_TOKEN_KINDS; i++)
	{
		request.price[i] = (ac_int128) cents[i] * (AC_UNIT / 100);
		request.long_price[i] = AC_PRICE_UNKNOWN;
	}
	request.factor = AC_UNIT;
	return request;
}

/* The same, at double prices over so many tokens. */
static ac_token_request
long_request(int64_t input, int64_t threshold)
{
	ac_token_request request = request_of(input, 0);
	int			i;

	request.has_threshold = true;
	request.threshold = threshold;
	for (i = 0; i < AC_TOKEN_KINDS; i++)
		request.long_price[i] = 2 * request.price[i];
	return request;
}

/* "cost", "unknown" or "fault"; at most 18 decimals. */
static const char *
bill(ac_token_request request)
{
	static char text[AC_DECIMAL_MAX];
	ac_token_bill bill;
	ac_uint256	units;
	ac_uint128	rest;

	if (ac_token_cost(&request, &bill, &fault) != AC_OK)
		return "fault";
	if (!bill.known)
		return "unknown";
	units = ac_uint256_divide(ac_int256_magnitude(bill.units),
							  ac_pow10(bill.scale - AC_SCALE), &rest);
	bill.units.hi = (ac_int128) units.hi;
	bill.units.lo = units.lo;
	ac_decimal_format(bill.units, text);
	return rest == 0 ? text : "inexact";
}

static ac_status
status_of(ac_token_request request)
{
	ac_token_bill bill;

	return ac_token_cost(&request, &bill, &fault);
}

static void
counts(void)
{
	ac_token_request request = request_of(1000000, 0);

	is_text(bill(request_of(1000, 500)), "0.0105", "tokens cost their price per million");
	is_text(bill(request_of(0, 0)), "0", "no tokens cost nothing");

	request.count[AC_TOKEN_CACHE_READ] = 900000;
	request.cached = AC_TOKENS_INCLUDED;
	is_text(bill(request), "0.57", "included cached tokens are taken out of the input");
	request.cached = AC_TOKENS_APART;
	is_text(bill(request), "3.27", "excluded ones are not");
	request.cached = AC_TOKENS_UNSTATED;
	is_int(status_of(request), AC_TOKEN_CACHED_UNSTATED, "cached tokens demand a convention");

	request = request_of(300, 0);
	request.cached = AC_TOKENS_INCLUDED;
	request.count[AC_TOKEN_CACHE_READ] = 100;
	request.count[AC_TOKEN_CACHE_WRITE_5M] = 100;
	request.count[AC_TOKEN_CACHE_WRITE_1H] = 100;
	is_text(bill(request), "0.001005", "an input can be cached to its last token");
	request.count[AC_TOKEN_CACHE_WRITE_1H] = 101;
	is_int(status_of(request), AC_TOKEN_CACHED_EXCEEDS, "but no further, writes included");
	is_text(fault.value[0], "300", "the fault says what the input is");
	is_text(fault.value[1], "301", "and how many cached tokens there are");
	request.count[AC_TOKEN_CACHE_READ] = INT64_MAX;
	request.count[AC_TOKEN_CACHE_WRITE_5M] = INT64_MAX;
	request.count[AC_TOKEN_CACHE_WRITE_1H] = INT64_MAX;
	is_int(status_of(request), AC_TOKEN_CACHED_EXCEEDS, "as many as there can be are too many");
	is_text(fault.value[1], "27670116110564327421", "the fault says also how many these are");

	request = request_of(1000, 500);
	request.count[AC_TOKEN_REASONING] = 5000;
	is_int(status_of(request), AC_TOKEN_REASONING_UNSTATED, "reasoning demands a convention");
	request.reasoning = AC_TOKENS_APART;
	is_text(bill(request), "0.0855", "reasoning on top is billed beside the output");
	request.reasoning = AC_TOKENS_INCLUDED;
	is_int(status_of(request), AC_TOKEN_REASONING_EXCEEDS, "included reasoning does not exceed the output");
	request.count[AC_TOKEN_REASONING] = 500;
	request.price[AC_TOKEN_OUTPUT] = AC_PRICE_UNKNOWN;
	is_text(bill(request), "0.0105", "output that is all reasoning needs no price of output");

	request = request_of(1, 1);
	request.count[AC_TOKEN_CACHE_WRITE_1H] = -1;
	is_int(status_of(request), AC_NEGATIVE_COUNT, "no count is negative");
	is_text(fault.name, "cache_write_1h_tokens", "the fault names the count");
	is_int(fault.number[0], -1, "and its value");
}

static void
unknown_prices(void)
{
	ac_token_request request = request_of(5, 0);

	request.price[AC_TOKEN_OUTPUT] = AC_PRICE_UNKNOWN;
	is_text(bill(request), "0.000015", "a price is needed only where there are tokens");
	request.count[AC_TOKEN_OUTPUT] = 1;
	is_text(bill(request), "unknown", "without it the cost is unknown");
	request.price[AC_TOKEN_OUTPUT] = 0;
	is_text(bill(request), "0.000015", "a price of 0 is a price");
}

static void
context(void)
{
	ac_token_request request = long_request(200000, 200000);

	is_text(bill(request), "0.6", "at the threshold a request is not long");
	request.count[AC_TOKEN_INPUT]++;
	is_text(bill(request), "1.200006", "above it all tokens cost the higher price");
	request.count[AC_TOKEN_INPUT]--;
	request.strict = false;
	is_text(bill(request), "1.2", "unless told otherwise, it is long at the threshold");
	request.count[AC_TOKEN_INPUT]--;
	is_text(bill(request), "0.599997", "and not below it");

	request = long_request(100000, 200000);
	request.count[AC_TOKEN_CACHE_READ] = 50000;
	request.count[AC_TOKEN_CACHE_WRITE_5M] = 50001;
	request.cached = AC_TOKENS_APART;
	is_text(bill(request), "1.0050075", "excluded cached tokens are input of the request");
	request.count[AC_TOKEN_INPUT] = 200000;
	request.cached = AC_TOKENS_INCLUDED;
	is_text(bill(request), "0.50250075", "included ones are not counted again");

	request = long_request(200001, 200000);
	request.long_price[AC_TOKEN_INPUT] = AC_PRICE_UNKNOWN;
	is_text(bill(request), "unknown", "a long request takes no other prices");
	request.has_threshold = false;
	is_int(status_of(request), AC_TOKEN_NO_THRESHOLD, "prices of long requests demand a threshold");
	request = long_request(1, -1);
	is_int(status_of(request), AC_NEGATIVE_COUNT, "a threshold is not negative");
	is_text(fault.name, "context_threshold", "the fault names it");
	request = long_request(0, 0);
	request.count[AC_TOKEN_OUTPUT] = 1;
	is_text(bill(request), "0.000015", "the threshold can be 0");
}

static void
range(void)
{
	ac_token_request request = request_of(INT64_MAX, INT64_MAX);
	int			i;

	for (i = 0; i < AC_TOKEN_KINDS; i++)
	{
		request.count[i] = INT64_MAX;
		request.price[i] = AC_INT128_MAX;
	}
	request.cached = AC_TOKENS_APART;
	request.reasoning = AC_TOKENS_APART;
	is_int(status_of(request), AC_OK, "the highest counts and prices have a cost");
	request.factor = AC_UNIT - 1;
	is_int(status_of(request), AC_OK, "and at any discount");
	request.factor = 0;
	is_text(bill(request), "0", "which can be all of it");
	request.factor = AC_INT128_MAX;
	is_int(status_of(request), AC_TOKEN_RANGE, "but not at any surcharge");
	request.factor = 8 * (ac_int128) AC_UNIT;
	is_int(status_of(request), AC_TOKEN_RANGE, "the range is 255 bits");
	request = request_of(1, 0);
	request.factor = AC_INT128_MAX;
	is_int(status_of(request), AC_OK, "a factor is as wide as a price");
}

/* A lookup that finds no price finds no convention either. */
static void
no_prices(void)
{
	ac_token_request request = request_of(1000, 500);

	for (int i = 0; i < AC_TOKEN_KINDS; i++)
	{
		request.count[i] = 10;
		request.price[i] = AC_PRICE_UNKNOWN;
	}
	is_text(bill(request), "unknown", "without prices no convention is needed");
	request.price[AC_TOKEN_OUTPUT] = 0;
	is_int(status_of(request), AC_TOKEN_CACHED_UNSTATED, "but with one price it is");
	request.price[AC_TOKEN_OUTPUT] = AC_PRICE_UNKNOWN;
	request.has_threshold = true;
	request.long_price[AC_TOKEN_INPUT] = 0;
	is_int(status_of(request), AC_TOKEN_CACHED_UNSTATED, "or one price of long requests");
}

static void
names(void)
{
	ac_token_convention convention = AC_TOKENS_UNSTATED;

	is_int(ac_token_cached_by_name("included", 8, &convention, &fault), AC_OK, "cached tokens are included");
	is_int(convention, AC_TOKENS_INCLUDED, "which is a convention");
	is_int(ac_token_cached_by_name("excluded", 8, &convention, &fault), AC_OK, "or excluded");
	is_int(convention, AC_TOKENS_APART, "which is another");
	is_int(ac_token_reasoning_by_name("included", 8, &convention, &fault), AC_OK, "reasoning is included");
	is_int(convention, AC_TOKENS_INCLUDED, "in the same way");
	is_int(ac_token_reasoning_by_name("on_top", 6, &convention, &fault), AC_OK, "or on top");
	is_int(convention, AC_TOKENS_APART, "which is apart");
	is_int(ac_token_cached_by_name("on_top", 6, &convention, &fault), AC_TOKEN_CONVENTION, "cached tokens are not on top");
	is_text(fault.name, "cached_convention", "the fault names the parameter");
	is_text(fault.value[0], "excluded", "and the other word");
	is_int(ac_token_reasoning_by_name("excluded", 8, &convention, &fault), AC_TOKEN_CONVENTION,
		   "reasoning is not excluded");
	is_int(ac_token_cached_by_name("Included", 8, &convention, &fault), AC_TOKEN_CONVENTION, "case matters");
	is_int(ac_token_cached_by_name("include", 7, &convention, &fault), AC_TOKEN_CONVENTION, "no word is shortened");
	is_int(ac_token_cached_by_name("", 0, &convention, &fault), AC_TOKEN_CONVENTION, "or empty");
}

/* A count that four of can be added up. */
static int64_t
sample_count(void)
{
	return (int64_t) ((uint64_t) sample_uint128() >> (2 + sample_below(62)));
}

static ac_token_request
sample_request(void)
{
	ac_token_request request = {.cached = AC_TOKENS_APART,.reasoning = AC_TOKENS_APART};
	int			i;

	for (i = 0; i < AC_TOKEN_KINDS; i++)
	{
		request.count[i] = sample_count() >> 1;
		request.price[i] = (ac_int128) (sample_uint128() >> (1 + sample_below(120)));
		request.long_price[i] = (ac_int128) (sample_uint128() >> (1 + sample_below(120)));
	}
	request.has_threshold = true;
	request.threshold = sample_count();
	request.strict = sample_below(2);
	request.factor = sample_below(2) ? (ac_int128) AC_UNIT
		: (ac_int128) (sample_uint128() >> (1 + sample_below(126)));
	return request;
}

/* The input of a request, in whole. */
static ac_int128
whole_input(const ac_token_request *request)
{
	return (ac_int128) request->count[AC_TOKEN_INPUT] + request->count[AC_TOKEN_CACHE_READ]
		+ request->count[AC_TOKEN_CACHE_WRITE_5M] + request->count[AC_TOKEN_CACHE_WRITE_1H];
}

static bool
exact(void)
{
	ac_token_request request = sample_request();
	ac_int128	input = whole_input(&request);
	bool		is_long = input > request.threshold ||
	(!request.strict && input == request.threshold);
	const ac_int128 *price = is_long ? request.long_price : request.price;
	slow		sum = {{0}};
	slow		factor;
	ac_token_bill bill;
	ac_status	status = ac_token_cost(&request, &bill, &fault);
	int			i;

	for (i = 0; i < AC_TOKEN_KINDS; i++)
		sum = slow_add(sum, slow_multiply(slow_of(0, (ac_uint128) request.count[i]),
										  slow_of(0, (ac_uint128) price[i])));
	if (request.factor == (ac_int128) AC_UNIT)
		return status == AC_OK && bill.scale == AC_TOKEN_SCALE && bill.known &&
			slow_compare(sum, slow_of((ac_uint128) bill.units.hi, bill.units.lo)) == 0;

	/* numbers of a and b bits have a product of a + b - 1 bits or more */
	factor = slow_of(0, (ac_uint128) request.factor);
	if (slow_bits(&sum) + slow_bits(&factor) > 256)
		return status == AC_TOKEN_RANGE;
	sum = slow_multiply(sum, factor);
	if (slow_bits(&sum) > 255)
		return status == AC_TOKEN_RANGE;
	return status == AC_OK && bill.scale == AC_TOKEN_FACTOR_SCALE &&
		slow_compare(sum, slow_of((ac_uint128) bill.units.hi, bill.units.lo)) == 0;
}

static bool
one_usage_one_bill(void)
{
	ac_token_request apart = sample_request();
	ac_token_request included = apart;
	ac_token_bill a;
	ac_token_bill b;
	ac_status	status = ac_token_cost(&apart, &a, &fault);

	if (whole_input(&apart) > INT64_MAX)
		return true;
	included.cached = AC_TOKENS_INCLUDED;
	included.reasoning = AC_TOKENS_INCLUDED;
	included.count[AC_TOKEN_INPUT] = (int64_t) whole_input(&apart);
	included.count[AC_TOKEN_OUTPUT] += included.count[AC_TOKEN_REASONING];
	if (ac_token_cost(&included, &b, &fault) != status)
		return false;
	return status != AC_OK || (a.known == b.known && a.scale == b.scale &&
							   ac_int256_compare(a.units, b.units) == 0);
}

int
main(void)
{
	counts();
	unknown_prices();
	no_prices();
	context();
	range();
	names();
	property(exact, SAMPLES, "a cost is the exact sum of counts times prices, times the factor");
	property(one_usage_one_bill, SAMPLES, "one usage has one bill, whoever counts it");
	return tap_done();
}
