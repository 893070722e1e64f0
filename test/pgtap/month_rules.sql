-- Rules that give costs labels: the first match wins, a pattern is no program, and labels partition the cost.
BEGIN;
SELECT plan(68);
SET LOCAL timezone = 'Pacific/Kiritimati'; -- no result depends on it

\ir ../include/error_hint.sql

INSERT INTO accelcost.charge (provider_name, billing_account_id, sub_account_id, billing_period_start,
                              charge_period_start, charge_category, service_category, service_name, sku_id, region_id,
                              charge_description, billing_currency, billed_cost, tags)
SELECT v.provider, 'acme', v.sub, '2026-07-01Z', '2026-07-05Z', 'Usage', v.cat, v.service, v.sku, v.region,
       v.description, 'USD', v.cost, v.tags::jsonb
FROM (VALUES
    ('Amazon Web Services', 'shop', 'Compute', 'EC2', 'p5.48xlarge', 'us-east-1', '100% of p5_48 hours', 1.0,
        '{"team": "red", "env": "prod"}'),
    ('AWS', 'Shop-Dev', 'Compute', 'EC2', 'g6.xlarge', 'us-east-1', 'g6 hours', 2, '{"env": "dev"}'),
    ('AWS', NULL, 'Storage', 'S3', 'storage', 'us-west-2', 'a.b*c', 4,
        $t${"Team": "blue", "odd \"key.:": "x", "n": 5, "": "e"}$t$),
    ('Seller', NULL, NULL, NULL, NULL, NULL, NULL, 8, NULL),
    ('Seller', 'x', 'Compute', 'ec2 clone', 'p5x48xlarge', 'eu', 'Ünïcode 50%', 16,
        '{"team": "", "CostCenter": "cc-1"}'))
    AS v (provider, sub, cat, service, sku, region, description, cost, tags);
CREATE FUNCTION pg_temp.teams(basis text DEFAULT 'billed') RETURNS TABLE (team text, cost numeric)
    LANGUAGE sql AS $$ SELECT team, sum(cost) FROM accelcost.labelled_cost('2026-07-01', basis => basis) GROUP BY 1 $$;

-- ---- without rules -------------------------------------------------------------------

SELECT set_eq($$SELECT * FROM pg_temp.teams()$$, $$VALUES ('red', 1::numeric), ('blue', 4), (NULL, 26)$$,
    'charges have the team of their tags');
SELECT set_eq($$SELECT provider, component, cost FROM accelcost.labelled_cost('2026-07-01', basis => 'billed')$$,
    $$VALUES ('AWS', 'compute', 1::numeric), ('AWS', 'compute', 2), ('AWS', 'storage', 4), ('Seller', 'other', 8),
        ('Seller', 'compute', 16)$$,
    'and the component that charge_monthly gives them');
SELECT results_eq($$SELECT provider, account, sub_account, service, sku, cost, percent
    FROM accelcost.untagged_cost('2026-07-01', basis => 'billed') ORDER BY cost DESC$$,
    $$VALUES ('Seller', 'acme', 'x', 'ec2 clone', 'p5x48xlarge', 16::numeric, 51.61::numeric), ('Seller', 'acme', NULL,
        NULL, NULL, 8, 25.81),
             ('AWS', 'acme', 'Shop-Dev', 'EC2', 'g6.xlarge', 2, 6.45)$$, 'what has no team, with its share');
SELECT is((SELECT sum(cost) FROM accelcost.untagged_cost WHERE basis = 'billed'), 26.0000000000,
    'the view has the same');
SELECT is((SELECT sum(percent) FROM accelcost.untagged_cost('2026-07-01', label => 'model', basis => 'billed')), 100.00,
    'nothing has a model');
SELECT is_empty($$SELECT * FROM accelcost.untagged_cost('2026-06-01', basis => 'billed')$$,
    'other months have nothing');

-- ---- patterns ----------------------------------------------------------------------------

CREATE FUNCTION pg_temp.matched(rule text) RETURNS numeric LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM accelcost.cost_rule;
    EXECUTE format('INSERT INTO accelcost.cost_rule (name, priority, replaces, team, %I) '
                   'VALUES (''r'', 1, true, ''hit'', %L)',
                   split_part(rule, '=', 1), substr(rule, strpos(rule, '=') + 1));
    RETURN (SELECT sum(cost) FROM pg_temp.teams() WHERE team = 'hit');
