/*
 * tariff_state_io.c
 *	  The state of tiered_cost as text and as bytes.
 */
#include "sample_state.h"

/* ---- text ---- */

static void
reads_as(const char *text, const char *canonical, const char *rule)
{
	ac_tariff_state *state;
	ac_fault	fault;

	if (parse(text, strlen(text), &state, &fault) == AC_OK)
		is_state(state, canonical, rule);
	else
		ok(false, "%s", rule);
	free(state);
}

/* The fault names a part of the text, if any. */
static void
refuses(const char *text, ac_status expected, const char *part,
		const char *rule)
{
	ac_tariff_state *state;
	ac_fault	fault;

	ok(parse(text, strlen(text), &state, &fault) == expected &&
	   (part == NULL || (fault.part_len == strlen(part) &&
						 memcmp(fault.part, part, fault.part_len) == 0)),
	   "refuses \"%s\": %s", text, rule);
	free(state);
}

static bool
text_and_bytes_round_trip(void)
{
	ac_tariff_state *state = sample_state_of_rows();
	ac_tariff_state *back;
	ac_fault	fault;
	size_t		len;
	char	   *text = text_of(state, &len);
	bool		same;

	same = len == strlen(text) && parse(text, len, &back, &fault) == AC_OK &&
		same_state(state, back);
	free(back);
	free(text);
	free(state);
	return same;
}

static void
test_text(void)
{
	ac_tariff_state *none = new_state(NULL);
	ac_tariff_state *read = state_of("0 0 0");
	char	   *megabyte = malloc(1 << 20);
	ac_fault	fault;

	ok(same_state(none, read), "\"0 0 0\" is a state of no rows");
	free(read);
	reads_as("3 0 150.5 graduated: 0.09", "3 0 150.5 graduated: 0.09",
			 "rows, unpriced rows, their sum and the tariff");
	reads_as("0 2 0", "0 2 0", "no row with a tariff");
	reads_as("003 000 007.0  graduated : .090", "3 0 7 graduated: 0.09",
			 "zeros and blanks that do not count");
	reads_as("1 0 -0.000000000000000000000000000000000001 volume: 1",
			 "1 0 -0.000000000000000000000000000000000001 volume: 1",
			 "a sum has 36 decimals and may be negative");
	reads_as("9223372036854775807 9223372036854775807 0 volume: 1",
			 "9223372036854775807 9223372036854775807 0 volume: 1",
			 "2^63 - 1 rows");

	refuses("", AC_TEXT_COUNT, "", "nothing");
	refuses("3", AC_TEXT_COUNT, "3", "a count alone");
	refuses("3 ", AC_TEXT_COUNT, "", "no second");
	refuses("3 0", AC_TEXT_COUNT, "0", "two counts alone");
	refuses("3 0 ", AC_TEXT_NUMBER, "", "no sum");
	refuses("3 0 5", AC_TEXT_EXPECTED, "", "no tariff");
	refuses("3 0 5 ", AC_TEXT_EXPECTED, "", "nor after a blank");
	refuses("-3 0 5 volume: 1", AC_TEXT_COUNT, "-3 0 5 volume: 1",
			"a count below 0");
	refuses("3 -1 5 volume: 1", AC_TEXT_COUNT, "-1 5 volume: 1",
			"a second count below 0");
	refuses("3.5 0 5 volume: 1", AC_TEXT_COUNT, "3.5 0 5 volume: 1",
			"a broken count");
	refuses(" 3 0 5 volume: 1", AC_TEXT_COUNT, " 3 0 5 volume: 1",
			"a blank first");
	refuses("3\t0 5 volume: 1", AC_TEXT_COUNT, "3\t0 5 volume: 1",
			"another blank");
	refuses("3  0 5 volume: 1", AC_TEXT_COUNT, " 0 5 volume: 1",
			"two blanks");
	refuses("9223372036854775808 0 5 volume: 1", AC_TEXT_RANGE,
			"9223372036854775808", "2^63 rows");
	refuses("1 92233720368547758080000 5 volume: 1", AC_TEXT_RANGE,
			"92233720368547758080000", "many more without a tariff");
	refuses("3 0 x volume: 1", AC_TEXT_NUMBER, "x", "no sum");
	refuses("3 0 volume: 1", AC_TEXT_NUMBER, "volume:", "a sum left out");
	refuses("3 0 1e3 volume: 1", AC_TEXT_EXPONENT, "1e3", "an exponent");
	refuses("3 0 1,000 volume: 1", AC_TEXT_SEPARATOR, "1,000",
			"a separator");
	refuses("3 0 0.0000000000000000000000000000000000001 volume: 1",
			AC_TEXT_SCALE, "0.0000000000000000000000000000000000001",
			"37 decimals");
	refuses("3 0 170141183460469231731.687303715884105728 volume: 1",
			AC_TEXT_RANGE, "170141183460469231731.687303715884105728",
			"a sum beyond the highest quantity");
	refuses("3 0 5 volume: x", AC_TEXT_EXPECTED, "x",
			"a tariff is read as a value is");
	refuses("3 0 5 volume: -1", AC_TIER_NEGATIVE, NULL,
			"and kept to its rules");
	refuses("0 0 5", AC_TEXT_EMPTY_STATE, "5", "a sum of no rows");
	refuses("0 2 0 ", AC_TEXT_EMPTY_STATE, "0 ", "a blank after no rows");
	refuses("0 2 0 volume: 1", AC_TEXT_EMPTY_STATE, "0 volume: 1",
			"a tariff of no rows");

	if (megabyte == NULL)
		abort();
	memset(megabyte, '9', 1 << 20);
	ok(parse(megabyte, 1 << 20, &read, &fault) == AC_TEXT_RANGE,
	   "a megabyte of nines is out of range");
	free(read);
	memset(megabyte, ',', 1 << 20);
	memcpy(megabyte, "3 0 5 volume: 1", 15);
	ok(parse(megabyte, 1 << 20, &read, &fault) == AC_TEXT_EXPECTED,
	   "a megabyte of commas is no tariff");
	free(read);
	free(megabyte);
	free(none);
	property(text_and_bytes_round_trip, 10000,
			 "parse undoes format, bit for bit");
}

