-- Lines of cost on a basis, with the labels that rules give.

CREATE FUNCTION accelcost_internal.check_basis(basis text) RETURNS text
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN accelcost_internal.check_word(accelcost_internal.check_given(basis, 'basis'),
                                         '{modelled,billed,effective}'::text[], 'basis');
COMMENT ON FUNCTION accelcost_internal.check_basis(text) IS
    'returns basis; raises an error unless it is modelled, billed or effective';

CREATE FUNCTION accelcost_internal.cost_rules() RETURNS accelcost.cost_rule[]
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN (SELECT array_agg(r) FROM accelcost.cost_rule AS r);
COMMENT ON FUNCTION accelcost_internal.cost_rules() IS 'returns all rules; NULL if there are none';

CREATE FUNCTION accelcost_internal.raw_lines(
    basis text, currency text, first_month date, last_month date, rate_at timestamptz, source regclass,
    export_name text, fields text[], tag text)
RETURNS SETOF accelcost_internal.cost_line
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT l.*
    FROM accelcost_internal.usage_lines(
             raw_lines.source, accelcost_internal.check_currency(coalesce(raw_lines.currency, 'USD')),
             raw_lines.first_month, raw_lines.last_month, raw_lines.rate_at, raw_lines.fields, raw_lines.tag) AS l
    WHERE raw_lines.basis = 'modelled'
    UNION ALL
    SELECT l.*
    FROM accelcost_internal.charge_lines(
             raw_lines.basis,
             CASE WHEN raw_lines.currency IS NOT NULL THEN accelcost_internal.check_currency(raw_lines.currency) END,
             raw_lines.first_month, raw_lines.last_month, raw_lines.rate_at, raw_lines.export_name, raw_lines.fields,
             raw_lines.tag) AS l
    WHERE raw_lines.basis <> 'modelled';
END;
COMMENT ON FUNCTION accelcost_internal.raw_lines(
    text, text, date, date, timestamptz, regclass, text, text[], text) IS
    'returns lines of usage on the basis modelled, and of charges on the basis billed or effective';

-- The tag is that of the one value "tag:..." in fields.
CREATE FUNCTION accelcost_internal.cost_lines(
    basis text, currency text, first_month date, last_month date, rate_at timestamptz, source regclass,
    export_name text, fields text[])
RETURNS SETOF accelcost_internal.cost_line
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
SET jit = off
SET enable_nestloop = off
BEGIN ATOMIC
    WITH asked AS MATERIALIZED (
        SELECT r.rules, cost_lines.fields || accelcost_internal.rule_fields(r.rules) AS fields,
               (SELECT substr(f.field, 5) FROM unnest(cost_lines.fields) AS f (field)
                WHERE f.field LIKE 'tag:_%' LIMIT 1) AS tag
        FROM (SELECT CASE WHEN cost_lines.fields && '{team,model,workload,component}'::text[]
                          THEN accelcost_internal.cost_rules() END AS rules) AS r
    ), raw AS MATERIALIZED (
        SELECT l.*
        FROM accelcost_internal.raw_lines(
                 accelcost_internal.check_basis(cost_lines.basis), cost_lines.currency, cost_lines.first_month,
                 cost_lines.last_month, cost_lines.rate_at, cost_lines.source, cost_lines.export_name,
                 (SELECT a.fields FROM asked AS a), (SELECT a.tag FROM asked AS a)) AS l
    ), labelled AS MATERIALIZED (
        SELECT b.subject,
               ROW((b.subject).is_usage, (b.subject).provider, (b.subject).account, (b.subject).sub_account,
                   (b.subject).service, (b.subject).sku, (b.subject).region, (b.subject).description,
                   (b.subject).tags, b.team, b.model, b.workload, b.component)::accelcost_internal.cost_subject
                   AS labelled
        FROM asked AS a
        CROSS JOIN LATERAL accelcost_internal.label_subjects(
                               (SELECT array_agg(DISTINCT r.subject) FROM raw AS r), a.rules) AS b
        WHERE a.rules IS NOT NULL
    )
    SELECT r.month, r.day, coalesce(b.labelled, r.subject), r.customer, r.feature, r.user_id, r.tag, r.service_tier,
           r.category, r.thing, r.item, r.unit, r.quantity, r.cost, r.currency, r.line_rows, r.unpriced_rows, r.reason
    FROM raw AS r
    LEFT JOIN labelled AS b ON b.subject = r.subject;
END;
COMMENT ON FUNCTION accelcost_internal.cost_lines(
    text, text, date, date, timestamptz, regclass, text, text[]) IS
    'returns lines of cost on a basis with the labels of rules and the fields that are asked for';
