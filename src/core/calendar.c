/*
 * calendar.c
 *	  Civil dates and months in the proleptic Gregorian calendar.
 *
 * The arithmetic counts in years that begin on 1 March, so that the leap day
 * is the last of its year and months have the lengths 31, 30, 31, 30, 31
 * over and over: (153 * m + 2) / 5 is the day on which month m begins.
 */
#include "core/calendar.h"

#define DAYS_PER_ERA		146097	/* 400 years, the period of the calendar */
#define MONTHS_PER_ERA		4800
#define DAYS_TO_MARCH		60	/* 2000-01-01 to 2000-03-01 */
#define MONTHS_TO_MARCH		2
#define MICROSECONDS_PER_DAY	INT64_C(86400000000)

static int64_t
floor_divide(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* The month in which a day lies. */
int64_t
ac_month_of_day(int64_t day)
{
	int64_t		march_day = day - DAYS_TO_MARCH;
	int64_t		era = floor_divide(march_day, DAYS_PER_ERA);
	uint32_t	day_of_era = (uint32_t) (march_day - era * DAYS_PER_ERA);

	/* take the leap days out: every 4 years, not every 100, but every 400 */
	uint32_t	year_of_era = (day_of_era - day_of_era / 1460 +
							   day_of_era / 36524 - day_of_era / 146096) / 365;
	uint32_t	day_of_year = day_of_era - (365 * year_of_era +
											year_of_era / 4 -
											year_of_era / 100);
	uint32_t	month_of_year = (5 * day_of_year + 2) / 153;

	return era * MONTHS_PER_ERA + year_of_era * 12 + month_of_year +
		MONTHS_TO_MARCH;
}

/* The first day of a month. */
int64_t
ac_month_start(int64_t month)
{
	int64_t		march_month = month - MONTHS_TO_MARCH;
	int64_t		era = floor_divide(march_month, MONTHS_PER_ERA);
	uint32_t	month_of_era = (uint32_t) (march_month - era * MONTHS_PER_ERA);
	uint32_t	year_of_era = month_of_era / 12;
	uint32_t	month_of_year = month_of_era % 12;

	return era * DAYS_PER_ERA + 365 * year_of_era + year_of_era / 4 -
		year_of_era / 100 + (153 * month_of_year + 2) / 5 + DAYS_TO_MARCH;
}

/* The month of an astronomical year (0 is 1 BC), month 1 to 12. */
int64_t
ac_month_of_civil(int64_t year, int month)
{
	return (year - 2000) * 12 + month - 1;
}

/* The day of a time counted in microseconds from 2000-01-01 00:00. */
int64_t
ac_day_of_time(int64_t microseconds)
{
	return floor_divide(microseconds, MICROSECONDS_PER_DAY);
}

/* 24 x the days of a month. */
int
ac_month_hours(int64_t month)
{
	return 24 * (int) (ac_month_start(month + 1) - ac_month_start(month));
}
