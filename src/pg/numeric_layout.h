/*
 * numeric_layout.h
 *	  How the server stores a numeric.
 *
 * The digits of a numeric are read and written where they lie: half of the
 * cost of a sum over a numeric column is this conversion.  The layout is that
 * of utils/adt/numeric.c, which pg_upgrade has frozen since 9.1: a header of
 * 16 bits with sign, scale and weight (or 32 bits, for numbers outside the
 * short form), then digits in base 10000, the first worth 10000^weight.
 */
#ifndef AC_NUMERIC_LAYOUT_H
#define AC_NUMERIC_LAYOUT_H

#include "pg/ac_pg.h"

#define NBASE				10000
#define NBASE_DIGITS		4

#define FORM_MASK			0xC000
#define FORM_SHORT			0x8000
#define FORM_SPECIAL		0xC000
#define HEADER_NAN			0xC000
#define LONG_NEGATIVE		0x4000
#define LONG_SCALE_MASK		0x3FFF
#define SHORT_NEGATIVE		0x2000
#define SHORT_SCALE_SHIFT	7
#define SHORT_SCALE_MASK	0x1F80
#define SHORT_WEIGHT_SIGN	0x0040
#define SHORT_WEIGHT_MASK	0x003F

/* Groups of four digits after the point at a scale of 18. */
#define FRACTION_GROUPS		5

/* The same at the scale of a quantity, 36. */
#define QUANTITY_GROUPS		9

/* As many groups as are read or written at once: 10000^4. */
#define CHUNK_GROUPS		4

/* The decimals that a number shows, which is neither NaN nor infinite. */
static inline int
ac_numeric_scale(Numeric number)
{
	uint16		header;

	memcpy(&header, VARDATA_ANY(number), sizeof(header));
	if ((header & FORM_MASK) == FORM_SHORT)
		return (header & SHORT_SCALE_MASK) >> SHORT_SCALE_SHIFT;
	return header & LONG_SCALE_MASK;
}

#endif							/* AC_NUMERIC_LAYOUT_H */