END
$$;
SELECT is(pg_temp.matched(rule), cost, rule)
FROM (VALUES
    ('provider=AWS', 7.0), ('provider=amazon web services', 7), ('provider=s*', 24), ('provider=Se', NULL),
    ('account=ACME', 31), ('account=shop*', 3), ('account=shop', 1),
    ('service=EC2', 3), ('service=*c2*', 19),
    ('sku=p5.48xlarge', 1), ('sku=P5*', 17), ('sku=p5_48xlarge', NULL), ('sku=*', 23),
    ('region=us-*-?', NULL), ('region=us-*', 7),
    ('description=100%*', 1), ('description=%', NULL), ('description=*50%', 16), ('description=a.b*c', 4),
    ('description=(a', NULL), ($t$description=\$t$, NULL), ($t$description=*\$t$, NULL),
    ('tags={"env": "*"}', 3), ('tags={"env": "prod", "team": "r*"}', 1), ('tags={"env": "prod", "Team": "*"}', NULL),
    ($t$tags={"odd \"key.:": "X"}$t$, 4), ('tags={"n": "5"}', 4), ('tags={"": "e"}', 4), ('tags={"team": "*"}', 1))
    AS r (rule, cost);

-- ---- order, replacement, tags as labels -------------------------------------------------------

DELETE FROM accelcost.cost_rule;
INSERT INTO accelcost.cost_rule (name, priority, sku, team, workload, model, component, replaces) VALUES
    ('second', 20, 'p5*', 'b', 'training', 'm1', 'c1', false), ('first', 10, 'p5x*', 'a', NULL, NULL, NULL, false),
    ('last', 99, NULL, 'rest', 'inference', 'm2', 'c2', false);
SELECT set_eq($$SELECT * FROM pg_temp.teams()$$, $$VALUES ('red', 1::numeric), ('blue', 4), ('a', 16), ('rest', 10)$$,
    'the first match wins, and fills only what has no team');
SELECT set_eq($$SELECT workload, model, sum(cost) AS cost
                FROM accelcost.labelled_cost('2026-07-01', basis => 'billed') GROUP BY 1, 2$$,
    $$VALUES ('training', 'm1', 17::numeric), ('inference', 'm2', 14)$$,
        'each label has the first match that gives it');
UPDATE accelcost.cost_rule SET replaces = true WHERE name = 'last';
SELECT set_eq($$SELECT * FROM pg_temp.teams()$$, $$VALUES ('red', 1::numeric), ('a', 16), ('rest', 14)$$,
    'a rule that replaces does so where it is the first match');
UPDATE accelcost.cost_rule SET priority = CASE name WHEN 'last' THEN 10 WHEN 'first' THEN 99 ELSE 20 END;
SELECT set_eq($$SELECT * FROM pg_temp.teams()$$, $$VALUES ('rest', 31::numeric)$$,
    'priorities can be swapped in one statement');
DELETE FROM accelcost.cost_rule;
INSERT INTO accelcost.cost_rule (name, priority, team, component) VALUES ('cost center', 1, 'tag:CostCenter', NULL),
    ('env', 2, 'tag:env', 'tag:none');
SELECT set_eq($$SELECT * FROM pg_temp.teams()$$, $$VALUES ('red', 1::numeric), ('blue', 4), ('cc-1', 16), ('dev', 2),
    (NULL, 8)$$,
    'a label can be the value of a tag; a rule whose tag is missing gives none');
INSERT INTO accelcost.cost_rule (name, priority, applies_to, team) VALUES ('usage', 3, 'usage', 'u');
SELECT is((SELECT cost FROM pg_temp.teams() WHERE team = 'u'), NULL, 'rules for usage leave charges alone');

-- ---- preview ------------------------------------------------------------------------------------

