/*
 * tco_bytes.c
 *	  The binary form of a tco is taken only as it is written.
 */
#include "core/tco.h"

#include "sample.h"

#define CURRENCY_AT		128
#define VERSION_AT		140
#define RESERVED_AT		141

static ac_status
decode(const uint8_t *bytes, size_t len, ac_tco *tco, ac_fault *fault)
{
	uint8_t    *copy = exact_copy(bytes, len);
	ac_status	status = ac_tco_decode(copy, len, tco, fault);

	free(copy);
	return status;
}

static bool
decode_undoes_encode(void)
{
	ac_tco		tco;
	ac_tco		back;
	ac_fault	fault;
	uint8_t		bytes[AC_TCO_BYTES];

	sample_tco(&tco);
	memset(&back, 'x', sizeof(back));
	ac_tco_encode(&tco, bytes);
	return decode(bytes, sizeof(bytes), &back, &fault) == AC_OK &&
		same_tco(&tco, &back);
}

/* One byte of a good value is changed. */
static bool
changed_bytes_are_kept_or_refused(void)
{
	ac_tco		tco;
	ac_fault	fault;
	uint8_t		bytes[AC_TCO_BYTES];
	uint8_t		again[AC_TCO_BYTES];
	int			at = sample_below(4) ? CURRENCY_AT + sample_below(16)
	: sample_below(AC_TCO_BYTES);
	ac_status	status;

	sample_tco(&tco);
	ac_tco_encode(&tco, bytes);
	bytes[at] ^= (uint8_t) (1 + sample_below(255));
	status = decode(bytes, sizeof(bytes), &tco, &fault);
	if (at >= RESERVED_AT)
		return status == AC_BYTES_PADDING;
	if (at == VERSION_AT)
		return status == AC_BYTES_VERSION;
	if (at >= CURRENCY_AT && status == AC_BYTES_CURRENCY)
		return true;
	ac_tco_encode(&tco, again);
	return status == AC_OK && memcmp(bytes, again, AC_TCO_BYTES) == 0;
}

static void
test_layout(void)
{
	ac_tco		tco = tco_of("0.000000000000000258 USD "
							 "upfront=0.000000000000000259 "
							 "credit=-0.000000000000000001");
	uint8_t		bytes[AC_TCO_BYTES];
	uint8_t		expected[AC_TCO_BYTES] = {0};

	expected[14] = 1;
	expected[15] = 3;
	memset(expected + 112, 0xff, 16);
	memcpy(expected + CURRENCY_AT, "USD", 3);
	expected[VERSION_AT] = AC_TCO_VERSION;
	ac_tco_encode(&tco, bytes);
	ok(memcmp(bytes, expected, AC_TCO_BYTES) == 0,
	   "eight big-endian amounts, currency, version, three zeros");
}

static void
test_lengths(void)
{
	ac_tco		tco = tco_of("6 USD");
	uint8_t		bytes[2 * AC_TCO_BYTES] = {0};
	ac_fault	fault;
	bool		refused = true;
	size_t		len;

	ac_tco_encode(&tco, bytes);
	for (len = 0; len <= sizeof(bytes); len++)
		if (len != AC_TCO_BYTES)
			refused = refused &&
				decode(bytes, len, &tco, &fault) == AC_BYTES_LENGTH &&
				fault.number[0] == (int64_t) len &&
				fault.number[1] == AC_TCO_BYTES;
	ok(refused, "any other number of bytes is refused");
}

static void
test_currency(const char *currency, const char *rule)
{
	ac_tco		tco = tco_of("6 USD");
	ac_fault	fault;
	uint8_t		bytes[AC_TCO_BYTES];

	ac_tco_encode(&tco, bytes);
	memcpy(bytes + CURRENCY_AT, currency, AC_CURRENCY_MAX);
	is_int(decode(bytes, sizeof(bytes), &tco, &fault), AC_BYTES_CURRENCY,
		   rule);
}

static void
test_whole_values(void)
{
	ac_tco		tco = tco_of("6 USD");
	ac_fault	fault;
	uint8_t		bytes[AC_TCO_BYTES];
	uint8_t		swapped[AC_TCO_BYTES];
	int			i;

	ac_tco_encode(&tco, bytes);
	for (i = 0; i < AC_TCO_BYTES; i++)
		swapped[i] = bytes[i / 8 * 8 + 7 - i % 8];
	ok(decode(swapped, sizeof(swapped), &tco, &fault) != AC_OK,
	   "a value in the other byte order is refused");
	memset(bytes, 0, sizeof(bytes));
	is_int(decode(bytes, sizeof(bytes), &tco, &fault), AC_BYTES_VERSION,
		   "zero bytes are no value");
	is_int(fault.number[0], 0, "the version found is named");
	memset(bytes, 0xff, sizeof(bytes));
	is_int(decode(bytes, sizeof(bytes), &tco, &fault), AC_BYTES_VERSION,
		   "bytes of all ones are no value");
	is_int(fault.number[0], 255, "which is not negative");
}

int
main(void)
{
	test_layout();
	test_lengths();
	test_whole_values();
	test_currency("\0\0\0\0\0\0\0\0\0\0\0", "no currency is refused");
	test_currency("usd\0\0\0\0\0\0\0\0",
				  "a currency not in its canonical form is refused");
	test_currency("USD\0x\0\0\0\0\0\0",
				  "a currency with something after its end is refused");
	test_currency("\0USD\0\0\0\0\0\0\0",
				  "a currency with something before it is refused");
	test_currency("US$\0\0\0\0\0\0\0\0",
				  "a currency of other characters is refused");
	test_currency("USD\x20\x20\x20\x20\x20\x20\x20\x20\x20",
				  "a currency padded with blanks is refused");
	property(decode_undoes_encode, 30000,
			 "decode undoes encode, bit for bit");
	property(changed_bytes_are_kept_or_refused, 100000,
			 "a changed byte is refused or written again as it is");
	return tap_done();
}
