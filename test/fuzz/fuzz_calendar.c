/*
 * fuzz_calendar.c
 *	  A day is in the month that a walk of years and months leads to, as far
 *	  as dates reach.
 *
 * An input is a day and a time (8 bytes each); what is missing is zero.
 */
#include "core/calendar.h"

#include "../unit/slow_calendar.h"
#include "fuzz.h"

#define DAYS_MAX	INT64_C(2154900000) /* 5,900,000 years */

typedef struct input
{
	int64_t		day;
	int64_t		time;
} input;

static void
check_day(int64_t day)
{
	static int64_t days_of_400_years;
	int64_t		year = 2000;
	int64_t		rest = day;
	int			month = 1;
	int64_t		index;

	if (days_of_400_years == 0)
		for (; year < 2400; year++)
			days_of_400_years += slow_days_of_year(year);
	year = 2000 + 400 * (rest / days_of_400_years);
	rest %= days_of_400_years;
	while (rest < 0)
		rest += slow_days_of_year(--year);
	for (; rest >= slow_days_of_year(year); year++)
		rest -= slow_days_of_year(year);
	for (; rest >= slow_days_of_month(year, month); month++)
		rest -= slow_days_of_month(year, month);

	index = (year - 2000) * 12 + month - 1;
	REQUIRE(ac_month_of_civil(year, month) == index);
	REQUIRE(ac_month_of_day(day) == index);
	REQUIRE(ac_month_start_of_day(day) == day - rest);
	REQUIRE(ac_month_start(index) == day - rest);
	REQUIRE(ac_month_hours(index) == 24 * slow_days_of_month(year, month));
}

/* A day begins at its first microsecond. */
static void
check_time(int64_t time)
{
	__int128	start = (__int128) ac_day_of_time(time) * INT64_C(86400000000);

	REQUIRE(start <= time && time - start < INT64_C(86400000000));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	input		in = {0};

	memcpy(&in, data, size < sizeof(in) ? size : sizeof(in));
	check_day(in.day % DAYS_MAX);
	check_time(in.time);
	return 0;
}