DELETE FROM accelcost.cost_rule;
INSERT INTO accelcost.cost_rule (name, priority, provider, team, replaces) VALUES ('aws', 10, 'AWS', 'cloud', true);
CREATE TEMP TABLE before AS SELECT * FROM accelcost.labelled_cost('2026-07-01', basis => 'billed');
CREATE TEMP TABLE preview AS SELECT * FROM accelcost.cost_rule_preview('2026-07-01', basis => 'billed', priority => 5,
    sku => 'p5*', team => 'gpu', replaces => true);
SELECT set_eq($$SELECT label, value_before, value_after, provider_name, cost, line_rows FROM preview$$,
    $$VALUES ('team', 'cloud', 'gpu', 'AWS', 1::numeric, 1::bigint), ('team', NULL, 'gpu', 'Seller', 16, 1)$$,
        'a preview shows what a rule would move');
SELECT set_eq($$SELECT * FROM accelcost.labelled_cost('2026-07-01', basis => 'billed')$$, $$SELECT *
    FROM before$$, 'and moves nothing');
INSERT INTO accelcost.cost_rule (name, priority, sku, team, replaces) VALUES ('gpu', 5, 'p5*', 'gpu', true);
SELECT set_eq($$SELECT team, sum(cost) AS cost FROM accelcost.labelled_cost('2026-07-01', basis => 'billed')
    GROUP BY 1$$,
    $$SELECT team, sum(cost) AS cost FROM (SELECT team, cost FROM before UNION ALL SELECT value_before, -cost
        FROM preview
                                           UNION ALL SELECT value_after, cost FROM preview) AS m
      GROUP BY 1 HAVING sum(cost) <> 0$$, 'the rule, once added, moves just that');
SELECT is_empty($$SELECT * FROM accelcost.cost_rule_preview('2026-07-01', basis => 'billed', priority => 11,
    provider => 'AWS', team => 'late', replaces => true)$$,
    'a rule behind one that matches moves nothing');
SELECT is((SELECT sum(cost) FROM accelcost.cost_rule_preview('2026-07-01', basis => 'billed', priority => 10,
               provider => 'AWS', team => 'tie', replaces => true)), 6::numeric,
    'one of the same priority comes before it');
SELECT throws_ok($$SELECT * FROM accelcost.cost_rule_preview('2026-07-01')$$, '22023', 'the rule gives no label',
    'a rule has a label');
SELECT throws_ok($$SELECT * FROM accelcost.cost_rule_preview('2026-07-01', team => 'x', tags => '[]')$$, '22023', NULL,
    'and valid patterns');
SELECT throws_ok($$SELECT * FROM accelcost.cost_rule_preview('2026-07-01', team => 'x', applies_to => 'all')$$, '22023',
    NULL, 'and words');

-- ---- the table --------------------------------------------------------------------------------------

SELECT matches(pg_temp.error_of('INSERT INTO accelcost.cost_rule (name, priority, ' || c || ') VALUES (''x'', 77, ' || v
    || ')'), e, concat(c, ': ', v))
FROM (VALUES ('team, tags', '''a'', ''[1]''', '"tags".*object of tag names'), ('team, tags',
    '''a'', ''{"a": {"b": "c"}}''', '"tags"'),
             ('team, tags', '''a'', ''{"a": ["x"]}''', '"tags"'), ('team, tags', '''a'', ''{"a": ""}''', '"tags"'),
             ('team, sku', '''a'', ''''', '"sku".*any text'), ('sku', '''a''', 'Give a team, model'), ('team',
                 '''tag:''', '"team".*tag'),
             ('team, applies_to', '''a'', ''all''', 'both.*usage.*charges')) AS t (c, v, e);

-- ---- usage ----------------------------------------------------------------------------------------------

DELETE FROM accelcost.cost_rule;
INSERT INTO accelcost.provider (provider, kind, source) VALUES ('Nord', 'api', 'test');
INSERT INTO accelcost.token_price (provider, model, input_price, output_price, valid) VALUES ('Nord', 'plain', 1, 1,
    '[2025-01-01 00:00+00,)');
