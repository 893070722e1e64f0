/*
 * tco_avg.h
 *	  The state of avg(tco): a sum and the number of rows in it.
 */
#ifndef AC_TCO_AVG_H
#define AC_TCO_AVG_H

#include "core/tco.h"

/* As stored; all bytes are zero if there are no rows. */
typedef struct ac_tco_avg
{
	ac_tco		sum;
	int64_t		count;
} ac_tco_avg;

_Static_assert(sizeof(ac_tco_avg) == 152, "ac_tco_avg is 152 bytes on disk");

/* Bytes of the external binary form: count, then the sum. */
#define AC_TCO_AVG_BYTES	(8 + AC_TCO_BYTES)

/* Longest text with its terminator: count, then the text of the sum. */
#define AC_TCO_AVG_TEXT_MAX	(20 + AC_TCO_TEXT_MAX)

extern ac_status ac_tco_avg_add(ac_tco_avg *state, const ac_tco *value,
								ac_fault *fault);
extern ac_status ac_tco_avg_remove(ac_tco_avg *state, const ac_tco *value,
								   ac_fault *fault);
extern ac_status ac_tco_avg_merge(ac_tco_avg *state, const ac_tco_avg *other,
								  ac_fault *fault);
extern ac_status ac_tco_avg_result(const ac_tco_avg *state, ac_tco *result,
								   ac_fault *fault);

extern ac_status ac_tco_avg_parse(const char *text, size_t len,
								  ac_tco_avg *state, ac_fault *fault);
extern size_t ac_tco_avg_format(const ac_tco_avg *state, char *buffer);
extern void ac_tco_avg_encode(const ac_tco_avg *state, uint8_t *bytes);
extern ac_status ac_tco_avg_decode(const uint8_t *bytes, size_t len,
								   ac_tco_avg *state, ac_fault *fault);

#endif							/* AC_TCO_AVG_H */
