-- Of a rollup of a table in schema PLACE, what its owner does; values are in schema OWN. planted.sh puts names there.
\set ON_ERROR_STOP on
PREPARE by_month AS SELECT * FROM PLACE.by_month;
EXECUTE by_month;
INSERT INTO PLACE.spend VALUES ('2026-07-06 10:00+00', 'a', '1 USD', 2), ('2026-07-06 10:00+00', 'b', '1 EUR', 3);
UPDATE PLACE.spend SET amount = 5, cost = '2 USD' WHERE team OPERATOR(pg_catalog.=) 'b'::pg_catalog.text;
DELETE FROM PLACE.spend WHERE team IS NULL;
EXECUTE by_month;
SELECT accelcost.rollup_fold(NULL::pg_catalog.regclass), accelcost.rollup_fold('PLACE.by_month'::pg_catalog.regclass);
SELECT accelcost.rollup_pause('PLACE.by_month'::pg_catalog.regclass);
UPDATE PLACE.spend SET amount = 6;
CALL accelcost.rollup_resume('PLACE.by_month'::pg_catalog.regclass, false);
CALL accelcost.rollup_repair('PLACE.by_month'::pg_catalog.regclass, false);
SELECT accelcost.rollup_renamed('PLACE.by_month'::pg_catalog.regclass);
SELECT accelcost.rollup_recompute('PLACE.by_month'::pg_catalog.regclass);
SELECT * FROM accelcost.rollup_verify('PLACE.by_month'::pg_catalog.regclass);
EXECUTE by_month;
\set value 'value => sum(OWN.tco_or_null(amount, ''USD''::pg_catalog.text, ''tax''::pg_catalog.text))'
CALL accelcost.rollup_create(
    'again'::pg_catalog.text, 'PLACE.spend'::pg_catalog.regclass, 'at'::pg_catalog.text,
    ARRAY['team', 'who => pg_catalog.upper(team)']::pg_catalog._text,
    ARRAY['cost', 'n => count(*)', :'value']::pg_catalog._text,
    'day'::pg_catalog.text, 'Asia/Kolkata'::pg_catalog.text, 'keep'::pg_catalog.text);
INSERT INTO PLACE.spend VALUES ('2026-07-06 20:00+00', 'a', '1 USD', 'NaN');
SELECT * FROM PLACE.again;
TRUNCATE PLACE.spend;
INSERT INTO PLACE.spend VALUES ('2026-07-05 10:00+00', 'a', '6 USD', 1), ('2026-08-05 10:00+00', NULL, NULL, NULL);
SELECT * FROM PLACE.again;
SELECT accelcost.rollup_drop('PLACE.again'::pg_catalog.regclass);
CREATE TABLE PLACE.whole (at pg_catalog.timestamptz, team pg_catalog.text, amount pg_catalog.numeric)
    PARTITION BY RANGE (at);
CREATE TABLE PLACE.july PARTITION OF PLACE.whole FOR VALUES FROM ('2026-07-01Z') TO ('2026-08-01Z');
CALL accelcost.rollup_create(
    'whole_month'::pg_catalog.text, 'PLACE.whole'::pg_catalog.regclass, 'at'::pg_catalog.text,
    ARRAY['team']::pg_catalog._text, ARRAY['amount']::pg_catalog._text, 'month'::pg_catalog.text,
    'UTC'::pg_catalog.text, 'keep'::pg_catalog.text);
INSERT INTO PLACE.whole VALUES ('2026-07-06 20:00+00', 'a', 1);
INSERT INTO PLACE.july VALUES ('2026-07-07 20:00+00', 'b', 2);
CREATE TABLE PLACE.august PARTITION OF PLACE.whole FOR VALUES FROM ('2026-08-01Z') TO ('2026-09-01Z');
INSERT INTO PLACE.whole VALUES ('2026-08-06 20:00+00', 'a', 3);
CALL accelcost.rollup_repair('PLACE.whole_month'::pg_catalog.regclass, false);
DROP TABLE PLACE.july;
CALL accelcost.rollup_repair('PLACE.whole_month'::pg_catalog.regclass, false);
SELECT * FROM accelcost.rollup_verify('PLACE.whole_month'::pg_catalog.regclass);
SELECT * FROM PLACE.whole_month;
TRUNCATE PLACE.august;
SELECT * FROM PLACE.whole_month;
SELECT accelcost.rollup_drop('PLACE.whole_month'::pg_catalog.regclass);
DROP TABLE PLACE.whole;
CALL accelcost.create_usage_rollup(
    'PLACE.usage'::pg_catalog.regclass, 'usage_hourly'::pg_catalog.text, 'hour'::pg_catalog.text,
    ARRAY['pool']::pg_catalog._text);
INSERT INTO PLACE.usage VALUES ('2026-07-05 10:20+00', 'OpenAI', 'gpt-5', 2);
SELECT period_start, provider, model, output_tokens, usage_rows FROM PLACE.usage_hourly;
SELECT model, total, usage_rows FROM PLACE.usage_hourly_monthly;
DROP VIEW PLACE.usage_hourly CASCADE;
SELECT accelcost.rollup_drop('PLACE.usage_hourly_sums'::pg_catalog.regclass);
EXECUTE by_month;
SET row_security = off;
SELECT total FROM accelcost.usage_monthly;
EXECUTE by_month;
BEGIN;
INSERT INTO accelcost.provider_alias (alias, provider) VALUES ('the first', 'Amazon') RETURNING alias_key, provider;
ROLLBACK;
\set ON_ERROR_STOP off
UPDATE accelcost.provider_alias SET note = 'a' WHERE builtin;
TRUNCATE accelcost.import_reject;
