/*
 * tariff_bytes.c
 *	  The external binary form of a tariff: numbers big-endian.
 *
 * Version, mode, 2 bytes of tier count, 16 of allowance, 16 of block, then for
 * each tier 16 bytes each of bound (all ones but the sign if open), price and
 * fee.
 */
#include "core/tariff.h"

#define VERSION_AT		0
#define MODE_AT			1
#define COUNT_AT		2
#define ALLOWANCE_AT	4
#define BLOCK_AT		20

/* Write AC_TARIFF_BYTES(count) bytes. */
void
ac_tariff_encode(const ac_tariff *tariff, uint8_t *bytes)
{
	int			i;

	bytes[VERSION_AT] = tariff->version;
	bytes[MODE_AT] = tariff->mode;
	bytes[COUNT_AT] = (uint8_t) (tariff->count >> 8);
	bytes[COUNT_AT + 1] = (uint8_t) tariff->count;
	ac_int128_encode(tariff->allowance, bytes + ALLOWANCE_AT);
	ac_int128_encode(tariff->block, bytes + BLOCK_AT);
	for (i = 0; i < tariff->count; i++)
	{
		uint8_t    *tier = bytes + AC_TARIFF_BYTES(i);

		ac_int128_encode(tariff->tier[i].upto, tier);
		ac_int128_encode(tariff->tier[i].price, tier + AC_INT128_BYTES);
		ac_int128_encode(tariff->tier[i].flat, tier + 2 * AC_INT128_BYTES);
	}
}

/* The number of tiers in these bytes, which have just the length for it. */
ac_status
ac_tariff_bytes_tiers(const uint8_t *bytes, size_t len, int *count,
					  ac_fault *fault)
{
	if (len < AC_TARIFF_BYTES(0))
		return ac_fault_number(fault, AC_BYTES_LENGTH, (int64_t) len,
							   (int64_t) AC_TARIFF_BYTES(1));
	if (bytes[VERSION_AT] != AC_TARIFF_VERSION)
		return ac_fault_number(fault, AC_BYTES_VERSION, bytes[VERSION_AT],
							   AC_TARIFF_VERSION);
	*count = bytes[COUNT_AT] << 8 | bytes[COUNT_AT + 1];
	if (len != AC_TARIFF_BYTES(*count))
		return ac_fault_number(fault, AC_BYTES_LENGTH, (int64_t) len,
							   (int64_t) AC_TARIFF_BYTES(*count));
	return AC_OK;
}

/*
 * Read a value, trusting nothing, into room for ac_tariff_bytes_tiers() tiers:
 * only bytes that ac_tariff_encode can write are taken.
 */
ac_status
ac_tariff_decode(const uint8_t *bytes, size_t len, ac_tariff *tariff,
				 ac_fault *fault)
{
	int			count;
	int			i;

	AC_TRY(ac_tariff_bytes_tiers(bytes, len, &count, fault));
	if (bytes[MODE_AT] > AC_PACKAGE)
		return ac_fault_number(fault, AC_BYTES_MODE, bytes[MODE_AT], 0);
	ac_tariff_init(tariff, (ac_tariff_mode) bytes[MODE_AT], count);
	tariff->allowance = ac_int128_decode(bytes + ALLOWANCE_AT);
	tariff->block = ac_int128_decode(bytes + BLOCK_AT);
	for (i = 0; i < count; i++)
	{
		const uint8_t *tier = bytes + AC_TARIFF_BYTES(i);

		tariff->tier[i].upto = ac_int128_decode(tier);
		tariff->tier[i].price = ac_int128_decode(tier + AC_INT128_BYTES);
		tariff->tier[i].flat = ac_int128_decode(tier + 2 * AC_INT128_BYTES);
	}
	return ac_tariff_seal(tariff, fault);
}
