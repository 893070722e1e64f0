#!/usr/bin/env bash
# A database that uses the extension, dumped and restored in any format, is the
# same database; so is a table that went through COPY BINARY.
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"

new_database life_source
sql life_source 'CREATE EXTENSION accelcost CASCADE' "
CREATE TYPE offer AS (name text, cost tco);
CREATE DOMAIN spend AS tco CHECK (VALUE >= 0);
CREATE TABLE kept (
    id int PRIMARY KEY, cost tco DEFAULT '0 USD' CHECK (cost IS NULL OR currency(cost) <> 'ABC'), monthly tco[],
        part tco_avg_state,
    parts tco_avg_state[], offer offer, offers offer[], spend spend, at timestamptz,
        month date GENERATED ALWAYS AS (bill_month(at)) STORED
);
INSERT INTO kept
SELECT n, cost, ARRAY[cost, NULL, -cost], tco_avg_add('0', cost),
    ARRAY[tco_avg_merge('7 1 USD', tco_avg_add('0', cost)), '0'], ('it''s', cost)::offer,
       ARRAY[('a', cost)::offer, NULL],
       CASE WHEN cost >= 0 THEN cost END, '2024-01-15 00:00+00'::timestamptz + n * interval '1 day'
FROM (SELECT n, make_tco(tax => h * 1e-18, compute => h * 1e-3, credit => -abs(h) * 1e-9) AS cost
      FROM generate_series(1, 200) AS n, LATERAL (SELECT hashint8extended(n,
          0)::numeric AS h) AS hashed) AS generated;
INSERT INTO kept (id, cost, monthly, part) VALUES
    (1001, '-170141183460469231731.687303715884105728 A_b_C_d_E_12', '{}',
        '9223372036854775807 170141183460469231731.687303715884105727 tokens'), (1002, NULL, NULL, NULL),
        (1003, '0 EUR', '{{1 USD,2 EUR},{3 USD,NULL}}', '0');
CREATE INDEX kept_cost ON kept (cost);
CREATE INDEX kept_hash ON kept USING hash (cost);
CREATE INDEX kept_month ON kept (bill_month(at));
CREATE TABLE spread (cost tco PRIMARY KEY) PARTITION BY HASH (cost);
CREATE TABLE spread_0 PARTITION OF spread FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE spread_1 PARTITION OF spread FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO spread SELECT DISTINCT cost FROM kept WHERE cost IS NOT NULL;
CREATE VIEW by_month AS SELECT bill_month(at) AS month, sum(cost), avg(cost), sum(cost) * 1.1 AS dearer FROM kept
    WHERE cost > 0.5 AND currency(cost) = 'USD' GROUP BY 1;
CREATE MATERIALIZED VIEW rollup AS SELECT month, sum(cost) AS cost, round(sum(cost), 2) AS cents FROM kept
    WHERE id <= 200 GROUP BY month;
CREATE TYPE meter AS (name text, price tariff);
CREATE DOMAIN closed AS tariff CHECK (VALUE IS NULL OR VALUE::jsonb->'tiers'-> -1->>'upto' IS NOT NULL);
CREATE TABLE priced (
    id int PRIMARY KEY, price tariff DEFAULT 'graduated: 0' CHECK (tariff_cost(price, 0) < 1000), earlier tariff[],
        part tariff_state, parts tariff_state[], meter meter, closed closed,
    base numeric GENERATED ALWAYS AS (tariff_cost(price, 0)) STORED
);
INSERT INTO priced
SELECT n, price, ARRAY[price, NULL, 'package 0.000000000000000001 allowance 0.1: 5'],
    tariff_state_add('0 3 0', n * 1e-36 - 1, price), ARRAY[tariff_state_add('0 0 0', n, price), '0 0 0'],
    ('it''s', price)::meter, CASE WHEN n % 3 = 0 THEN price END
FROM (SELECT n, tariff(array_agg(CASE WHEN i < tiers OR n % 3 = 0 THEN i * 1000 + n * 1e-18 END ORDER BY i),
    array_agg(round(h * 1e-18 / i, 18) ORDER BY i), CASE n % 2 WHEN 0 THEN 'graduated' ELSE 'volume' END,
    array_agg(i % 3 ORDER BY i), n % 5 * 0.1) AS price
      FROM generate_series(1, 100) AS n, LATERAL (SELECT CASE n % 20 WHEN 0 THEN 400 ELSE n % 5 + 1 END AS tiers,
          (hashint8extended(n, 0) & 9223372036854775807)::numeric AS h) AS g, generate_series(1, tiers) AS i
          GROUP BY n) AS generated;