/* ---- bytes ---- */

static ac_status
decode(const uint8_t *bytes, size_t len, ac_tariff_state **state,
	   ac_fault *fault)
{
	uint8_t    *copy = exact_copy(bytes, len);
	int			count = 0;
	ac_status	status = ac_tariff_state_bytes_tiers(copy, len, &count, fault);
	size_t		size = sizeof(ac_tariff_state) +
	ac_tariff_size(status == AC_OK ? count : 0);

	*state = malloc(size);
	if (*state == NULL)
		abort();
	memset(*state, 'x', size);
	memset((*state)->header, 0, sizeof((*state)->header));
	if (status == AC_OK)
		status = ac_tariff_state_decode(copy, len, *state, fault);
	else if (ac_tariff_state_decode(copy, len, *state, fault) != status)
		status = AC_OK;			/* the two must agree */
	free(copy);
	return status;
}

/* The bytes of a state in memory of exactly their size.  To be freed. */
static uint8_t *
bytes_of(const ac_tariff_state *state, size_t *len)
{
	uint8_t    *bytes;

	*len = AC_TARIFF_STATE_BYTES;
	if (state->rows > 0)
		*len += AC_TARIFF_BYTES(ac_tariff_state_tariff(state)->count);
	bytes = malloc(*len);
	if (bytes == NULL)
		abort();
	ac_tariff_state_encode(state, bytes);
	return bytes;
}

static bool
decode_undoes_encode(void)
{
	ac_tariff_state *state = sample_state_of_rows();
	ac_tariff_state *back;
	ac_fault	fault;
	size_t		len;
	uint8_t    *bytes = bytes_of(state, &len);
	bool		same = decode(bytes, len, &back, &fault) == AC_OK &&
	same_state(state, back);

	free(bytes);
	free(back);
	free(state);
	return same;
}

/* Are these bytes refused, or just those that the state is written as? */
static bool
kept_or_refused(const uint8_t *bytes, size_t len)
{
	ac_tariff_state *state;
	ac_fault	fault;
	bool		right = true;

	if (decode(bytes, len, &state, &fault) == AC_OK)
	{
		size_t		again_len;
		uint8_t    *again = bytes_of(state, &again_len);

		right = again_len == len && memcmp(bytes, again, len) == 0;
		free(again);
	}
	free(state);
	return right;
}

static bool
changed_bytes_are_kept_or_refused(void)
{
	ac_tariff_state *state = sample_state_of_rows();
	size_t		len;
	uint8_t    *bytes = bytes_of(state, &len);
	bool		right;

	bytes[sample_below(sample_below(2) ? AC_TARIFF_STATE_BYTES
					   : (int) len)] ^=
		(uint8_t) (1 + sample_below(255));
	right = kept_or_refused(bytes, len);
	free(bytes);
	free(state);
	return right;
}

