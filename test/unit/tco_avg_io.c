/*
 * tco_avg_io.c
 *	  The text and the bytes of a state of avg(tco).
 */
#include "sample_avg.h"

/* ---- text ---- */

static ac_status
parse(const char *text, size_t len, ac_tco_avg *state, ac_fault *fault)
{
	char	   *copy = exact_copy(text, len);
	ac_status	status = ac_tco_avg_parse(copy, len, state, fault);

	/* so that the part can be looked at when the copy is gone */
	if (fault->part != NULL)
		fault->part = text + (fault->part - copy);
	free(copy);
	return status;
}

static void
reads(const char *text, const char *rule)
{
	ac_tco_avg	state;
	ac_fault	fault = {.part = NULL};

	ok(parse(text, strlen(text), &state, &fault) == AC_OK,
	   "accepts \"%s\": %s", text, rule);
}

/* The fault names a part of the text, if any. */
static void
refuses(const char *text, ac_status expected, const char *part,
		const char *rule)
{
	ac_tco_avg	state;
	ac_fault	fault = {.part = NULL};

	ok(parse(text, strlen(text), &state, &fault) == expected &&
	   (part == NULL || (fault.part_len == strlen(part) &&
						 memcmp(fault.part, part, fault.part_len) == 0)),
	   "refuses \"%s\": %s", text, rule);
}

static bool
text_and_bytes_round_trip(void)
{
	ac_tco_avg	state;
	ac_tco_avg	back;
	ac_fault	fault = {.part = NULL};
	char		text[AC_TCO_AVG_TEXT_MAX];
	uint8_t		bytes[AC_TCO_AVG_BYTES];
	size_t		len;

	sample_state_of_rows(&state);
	memset(&back, 'x', sizeof(back));
	len = ac_tco_avg_format(&state, text);
	if (len != strlen(text) || parse(text, len, &back, &fault) != AC_OK ||
		!same_state(&state, &back))
		return false;
	memset(&back, 'x', sizeof(back));
	ac_tco_avg_encode(&state, bytes);
	return ac_tco_avg_decode(bytes, sizeof(bytes), &back, &fault) == AC_OK &&
		same_state(&state, &back);
}

static void
test_text(void)
{
	ac_tco_avg	zeros = state_of("0");
	char	   *megabyte = malloc(1 << 20);
	ac_fault	fault = {.part = NULL};

	ok(same_state(&zeros, &no_rows),
	   "\"0\" is a state of no rows, all zero");
	reads("3 12.5 USD compute=12.5", "a count and a sum");
	reads("003 1 USD", "leading zeros");
	reads("9223372036854775807 1 USD", "2^63 - 1 rows");
	refuses("9223372036854775808 1 USD", AC_TEXT_RANGE, "9223372036854775808",
			"2^63 rows");
	refuses("", AC_TEXT_COUNT, "", "nothing");
	refuses("-3 1 USD", AC_TEXT_COUNT, "-3 1 USD", "a negative count");
	refuses("+3 1 USD", AC_TEXT_COUNT, "+3 1 USD", "a sign");
	refuses("1.5 1 USD", AC_TEXT_COUNT, "1.5 1 USD", "a broken count");
	refuses("x 1 USD", AC_TEXT_COUNT, "x 1 USD", "no count");
	refuses("1 USD", AC_TEXT_NUMBER, "USD", "a value is not a state");
	refuses("3", AC_TEXT_MISSING_AMOUNT, NULL, "a count without a sum");
	refuses("3 ", AC_TEXT_MISSING_AMOUNT, NULL, "a count and a blank");
	refuses("3 1", AC_TEXT_MISSING_CURRENCY, NULL, "a sum's currency");
	refuses("3 USD 1", AC_TEXT_CURRENCY_FIRST, "USD",
			"a sum is read as a value is");
	refuses("3 1 USD tax=2", AC_TEXT_TOTAL, NULL,
			"a total that does not agree");
	refuses("0 1 USD", AC_TEXT_EMPTY_STATE, "1 USD", "a sum of no rows");
	refuses("0 0 USD", AC_TEXT_EMPTY_STATE, "0 USD", "even of nothing");

	if (megabyte == NULL)
		abort();
	memset(megabyte, '0', 1 << 20);
	ok(parse(megabyte, 1 << 20, &zeros, &fault) == AC_OK && zeros.count == 0,
	   "a megabyte of zeros is no rows");
	memset(megabyte, '9', 1 << 20);
	ok(parse(megabyte, 1 << 20, &zeros, &fault) == AC_TEXT_RANGE,
	   "a megabyte of nines is out of range");
	free(megabyte);
	property(text_and_bytes_round_trip, 30000,
			 "parse undoes format and decode undoes encode, bit for bit");
}

