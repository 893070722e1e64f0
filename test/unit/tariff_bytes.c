/*
 * tariff_bytes.c
 *	  The binary form of a tariff is taken only as it is written.
 */
#include "sample_tariff.h"

#define VERSION_AT		0
#define MODE_AT			1
#define COUNT_AT		2
#define ALLOWANCE_AT	4
#define TIERS_AT		36

/* Decode a copy of exactly the size into as much room as told. */
static ac_status
decode(const uint8_t *bytes, size_t len, ac_tariff **tariff, ac_fault *fault)
{
	uint8_t    *copy = exact_copy(bytes, len);
	int			count = 0;
	ac_status	status = ac_tariff_bytes_tiers(copy, len, &count, fault);

	*tariff = new_tariff(status == AC_OK ? count : 0);
	memset((*tariff)->header, 0, sizeof((*tariff)->header));
	if (status == AC_OK)
		status = ac_tariff_decode(copy, len, *tariff, fault);
	else if (ac_tariff_decode(copy, len, *tariff, fault) != status)
		status = AC_OK;			/* the two must agree */
	free(copy);
	return status;
}

/* The bytes of a tariff in memory of exactly their size.  To be freed. */
static uint8_t *
bytes_of(const ac_tariff *tariff, size_t *len)
{
	uint8_t    *bytes;

	*len = AC_TARIFF_BYTES(tariff->count);
	bytes = malloc(*len);
	if (bytes == NULL)
		abort();
	ac_tariff_encode(tariff, bytes);
	return bytes;
}

static void
test_layout(void)
{
	ac_tariff  *tariff = tariff_of("graduated allowance 0.000000000000000258: "
								   "0.000000000000000003 flat 1 "
								   "upto 0.000000000000000005, 0");
	ac_tariff  *package = tariff_of("package 1: 0");
	uint8_t		expected[AC_TARIFF_BYTES(2)] = {0};
	uint8_t    *bytes;
	size_t		len;
	ac_fault	fault;
	int			count;

	expected[VERSION_AT] = 1;
	expected[COUNT_AT + 1] = 2;
	expected[ALLOWANCE_AT + 14] = 1;
	expected[ALLOWANCE_AT + 15] = 2;
	expected[TIERS_AT + 15] = 5;
	expected[TIERS_AT + 31] = 3;
	memcpy(expected + TIERS_AT + 40, "\x0d\xe0\xb6\xb3\xa7\x64\0\0", 8);
	memset(expected + TIERS_AT + 48, 0xff, 16);
	expected[TIERS_AT + 48] = 0x7f;
	bytes = bytes_of(tariff, &len);
	ok(len == sizeof(expected) && memcmp(bytes, expected, len) == 0,
	   "version, mode, count, allowance, block, and for each tier bound, "
	   "price and fee");
	ok(ac_tariff_bytes_tiers(bytes, len, &count, &fault) == AC_OK &&
	   count == 2, "the number of tiers can be read alone");
	free(bytes);

	memset(expected, 0, sizeof(expected));
	expected[VERSION_AT] = 1;
	expected[MODE_AT] = 2;
	expected[COUNT_AT + 1] = 1;
	memcpy(expected + 28, "\x0d\xe0\xb6\xb3\xa7\x64\0\0", 8);
	memset(expected + TIERS_AT, 0xff, 16);
	expected[TIERS_AT] = 0x7f;
	bytes = bytes_of(package, &len);
	ok(len == 84 && memcmp(bytes, expected, len) == 0, "a package has a "
	   "block");
	free(bytes);
	free(tariff);
	free(package);
}

static bool
decode_undoes_encode(void)
{
	ac_tariff  *tariff = sample_tariff(1000);
	size_t		len;
	uint8_t    *bytes = bytes_of(tariff, &len);
	ac_tariff  *back;
	ac_fault	fault;
	bool		same = decode(bytes, len, &back, &fault) == AC_OK &&
	ac_tariff_same(tariff, back);

	free(bytes);
	free(tariff);
	free(back);
	return same;
}