/* A state of no rows, and what could be taken for a tariff after it. */
static void
test_no_rows(void)
{
	ac_tariff_state *none = state_of("0 2 0");
	ac_tariff_state *state;
	uint8_t		bytes[AC_TARIFF_STATE_BYTES + AC_TARIFF_BYTES(1)] = {0};
	ac_fault	fault;
	ac_tariff  *tariff = tariff_of("volume: 1");
	int			count;

	ac_tariff_state_encode(none, bytes);
	ok(ac_tariff_state_bytes_tiers(bytes, AC_TARIFF_STATE_BYTES, &count,
								   &fault) == AC_OK && count == 0,
	   "no rows need no room for tiers");
	ok(decode(bytes, AC_TARIFF_STATE_BYTES, &state, &fault) == AC_OK &&
	   same_state(state, none), "no rows have no tariff");
	free(state);
	ac_tariff_encode(tariff, bytes + AC_TARIFF_STATE_BYTES);
	is_int(decode(bytes, sizeof(bytes), &state, &fault),
		   AC_BYTES_EMPTY_STATE, "one that follows is refused");
	free(state);
	bytes[AC_TARIFF_STATE_BYTES + 3] = 0;
	is_int(decode(bytes, AC_TARIFF_STATE_BYTES + AC_TARIFF_BYTES(0), &state,
				  &fault), AC_BYTES_EMPTY_STATE,
		   "even one without tiers");
	free(state);
	bytes[40] = 1;
	is_int(decode(bytes, AC_TARIFF_STATE_BYTES, &state, &fault),
		   AC_BYTES_EMPTY_STATE, "and so is a sum");
	free(state);
	free(none);
	free(tariff);
}

static void
test_bytes(void)
{
	ac_tariff_state *state = state_of("258 3 -0.5000000000000000000000000000"
									  "00000007 volume: 1 upto 5, 2");
	uint8_t		expected[AC_TARIFF_STATE_BYTES] = {
		1, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 3,
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		0xf9, 0x0f, 0xa4, 0xa6, 0x2c, 0x4d, 0xff, 0xff,
		0x0d, 0xe0, 0xb6, 0xb3, 0xa7, 0x63, 0xff, 0xf9
	};
	uint8_t		tariff[AC_TARIFF_BYTES(2)];
	uint8_t		longer[AC_TARIFF_STATE_BYTES + AC_TARIFF_BYTES(4)] = {0};
	size_t		len;
	size_t		i;
	uint8_t    *bytes = bytes_of(state, &len);
	ac_tariff_state *back;
	ac_fault	fault;
	bool		refused = true;

	ac_tariff_encode(ac_tariff_state_tariff(state), tariff);
	ok(len == sizeof(expected) + sizeof(tariff) &&
	   memcmp(bytes, expected, sizeof(expected)) == 0 &&
	   memcmp(bytes + sizeof(expected), tariff, sizeof(tariff)) == 0,
	   "version, rows, unpriced rows, the sum, and the bytes of the tariff");
	memcpy(longer, bytes, len);
	for (i = 0; i <= sizeof(longer); i++)
		if (i != len)
		{
			refused = refused &&
				decode(longer, i, &back, &fault) == AC_BYTES_LENGTH;
			free(back);
		}
	ok(refused, "any other number of bytes is refused");

	bytes[0] = 2;
	ok(decode(bytes, len, &back, &fault) == AC_BYTES_VERSION &&
	   fault.number[0] == 2 && fault.number[1] == 1,
	   "a later version is refused");
	free(back);
	bytes[0] = 1;
	bytes[1] = 0x80;
	ok(decode(bytes, len, &back, &fault) == AC_BYTES_COUNT &&
	   fault.number[0] < 0, "a negative count is refused");
	free(back);
	bytes[1] = 0;
	bytes[9] = 0xff;
	ok(decode(bytes, len, &back, &fault) == AC_BYTES_COUNT &&
	   fault.number[0] < 0, "a second is, too");
	free(back);
	bytes[9] = 0;
	memcpy(bytes + 33, "\x0d\xe0\xb6\xb3\xa7\x64\0\0", 8);
	is_int(decode(bytes, len, &back, &fault), AC_BYTES_QUANTITY,
		   "what is left of a unit is less than one");
	free(back);
	bytes[33] = 0xff;
	is_int(decode(bytes, len, &back, &fault), AC_BYTES_QUANTITY,
		   "and not below 0");
	free(back);
	bytes[33] = 0;
	bytes[AC_TARIFF_STATE_BYTES + 1] = 3;
	is_int(decode(bytes, len, &back, &fault), AC_BYTES_MODE,
		   "a tariff is read as a value is");
	free(back);
	free(bytes);
	free(state);
	property(decode_undoes_encode, 10000, "decode undoes encode, bit for bit");
	property(changed_bytes_are_kept_or_refused, 30000,
			 "a changed byte is refused or written again as it is");
}

int
main(void)
{
	test_text();
	test_no_rows();
	test_bytes();
	return tap_done();
}