/* ---- bytes ---- */

static ac_status
decode(const uint8_t *bytes, size_t len, ac_tco_avg *state, ac_fault *fault)
{
	uint8_t    *copy = exact_copy(bytes, len);
	ac_status	status = ac_tco_avg_decode(copy, len, state, fault);

	free(copy);
	return status;
}

static bool
changed_bytes_are_kept_or_refused(void)
{
	ac_tco_avg	state;
	ac_fault	fault;
	uint8_t		bytes[AC_TCO_AVG_BYTES];
	uint8_t		again[AC_TCO_AVG_BYTES];

	sample_state_of_rows(&state);
	ac_tco_avg_encode(&state, bytes);
	bytes[sample_below(AC_TCO_AVG_BYTES)] ^= (uint8_t) (1 + sample_below(255));
	if (decode(bytes, sizeof(bytes), &state, &fault) != AC_OK)
		return true;
	ac_tco_avg_encode(&state, again);
	return state.count > 0 && memcmp(bytes, again, sizeof(bytes)) == 0;
}

static void
test_bytes(void)
{
	ac_tco_avg	state = state_of("258 6 USD");
	ac_fault	fault;
	uint8_t		bytes[2 * AC_TCO_AVG_BYTES] = {0};
	uint8_t		sum[AC_TCO_BYTES];
	bool		refused = true;
	size_t		len;

	ac_tco_encode(&state.sum, sum);
	ac_tco_avg_encode(&state, bytes);
	ok(memcmp(bytes, "\0\0\0\0\0\0\1\2", 8) == 0 &&
	   memcmp(bytes + 8, sum, sizeof(sum)) == 0,
	   "a big-endian count and the bytes of the sum");
	for (len = 0; len <= sizeof(bytes); len++)
		if (len != AC_TCO_AVG_BYTES)
			refused = refused &&
				decode(bytes, len, &state, &fault) == AC_BYTES_LENGTH &&
				fault.number[0] == (int64_t) len &&
				fault.number[1] == AC_TCO_AVG_BYTES;
	ok(refused, "any other number of bytes is refused");

	bytes[0] = 0x80;
	ok(decode(bytes, AC_TCO_AVG_BYTES, &state, &fault) == AC_BYTES_COUNT &&
	   fault.number[0] < 0, "a negative count is refused");
	memset(bytes, 0, 8);
	is_int(decode(bytes, AC_TCO_AVG_BYTES, &state, &fault), AC_BYTES_EMPTY_STATE,
		   "a sum of no rows is refused");
	memset(bytes, 0, sizeof(bytes));
	is_int(decode(bytes, AC_TCO_AVG_BYTES, &state, &fault), AC_OK,
		   "all zero is no rows");
	bytes[7] = 1;
	is_int(decode(bytes, AC_TCO_AVG_BYTES, &state, &fault), AC_BYTES_VERSION,
		   "a row without a sum is refused");
	memset(bytes, 0xff, sizeof(bytes));
	is_int(decode(bytes, AC_TCO_AVG_BYTES, &state, &fault), AC_BYTES_COUNT,
		   "bytes of all ones are no state");
	property(changed_bytes_are_kept_or_refused, 50000,
			 "a changed byte is refused or written again as it is");
}

int
main(void)
{
	test_text();
	test_bytes();
	return tap_done();
}