INSERT INTO accelcost.usage (record_id, period_start, provider, payer, sub_account, model, team, feature, customer,
    uncached_input_tokens, extra) VALUES
    ('1', '2026-07-01Z', 'Nord', 'acme', 'p1', 'plain', 'red', 'chat', 'c', 1000000, '{"env": "prod"}'), ('2',
        '2026-07-02Z', 'Nord', NULL, 'p2', 'plain', NULL, 'chat', NULL, 2000000, '{}'),
    ('3', '2026-07-31 23:59:59Z', 'Nord', 'acme', NULL, 'plain', NULL, NULL, 'c', 4000000, '{"env": "dev"}'), ('4',
        '2026-07-02Z', 'Nord', NULL, NULL, 'none', NULL, NULL, NULL, 1, '{}');
SELECT set_eq($$SELECT team, model, cost, line_rows, unpriced_rows, reason FROM accelcost.labelled_cost('2026-07-01')$$,
    $$VALUES ('red', 'plain', 1::numeric, 1::bigint, 0::bigint, NULL), (NULL, 'plain', 6, 2, 0, NULL), (NULL, 'none',
        NULL, 1, 1, 'no price for model "none"')$$, 'usage has its own team and model');
INSERT INTO accelcost.cost_rule (name, priority, tags, account, service, team, workload, replaces) VALUES
    ('chat', 1, '{"feature": "chat"}', NULL, NULL, 'web', NULL, false), ('p', 2, '{"customer": "c", "env": "dev"}',
        'acme', 'PLAIN', 'dev', 'training', true);
SELECT set_eq($$SELECT team, workload, cost FROM accelcost.labelled_cost('2026-07-01') WHERE model = 'plain'$$,
    $$VALUES ('red', 'inference', 1::numeric), ('web', 'inference', 2), ('dev', 'training', 4)$$,
        'rules see its feature, customer, extra, accounts and model');
SELECT is((SELECT (cost, percent, unpriced_rows) FROM accelcost.untagged_cost('2026-07-01')), (NULL::numeric,
    NULL::numeric, 1::bigint), 'the unpriced is untagged, at an unknown cost');

-- ---- labels partition the cost --------------------------------------------------------------------------

DELETE FROM accelcost.cost_rule;
INSERT INTO accelcost.cost_rule (name, priority, applies_to, provider, account, tags, service, sku, region, team, model,
    workload, component, replaces)
SELECT 'g' || i, i, (ARRAY['both', 'usage', 'charges'])[1 + i % 3], CASE WHEN i % 5 = 0 THEN (ARRAY['AWS', 'Open*',
    '*ve'])[1 + i % 3] END, CASE WHEN i % 7 = 0 THEN 'a*' END,
       CASE WHEN i % 4 = 0 THEN jsonb_build_object('env', 'e' || i % 3) END, CASE WHEN i % 6 = 0 THEN '*4*' END,
           CASE WHEN i % 8 = 0 THEN 'p5*' END, CASE WHEN i % 9 = 0 THEN 'us*' END,
       CASE WHEN i % 2 = 0 THEN 't' || i % 5 END, CASE WHEN i % 11 = 0 THEN 'm' END,
           CASE WHEN i % 3 = 0 THEN 'w' || i END, CASE WHEN i % 2 = 1 THEN 'tag:env' END, i % 3 = 1
FROM generate_series(1, 40) AS i WHERE i % 4 + i % 5 + i % 6 <> 0;
\ir ../include/mixed_usage.sql
-- shares of a bill that have no end
INSERT INTO accelcost.usage (record_id, period_start, provider, payer, region, transfer_quantity, transfer_unit,
    feature)
SELECT 's' || i || ' ' || p, '2026-06-02Z', 'AWS', 'payer ' || p, 'us-east-1', 1000 + p / 7.0, 'GB', 'f' || i
FROM generate_series(1, 7) AS i, generate_series(1, 5) AS p;
-- hours over the end of a month and over a change of price, sessions, corrections that cancel out
INSERT INTO accelcost.usage (record_id, period_start, period_end, provider, region, sku, instance_hours, team, feature,
    is_session, transfer_quantity, extra)
SELECT 'h' || i, timestamptz '2026-06-28Z' + i * interval '3 hours', timestamptz '2026-06-30Z' + i * interval '7 hours',
    'CoreWeave', 'US', 'H100 (8x)', i / 7.0, 'h', 'f' || i % 3,
       i % 5 = 0, NULL, jsonb_build_object('env', 'e' || i % 4) FROM generate_series(1, 40) AS i;
