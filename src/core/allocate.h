/*
 * allocate.h
 *	  A total split by weights, nothing lost or gained.
 */
#ifndef AC_ALLOCATE_H
#define AC_ALLOCATE_H

#include "core/poll.h"
#include "core/wide.h"

extern ac_status ac_allocate(const ac_uint256 *total, const ac_uint128 *weight,
							 int count, ac_poll poll, ac_uint256 *part,
							 ac_uint128 *remainder, ac_fault *fault);

#endif							/* AC_ALLOCATE_H */