INSERT INTO priced (id, price, earlier, part) VALUES (1001, NULL, NULL, NULL),
    (1002, 'package 10: 100', '{}', '0 9223372036854775807 0'),
    (1003, 'graduated: 170141183460469231731.687303715884105726 upto 170141183460469231731.687303715884105726',
    '{{graduated: 1},{NULL}}', '9223372036854775807 0 -170141183460469231731.687303715884105728 graduated: 1');
CREATE INDEX priced_price ON priced (price) WHERE id < 1000 AND id % 20 > 0;
CREATE INDEX priced_hash ON priced USING hash (price);
CREATE TABLE offered (price tariff PRIMARY KEY) PARTITION BY HASH (price);
CREATE TABLE offered_0 PARTITION OF offered FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE offered_1 PARTITION OF offered FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO offered SELECT DISTINCT price FROM priced WHERE id % 20 > 0 AND price IS NOT NULL;
CREATE VIEW bill AS SELECT price, tiered_cost(id, price) AS cost, tariff_marginal(price, 0) AS marginal FROM priced
    WHERE price <> 'graduated: 0' GROUP BY price;
CREATE VIEW bill_line AS SELECT id, line.* FROM priced, tariff_lines(price, 500) AS line;
CREATE MATERIALIZED VIEW best AS SELECT tariff_agg(id, id) AS t,
    tariff_state_merge(min(part::text)::tariff_state, '0 1 0') AS part FROM priced WHERE id < 5;
CREATE FUNCTION yearly(monthly tco) RETURNS tco LANGUAGE sql IMMUTABLE RETURN monthly * 12;
INSERT INTO accelcost.charge (provider_name, billing_account_id, billing_period_start, charge_period_start,
    billing_currency, billed_cost, tags)
SELECT 'AWS', 'a' || n % 3, '2024-03-01 00:00+00', '2024-03-01 00:00+00'::timestamptz + n * interval '1 hour', 'USD',
    n * 1.000000000000000000000000000001, '{\"team\": \"a\"}' FROM generate_series(1, 50) AS n;
INSERT INTO accelcost.invoice_detail (invoice_issuer_name, invoice_id, invoice_detail_id, billing_account_id,
    billing_period_start, billing_currency, billed_cost, invoice_detail_grain)
VALUES ('AWS', 'i', '1', 'a', '2024-03-01 00:00+00', 'USD', 1.000000000000000000000000000001,
    '{\"RegionId\": \"us\"}');
INSERT INTO accelcost.contract_commitment (contract_commitment_id, pricing_currency) VALUES ('c', 'Our Credits');
INSERT INTO accelcost.billing_period (invoice_issuer_name, billing_period_start, billing_period_status)
    VALUES ('AWS', '2024-03-01 00:00+00', 'Closed');
INSERT INTO accelcost.closed_month (month, closing, closed_at, currency, source, note)
    VALUES ('2024-03-01', 2, '2024-04-05 10:00+00', 'USD', 'accelcost.usage', 'it''s closed');
INSERT INTO accelcost.closed_usage (month, closing, provider, currency, total, usage_rows, unpriced_rows)
    VALUES ('2024-03-01', 2, NULL, 'USD', 1.000000000000000000000000000001, 3, 1);
INSERT INTO accelcost.closed_charge (month, closing, provider_name, billing_account_id, currency, billed_cost,
    charges) VALUES ('2024-03-01', 2, 'AWS', 'a1', 'USD', -0.1, 2);
INSERT INTO accelcost.import_column (format, header, column_name) VALUES ('focus', 'My Billed Cost', 'billed_cost');
INSERT INTO accelcost.decision_rule (name, question, below, unless_workload, kind, points, sentence)
VALUES ('our_devices', 'power_budget_w', 0.1, '{training}', 'cpu', 2.50, 'Our devices have neither.');
INSERT INTO accelcost.decision_rule (name, question, answer, kind, points, sentence)
    VALUES ('cloud_has_no_npu', 'deployment', 'cloud', 'npu', -1, 'Our cloud has some.');
