/*
 * fn_time.c
 *	  The month and day that a time is billed in, and the length of months.
 *
 * Nothing here reads the session's time zone.
 */
#include "pg/ac_pg.h"

#include "core/calendar.h"
#include "datatype/timestamp.h"
#include "pgtime.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/timestamp.h"

PG_FUNCTION_INFO_V1(accelcost_bill_month_timestamp);
PG_FUNCTION_INFO_V1(accelcost_bill_month_date);
PG_FUNCTION_INFO_V1(accelcost_bill_month_timestamptz_zone);
PG_FUNCTION_INFO_V1(accelcost_bill_day_timestamp);
PG_FUNCTION_INFO_V1(accelcost_bill_day_timestamptz_zone);
PG_FUNCTION_INFO_V1(accelcost_next_month);
PG_FUNCTION_INFO_V1(accelcost_month_hours);

/* Convert a day to the type date; raise an error if it is out of range. */
static inline DateADT
checked_date(int64 day)
{
	if (unlikely(!IS_VALID_DATE(day)))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("date out of range")));
	return (DateADT) day;
}

/* Month of a timestamp as it is, and below of a timestamptz in UTC. */
Datum
accelcost_bill_month_timestamp(PG_FUNCTION_ARGS)
{
	Timestamp	at = PG_GETARG_TIMESTAMP(0);

	if (TIMESTAMP_IS_NOBEGIN(at))
		PG_RETURN_DATEADT(DATEVAL_NOBEGIN);
	if (TIMESTAMP_IS_NOEND(at))
		PG_RETURN_DATEADT(DATEVAL_NOEND);
	PG_RETURN_DATEADT(checked_date(ac_month_start_of_day(ac_day_of_time(at))));
}

Datum
accelcost_bill_month_date(PG_FUNCTION_ARGS)
{
	DateADT		day = PG_GETARG_DATEADT(0);

	if (DATE_NOT_FINITE(day))
		PG_RETURN_DATEADT(day);
	PG_RETURN_DATEADT(checked_date(ac_month_start_of_day(day)));
}

/*
 * Test whether a name is a POSIX rule instead of a zone of the database.
 * "UTC+2" would silently mean two hours west, and "Etc/GMT+20" is taken for
 * such a rule, too.  The server writes rules in upper case, zones as they are
 * named.
 */
static bool
is_posix_rule(const char *name)
{
	static const char *const zone[] = {
		"GMT0", "GMT+0", "GMT-0", "EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT"
	};
	int			i;

	for (i = 0; i < (int) lengthof(zone); i++)
		if (strcmp(name, zone[i]) == 0)
			return false;
	return strpbrk(name, "0123456789") != NULL &&
		strpbrk(name, "abcdefghijklmnopqrstuvwxyz") == NULL;
}

static pg_tz *
find_zone(const text *name)
{
	char	   *zone_name = text_to_cstring(name);
	pg_tz	   *zone = pg_tzset(zone_name);

	if (zone == NULL || is_posix_rule(pg_get_timezone_name(zone)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("time zone \"%s\" not recognized", zone_name),
				 errhint("Use a full name from pg_timezone_names, such as \"UTC\" or \"America/Los_Angeles\".")));
	return zone;
}

/* Return the date of a time in a named zone. */
static struct pg_tm
local_date(TimestampTz at, const text *zone_name)
{
	pg_tz	   *zone = find_zone(zone_name);
	int			offset;
	struct pg_tm local = {0};
	fsec_t		fraction;

	if (!TIMESTAMP_NOT_FINITE(at) &&
		timestamp2tm(at, &offset, &local, &fraction, NULL, zone) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("timestamp out of range")));
	return local;
}

Datum
accelcost_bill_month_timestamptz_zone(PG_FUNCTION_ARGS)
{
	TimestampTz at = PG_GETARG_TIMESTAMPTZ(0);
	struct pg_tm local = local_date(at, PG_GETARG_TEXT_PP(1));

	if (TIMESTAMP_IS_NOBEGIN(at))
		PG_RETURN_DATEADT(DATEVAL_NOBEGIN);
	if (TIMESTAMP_IS_NOEND(at))
		PG_RETURN_DATEADT(DATEVAL_NOEND);
	PG_RETURN_DATEADT(checked_date(ac_month_start(ac_month_of_civil(local.tm_year,
																	local.tm_mon))));
}

/* Day of a timestamp as it is, and below of a timestamptz in UTC. */
Datum
accelcost_bill_day_timestamp(PG_FUNCTION_ARGS)
{
	Timestamp	at = PG_GETARG_TIMESTAMP(0);

	if (TIMESTAMP_IS_NOBEGIN(at))
		PG_RETURN_DATEADT(DATEVAL_NOBEGIN);
	if (TIMESTAMP_IS_NOEND(at))
		PG_RETURN_DATEADT(DATEVAL_NOEND);
	PG_RETURN_DATEADT(checked_date(ac_day_of_time(at)));
}

Datum
accelcost_bill_day_timestamptz_zone(PG_FUNCTION_ARGS)
{
	TimestampTz at = PG_GETARG_TIMESTAMPTZ(0);
	struct pg_tm local = local_date(at, PG_GETARG_TEXT_PP(1));
	int64		month;

	if (TIMESTAMP_IS_NOBEGIN(at))
		PG_RETURN_DATEADT(DATEVAL_NOBEGIN);
	if (TIMESTAMP_IS_NOEND(at))
		PG_RETURN_DATEADT(DATEVAL_NOEND);
	month = ac_month_of_civil(local.tm_year, local.tm_mon);
	PG_RETURN_DATEADT(checked_date(ac_month_start(month) + local.tm_mday - 1));
}

/* The end of a month is the start of the next: periods are half open. */
Datum
accelcost_next_month(PG_FUNCTION_ARGS)
{
	DateADT		day = PG_GETARG_DATEADT(0);

	if (DATE_NOT_FINITE(day))
		PG_RETURN_DATEADT(day);
	PG_RETURN_DATEADT(checked_date(ac_month_start(ac_month_of_day(day) + 1)));
}

/* The length of an infinite month is unknown. */
Datum
accelcost_month_hours(PG_FUNCTION_ARGS)
{
	DateADT		day = PG_GETARG_DATEADT(0);

	if (DATE_NOT_FINITE(day))
		PG_RETURN_NULL();
	PG_RETURN_INT32(ac_month_hours(ac_month_of_day(day)));
}
