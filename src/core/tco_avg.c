/*
 * tco_avg.c
 *	  The state of avg(tco): a sum and the number of rows in it.
 *
 * Text: "3 12.5 USD other=12.5", or "0" for no rows.
 */
#include <string.h>

#include "core/tco_avg.h"

/* Add a sum over a number of rows, which is at least 1. */
static ac_status
add_rows(ac_tco_avg *state, const ac_tco *sum, int64_t count, ac_fault *fault)
{
	if (state->count == 0)
		state->sum = *sum;
	else if (state->count > INT64_MAX - count)
		return AC_COUNT_RANGE;
	else
		AC_TRY(ac_tco_add(&state->sum, sum, fault));
	state->count += count;
	return AC_OK;
}

ac_status
ac_tco_avg_add(ac_tco_avg *state, const ac_tco *value, ac_fault *fault)
{
	return add_rows(state, value, 1, fault);
}

/*
 * Undo ac_tco_avg_add.  With its last row a state forgets its currency, so
 * that a window frame can move on to rows in another one.
 */
ac_status
ac_tco_avg_remove(ac_tco_avg *state, const ac_tco *value, ac_fault *fault)
{
	if (state->count == 0)
		return AC_STATE_MISMATCH;
	AC_TRY(ac_tco_subtract(&state->sum, value, fault));
	if (--state->count == 0)
		memset(state, 0, sizeof(*state));
	return AC_OK;
}

ac_status
ac_tco_avg_merge(ac_tco_avg *state, const ac_tco_avg *other, ac_fault *fault)
{
	if (other->count == 0)
		return AC_OK;
	return add_rows(state, &other->sum, other->count, fault);
}

/* The mean of at least one row, each component rounded half away from zero. */
ac_status
ac_tco_avg_result(const ac_tco_avg *state, ac_tco *result, ac_fault *fault)
{
	ac_ratio	ratio = {
		.numerator = 1,
		.denominator = (ac_uint128) state->count,
		.negative = false
	};

	*result = state->sum;
	return ac_tco_scale(result, &ratio, fault);
}

ac_status
ac_tco_avg_parse(const char *text, size_t len, ac_tco_avg *state,
				 ac_fault *fault)
{
	size_t		digits;
	size_t		at;

	memset(state, 0, sizeof(*state));
	AC_TRY(ac_count_parse(text, len, &state->count, &digits, fault));
	at = digits + (digits < len && text[digits] == ' ');
	if (digits == 0 || (at == digits && at < len))
		return ac_fault_part(fault, AC_TEXT_COUNT, text, len);

	if (state->count > 0)
		return ac_tco_parse(text + at, len - at, &state->sum, fault);
	if (at < len)
		return ac_fault_part(fault, AC_TEXT_EMPTY_STATE, text + at, len - at);
	return AC_OK;
}

/* Into a buffer of AC_TCO_AVG_TEXT_MAX bytes; returns the length. */
size_t
ac_tco_avg_format(const ac_tco_avg *state, char *buffer)
{
	size_t		len = ac_count_format(state->count, buffer);

	if (state->count > 0)
	{
		buffer[len++] = ' ';
		len += ac_tco_format(&state->sum, buffer + len);
	}
	return len;
}

/* Write AC_TCO_AVG_BYTES bytes. */
void
ac_tco_avg_encode(const ac_tco_avg *state, uint8_t *bytes)
{
	ac_int64_encode(state->count, bytes);
	ac_tco_encode(&state->sum, bytes + AC_INT64_BYTES);
}

ac_status
ac_tco_avg_decode(const uint8_t *bytes, size_t len, ac_tco_avg *state,
				  ac_fault *fault)
{
	static const uint8_t no_sum[AC_TCO_BYTES] = {0};

	if (len != AC_TCO_AVG_BYTES)
		return ac_fault_number(fault, AC_BYTES_LENGTH, (int64_t) len,
							   AC_TCO_AVG_BYTES);
	memset(state, 0, sizeof(*state));
	state->count = ac_int64_decode(bytes);
	if (state->count < 0)
		return ac_fault_number(fault, AC_BYTES_COUNT, state->count, 0);

	bytes += AC_INT64_BYTES;
	if (state->count > 0)
		return ac_tco_decode(bytes, AC_TCO_BYTES, &state->sum, fault);
	return memcmp(bytes, no_sum, AC_TCO_BYTES) == 0 ? AC_OK
		: AC_BYTES_EMPTY_STATE;
}
