-- Months: the one a time is billed in, its end and its length. No function
-- here reads the time zone of the session.

CREATE FUNCTION bill_month(at timestamp with time zone) RETURNS date
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'accelcost_bill_month_timestamp';
COMMENT ON FUNCTION bill_month(timestamp with time zone) IS
	'first day of the month in UTC; infinity stays infinity';

CREATE FUNCTION bill_month(at timestamp without time zone) RETURNS date
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'accelcost_bill_month_timestamp';
COMMENT ON FUNCTION bill_month(timestamp without time zone) IS
	'first day of the month, of a time that is taken as UTC; infinity stays infinity';

CREATE FUNCTION bill_month(day date) RETURNS date
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'accelcost_bill_month_date';
COMMENT ON FUNCTION bill_month(date) IS
	'first day of the month; infinity stays infinity';

CREATE FUNCTION bill_month(at timestamp with time zone, tz text) RETURNS date
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'accelcost_bill_month_timestamptz_zone';
COMMENT ON FUNCTION bill_month(timestamp with time zone, text) IS
	'first day of the month in a time zone, given by its full name; infinity stays infinity';

CREATE FUNCTION bill_month(at timestamp without time zone, tz text) RETURNS date
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'accelcost_bill_month_timestamptz_zone';
COMMENT ON FUNCTION bill_month(timestamp without time zone, text) IS
	'first day of the month in a time zone, given by its full name, of a time that is taken as UTC; infinity stays infinity';

CREATE FUNCTION bill_month(day date, tz text) RETURNS date
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN bill_month(day);
COMMENT ON FUNCTION bill_month(date, text) IS
	'first day of the month; a date lies in one month everywhere, so tz does not matter';

CREATE FUNCTION month_end(day date) RETURNS date
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'accelcost_month_end';
COMMENT ON FUNCTION month_end(date) IS
	'first day of the next month, the exclusive end of the month of a day; infinity stays infinity';

CREATE FUNCTION month_hours(day date) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'accelcost_month_hours';
COMMENT ON FUNCTION month_hours(date) IS
	'hours of the month of a day: 24 x its days; NULL for infinity';

