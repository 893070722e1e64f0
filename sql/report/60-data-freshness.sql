-- How recent the data is: what every scheduled report should be read beside.

CREATE VIEW accelcost.data_freshness WITH (security_invoker = true) AS
WITH import AS (
    SELECT b.export_name, b.provider_name, max(b.loaded_at) AS last_import
    FROM accelcost.import_batch AS b
    WHERE b.replaced_at IS NULL
    GROUP BY b.export_name, b.provider_name
)
SELECT 'usage' AS kind, u.source, u.provider,
       max(u.period_start) AS loaded_through,
       count(*) AS loaded_rows, NULL::timestamptz AS last_import, NULL::bigint AS rejected_rows
FROM accelcost.usage AS u
GROUP BY u.source, u.provider
UNION ALL
SELECT 'charge', c.export_name, c.provider_name, c.loaded_through, c.loaded_rows, i.last_import,
       coalesce(r.rows, 0)::bigint
FROM (SELECT h.export_name, h.provider_name,
             -- Purchases and fees can be dated ahead.
             max(h.charge_period_start) FILTER (WHERE isfinite(h.charge_period_start)
                                                AND h.charge_category IS NOT DISTINCT FROM 'Usage') AS loaded_through,
             count(*) AS loaded_rows
      FROM accelcost.charge AS h
      GROUP BY h.export_name, h.provider_name) AS c
LEFT JOIN import AS i ON i.export_name = c.export_name AND i.provider_name = c.provider_name
LEFT JOIN accelcost_internal.rejected_rows() AS r ON r.export_name = c.export_name;
COMMENT ON VIEW accelcost.data_freshness IS
    'how far usage and charges are loaded, by source and provider, and what imports rejected';
COMMENT ON COLUMN accelcost.data_freshness.kind IS 'usage or charge';
COMMENT ON COLUMN accelcost.data_freshness.source IS 'source of the usage, or name of the export';
COMMENT ON COLUMN accelcost.data_freshness.provider IS 'provider as usage or charges name it';
COMMENT ON COLUMN accelcost.data_freshness.loaded_through IS
    'latest start of a usage record, or of a charge for usage';
COMMENT ON COLUMN accelcost.data_freshness.loaded_rows IS 'records or charges';
COMMENT ON COLUMN accelcost.data_freshness.last_import IS
    'when the latest import of the export ran; NULL for usage';
COMMENT ON COLUMN accelcost.data_freshness.rejected_rows IS
    'rows left out by imports of the export that no later import replaced; NULL for usage';
GRANT SELECT ON accelcost.data_freshness TO @extowner@ WITH GRANT OPTION;
