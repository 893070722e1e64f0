/*
 * tariff_state.h
 *	  The state of tiered_cost: a sum of quantities and the tariff they share.
 */
#ifndef AC_TARIFF_STATE_H
#define AC_TARIFF_STATE_H

#include "core/tariff.h"

#define AC_TARIFF_STATE_VERSION	1

/*
 * As stored.  The tariff follows, its header zero, if and only if there are
 * rows that have one; without them the sum is 0.
 */
typedef struct ac_tariff_state
{
	char		header[4];		/* left to whoever stores the value */
	uint8_t		version;		/* AC_TARIFF_STATE_VERSION */
	uint8_t		reserved[3];	/* zero */
	int64_t		rows;			/* with a tariff */
	int64_t		unpriced;		/* rows without one */
	ac_quantity sum;			/* over rows */
} ac_tariff_state;

_Static_assert(sizeof(ac_tariff_state) == 48,
			   "a state is 48 bytes on disk, and those of its tariff");

/* Bytes of the external binary form; a tariff follows. */
#define AC_TARIFF_STATE_BYTES	(1 + 8 + 8 + AC_INT128_BYTES + 8)

/* Longest text with its terminator; a tariff follows. */
#define AC_TARIFF_STATE_TEXT_MAX	(20 + 20 + AC_DECIMAL_MAX + 1)

static inline const ac_tariff *
ac_tariff_state_tariff(const ac_tariff_state *state)
{
	return (const ac_tariff *) (state + 1);
}

static inline size_t
ac_tariff_state_size(const ac_tariff_state *state)
{
	return sizeof(ac_tariff_state) + (state->rows == 0 ? 0 :
									  ac_tariff_size(ac_tariff_state_tariff(state)->count));
}

/* Room for a state of rows with a tariff. */
static inline size_t
ac_tariff_state_room(const ac_tariff *tariff)
{
	return sizeof(ac_tariff_state) + ac_tariff_size(tariff->count);
}

extern void ac_tariff_state_init(ac_tariff_state *state);

/*
 * The first row, and the first part that is merged, needs a state with
 * ac_tariff_state_room() for its tariff.  On a fault nothing is changed.
 */
extern ac_status ac_tariff_state_add(ac_tariff_state *state,
									 const ac_quantity *quantity,
									 const ac_tariff *tariff, ac_fault *fault);
extern ac_status ac_tariff_state_remove(ac_tariff_state *state,
										const ac_quantity *quantity,
										const ac_tariff *tariff,
										ac_fault *fault);
extern ac_status ac_tariff_state_add_unpriced(ac_tariff_state *state);
extern ac_status ac_tariff_state_remove_unpriced(ac_tariff_state *state);
extern ac_status ac_tariff_state_merge(ac_tariff_state *state,
									   const ac_tariff_state *other,
									   ac_fault *fault);

extern size_t ac_tariff_state_text_size(const char *text, size_t len);
extern ac_status ac_tariff_state_parse(const char *text, size_t len,
									   ac_tariff_state *state,
									   ac_fault *fault);
extern size_t ac_tariff_state_format(const ac_tariff_state *state,
									 char *buffer);
extern void ac_tariff_state_encode(const ac_tariff_state *state,
								   uint8_t *bytes);
extern ac_status ac_tariff_state_bytes_tiers(const uint8_t *bytes, size_t len,
											 int *count, ac_fault *fault);
extern ac_status ac_tariff_state_decode(const uint8_t *bytes, size_t len,
										ac_tariff_state *state,
										ac_fault *fault);

#endif							/* AC_TARIFF_STATE_H */
