/*
 * sample.h
 *	  Generated values, the same in every run, with a liking for edges.
 */
#ifndef AC_SAMPLE_H
#define AC_SAMPLE_H

#include "core/tco.h"

#include "tap.h"

static uint64_t sample_state;

/* 64 random bits: Marsaglia's xorshift with a multiplied output. */
static inline uint64_t
sample_bits(void)
{
	sample_state ^= sample_state >> 12;
	sample_state ^= sample_state << 25;
	sample_state ^= sample_state >> 27;
	return sample_state * UINT64_C(2685821657736338717);
}

static inline int
sample_below(int limit)
{
	return (int) ((sample_bits() >> 32) % (unsigned) limit);
}

/* Test a rule that a function checks on one generated value per call. */
static inline void
property(bool (*holds) (void), int samples, const char *rule)
{
	int			i;

	sample_state = UINT64_C(88172645463325252);
	for (i = 0; i < samples && holds(); i++)
		;
	if (!ok(i == samples, "%s", rule))
		printf("# fails for sample %d\n", i);
}

/* 0, all ones, the middle, powers of 2 and 10, each give or take a little. */
static inline ac_uint128
sample_uint128(void)
{
	ac_uint128	random = (ac_uint128) sample_bits() << 64 | sample_bits();
	ac_uint128	near = (ac_uint128) sample_below(5) - 2;
	ac_uint128	power = 1;
	int			n = sample_below(39);

	switch (sample_below(8))
	{
		case 0:
			return near;
		case 1:
			return ((ac_uint128) 1 << 127) + near;
		case 2:
			return ((ac_uint128) 1 << sample_below(128)) + near;
		case 3:
			while (n-- > 0)
				power *= 10;
			return power + near;
		case 4:
			return random | ~(ac_uint128) 0 << 64;
		case 5:
			return random | UINT64_MAX;
		default:
			return random >> sample_below(128);
	}
}

static inline ac_int128
sample_int128(void)
{
	ac_uint128	bits = sample_uint128();

	return (ac_int128) (sample_below(2) ? bits : -bits);
}

/* Any value: amounts of all sizes, a quarter of them 0; any currency. */
static inline void
sample_tco(ac_tco *tco)
{
	static const char letters[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
	char		currency[AC_CURRENCY_MAX];
	int			len = 1 + sample_below(AC_CURRENCY_MAX);
	ac_fault	fault;
	int			i;

	ac_tco_zero(tco);
	for (i = 0; i < len; i++)
		currency[i] = letters[sample_below((int) sizeof(letters) - 1)];
	currency[sample_below(len)] = '_';	/* never digits alone */
	if (ac_tco_set_currency(tco, currency, (size_t) len, &fault) != AC_OK)
		abort();
	for (i = 0; i < AC_NCOMPONENTS; i++)
		if (sample_below(4) > 0)
			tco->amount[i] = sample_int128();
}

/* A value whose sums with a few thousand others are in range. */
static inline void
sample_small_tco(ac_tco *tco)
{
	ac_fault	fault;
	int			i;

	ac_tco_zero(tco);
	if (ac_tco_set_currency(tco, "USD", 3, &fault) != AC_OK)
		abort();
	for (i = 0; i < AC_NCOMPONENTS; i++)
		if (sample_below(4) > 0)
			tco->amount[i] = sample_int128() >> 16;
}

/* The value of a text that is well-formed. */
static inline ac_tco
tco_of(const char *text)
{
	ac_tco		tco;
	ac_fault	fault;

	if (ac_tco_parse(text, strlen(text), &tco, &fault) != AC_OK)
		abort();
	return tco;
}

static inline bool
same_tco(const ac_tco *a, const ac_tco *b)
{
	return memcmp(a, b, sizeof(ac_tco)) == 0;
}

static inline void
is_tco(const ac_tco *found, const char *expected, const char *rule)
{
	char		text[AC_TCO_TEXT_MAX];

	ac_tco_format(found, text);
	is_text(text, expected, rule);
}

#endif							/* AC_SAMPLE_H */
