/*
 * tariff_state.c
 *	  The state of tiered_cost: a sum of quantities and the tariff they share.
 *
 * Text: "3 0 150.5 graduated: 0.09", which is rows, unpriced rows, their sum
 * and the tariff; "0 2 0" where no row has a tariff.
 */
#include <string.h>

#include "core/tariff_state.h"

/* Set all fields but the version to 0; keep the header. */
void
ac_tariff_state_init(ac_tariff_state *state)
{
	memset(&state->version, 0,
		   sizeof(*state) - offsetof(ac_tariff_state, version));
	state->version = AC_TARIFF_STATE_VERSION;
}

/* Return the address of the tariff in a state with room for it. */
static ac_tariff *
tariff_of(ac_tariff_state *state)
{
	return (ac_tariff *) (state + 1);
}

/* Copy a tariff into a state without rows. */
static void
take_tariff(ac_tariff_state *state, const ac_tariff *tariff)
{
	memcpy(tariff_of(state), tariff, ac_tariff_size(tariff->count));
	memset(tariff_of(state)->header, 0, sizeof(tariff->header));
}

/* Add a sum over a number of rows, which is at least 1. */
static ac_status
add_rows(ac_tariff_state *state, const ac_quantity *sum, int64_t rows,
		 const ac_tariff *tariff, ac_fault *fault)
{
	if (state->rows == 0)
	{
		take_tariff(state, tariff);
		state->sum = *sum;
		state->rows = rows;
		return AC_OK;
	}
	if (!ac_tariff_same(ac_tariff_state_tariff(state), tariff))
		return ac_tariff_fault_mismatch(ac_tariff_state_tariff(state), tariff,
										fault);
	if (state->rows > INT64_MAX - rows)
		return AC_COUNT_RANGE;
	if (!ac_quantity_add(&state->sum, sum))
		return AC_QUANTITY_RANGE;
	state->rows += rows;
	return AC_OK;
}

ac_status
ac_tariff_state_add(ac_tariff_state *state, const ac_quantity *quantity,
					const ac_tariff *tariff, ac_fault *fault)
{
	return add_rows(state, quantity, 1, tariff, fault);
}

/*
 * Undo ac_tariff_state_add.  With its last row a state forgets its tariff, so
 * that a window frame can move on to rows with another one.
 */
ac_status
ac_tariff_state_remove(ac_tariff_state *state, const ac_quantity *quantity,
					   const ac_tariff *tariff, ac_fault *fault)
{
	if (state->rows == 0)
		return AC_STATE_MISMATCH;
	if (!ac_tariff_same(ac_tariff_state_tariff(state), tariff))
		return ac_tariff_fault_mismatch(ac_tariff_state_tariff(state), tariff,
										fault);
	if (!ac_quantity_subtract(&state->sum, quantity))
		return AC_QUANTITY_RANGE;
	if (--state->rows == 0)
		state->sum = ac_quantity_from(0);
	return AC_OK;
}

ac_status
ac_tariff_state_add_unpriced(ac_tariff_state *state)
{
	if (state->unpriced == INT64_MAX)
		return AC_COUNT_RANGE;
	state->unpriced++;
	return AC_OK;
}

ac_status
ac_tariff_state_remove_unpriced(ac_tariff_state *state)
{
	if (state->unpriced == 0)
		return AC_STATE_MISMATCH;
	state->unpriced--;
	return AC_OK;
}

ac_status
ac_tariff_state_merge(ac_tariff_state *state, const ac_tariff_state *other,
					  ac_fault *fault)
{
	if (state->unpriced > INT64_MAX - other->unpriced)
		return AC_COUNT_RANGE;
	if (other->rows > 0)
		AC_TRY(add_rows(state, &other->sum, other->rows,
						ac_tariff_state_tariff(other), fault));
	state->unpriced += other->unpriced;
	return AC_OK;
}

/* Step over a count and the blank after it. */
static ac_status
read_count(const char **text, const char *end, int64_t *count,
		   ac_fault *fault)
{
	size_t		used;

	AC_TRY(ac_count_parse(*text, (size_t) (end - *text), count, &used,
						  fault));
	if (used == 0 || *text + used == end || (*text)[used] != ' ')
		return ac_fault_part(fault, AC_TEXT_COUNT, *text,
							 (size_t) (end - *text));
	*text += used + 1;
	return AC_OK;
}

/* Return enough room for the state in a well-formed text. */
size_t
ac_tariff_state_text_size(const char *text, size_t len)
{
	return sizeof(ac_tariff_state) +
		ac_tariff_size(ac_tariff_text_tiers(text, len));
}

/*
 * Read a state into ac_tariff_state_text_size() bytes; on a fault *state is
 * undefined.
 */
