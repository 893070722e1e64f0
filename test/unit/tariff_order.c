/*
 * tariff_order.c
 *	  The order of tariffs: total, and by what they hold.
 */
#include "raw_tariff.h"

static int
sign(int order)
{
	return (order > 0) - (order < 0);
}

/* A tariff that differs from another in one place, or in nothing. */
static ac_tariff *
sample_alike(const ac_tariff *tariff)
{
	ac_tariff  *other = raw((ac_tariff_mode) tariff->mode, tariff->count,
							tariff->tier);
	ac_tier    *tier = &other->tier[sample_below(other->count)];

	other->allowance = tariff->allowance;
	other->block = tariff->block;
	memset(other->header, sample_below(256), sizeof(other->header));
	switch (sample_below(8))
	{
		case 0:
			other->allowance ^= 1;
			break;
		case 1:
			other->mode = (uint8_t) sample_below(3);
			break;
		case 2:
			other->block ^= 1;
			break;
		case 3:
			tier->upto ^= (ac_int128) 1 << sample_below(127);
			break;
		case 4:
			tier->price ^= (ac_int128) 1 << sample_below(127);
			break;
		case 5:
			tier->flat ^= (ac_int128) 1 << sample_below(127);
			break;
		case 6:
			other->count = (uint16_t) (1 + sample_below(other->count));
			break;
		default:
			break;
	}
	return other;
}

static bool
order_is_total(void)
{
	ac_tariff  *a = sample_tariff(20);
	ac_tariff  *b = sample_below(2) ? sample_alike(a) : sample_tariff(20);
	ac_tariff  *c = sample_below(2) ? sample_alike(b) : sample_tariff(20);
	int			ab = sign(ac_tariff_compare(a, b));
	int			bc = sign(ac_tariff_compare(b, c));
	int			ac = sign(ac_tariff_compare(a, c));
	bool		total;

	total = ac_tariff_compare(a, a) == 0 &&
		sign(ac_tariff_compare(b, a)) == -ab &&
		(ab != bc || ac == ab) && (ab != 0 || ac == bc) &&
		(bc != 0 || ac == ab) && (ab == 0) == ac_tariff_same(a, b) &&
		(bc == 0) == ac_tariff_same(b, c);
	free(a);
	free(b);
	free(c);
	return total;
}

static void
rises(const char *less, const char *more, const char *rule)
{
	ac_tariff  *a = tariff_of(less);
	ac_tariff  *b = tariff_of(more);

	ok(ac_tariff_compare(a, b) < 0 && ac_tariff_compare(b, a) > 0 &&
	   !ac_tariff_same(a, b), "%s", rule);
	free(a);
	free(b);
}

static void
test_order(void)
{
	ac_tariff  *a = tariff_of("graduated: 0.10 upto 5.0, 1");
	ac_tariff  *b = tariff_of("graduated : .1 upto 5 , 1.00");

	memset(a->header, 1, sizeof(a->header));
	ok(ac_tariff_compare(a, b) == 0 && ac_tariff_same(a, b),
	   "numbers are equal however they were written, whatever the header");
	free(a);
	free(b);
	rises("graduated: 9", "volume: 1", "the mode decides first");
	rises("volume: 9", "package 1: 1", "and packages come last");
	rises("package 2 allowance 9: 9", "package 10: 1", "then the block");
	rises("graduated allowance 2: 9", "graduated allowance 10: 1",
		  "then the allowance");
	rises("graduated: 9 upto 2", "graduated: 1 upto 10", "then a bound");
	rises("graduated: 1 upto 2", "graduated: 1", "an open one is highest");
	rises("graduated: 2 flat 9", "graduated: 10", "then a price");
	rises("graduated: 2", "graduated: 2 flat 1", "then a fee");
	rises("graduated: 1 upto 5, 9 upto 7", "graduated: 2 upto 5, 1 upto 6",
		  "the first tier that differs decides");
	rises("graduated: 1 upto 5, 1 upto 6", "graduated: 1 upto 5, 1 upto 7",
		  "even the last");
	rises("graduated: 1 upto 5", "graduated: 1 upto 5, 1 upto 6",
		  "and what begins another comes before it");
	property(order_is_total, 30000, "the order is total, and equal is the "
			 "same");
}

int
main(void)
{
	test_order();
	return tap_done();
}
