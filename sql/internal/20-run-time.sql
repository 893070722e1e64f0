-- Functions over values for text that is resolved at run time: bodies of plpgsql functions, and statements built from
-- the columns of a relation. Such text must not call functions in the schema of CREATE EXTENSION, because the owner of
-- that schema could replace them. Text that is parsed with the extension calls the public functions.

CREATE FUNCTION accelcost_internal.bill_month(at timestamp with time zone) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_bill_month_timestamp';
COMMENT ON FUNCTION accelcost_internal.bill_month(timestamp with time zone) IS
    'bill_month(timestamptz), for text resolved at run time';

CREATE FUNCTION accelcost_internal.bill_month(day date) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_bill_month_date';
COMMENT ON FUNCTION accelcost_internal.bill_month(date) IS
    'bill_month(date), for text resolved at run time';

CREATE FUNCTION accelcost_internal.bill_month(at timestamp with time zone, tz text) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_bill_month_timestamptz_zone';
COMMENT ON FUNCTION accelcost_internal.bill_month(timestamp with time zone, text) IS
    'bill_month(timestamptz, text), for text resolved at run time';

CREATE FUNCTION accelcost_internal.bill_day(at timestamp with time zone) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_bill_day_timestamp';
COMMENT ON FUNCTION accelcost_internal.bill_day(timestamp with time zone) IS
    'bill_day(timestamptz), for text resolved at run time';

CREATE FUNCTION accelcost_internal.next_month(day date) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_next_month';
COMMENT ON FUNCTION accelcost_internal.next_month(date) IS
    'next_month(date), for text resolved at run time';

CREATE FUNCTION accelcost_internal.allocate(total numeric, weights numeric[], digits integer) RETURNS numeric[]
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_allocate';
COMMENT ON FUNCTION accelcost_internal.allocate(numeric, numeric[], integer) IS
    'allocate(numeric, numeric[], integer), for text resolved at run time';

CREATE FUNCTION accelcost_internal.round_money(amount numeric, currency text, mode text) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_round_money';
COMMENT ON FUNCTION accelcost_internal.round_money(numeric, text, text) IS
    'round_money(numeric, text, text), for text resolved at run time';

CREATE FUNCTION accelcost_internal.tariff_cost(tariff @extschema@.tariff, quantity numeric) RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_cost';
COMMENT ON FUNCTION accelcost_internal.tariff_cost(@extschema@.tariff, numeric) IS
    'tariff_cost(tariff, numeric), for text resolved at run time';

CREATE FUNCTION accelcost_internal.tariff_cost(tariff @extschema@.tariff, quantity numeric, prior numeric)
    RETURNS numeric
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_tariff_cost_after';
COMMENT ON FUNCTION accelcost_internal.tariff_cost(@extschema@.tariff, numeric, numeric) IS
    'tariff_cost(tariff, numeric, numeric), for text resolved at run time';

CREATE FUNCTION accelcost_internal.minor_unit_digits(currency text) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'accelcost_minor_unit_digits';
COMMENT ON FUNCTION accelcost_internal.minor_unit_digits(text) IS
    'returns the decimals of the minor unit of an ISO 4217 currency; NULL if it has none';

-- Objects generated for users (statistics, rollups) belong to them and call public functions. Their schema is looked up
-- by the OID of the type, and arguments have exactly the declared types, so that no overload fits better.
CREATE FUNCTION accelcost_internal.value_schema() RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    RETURN (SELECT t.typnamespace::regnamespace::text FROM pg_type AS t WHERE t.oid = '@extschema@.tco'::regtype);
COMMENT ON FUNCTION accelcost_internal.value_schema() IS
    'returns the quoted schema of the types and of the functions over values';

CREATE FUNCTION accelcost_internal.tco_type() RETURNS regtype
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN '@extschema@.tco'::regtype;
COMMENT ON FUNCTION accelcost_internal.tco_type() IS
    'returns the type tco, for text resolved at run time';
