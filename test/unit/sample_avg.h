/*
 * sample_avg.h
 *	  States of avg(tco) for tests.
 */
#ifndef AC_SAMPLE_AVG_H
#define AC_SAMPLE_AVG_H

#include "core/tco_avg.h"
#include "sample.h"

#define ROWS 40

static const ac_tco_avg no_rows = {.count = 0};

static inline bool
same_state(const ac_tco_avg *a, const ac_tco_avg *b)
{
	return memcmp(a, b, sizeof(ac_tco_avg)) == 0;
}

static inline ac_tco_avg
state_of(const char *text)
{
	ac_tco_avg	state;
	ac_fault	fault;

	if (ac_tco_avg_parse(text, strlen(text), &state, &fault) != AC_OK)
		abort();
	return state;
}

static inline void
is_state(const ac_tco_avg *state, const char *expected, const char *rule)
{
	char		text[AC_TCO_AVG_TEXT_MAX];

	ac_tco_avg_format(state, text);
	is_text(text, expected, rule);
}

static inline void
sample_state_of_rows(ac_tco_avg *state)
{
	memset(state, 0, sizeof(*state));
	if (sample_below(8) == 0)
		return;
	sample_tco(&state->sum);
	state->count = (int64_t) (sample_bits() >> (1 + sample_below(62)));
	state->count += state->count == 0;
}

#endif							/* AC_SAMPLE_AVG_H */
