/*
 * calendar.h
 *	  Civil dates and months in the proleptic Gregorian calendar.
 *
 * A day is a count of days from 2000-01-01, as in the type date; a month is a
 * count of months from January 2000.  Good for all years that the type date
 * has, and some 100,000 beyond.
 */
#ifndef AC_CALENDAR_H
#define AC_CALENDAR_H

#include <stdint.h>

extern int64_t ac_month_of_day(int64_t day);
extern int64_t ac_month_start_of_day(int64_t day);
extern int64_t ac_month_start(int64_t month);
extern int64_t ac_month_of_civil(int64_t year, int month);
extern int64_t ac_day_of_time(int64_t microseconds);
extern int	ac_month_hours(int64_t month);

#endif							/* AC_CALENDAR_H */
