/*
 * calendar.c
 *	  Days and months agree with a walk through the calendar, day by day.
 */
#include "core/calendar.h"

#include "sample.h"
#include "slow_calendar.h"

#define DAYS_PER_PERIOD		146097
#define MONTHS_PER_PERIOD	4800

/* From 1 January of a year on, which is the given day, up to another year. */
static bool
walk(int64_t year, int64_t day, int64_t end)
{
	int64_t		month = (year - 2000) * 12;

	for (; year < end; year++)
		for (int m = 1; m <= 12; m++, month++)
		{
			int64_t		start = day;

			if (ac_month_of_civil(year, m) != month ||
				ac_month_start(month) != start ||
				ac_month_hours(month) != 24 * slow_days_of_month(year, m))
				return false;
			for (; day < start + slow_days_of_month(year, m); day++)
				if (ac_month_of_day(day) != month ||
					ac_month_start_of_day(day) != start)
					return false;
		}
	return true;
}

/* The first day of a year before 2000, counted back year by year. */
static int64_t
count_back_to(int64_t year)
{
	int64_t		day = 0;
	int64_t		y;

	for (y = 1999; y >= year; y--)
		day -= slow_days_of_year(y);
	return day;
}

/* With the walk, this reaches every year from -5,800,000 to 5,900,000. */
static bool
calendar_repeats(void)
{
	int64_t		periods = sample_below(29250) - 14500;
	int64_t		day = sample_below(DAYS_PER_PERIOD);
	int64_t		far_day = day + periods * DAYS_PER_PERIOD;
	int64_t		month = ac_month_of_day(day);
	int64_t		far_month = month + periods * MONTHS_PER_PERIOD;

	return ac_month_of_day(far_day) == far_month &&
		far_day - ac_month_start_of_day(far_day) ==
		day - ac_month_start_of_day(day) &&
		ac_month_start(far_month) == ac_month_start_of_day(far_day) &&
		ac_month_hours(far_month) == ac_month_hours(month);
}

static bool
times_of_a_day(void)
{
	int64_t		day = (int64_t) (sample_bits() % 200000000) - 100000000;
	int64_t		time = (int64_t) (sample_bits() % UINT64_C(86400000000));

	return ac_day_of_time(day * INT64_C(86400000000) + time) == day;
}

int
main(void)
{
	is_int(ac_month_of_day(0), 0, "day 0 is in month 0, January 2000");
	is_int(ac_month_start(0), 0, "January 2000 starts on day 0");
	is_int(ac_month_of_civil(1999, 12), -1, "December 1999 is month -1");
	is_int(ac_month_of_civil(0, 1), -24000, "the year 0 is 1 BC");
	is_int(ac_month_of_day(9921), 326, "2027-03-01 is in month 326");
	is_int(ac_month_of_day(9920), 325, "2027-02-28 is in month 325");
	ok(walk(-4713, count_back_to(-4713), 3200),
	   "every day from 4714 BC to AD 3199 is in its month");
	property(calendar_repeats, 100000, "and so on every 400 years as far as "
			 "dates reach");

	is_int(ac_month_hours(ac_month_of_civil(2025, 3)), 744,
		   "March has 744 hours");
	is_int(ac_month_hours(ac_month_of_civil(2024, 2)), 696,
		   "a leap February has 696 hours");
	is_int(ac_month_hours(ac_month_of_civil(1900, 2)), 672,
		   "1900 was no leap year");

	is_int(ac_day_of_time(0), 0, "midnight belongs to the day it begins");
	is_int(ac_day_of_time(-1), -1, "a microsecond before is the day before");
	is_int(ac_day_of_time(INT64_C(86399999999)), 0,
		   "a day lasts to its last microsecond");
	is_int(ac_day_of_time(INT64_MIN), -106751992,
		   "the earliest time has a day");
	is_int(ac_day_of_time(INT64_MAX), 106751991, "the latest time has a day");
	property(times_of_a_day, 50000, "times before 2000 are not rounded "
			 "towards zero");
	return tap_done();
}