INSERT INTO accelcost.usage (record_id, period_start, provider, region, transfer_quantity, transfer_unit, feature)
VALUES ('c1', '2026-06-02Z', 'AWS', 'eu-west-1', 50, 'GB', 'x'), ('c2', '2026-06-02Z', 'AWS', 'eu-west-1', -50, 'GB',
    'y');
INSERT INTO accelcost.charge (provider_name, billing_account_id, sub_account_id, billing_period_start,
    charge_period_start, charge_category, service_category, service_name, sku_id, region_id, billing_currency,
    billed_cost, effective_cost, tags)
SELECT (ARRAY['AWS', 'CoreWeave'])[1 + i % 2], 'a' || i % 3, 's' || i % 4, '2026-06-01Z',
    timestamptz '2026-06-01Z' + i * interval '37 minutes', 'Usage', 'Compute', 'S' || i % 9, 'p' || i % 7,
    'us-' || i % 3, (ARRAY['USD', 'EUR'])[1 + i % 5 / 4],
       round(hashint8(i) / 7.0, 12), round(hashint8(i) / 13.0, 9), jsonb_build_object('env', 'e' || i % 3, 'team',
           't' || i % 2)
FROM generate_series(1::bigint, 2000) AS i;
SELECT is((SELECT (sum(cost), sum(line_rows), sum(unpriced_rows)) FROM accelcost.labelled_cost('2026-06-01',
    '2026-08-01')),
    (SELECT (sum(total), sum(usage_rows), sum(unpriced_rows)) FROM accelcost.usage_monthly('2026-06-01', '2026-08-01')),
        'labels partition the cost of usage to the last digit');
SELECT is((SELECT bool_and(is_complete) FROM accelcost.labelled_cost('2026-06-01', currency => 'EUR')), false,
    'without an exchange rate it is incomplete');
SELECT set_eq($$SELECT month, currency, sum(cost) AS cost, sum(line_rows)::bigint AS n
    FROM accelcost.labelled_cost('2026-06-01', '2026-07-01', 'effective') WHERE provider IN ('AWS', 'CoreWeave')
    AND cost IS NOT NULL GROUP BY 1, 2$$,
    $$SELECT bill_month(charge_period_start) AS month, billing_currency, sum(effective_cost) AS cost, count(*) AS n
        FROM accelcost.charge WHERE effective_cost IS NOT NULL GROUP BY 1, 2$$, 'and that of charges');
INSERT INTO accelcost.charge (provider_name, billing_account_id, billing_period_start, charge_period_start,
                              charge_category, billing_currency, billed_cost)
VALUES ('Ends', 'a', '2026-06-01Z', 'infinity', 'Usage', 'USD', 1),
       ('Ends', 'a', '2026-06-01Z', '-infinity', 'Usage', 'USD', 2),
       ('Ends', 'a', '2026-06-01Z', '2026-07-01Z', 'Usage', 'USD', 4),
       ('Ends', 'a', '2026-06-01Z', '2026-06-30 23:59:59.999999Z', 'Usage', 'USD', 8);
SELECT set_eq($$SELECT first, (SELECT sum(cost) FROM accelcost.labelled_cost(first, basis => 'billed')
                               WHERE provider = 'Ends') AS cost
                FROM unnest('{2026-06-01,2026-07-01,NULL}'::date[]) AS first$$,
    $$VALUES ('2026-06-01'::date, 8::numeric), ('2026-07-01', 4), (NULL, 15)$$, 'no charge is lost between months');
DELETE FROM accelcost.charge WHERE provider_name = 'Ends';
-- By day, as a budget adds them up: the records of usage_cost, those that began in another month on the first.
INSERT INTO accelcost.budget (name, basis, amount, first_month) VALUES ('all', 'modelled', 1, '2026-06-01');
CREATE TEMP TABLE by_day AS
SELECT month, greatest(bill_day(period_start), month) AS day, sum(cost) AS cost
FROM accelcost.usage_cost(first_month => '2026-06-01', last_month => '2026-07-01') GROUP BY 1, 2;
SELECT is_empty($$
    SELECT d, b.spent, c.cost FROM generate_series('2026-06-01'::date, '2026-07-31', interval '9 days') AS d
    CROSS JOIN LATERAL accelcost.budget_burn(d::date, d::date) AS b
    CROSS JOIN LATERAL (SELECT total(sum(cost)) AS cost FROM by_day WHERE month = bill_month(d::date) AND day <= d) AS c
    WHERE abs(b.spent - c.cost) > 1e-7 OR b.spent IS NULL OR c.cost IS NULL$$, 'and by day it is that of usage_cost');