INSERT INTO accelcost.provider (provider, kind) VALUES ('Our Cellar', 'own'), ('AWS', 'hyperscaler');
INSERT INTO accelcost.provider_alias (alias, provider) VALUES ('cellar 1', 'Our Cellar');
INSERT INTO accelcost.offer (provider, sku, purchase_option, accelerator, gpu_count, price_basis)
    VALUES ('Our Cellar', 'box', 'on_demand', 'H100', 8, 'per_instance');
INSERT INTO accelcost.offer_price (provider, sku, purchase_option, amount, valid, source, origin, account)
    VALUES ('Our Cellar', 'box', 'on_demand', 12.5, '[2026-01-01 00:00+00,)', 'contract 7', 'negotiated', 'prod');
INSERT INTO accelcost.meter_tariff (provider, meter, kind, tariff, unit, valid)
    VALUES ('Our Cellar', 'egress', 'internet', 'graduated: 0.01 upto 100, 0.005', 'GiB', '[2026-01-01 00:00+00,)');
INSERT INTO accelcost.token_price (provider, model, input_price, utc_from, utc_to, valid)
    VALUES ('Our Cellar', 'ours', 0.1, '22:00', '06:00', '[2026-01-01 00:00+00,)');
INSERT INTO accelcost.fx_rate (from_currency, to_currency, rate, valid)
    VALUES ('EUR', 'USD', 1.25, '[2026-01-01 00:00+00,)');
CREATE VIEW advice AS SELECT deployment, r.* FROM unnest('{cloud,edge}'::text[]) AS deployment,
    accelcost.recommend_accelerator(deployment => deployment, power_budget_w => 0.05) AS r" >&2

# Every row of every table and view, in an order that does not depend on how it
# was stored, and all values of the extension as bytes.
contents() {
    local table
    psql -XAtqd "$1" -c "SELECT oid::regclass FROM pg_class WHERE relkind IN ('r', 'm', 'v')
        AND relnamespace IN ('public'::regnamespace, 'accelcost'::regnamespace)
        ORDER BY oid::regclass::text COLLATE \"C\"" |
        while read -r table; do
            echo "== $table"
            psql -XAtqd "$1" -c "COPY (SELECT * FROM $table AS t ORDER BY t::text COLLATE \"C\") TO STDOUT"
        done
    echo '== bytes'
    psql -XAtqd "$1" -c "
        SELECT id, tco_send(cost), tco_send(spend), tco_send((offer).cost), tco_avg_state_send(part),
               (SELECT array_agg(tco_send(c)) FROM unnest(monthly) AS c),
                   (SELECT array_agg(tco_avg_state_send(s)) FROM unnest(parts) AS s),
                   (SELECT array_agg(tco_send(o.cost)) FROM unnest(offers) AS o)
        FROM kept ORDER BY id" -c 'SELECT month, tco_send(cost), tco_send(cents) FROM rollup ORDER BY month' -c "
        SELECT id, tariff_send(price), tariff_state_send(part), tariff_send((meter).price), tariff_send(closed),
               (SELECT array_agg(tariff_send(t)) FROM unnest(earlier) AS t),
                   (SELECT array_agg(tariff_state_send(s)) FROM unnest(parts) AS s)
        FROM priced ORDER BY id" -c 'SELECT tariff_send(t), tariff_state_send(part) FROM best'
    echo '== found by the indexes'
    psql -XAtqd "$1" -c 'SET enable_seqscan = off' -c "
        SELECT id, (SELECT array_agg(b.id ORDER BY b.id) FROM priced AS b WHERE b.price = a.price),
            (SELECT count(*) FROM priced AS b WHERE b.price < a.price AND b.id < 1000 AND b.id % 20 > 0)
        FROM priced AS a ORDER BY id"
}

# The text of a dump, without what is random in it.
dump() { pg_dump -d "$1" "${@:2}" | grep -av '^\\restrict\|^\\unrestrict'; }

contents life_source >"$scratch/contents"
dump life_source >"$scratch/dump"
ok 'the extension is dumped as such, not its objects' bash -c \
    "grep -q '^CREATE EXTENSION IF NOT EXISTS accelcost' $scratch/dump &&
    ! grep -q 'CREATE TYPE public.tco \|CREATE TABLE accelcost' $scratch/dump"
