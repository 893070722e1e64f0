/*
 * fuzz.h
 *	  What fuzz targets share.
 */
#ifndef AC_FUZZ_H
#define AC_FUZZ_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/status.h"

/* A rule that no input may break. */
#define REQUIRE(rule) \
	do { \
		if (!(rule)) \
		{ \
			fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #rule); \
			abort(); \
		} \
	} while (0)

/* A fault of a text is of a kind for that, and names a part of the text. */
static inline void
check_text_fault(ac_status status, const ac_fault *fault, const char *text,
				 size_t len)
{
	REQUIRE(status < AC_BYTES_LENGTH || status == AC_TEXT_RANGE);
	if (status == AC_TEXT_TOTAL)
		REQUIRE(strcmp(fault->value[0], fault->value[1]) != 0);
	else if (status != AC_TEXT_MISSING_AMOUNT &&
			 status != AC_TEXT_MISSING_CURRENCY)
		REQUIRE(fault->part >= text && fault->part_len <= len &&
				fault->part - text <= (ptrdiff_t) (len - fault->part_len));
}

/* One of a tariff's text may name an element of the tariff instead. */
static inline void
check_tariff_text_fault(ac_status status, const ac_fault *fault,
						const char *text, size_t len)
{
	switch (status)
	{
		case AC_TARIFF_BLOCK:
		case AC_TIER_NEGATIVE:
		case AC_TIER_BOUND:
		case AC_TIER_SCALE:
			REQUIRE(fault->name != NULL && fault->number[0] >= 0);
			break;
		case AC_TARIFF_PACKAGE:
		case AC_TARIFF_LIMIT:
			REQUIRE(fault->number[0] > fault->number[1]);
			break;
		case AC_TIER_OPEN:
			REQUIRE(fault->number[0] >= 1 &&
					fault->number[0] < fault->number[1]);
			break;
		default:
			check_text_fault(status, fault, text, len);
			REQUIRE(status != AC_TEXT_EXPECTED || fault->name != NULL);
	}
}

/* Memory of exactly this size, so that a write past it is seen. */
static inline void *
new_room(size_t size)
{
	void	   *room = malloc(size);

	REQUIRE(room != NULL);
	return memset(room, 0, size);
}

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif							/* AC_FUZZ_H */
