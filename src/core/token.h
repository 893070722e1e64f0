/*
 * token.h
 *	  What the tokens of a request to a language model cost, exactly.
 */
#ifndef AC_TOKEN_H
#define AC_TOKEN_H

#include "core/decimal.h"

/* Kinds of tokens, each with a price of its own. */
typedef enum ac_token_kind
{
	AC_TOKEN_INPUT,
	AC_TOKEN_OUTPUT,
	AC_TOKEN_CACHE_READ,
	AC_TOKEN_CACHE_WRITE_5M,
	AC_TOKEN_CACHE_WRITE_1H,
	AC_TOKEN_REASONING
} ac_token_kind;

#define AC_TOKEN_KINDS		6

/* An unknown price; all others are 0 or more. */
#define AC_PRICE_UNKNOWN	(-1)

/* Decimals of a cost: those of a price per million, or of one times a factor. */
#define AC_TOKEN_SCALE			(AC_SCALE + 6)
#define AC_TOKEN_FACTOR_SCALE	(AC_TOKEN_SCALE + AC_SCALE)

/*
 * Whether the provider includes cached or reasoning tokens in another count.
 */
typedef enum ac_token_convention
{
	AC_TOKENS_UNSTATED,
	AC_TOKENS_INCLUDED,			/* in the count of input, or of output */
	AC_TOKENS_APART
} ac_token_convention;

typedef struct ac_token_request
{
	int64_t		count[AC_TOKEN_KINDS];	/* as the provider counts */
	ac_token_convention cached;
	ac_token_convention reasoning;
	ac_int128	price[AC_TOKEN_KINDS];	/* of a million, in 1e-18 */
	ac_int128	long_price[AC_TOKEN_KINDS]; /* all of a long request */
	bool		has_threshold;
	bool		strict;			/* a request of exactly threshold tokens is
								 * not long */
	int64_t		threshold;		/* tokens of input */
	ac_int128	factor;			/* of the whole, 0 or more, in 1e-18 */
} ac_token_request;

typedef struct ac_token_bill
{
	ac_int256	units;			/* of 10^-scale */
	int			scale;			/* AC_TOKEN_SCALE or AC_TOKEN_FACTOR_SCALE */
	bool		known;			/* no price is missing */
} ac_token_bill;

extern ac_status ac_token_cached_by_name(const char *text, size_t len,
										 ac_token_convention *convention,
										 ac_fault *fault);
extern ac_status ac_token_reasoning_by_name(const char *text, size_t len,
											ac_token_convention *convention,
											ac_fault *fault);
extern ac_status ac_token_cost(const ac_token_request *request,
							   ac_token_bill *bill, ac_fault *fault);

#endif							/* AC_TOKEN_H */
