/*
 * sample_state.h
 *	  States of tiered_cost for tests: made, copied, read and shown.
 */
#ifndef AC_SAMPLE_STATE_H
#define AC_SAMPLE_STATE_H

#include "core/tariff_state.h"

#include "sample_tariff.h"

/* A state of no rows, with room for this tariff and no more.  To be freed. */
static inline ac_tariff_state *
new_state(const ac_tariff *tariff)
{
	size_t		size = tariff ? ac_tariff_state_room(tariff)
	: sizeof(ac_tariff_state);
	ac_tariff_state *state = malloc(size);

	if (state == NULL)
		abort();
	memset(state, 'x', size);
	memset(state->header, 0, sizeof(state->header));
	ac_tariff_state_init(state);
	return state;
}

static inline bool
same_state(const ac_tariff_state *a, const ac_tariff_state *b)
{
	return ac_tariff_state_size(a) == ac_tariff_state_size(b) &&
		memcmp(a, b, ac_tariff_state_size(a)) == 0;
}

/* A state in memory of exactly its size.  To be freed. */
static inline ac_tariff_state *
copy_of(const ac_tariff_state *state)
{
	return exact_copy(state, ac_tariff_state_size(state));
}

/* Parse a copy of exactly the size of the text into as much room as told. */
static inline ac_status
parse(const char *text, size_t len, ac_tariff_state **state, ac_fault *fault)
{
	char	   *copy = exact_copy(text, len);
	size_t		size = ac_tariff_state_text_size(copy, len);
	ac_status	status;

	memset(fault, 0, sizeof(*fault));
	*state = malloc(size);
	if (*state == NULL)
		abort();
	memset(*state, 'x', size);
	memset((*state)->header, 0, sizeof((*state)->header));
	status = ac_tariff_state_parse(copy, len, *state, fault);

	/* so that the part can be looked at when the copy is gone */
	if (fault->part != NULL)
		fault->part = text + (fault->part - copy);
	free(copy);
	return status;
}

/* The state of a text that is well-formed.  To be freed. */
static inline ac_tariff_state *
state_of(const char *text)
{
	ac_tariff_state *state;
	ac_fault	fault;

	if (parse(text, strlen(text), &state, &fault) != AC_OK)
		abort();
	return state;
}

/* Its text, in memory of exactly the size that is asked for.  To be freed. */
static inline char *
text_of(const ac_tariff_state *state, size_t *len)
{
	int			tiers = state->rows > 0 ? ac_tariff_state_tariff(state)->count
	: 0;
	char	   *text = malloc(AC_TARIFF_STATE_TEXT_MAX +
							  (tiers > 0 ? AC_TARIFF_TEXT_MAX(tiers) : 0));

	if (text == NULL)
		abort();
	*len = ac_tariff_state_format(state, text);
	return text;
}

static inline void
is_state(const ac_tariff_state *state, const char *expected, const char *rule)
{
	size_t		len;
	char	   *text = text_of(state, &len);

	is_text(text, expected, rule);
	free(text);
}

/* Any state, one in eight without rows.  To be freed. */
static inline ac_tariff_state *
sample_state_of_rows(void)
{
	ac_tariff  *tariff = sample_tariff(20);
	ac_tariff_state *state = new_state(tariff);
	ac_quantity sum = sample_quantity();
	ac_fault	fault;

	if (sample_below(8) > 0)
	{
		if (ac_tariff_state_add(state, &sum, tariff, &fault) != AC_OK)
			abort();
		state->rows = (int64_t) (sample_bits() >> (1 + sample_below(62)));
		state->rows += state->rows == 0;
	}
	if (sample_below(2))
		state->unpriced = (int64_t) (sample_bits() >> (1 + sample_below(62)));
	free(tariff);
	return state;
}

#endif							/* AC_SAMPLE_STATE_H */
