/*
 * amount.c
 *	  Amounts (a price times a quantity) are exact, and so are their sums.
 */
#include "sample_tariff.h"
#include "slow_tariff.h"

#define SAMPLES 8000

/* Any amount of either sign whose sum with another fits. */
static ac_amount
sample_amount(void)
{
	ac_amount	amount = {.rest = sample_rest()};

	amount.units.hi = sample_int128() >> 2;
	if (sample_below(4) == 0)
		amount.units.hi = amount.units.hi < 0 ? -1 : 0;
	amount.units.lo = sample_uint128();
	return amount;
}

static bool
amount_is_price_times_quantity(void)
{
	ac_uint128	price = sample_uint128() >> 1;
	ac_quantity quantity = sample_quantity();
	ac_amount	amount;

	if (quantity.units < 0)
		quantity.units = -(quantity.units + 1);
	amount = ac_amount_of(price, &quantity);
	return amount.rest < AC_UNIT && !ac_int256_negative(amount.units) &&
		slow_equal(slow_of_amount(&amount),
				   slow_multiply(slow_of_quantity(&quantity),
								 slow_of(0, price)));
}

static bool
amount_of_a_fee_is_the_fee(void)
{
	ac_uint128	fee = sample_uint128() >> 1;
	ac_amount	amount = ac_amount_from(fee);

	return slow_equal(slow_of_amount(&amount),
					  slow_fee((ac_int128) fee));
}

/* An amount in 1e-54, moved up by 2^255 units so that it is unsigned. */
static slow
lifted_amount(const ac_amount *amount)
{
	const ac_uint128 half = (ac_uint128) 1 << 127;

	return slow_add(slow_finer(slow_of((ac_uint128) amount->units.hi + half,
									   amount->units.lo)),
					slow_of(0, amount->rest));
}

static bool
amounts_carry_and_borrow(void)
{
	ac_amount	a = sample_amount();
	ac_amount	b = sample_amount();
	ac_amount	sum = a;
	ac_amount	difference = a;
	slow		lift = slow_finer(slow_of((ac_uint128) 1 << 127, 0));

	ac_amount_add(&sum, &b);
	ac_amount_subtract(&difference, &b);
	return sum.rest < AC_UNIT && difference.rest < AC_UNIT &&
		slow_equal(slow_add(lifted_amount(&sum), lift),
				   slow_add(lifted_amount(&a), lifted_amount(&b))) &&
		slow_equal(slow_add(lifted_amount(&difference), lifted_amount(&b)),
				   slow_add(lifted_amount(&a), lift));
}

static bool
amounts_come_back(void)
{
	ac_amount	a = sample_amount();
	ac_amount	b = sample_amount();
	ac_amount	back = a;

	ac_amount_add(&back, &b);
	ac_amount_subtract(&back, &b);
	return same_amount(&back, &a);
}

static void
test_amounts(void)
{
	ac_quantity quantity = {.rest = 1};
	ac_amount	amount = ac_amount_of(1, &quantity);
	ac_amount	zero = ac_amount_from(0);

	ok(amount.rest == 1 && ac_int256_is_zero(amount.units),
	   "the least quantity at the least price costs 1e-54");
	ac_amount_subtract(&zero, &amount);
	ok(zero.rest == AC_UNIT - 1 &&
	   ac_int256_compare(zero.units, ac_int256_from(-1)) == 0,
	   "taken from 0 it is negative: units are rounded down");
	quantity = quantity_of("1400.25");
	amount = ac_amount_of((ac_uint128) AC_UNIT / 100, &quantity);
	is_amount(&amount, "14.0025", "1400.25 at 0.01 cost 14.0025");

	property(amount_is_price_times_quantity, SAMPLES, "an amount is price "
			 "times quantity, to the last decimal");
	property(amount_of_a_fee_is_the_fee, 5000, "a fee is an amount");
	property(amounts_carry_and_borrow, SAMPLES, "sums and differences of "
			 "amounts are exact, of any sign");
	property(amounts_come_back, SAMPLES, "(a + b) - b is a, for amounts "
			 "too");
}

int
main(void)
{
	test_amounts();
	return tap_done();
}