ok 'rows that the extension wrote are not dumped' bash -c \
    "! grep -q 'FOCUS_Spec\|Fluence, NPU vs GPU' $scratch/dump &&
    grep -q 'My Billed Cost' $scratch/dump && grep -q 'Our cloud has some' $scratch/dump"

is 'rules of one'"'"'s own count' "$(sql life_source "SELECT kind, verdict FROM advice WHERE deployment = 'cloud'")" \
    'cpu|recommended
gpu|ruled out
npu|ruled out
asic|ruled out
tpu|ruled out'

restored() {
    local name=$1 database=$2
    contents "$database" >"$scratch/$database.contents"
    same "$name: the same rows, to the last bit" "$scratch/contents" "$scratch/$database.contents"
    dump "$database" >"$scratch/$database.dump"
    same "$name: the same dump" "$scratch/dump" "$scratch/$database.dump"
}

new_database life_plain TEMPLATE template0
ok 'a plain dump restores' psql -Xqd life_plain -v ON_ERROR_STOP=1 -f <(pg_dump -d life_source)
restored 'plain' life_plain

new_database life_inserts TEMPLATE template0
ok 'a dump of INSERTs restores' psql -Xqd life_inserts -v ON_ERROR_STOP=1 -f <(pg_dump -d life_source --inserts)
restored 'inserts' life_inserts

new_database life_custom TEMPLATE template0
pg_dump -d life_source -Fc -f "$scratch/custom"
ok 'a custom dump restores' pg_restore --exit-on-error -d life_custom "$scratch/custom"
restored 'custom' life_custom

new_database life_directory TEMPLATE template0
pg_dump -d life_source -Fd -j 2 -f "$scratch/directory"
ok 'a directory dump restores in parallel' pg_restore --exit-on-error -j 2 -d life_directory "$scratch/directory"
restored 'directory' life_directory

# Whatever the session that dumps and the one that restores are set to.
new_database life_settings TEMPLATE template0
PGOPTIONS='-c extra_float_digits=-15 -c DateStyle=German -c TimeZone=Pacific/Kiritimati -c bytea_output=escape' \
    pg_dump -d life_source >"$scratch/settings"
ok 'a dump under other settings restores' env \
    PGOPTIONS='-c TimeZone=America/St_Johns -c DateStyle=SQL,DMY -c IntervalStyle=sql_standard' psql -Xqd \
    life_settings -v ON_ERROR_STOP=1 -f "$scratch/settings"
restored 'settings' life_settings

sql life_source "CREATE TABLE copied (LIKE kept)" >&2
columns='id, cost, monthly, part, parts, offer, offers, spend, at, month'
psql -Xqd life_source -c "\\copy (SELECT $columns FROM kept ORDER BY id) TO '$scratch/kept' (FORMAT binary)"
ok 'COPY BINARY comes back' psql -Xqd life_source -v ON_ERROR_STOP=1 -c \
    "\\copy copied ($columns) FROM '$scratch/kept' (FORMAT binary)"
psql -Xqd life_source -c "\\copy (SELECT $columns FROM copied ORDER BY id) TO '$scratch/copied' (FORMAT binary)"
same 'COPY BINARY: the same bytes' "$scratch/kept" "$scratch/copied"
sql life_source "CREATE TABLE repriced (LIKE priced)" >&2
columns='id, price, earlier, part, parts, meter, closed'
psql -Xqd life_source -c "\\copy (SELECT $columns FROM priced ORDER BY id) TO '$scratch/priced' (FORMAT binary)"
ok 'COPY BINARY of tariffs comes back' psql -Xqd life_source -v ON_ERROR_STOP=1 -c \
    "\\copy repriced ($columns) FROM '$scratch/priced' (FORMAT binary)"
psql -Xqd life_source -c "\\copy (SELECT $columns FROM repriced ORDER BY id) TO '$scratch/repriced' (FORMAT binary)"
same 'COPY BINARY of tariffs: the same bytes' "$scratch/priced" "$scratch/repriced"
is 'COPY BINARY: the same values' "$(sql life_source \
    'SELECT count(*) FROM kept FULL JOIN copied USING (id) WHERE kept::text IS DISTINCT FROM copied::text')" 0

finish