/* One bit or one byte of a good value is changed. */
static bool
changed_bytes_are_kept_or_refused(void)
{
	ac_tariff  *tariff = sample_tariff(20);
	size_t		len;
	uint8_t    *bytes = bytes_of(tariff, &len);
	size_t		at = (size_t) sample_below(sample_below(2) ? 4 : (int) len);
	ac_tariff  *back;
	ac_fault	fault;
	ac_status	status;
	bool		right = true;

	bytes[at] ^= (uint8_t) (sample_below(2) ? 1 << sample_below(8)
							: 1 + sample_below(255));
	status = decode(bytes, len, &back, &fault);
	if (at == VERSION_AT)
		right = status == AC_BYTES_VERSION;
	else if (at == COUNT_AT || at == COUNT_AT + 1)
		right = status == AC_BYTES_LENGTH;
	else if (status == AC_OK)
	{
		uint8_t    *again = bytes_of(back, &len);

		right = memcmp(bytes, again, len) == 0;
		free(again);
	}
	else if (at == MODE_AT && bytes[at] > AC_PACKAGE)
		right = status == AC_BYTES_MODE && fault.number[0] == bytes[at];
	else
		right = status >= AC_TARIFF_BLOCK && status <= AC_TIER_RANGE;
	free(bytes);
	free(tariff);
	free(back);
	return right;
}

/* Any other number of bytes than those that the count says. */
static void
test_lengths(void)
{
	ac_tariff  *tariff = tariff_of("volume: 1 upto 5, 2 upto 6, 3");
	uint8_t		bytes[AC_TARIFF_BYTES(5)] = {0};
	ac_tariff  *back;
	ac_fault	fault;
	bool		refused = true;
	size_t		len;

	ac_tariff_encode(tariff, bytes);
	for (len = 0; len <= sizeof(bytes); len++)
	{
		int64_t		expected = (int64_t) AC_TARIFF_BYTES(len < 36 ? 1 : 3);

		if (len == AC_TARIFF_BYTES(3))
			continue;
		refused = refused &&
			decode(bytes, len, &back, &fault) == AC_BYTES_LENGTH &&
			fault.number[0] == (int64_t) len && fault.number[1] == expected;
		free(back);
	}
	ok(refused, "any other number of bytes is refused");
	free(tariff);
}

/* Bytes that tell of a tariff that no other door lets in. */
static void
test_refused(const ac_tariff *tariff, ac_status expected, const char *rule)
{
	size_t		len;
	uint8_t    *bytes = bytes_of(tariff, &len);
	ac_tariff  *back;
	ac_fault	fault;

	is_int(decode(bytes, len, &back, &fault), expected, rule);
	free(bytes);
	free(back);
}

static void
test_values(void)
{
	ac_tariff  *tariff = tariff_of("volume: 1 upto 5, 2 upto 6, 3");
	ac_tariff  *large = new_tariff(UINT16_MAX);

	tariff->tier[1].price = -1;
	test_refused(tariff, AC_TIER_NEGATIVE, "a price below 0 is refused");
	tariff->tier[1].price = AC_INT128_MIN;
	test_refused(tariff, AC_TIER_NEGATIVE, "down to the lowest");
	tariff->tier[1].price = 0;
	tariff->tier[1].upto = tariff->tier[0].upto;
	test_refused(tariff, AC_TIER_BOUND, "bounds that do not rise are");
	tariff->tier[1].upto = AC_TIER_OPEN_BOUND;
	test_refused(tariff, AC_TIER_OPEN, "an open tier that is not last is");
	tariff->tier[1].upto = AC_TIER_OPEN_BOUND - 1;
	tariff->allowance = AC_INT128_MIN;
	test_refused(tariff, AC_TIER_NEGATIVE, "an allowance below 0 is");
	tariff->allowance = 0;
	tariff->mode = AC_PACKAGE;
	test_refused(tariff, AC_TARIFF_BLOCK, "a package without a block is");
	tariff->block = 1;
	test_refused(tariff, AC_TARIFF_PACKAGE, "one with many tiers is");
	tariff->mode = AC_PACKAGE + 1;
	test_refused(tariff, AC_BYTES_MODE, "a mode that there is not is");
	tariff->mode = UINT8_MAX;
	test_refused(tariff, AC_BYTES_MODE, "up to the highest");
	tariff->mode = AC_VOLUME;
	test_refused(tariff, AC_TARIFF_BLOCK, "a block of no package is");
	tariff->count = 0;
	test_refused(tariff, AC_TARIFF_EMPTY, "no tiers are refused");
	free(tariff);

	ac_tariff_init(large, AC_VOLUME, UINT16_MAX);
	test_refused(large, AC_TARIFF_LIMIT, "and so are 65535");
	free(large);
}

int
main(void)
{
	test_layout();
	test_lengths();
	test_values();
	property(decode_undoes_encode, 5000, "decode undoes encode, bit for bit");
	property(changed_bytes_are_kept_or_refused, 30000,
			 "a changed byte is refused or written again as it is");
	return tap_done();
}