ac_status
ac_tariff_state_parse(const char *text, size_t len, ac_tariff_state *state,
					  ac_fault *fault)
{
	const char *end = text + len;
	const char *blank;
	size_t		quantity_len;

	ac_tariff_state_init(state);
	AC_TRY(read_count(&text, end, &state->rows, fault));
	AC_TRY(read_count(&text, end, &state->unpriced, fault));
	blank = memchr(text, ' ', (size_t) (end - text));
	quantity_len = (size_t) ((blank ? blank : end) - text);
	AC_TRY(ac_quantity_parse(text, quantity_len, &state->sum, fault));

	if (state->rows == 0)
	{
		if (blank != NULL || !ac_quantity_is_zero(&state->sum))
			return ac_fault_part(fault, AC_TEXT_EMPTY_STATE, text,
								 (size_t) (end - text));
		return AC_OK;
	}
	text += quantity_len + (blank != NULL);
	memset(tariff_of(state)->header, 0, sizeof(state->header));
	return ac_tariff_parse(text, (size_t) (end - text), tariff_of(state),
						   fault);
}

/*
 * Into a buffer of AC_TARIFF_STATE_TEXT_MAX bytes, and AC_TARIFF_TEXT_MAX of
 * the tariff's tiers; returns the length.
 */
size_t
ac_tariff_state_format(const ac_tariff_state *state, char *buffer)
{
	size_t		len = ac_count_format(state->rows, buffer);

	buffer[len++] = ' ';
	len += ac_count_format(state->unpriced, buffer + len);
	buffer[len++] = ' ';
	len += ac_quantity_format(&state->sum, buffer + len);
	if (state->rows > 0)
	{
		buffer[len++] = ' ';
		len += ac_tariff_format(ac_tariff_state_tariff(state), buffer + len);
	}
	return len;
}

/*
 * Write AC_TARIFF_STATE_BYTES, and where there are rows AC_TARIFF_BYTES of the
 * tariff's tiers: version, rows, unpriced rows, the sum's units and rest.
 */
void
ac_tariff_state_encode(const ac_tariff_state *state, uint8_t *bytes)
{
	*bytes++ = state->version;
	ac_int64_encode(state->rows, bytes);
	bytes += AC_INT64_BYTES;
	ac_int64_encode(state->unpriced, bytes);
	bytes += AC_INT64_BYTES;
	ac_int128_encode(state->sum.units, bytes);
	bytes += AC_INT128_BYTES;
	ac_int64_encode((int64_t) state->sum.rest, bytes);
	if (state->rows > 0)
		ac_tariff_encode(ac_tariff_state_tariff(state), bytes + AC_INT64_BYTES);
}

/*
 * Read the number of tiers in these bytes, 0 if no tariff follows the state.
 */
ac_status
ac_tariff_state_bytes_tiers(const uint8_t *bytes, size_t len, int *count,
							ac_fault *fault)
{
	*count = 0;
	if (len < AC_TARIFF_STATE_BYTES)
		return ac_fault_number(fault, AC_BYTES_LENGTH, (int64_t) len,
							   AC_TARIFF_STATE_BYTES);
	if (bytes[0] != AC_TARIFF_STATE_VERSION)
		return ac_fault_number(fault, AC_BYTES_VERSION, bytes[0],
							   AC_TARIFF_STATE_VERSION);
	if (len == AC_TARIFF_STATE_BYTES)
		return AC_OK;
	return ac_tariff_bytes_tiers(bytes + AC_TARIFF_STATE_BYTES,
								 len - AC_TARIFF_STATE_BYTES, count, fault);
}

/*
 * Read a state, trusting nothing, into room for the tiers that
 * ac_tariff_state_bytes_tiers() finds.
 */
ac_status
ac_tariff_state_decode(const uint8_t *bytes, size_t len,
					   ac_tariff_state *state, ac_fault *fault)
{
	const uint8_t *at = bytes + 1;
	int			count;

	AC_TRY(ac_tariff_state_bytes_tiers(bytes, len, &count, fault));
	ac_tariff_state_init(state);
	state->rows = ac_int64_decode(at);
	at += AC_INT64_BYTES;
	state->unpriced = ac_int64_decode(at);
	at += AC_INT64_BYTES;
	state->sum.units = ac_int128_decode(at);
	at += AC_INT128_BYTES;
	state->sum.rest = (uint64_t) ac_int64_decode(at);
	at += AC_INT64_BYTES;

	if (state->rows < 0)
		return ac_fault_number(fault, AC_BYTES_COUNT, state->rows, 0);
	if (state->unpriced < 0)
		return ac_fault_number(fault, AC_BYTES_COUNT, state->unpriced, 0);
	if (state->sum.rest >= AC_UNIT)
		return AC_BYTES_QUANTITY;
	if (state->rows == 0)
		return len == AC_TARIFF_STATE_BYTES &&
			ac_quantity_is_zero(&state->sum) ? AC_OK : AC_BYTES_EMPTY_STATE;
	memset(tariff_of(state)->header, 0, sizeof(state->header));
	return ac_tariff_decode(at, (size_t) (bytes + len - at), tariff_of(state),
							fault);
}
