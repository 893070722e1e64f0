/*
 * tco.h
 *	  The value behind the type tco: a currency and eight amounts.
 */
#ifndef AC_TCO_H
#define AC_TCO_H

#include "core/decimal.h"

/* In the order of text, bytes and comparison. */
typedef enum ac_component
{
	AC_UPFRONT,					/* one-time; all others recur */
	AC_COMPUTE,
	AC_ENERGY,
	AC_EGRESS,
	AC_STORAGE,
	AC_OTHER,
	AC_TAX,
	AC_CREDIT
} ac_component;

#define AC_NCOMPONENTS		8
#define AC_CURRENCY_MAX		12
#define AC_TCO_VERSION		1

/* Rounding knows 10^-18 to 10^20; a component has 21 digits at most. */
#define AC_TCO_DIGITS_MIN	(-20)

/*
 * As stored.  Two values are equal if and only if their bytes are: the
 * currency is padded with zero bytes, and there is no other padding.
 */
typedef struct ac_tco
{
	ac_int128	amount[AC_NCOMPONENTS]; /* units of 1e-18 */
	char		currency[AC_CURRENCY_MAX];
	uint8_t		version;		/* AC_TCO_VERSION */
	uint8_t		reserved[3];	/* zero */
} ac_tco;

_Static_assert(sizeof(ac_tco) == 144, "ac_tco is 144 bytes on disk");

/* Bytes of the external binary form. */
#define AC_TCO_BYTES		144

/* Longest text with its terminator: total, currency, eight name=amount. */
#define AC_TCO_TEXT_MAX		(AC_DECIMAL_MAX + 1 + AC_CURRENCY_MAX + \
							 AC_NCOMPONENTS * (10 + 42))

/* the value */
extern void ac_tco_zero(ac_tco *tco);
extern ac_status ac_tco_set_currency(ac_tco *tco, const char *text,
									 size_t len, ac_fault *fault);
extern size_t ac_currency_len(const char *currency);
extern ac_status ac_component_by_name(const char *text, size_t len,
									  ac_component *component,
									  ac_fault *fault);
extern const char *ac_component_name(ac_component component);
extern ac_int256 ac_tco_total(const ac_tco *tco);
extern ac_int256 ac_tco_recurring(const ac_tco *tco);
extern int	ac_tco_compare(const ac_tco *a, const ac_tco *b);
extern ac_status ac_tco_same_currency(const ac_tco *a, const ac_tco *b,
									  ac_fault *fault);

/*
 * arithmetic; the first argument is changed, or left as it was on a fault;
 * the second is another object
 */
extern ac_status ac_tco_add(ac_tco *tco, const ac_tco *addend,
							ac_fault *fault);
extern ac_status ac_tco_add_amount(ac_tco *tco, ac_component component,
								   ac_int128 amount, const char *currency,
								   size_t len, ac_fault *fault);
extern ac_status ac_tco_subtract(ac_tco *tco, const ac_tco *subtrahend,
								 ac_fault *fault);
extern ac_status ac_tco_negate(ac_tco *tco, ac_fault *fault);
extern ac_status ac_tco_scale(ac_tco *tco, const ac_ratio *ratio,
							  ac_fault *fault);
extern ac_status ac_tco_round(ac_tco *tco, int digits, ac_fault *fault);

/* text and bytes: tco_text.c, tco_bytes.c */
extern ac_status ac_tco_parse(const char *text, size_t len, ac_tco *tco,
							  ac_fault *fault);
extern size_t ac_tco_format(const ac_tco *tco, char *buffer);
extern void ac_tco_encode(const ac_tco *tco, uint8_t *bytes);
extern ac_status ac_tco_decode(const uint8_t *bytes, size_t len, ac_tco *tco,
							   ac_fault *fault);

#endif							/* AC_TCO_H */
