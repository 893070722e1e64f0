/*
 * tariff.h
 *	  The value behind the type tariff: a price schedule with tiers.
 */
#ifndef AC_TARIFF_H
#define AC_TARIFF_H

#include "core/quantity.h"

typedef enum ac_tariff_mode
{
	AC_GRADUATED,				/* each unit at the price of its tier */
	AC_VOLUME,					/* all at the price of the total's tier */
	AC_PACKAGE					/* blocks, rounded up */
} ac_tariff_mode;

#define AC_TARIFF_VERSION	1
#define AC_TARIFF_TIERS_MAX	10000

/* The bound of a tier that has none. */
#define AC_TIER_OPEN_BOUND	AC_INT128_MAX

/*
 * Covers quantities above the bound of the tier before, up to its own.  The
 * base follows from the rest: its fee and, where pricing is graduated, all
 * that the tiers before cost.
 */
typedef struct ac_tier
{
	ac_int128	upto;			/* or AC_TIER_OPEN_BOUND; units of 1e-18 */
	ac_int128	price;			/* per unit, or per block; units of 1e-18 */
	ac_int128	flat;			/* due once, when the tier is reached */
	ac_uint256	base;			/* due once it is: units of 1e-36 */
} ac_tier;

/*
 * As stored.  Two values are equal if and only if their bytes are, apart from
 * the header, which is left to whoever stores the value.
 */
typedef struct ac_tariff
{
	char		header[4];
	uint8_t		version;		/* AC_TARIFF_VERSION */
	uint8_t		mode;			/* ac_tariff_mode */
	uint16_t	count;			/* of tiers, at least 1 */
	ac_int128	allowance;		/* free, before the tiers; units of 1e-18 */
	ac_int128	block;			/* units in a package, or 0 */
	ac_tier		tier[];
} ac_tariff;

_Static_assert(sizeof(ac_tariff) == 40, "a tariff is 40 bytes on disk");
_Static_assert(sizeof(ac_tier) == 80, "and 80 bytes for each tier");

/* A line of the bill for one tier, or for the tier of the total. */
typedef struct ac_tariff_line
{
	int			tier;			/* the first is 1 */
	ac_quantity from;			/* as metered, the allowance included */
	ac_quantity upto;
	ac_quantity quantity;		/* units, or blocks in a package */
	ac_int128	price;
	ac_int128	flat;
	ac_amount	amount;			/* price times quantity, and flat */
} ac_tariff_line;

/* Bytes of the external binary form. */
#define AC_TARIFF_BYTES(count)	(36 + (size_t) (count) * 48)

/* Longest text of the head of a tariff, and of each tier. */
#define AC_TARIFF_HEAD_MAX	(9 + 1 + 42 + 11 + 42 + 1)
#define AC_TARIFF_TIER_MAX	(1 + 42 + 6 + 42 + 6 + 42 + 1)

/* Longest text with its terminator. */
#define AC_TARIFF_TEXT_MAX(count) \
	(AC_TARIFF_HEAD_MAX + (size_t) (count) * AC_TARIFF_TIER_MAX + 1)

static inline size_t
ac_tariff_size(int count)
{
	return sizeof(ac_tariff) + (size_t) count * sizeof(ac_tier);
}

/* the value; every function that makes one ends with ac_tariff_seal */
extern void ac_tariff_init(ac_tariff *tariff, ac_tariff_mode mode, int count);
extern ac_status ac_tariff_mode_by_name(const char *text, size_t len,
										ac_tariff_mode *mode,
										ac_fault *fault);
extern const char *ac_tariff_mode_name(ac_tariff_mode mode);
extern ac_status ac_tariff_check_count(int count, ac_fault *fault);
extern ac_status ac_tariff_from_widths(ac_tariff *tariff, ac_fault *fault);
extern ac_status ac_tariff_seal(ac_tariff *tariff, ac_fault *fault);
extern ac_status ac_tariff_insert(ac_tariff *tariff, const ac_tier *tier,
								  ac_fault *fault);
extern ac_status ac_tariff_merge(ac_tariff *tariff, const ac_tariff *other,
								 ac_fault *fault);
extern ac_status ac_tariff_fault_mismatch(const ac_tariff *a,
										  const ac_tariff *b, ac_fault *fault);
extern int	ac_tariff_compare(const ac_tariff *a, const ac_tariff *b);
extern bool ac_tariff_same(const ac_tariff *a, const ac_tariff *b);

/* what is free, and where it ends: tariff_free.c */
extern bool ac_tariff_is_free(const ac_tariff *tariff);
extern bool ac_tariff_end(const ac_tariff *tariff, ac_int256 *end);
extern ac_status ac_tariff_add_allowance(const ac_tariff *tariff,
										 ac_int128 quantity, ac_tariff *result,
										 ac_fault *fault);
extern ac_status ac_tariff_add_free_tier(const ac_tariff *tariff,
										 ac_int128 quantity, ac_tariff *result,
										 ac_fault *fault);

/* what a quantity costs: tariff_cost.c */
extern ac_status ac_tariff_cost(const ac_tariff *tariff,
								const ac_quantity *quantity, ac_amount *cost,
								ac_fault *fault);
extern ac_status ac_tariff_cost_after(const ac_tariff *tariff,
									  const ac_quantity *prior,
									  const ac_quantity *quantity,
									  ac_amount *cost, ac_fault *fault);
extern ac_status ac_tariff_lines(const ac_tariff *tariff,
								 const ac_quantity *quantity, int *count,
								 ac_fault *fault);
extern ac_status ac_tariff_get_line(const ac_tariff *tariff,
									const ac_quantity *quantity, int line,
									ac_tariff_line *result, ac_fault *fault);
extern ac_status ac_tariff_marginal(const ac_tariff *tariff,
									const ac_quantity *quantity,
									ac_int128 *price, ac_fault *fault);

/* text and bytes: tariff_text.c, tariff_bytes.c */
extern int	ac_tariff_text_tiers(const char *text, size_t len);
extern ac_status ac_tariff_parse(const char *text, size_t len,
								 ac_tariff *tariff, ac_fault *fault);
extern size_t ac_tariff_format(const ac_tariff *tariff, char *buffer);
extern void ac_tariff_show(const ac_tariff *tariff, int first, char *buffer,
						   size_t size);
extern void ac_tariff_encode(const ac_tariff *tariff, uint8_t *bytes);
extern ac_status ac_tariff_bytes_tiers(const uint8_t *bytes, size_t len,
									   int *count, ac_fault *fault);
extern ac_status ac_tariff_decode(const uint8_t *bytes, size_t len,
								  ac_tariff *tariff, ac_fault *fault);

#endif							/* AC_TARIFF_H */
