/*
 * poll.h
 *	  How long loops of the core can be interrupted: by a function of the
 *	  caller's, which need not return.
 */
#ifndef AC_POLL_H
#define AC_POLL_H

#include <stddef.h>

/* Elements from one call to the next: well below a millisecond. */
#define AC_POLL_EVERY	4096

typedef void (*ac_poll) (void);

/* For element i of a loop, in either direction; poll may be NULL. */
static inline void
ac_poll_at(size_t i, ac_poll poll)
{
	if (i % AC_POLL_EVERY == 0 && poll != NULL)
		poll();
}

#endif							/* AC_POLL_H */
