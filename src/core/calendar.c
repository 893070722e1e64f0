/*
 * calendar.c
 *	  Civil dates and months in the proleptic Gregorian calendar.
 *
 * The arithmetic counts in years that begin on 1 March, so that the leap day
 * is the last of its year and months have the lengths 31, 30, 31, 30, 31
 * over and over.  Divisions are of unsigned numbers by constants: a day is
 * counted from the start of an era of 400 years far before any date.
 */
#include "core/calendar.h"

#define DAYS_PER_ERA		146097
#define MONTHS_PER_ERA		4800
#define DAYS_TO_MARCH		60	/* an era begins on 2000-03-01 */
#define MONTHS_TO_MARCH		2
#define ERAS_BEFORE			15000	/* 6,000,000 years, as no date goes back */
#define MICROSECONDS_PER_DAY	INT64_C(86400000000)

/*
 * A day: its era, the month of the era and the day of the month, both from 0.
 */
typedef struct civil
{
	int64_t		era;
	uint32_t	month;
	uint32_t	day;
} civil;

/*
 * Neri and Schneider, "Euclidean affine functions and their application to
 * calendar algorithms", Software: Practice and Experience 53 (2023), whose
 * constants turn the divisions by 1461 days and 153 / 5 days into products.
 */
static inline civil
civil_of_day(int64_t day)
{
	uint64_t	shifted = (uint64_t) (day - DAYS_TO_MARCH +
									  (int64_t) ERAS_BEFORE * DAYS_PER_ERA);
	uint64_t	era = shifted / DAYS_PER_ERA;
	uint32_t	quarter_days = 4 * (uint32_t) (shifted % DAYS_PER_ERA) + 3;
	uint32_t	century = quarter_days / DAYS_PER_ERA;
	uint32_t	rest = quarter_days % DAYS_PER_ERA | 3;
	uint64_t	year_product = UINT64_C(2939745) * rest;
	uint32_t	year = (uint32_t) (year_product >> 32);
	uint32_t	day_of_year = (uint32_t) year_product / 2939745 / 4;
	uint32_t	month_product = 2141 * day_of_year + 1305;
	civil		date;

	date.era = (int64_t) era - ERAS_BEFORE;
	date.month = 12 * (100 * century + year) + (month_product >> 16);
	date.day = (month_product & 0xffff) / 2141;
	return date;
}

/* Return the month that contains a day. */
int64_t
ac_month_of_day(int64_t day)
{
	civil		date = civil_of_day(day);

	return date.era * MONTHS_PER_ERA + date.month + MONTHS_TO_MARCH;
}

/* Return the first day of the month that contains a day. */
int64_t
ac_month_start_of_day(int64_t day)
{
	return day - civil_of_day(day).day;
}

/*
 * Return the first day of a month: the m-th of a year begins on (153 m + 2) /
 * 5.
 */
int64_t
ac_month_start(int64_t month)
{
	uint64_t	shifted = (uint64_t) (month - MONTHS_TO_MARCH +
									  (int64_t) ERAS_BEFORE * MONTHS_PER_ERA);
	int64_t		era = (int64_t) (shifted / MONTHS_PER_ERA) - ERAS_BEFORE;
	uint32_t	month_of_era = (uint32_t) (shifted % MONTHS_PER_ERA);
	uint32_t	year = month_of_era / 12;

	return era * DAYS_PER_ERA + 365 * year + year / 4 - year / 100 +
		(153 * (month_of_era % 12) + 2) / 5 + DAYS_TO_MARCH;
}

/* Return the month of an astronomical year (0 is 1 BC), month 1 to 12. */
int64_t
ac_month_of_civil(int64_t year, int month)
{
	return (year - 2000) * 12 + month - 1;
}

/* Return the day of a time counted in microseconds from 2000-01-01 00:00. */
int64_t
ac_day_of_time(int64_t microseconds)
{
	return microseconds / MICROSECONDS_PER_DAY -
		(microseconds % MICROSECONDS_PER_DAY < 0);
}

/* Return the hours in a month. */
int
ac_month_hours(int64_t month)
{
	return 24 * (int) (ac_month_start(month + 1) - ac_month_start(month));
}
