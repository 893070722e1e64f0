/*
 * tco_bytes.c
 *	  The external binary form of a tco: 144 bytes, numbers big-endian.
 *
 * 8 x 16 bytes of amounts in the order of ac_component, 12 of currency,
 * version, 3 zero bytes.
 */
#include <string.h>

#include "core/tco.h"

#define CURRENCY_AT		(AC_NCOMPONENTS * AC_INT128_BYTES)
#define VERSION_AT		(CURRENCY_AT + AC_CURRENCY_MAX)
#define RESERVED_AT		(VERSION_AT + 1)

/* Write AC_TCO_BYTES bytes. */
void
ac_tco_encode(const ac_tco *tco, uint8_t *bytes)
{
	int			i;

	for (i = 0; i < AC_NCOMPONENTS; i++)
		ac_int128_encode(tco->amount[i], bytes + i * AC_INT128_BYTES);
	memcpy(bytes + CURRENCY_AT, tco->currency, AC_CURRENCY_MAX);
	bytes[VERSION_AT] = tco->version;
	memset(bytes + RESERVED_AT, 0, sizeof(tco->reserved));
}

/*
 * Read a value, trusting nothing: only bytes that ac_tco_encode can write are
 * taken, so that equal values have equal bytes.
 */
ac_status
ac_tco_decode(const uint8_t *bytes, size_t len, ac_tco *tco, ac_fault *fault)
{
	static const uint8_t zero[sizeof(tco->reserved)] = {0};
	const char *currency = (const char *) bytes + CURRENCY_AT;
	int			i;

	if (len != AC_TCO_BYTES)
		return ac_fault_number(fault, AC_BYTES_LENGTH, (int64_t) len,
							   AC_TCO_BYTES);
	if (bytes[VERSION_AT] != AC_TCO_VERSION)
		return ac_fault_number(fault, AC_BYTES_VERSION, bytes[VERSION_AT],
							   AC_TCO_VERSION);
	if (memcmp(bytes + RESERVED_AT, zero, sizeof(zero)) != 0)
		return AC_BYTES_PADDING;

	ac_tco_zero(tco);
	if (ac_tco_set_currency(tco, currency, ac_currency_len(currency),
							fault) != AC_OK ||
		memcmp(tco->currency, currency, AC_CURRENCY_MAX) != 0)
		return AC_BYTES_CURRENCY;
	for (i = 0; i < AC_NCOMPONENTS; i++)
		tco->amount[i] = ac_int128_decode(bytes + i * AC_INT128_BYTES);
	return AC_OK;
}