-- Each rule by a loop over the rules, as a reader would do it, against the set-based labels.
SELECT is_empty($$
    WITH one AS (SELECT c.*, row_number() OVER () AS n FROM accelcost.charge AS c WHERE batch IS NULL
        AND billed_cost <> effective_cost),
    fit AS (SELECT o.n, r.priority, r.replaces, r.team, o.tags->>'team' AS own FROM one AS o
        JOIN accelcost.cost_rule AS r ON r.applies_to <> 'usage' AND r.team IS NOT NULL
              AND (r.provider IS NULL OR o.provider_name ~* ('^' || replace(r.provider, '*', '.*') || '$'))
                  AND (r.account IS NULL OR o.billing_account_id ~ '^a')
              AND (r.tags IS NULL OR o.tags->>'env' = r.tags->>'env') AND (r.service IS NULL OR o.service_name ~ '4')
                  AND (r.sku IS NULL OR o.sku_id ~ '^p5') AND (r.region IS NULL OR o.region_id ~ '^us')),
    first AS (SELECT DISTINCT ON (n) n, CASE WHEN replaces THEN team ELSE coalesce(own, team) END AS team FROM fit
        ORDER BY n, priority)
    SELECT team, currency, sum(cost) FROM (
        SELECT coalesce(f.team, o.tags->>'team') AS team, o.billing_currency AS currency, o.effective_cost AS cost
            FROM one AS o LEFT JOIN first AS f USING (n)
        UNION ALL SELECT team, currency, -cost FROM accelcost.labelled_cost('2026-06-01', '2026-07-01', 'effective')
            WHERE cost IS NOT NULL) AS d
    GROUP BY 1, 2 HAVING sum(cost) <> 0$$, 'labels are those of a loop over the rules');

-- ---- tags that are no object --------------------------------------------------

DELETE FROM accelcost.charge;
DELETE FROM accelcost.cost_rule;
INSERT INTO accelcost.charge (provider_name, billing_account_id, billing_currency, billing_period_start,
                              charge_period_start, charge_category, billed_cost, tags, allocated_tags)
SELECT 'P', 'a', 'USD', '2026-07-01Z', '2026-07-02Z', 'Usage', t.cost, t.tags, t.allocated
FROM (VALUES (1, '{"team": "x"}'::jsonb, 'null'::jsonb), (2, 'null', '{"team": "y"}'), (4, '{"team": "x"}', '[1]'),
             (8, '["team"]', NULL), (16, 'null', 'null')) AS t (cost, tags, allocated);
SELECT set_eq($$SELECT team, cost FROM accelcost.labelled_cost('2026-07-01', basis => 'billed')$$,
              $$VALUES ('x', 5::numeric), ('y', 2), (NULL, 24)$$, 'the null of JSON hides no tags of charges');
CREATE TABLE odd_extra AS
SELECT n::text AS record_id, '2026-07-02Z'::timestamptz AS period_start, 'OpenAI' AS provider, 'gpt-5' AS model,
       100000 * n AS output_tokens, 'f' AS feature, e.extra::jsonb
FROM unnest('{null,"[1]","\"text\""}'::text[]) WITH ORDINALITY AS e (extra, n);
UPDATE odd_extra SET extra = 'null' WHERE extra IS NULL;
INSERT INTO accelcost.cost_rule (name, priority, tags, team) VALUES ('f', 1, '{"feature": "f"}', 'of f');
SELECT set_eq($$SELECT team, cost FROM accelcost.labelled_cost('2026-07-01', source => 'odd_extra')$$,
              $$VALUES ('of f', 6::numeric)$$, 'nor of usage');

SELECT * FROM finish();
ROLLBACK;
