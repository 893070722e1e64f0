/*
 * raw_tariff.h
 *	  Tariffs made of tiers as they are, valid or not.
 */
#ifndef AC_RAW_TARIFF_H
#define AC_RAW_TARIFF_H

#include "sample_tariff.h"

#define OPEN	AC_TIER_OPEN_BOUND
#define UNITS(n) ((ac_int128) (n) * AC_UNIT)
#define TIER(bound, cost, fee) {.upto = (bound),.price = (cost),.flat = (fee)}

/* Tiers under a mode, as they are, valid or not. */
static inline ac_tariff *
raw(ac_tariff_mode mode, int count, const ac_tier *tiers)
{
	ac_tariff  *tariff = new_tariff(count);

	memset(tariff->header, 0, sizeof(tariff->header));
	ac_tariff_init(tariff, mode, count);
	memcpy(tariff->tier, tiers, (size_t) count * sizeof(ac_tier));
	return tariff;
}

static inline ac_status
check(ac_tariff *tariff, ac_fault *fault)
{
	memset(fault, 0, sizeof(*fault));
	return ac_tariff_seal(tariff, fault);
}

#endif							/* AC_RAW_TARIFF_H */
