-- What the report is made of: the lines of usage_monthly or of charge_monthly, read once.

CREATE TYPE accelcost_internal.report_line AS (
    month date, provider text, model text, team text, workload text, total numeric, egress numeric, tokens numeric,
    priced_tokens numeric, priced_cost numeric, usage_rows bigint, unpriced_rows bigint, estimated_rows bigint,
    reason text
);
COMMENT ON TYPE accelcost_internal.report_line IS
    'a line of the report; for charges, model is the service';

CREATE FUNCTION accelcost_internal.report_lines(
    month date, months integer, basis text, currency text, source regclass, rate_at timestamptz)
RETURNS accelcost_internal.report_line[]
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    WITH asked AS (
        SELECT (report_lines.month - make_interval(months => report_lines.months - 1))::date AS first_month
    ), line AS (
        SELECT u.month, u.provider, u.model, u.team, u.workload, u.total, u.egress, u.tokens, u.priced_tokens,
               u.priced_cost, u.usage_rows, u.unpriced_rows, u.estimated_rows, u.reason
        FROM asked AS a
        CROSS JOIN LATERAL accelcost.usage_monthly(a.first_month, report_lines.month, report_lines.currency,
                                                   report_lines.source, report_lines.rate_at) AS u
        WHERE report_lines.basis = 'modelled'
        UNION ALL
        -- Charges are not converted: what is billed in another currency is in no total.
        SELECT c.month, c.provider_name, c.service_name, NULL, NULL,
               CASE WHEN c.currency = report_lines.currency THEN @extschema@.total(c.cost) END, NULL, NULL, NULL, NULL,
               c.charges, CASE WHEN c.currency = report_lines.currency THEN c.unpriced_charges ELSE c.charges END, 0,
               CASE WHEN c.currency <> report_lines.currency THEN format('billed in %s', c.currency)
                    WHEN c.unpriced_charges > 0 THEN format('no %s cost', report_lines.basis) END
        FROM asked AS a
        CROSS JOIN accelcost.charge_monthly(CASE report_lines.basis WHEN 'modelled' THEN 'billed'
                                                                    ELSE report_lines.basis END) AS c
        WHERE report_lines.basis <> 'modelled' AND c.month BETWEEN a.first_month AND report_lines.month
    )
    SELECT coalesce(array_agg(l::accelcost_internal.report_line
                              ORDER BY l.month, l.total DESC NULLS LAST, l.provider, l.model, l.team, l.workload), '{}')
    FROM line AS l;
END;
COMMENT ON FUNCTION accelcost_internal.report_lines(date, integer, text, text, regclass, timestamptz) IS
    'returns the lines of the months of a report';

CREATE FUNCTION accelcost_internal.report_months(month date, months integer) RETURNS date[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT array_agg((report_months.month - make_interval(months => report_months.months - n.n))::date ORDER BY n.n)
    FROM generate_series(1, report_months.months) AS n (n);
END;
COMMENT ON FUNCTION accelcost_internal.report_months(date, integer) IS
    'returns the months of a report, of which the given one is the last';

-- The seven largest names, and the rest; amounts as charts take them.
CREATE TYPE accelcost_internal.report_series AS (names text[], amounts numeric[]);
COMMENT ON TYPE accelcost_internal.report_series IS
    'names, and for each its amounts by month, one after the other';

CREATE FUNCTION accelcost_internal.provider_series(lines accelcost_internal.report_line[], months date[])
RETURNS accelcost_internal.report_series
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    WITH known AS (
        SELECT coalesce(l.provider, '(no provider)') AS provider, l.month, l.total
        FROM unnest(provider_series.lines) AS l WHERE l.total IS NOT NULL
    ), ranked AS (
        SELECT k.provider, row_number() OVER (ORDER BY sum(abs(k.total)) DESC, k.provider) AS n
        FROM known AS k GROUP BY k.provider
    ), named AS (
        SELECT r.provider, least(r.n, 8) AS n,
               CASE WHEN r.n < 8 OR count(*) OVER () = 8 THEN r.provider
                    ELSE format('%s others', count(*) OVER () - 7) END AS name
        FROM ranked AS r
    ), cell AS (
        SELECT s.n, s.name, m.ordinal,
               (SELECT sum(k.total) FROM named AS d JOIN known AS k ON k.provider = d.provider
                WHERE d.n = s.n AND k.month = m.month) AS total
        FROM (SELECT d.n, min(d.name) AS name FROM named AS d GROUP BY d.n) AS s
        CROSS JOIN unnest(provider_series.months) WITH ORDINALITY AS m (month, ordinal)
    )
    SELECT ROW((SELECT array_agg(c.name ORDER BY c.n) FROM cell AS c WHERE c.ordinal = 1),
               (SELECT array_agg(c.total ORDER BY c.n, c.ordinal) FROM cell AS c))::accelcost_internal.report_series;
END;
COMMENT ON FUNCTION accelcost_internal.provider_series(accelcost_internal.report_line[], date[]) IS
    'returns the cost by month of the seven providers with most cost, and of all others';

CREATE FUNCTION accelcost_internal.model_series(lines accelcost_internal.report_line[], months date[])
RETURNS accelcost_internal.report_series
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    WITH known AS (
        SELECT l.model, l.month, sum(l.priced_cost) AS cost, sum(l.priced_tokens) AS tokens
        FROM unnest(model_series.lines) AS l
        WHERE l.model IS NOT NULL AND l.priced_tokens > 0.0
        GROUP BY l.model, l.month
    ), ranked AS (
        SELECT k.model, row_number() OVER (ORDER BY sum(k.cost) DESC, k.model) AS n
        FROM known AS k GROUP BY k.model
    ), cell AS (
        SELECT r.n, r.model, m.ordinal, @extschema@.per_million(k.cost, k.tokens) AS amount
        FROM ranked AS r
        CROSS JOIN unnest(model_series.months) WITH ORDINALITY AS m (month, ordinal)
        LEFT JOIN known AS k ON k.model = r.model AND k.month = m.month
        WHERE r.n <= 8
    )
    SELECT ROW((SELECT array_agg(c.model ORDER BY c.n) FROM cell AS c WHERE c.ordinal = 1),
               (SELECT array_agg(c.amount ORDER BY c.n, c.ordinal) FROM cell AS c))::accelcost_internal.report_series;
END;
COMMENT ON FUNCTION accelcost_internal.model_series(accelcost_internal.report_line[], date[]) IS
    'returns the cost per million tokens by month of the eight models with most cost';
