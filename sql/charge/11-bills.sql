-- Which charges reports count: a bill belongs to one export.

-- Written so that the planner puts them into the query: a call per account would take longer than the import.
CREATE FUNCTION accelcost_internal.bill_account(account text) RETURNS text
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    -- Azure writes accounts as paths in one export and bare in another; spreadsheets take zeros off AWS accounts.
    RETURN CASE WHEN account ~ '^(.*/)? *[0-9-]*[1-9][0-9-]*[ /]*$'
                THEN ltrim(replace(substring(account FROM '([0-9-]+)[ /]*$'), '-', ''), '0')
                ELSE lower(regexp_replace(btrim(account, ' /'), '^.*/', '') COLLATE "C") END;
COMMENT ON FUNCTION accelcost_internal.bill_account(text) IS
    'returns a billing account as exports of one bill share it: its last part, in lower case, digits without zeros';

CREATE FUNCTION accelcost_internal.bill_of(provider text, billing_account_id text, period_start timestamptz)
    RETURNS text
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    -- A period begins at midnight of a first day, wherever the provider is.
    RETURN ARRAY[provider, accelcost_internal.bill_account(billing_account_id),
                 to_char(accelcost_internal.bill_month(period_start + interval '15 hours')::timestamp,
                         'YYYY-MM')]::text;
COMMENT ON FUNCTION accelcost_internal.bill_of(text, text, timestamptz) IS
    'returns the bill that a billing period is of: provider by its catalog name, account and month';

CREATE FUNCTION accelcost_internal.period_words(
    provider_name text, billing_account_id text, period_start timestamptz) RETURNS text
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN concat_ws(' ', left(provider_name, 60), left(billing_account_id, 60),
                     to_char(period_start AT TIME ZONE 'UTC', 'YYYY-MM-DD'));
COMMENT ON FUNCTION accelcost_internal.period_words(text, text, timestamptz) IS
    'returns how messages of imports name a billing period: provider, account and first day';

CREATE FUNCTION accelcost_internal.is_reported(asked text, export_name text, beside boolean) RETURNS boolean
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN asked IS NULL THEN beside IS NOT TRUE ELSE export_name = asked END;
COMMENT ON FUNCTION accelcost_internal.is_reported(text, text, boolean) IS
    'returns whether a report that is asked for an export reads a charge; asked for none, it leaves out those beside';

CREATE FUNCTION accelcost_internal.bills_counted_twice(export_name text)
RETURNS TABLE (provider_name text, billing_account_id text, billing_period_start timestamptz, export_name text,
               bill text, others text)
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    WITH unit AS (
        SELECT c.provider_name, c.billing_account_id, c.billing_period_start, c.export_name
        FROM accelcost.charge AS c
        -- Charges that were not imported correct those of an export.
        WHERE c.beside IS NOT TRUE AND c.export_name <> 'manual'
        GROUP BY c.provider_name, c.billing_account_id, c.billing_period_start, c.export_name
    ), seller AS MATERIALIZED (
        SELECT p.provider_name, coalesce(accelcost_internal.provider_name(p.provider_name), p.provider_name) AS provider
        FROM (SELECT DISTINCT u.provider_name FROM unit AS u) AS p
    ), named AS (
        SELECT u.*, accelcost_internal.bill_of(s.provider, u.billing_account_id, u.billing_period_start) AS bill
        FROM unit AS u JOIN seller AS s ON s.provider_name = u.provider_name
    )
    SELECT n.provider_name, n.billing_account_id, n.billing_period_start, n.export_name, n.bill,
           string_agg(DISTINCT format('"%s"', o.export_name), ', ')
    FROM named AS n
    JOIN named AS o ON o.bill = n.bill AND o.export_name <> n.export_name
    WHERE bills_counted_twice.export_name IS NULL OR n.export_name = bills_counted_twice.export_name
    GROUP BY n.provider_name, n.billing_account_id, n.billing_period_start, n.export_name, n.bill;
END;
COMMENT ON FUNCTION accelcost_internal.bills_counted_twice(text) IS
    'returns billing periods whose bill reports count in other exports, too, and these exports';
