/*
 * slow_calendar.h
 *	  The lengths of years and months, by the rule of leap years.
 */
#ifndef AC_SLOW_CALENDAR_H
#define AC_SLOW_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

static inline int
slow_days_of_month(int64_t year, int month)
{
	static const int days[] =
	{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool		leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap);
}

static inline int
slow_days_of_year(int64_t year)
{
	return 337 + slow_days_of_month(year, 2);
}

#endif							/* AC_SLOW_CALENDAR_H */
