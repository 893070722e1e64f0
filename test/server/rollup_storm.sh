#!/usr/bin/env bash
# Changes at random to a table with rollups, verified after each, as TAP: from a
# fixed seed, and nightly from a new one, which is printed so that it can be given
# again:
#
#   ROLLUP_SEED=0.123 ROLLUP_STEPS=5000 test/server/rollup_storm.sh
set -euo pipefail
# shellcheck source=test/server/tap.bash
. "${BASH_SOURCE[0]%/*}/tap.bash"

steps=${ROLLUP_STEPS:-500}
new_database life_storm
sql life_storm 'CREATE EXTENSION accelcost CASCADE' "
CREATE TABLE payer (payer int PRIMARY KEY);
CREATE TABLE spend (
    id     int PRIMARY KEY,
    payer  int REFERENCES payer ON DELETE CASCADE ON UPDATE CASCADE,
    at     timestamptz,
    team   text,
    amount numeric,
    tokens bigint,
    cost   tco
);
CREATE PROCEDURE storm(seed float8, steps int) LANGUAGE plpgsql AS \$\$
DECLARE
    change text;
    wrong  bigint;
BEGIN
    PERFORM setseed(seed);
    FOR step IN 1 .. steps LOOP
        change := (ARRAY[
            'INSERT INTO spend SELECT * FROM some_rows(1 + (random() * 5)::int) ON CONFLICT DO NOTHING',
            'INSERT INTO spend SELECT * FROM some_rows(1 + (random() * 5)::int) ON CONFLICT DO NOTHING',
            'INSERT INTO spend SELECT DISTINCT ON (id) * FROM some_rows(20) ON CONFLICT (id) DO UPDATE
                 SET at = excluded.at, amount = spend.amount + excluded.amount, cost = excluded.cost',
            'UPDATE spend SET amount = -amount, tokens = nullif(tokens, 3), cost = -cost
             WHERE id % 7 = (random() * 7)::int',
            'UPDATE spend
             SET at = at + interval ''17 days'', team = (ARRAY[''a'', ''b'', NULL])[1 + (random() * 2)::int]
             WHERE id % 5 = (random() * 5)::int',
            'UPDATE spend SET id = -id',
            'DELETE FROM spend WHERE id % 11 = (random() * 11)::int',
            'DELETE FROM payer WHERE payer = (random() * 9)::int',
            'UPDATE payer SET payer = -payer WHERE payer % 3 = (random() * 3)::int',
            'MERGE INTO spend USING (SELECT DISTINCT ON (id) * FROM some_rows(20)) AS s ON s.id = spend.id
             WHEN MATCHED AND s.tokens > 5 THEN DELETE
             WHEN MATCHED THEN UPDATE SET cost = s.cost, at = s.at
             WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.payer, s.at, s.team, s.amount, s.tokens, s.cost)',
            'WITH gone AS (DELETE FROM spend WHERE random() < 0.1 RETURNING *)
             INSERT INTO spend SELECT id + 100000, payer, at, team, amount, tokens, cost FROM gone
             ON CONFLICT DO NOTHING',
            'SELECT accelcost.rollup_fold()',
            'SELECT accelcost.rollup_fold(''by_team'')',
            'SELECT accelcost.rollup_recompute(''by_team'')',
            CASE WHEN random() < 0.2 THEN 'TRUNCATE spend' ELSE 'SELECT accelcost.rollup_renamed(''by_day'')' END
        ])[1 + floor(random() * 15)::int];
        INSERT INTO payer SELECT * FROM generate_series(1, 9) ON CONFLICT DO NOTHING;
        BEGIN
            EXECUTE change;
            IF random() < 0.1 THEN
                RAISE EXCEPTION 'taken back' USING ERRCODE = 'P0099';
            END IF;
        EXCEPTION WHEN SQLSTATE 'P0099' OR unique_violation THEN NULL;
        END;
        wrong := (SELECT count(*) FROM accelcost.rollup_verify('by_team'))
                 + (SELECT count(*) FROM accelcost.rollup_verify('by_day'));
        IF wrong > 0 THEN
            RAISE EXCEPTION 'seed %, step %: % groups differ after %', seed, step, wrong, change;
        END IF;
        COMMIT;
    END LOOP;
END \$\$;
CREATE FUNCTION some_rows(n int) RETURNS SETOF spend LANGUAGE sql AS \$\$
    SELECT (random() * 500)::int,
           nullif((random() * 9)::int, 0),
           timestamptz '2026-01-01 00:00+00' + (random() * 200)::int * interval '1 day',
           (ARRAY['a', 'b', 'c', NULL])[1 + (random() * 3)::int],
           CASE WHEN random() < 0.05 THEN 'NaN' WHEN random() < 0.9 THEN (random() * 1000)::numeric END,
           nullif((random() * 10)::int, 0),
           CASE WHEN random() < 0.9
               THEN tco((random() * 1e6)::numeric * 1e-18, (ARRAY['USD', 'EUR'])[1 + (random())::int],
                        (ARRAY['compute', 'egress'])[1 + (random())::int]) END
    FROM generate_series(1, n) \$\$" \
    "INSERT INTO payer SELECT * FROM generate_series(1, 9)" \
    "CALL accelcost.rollup_create('by_team', 'spend', 'at', '{payer, team}',
        '{amount, tokens, cost, \"n => count(tokens)\"}')" \
    "CALL accelcost.rollup_create('by_day', 'spend', 'at', '{team}',
        '{\"double => sum(amount * 2)\", \"dear => sum(cost * 2)\"}', 'day', 'America/New_York')" >&2

storm() {
    echo "# seed $1, $steps steps"
    is "$steps changes with seed $1" "$(sql life_storm "CALL storm($1, $steps)" || true)" ''
}
storm 0.42
if [ -n "${ROLLUP_SEED-}${ACCELCOST_NIGHTLY-}" ]; then storm "${ROLLUP_SEED:-0.$RANDOM}"; fi
is 'there were rows' "$(sql life_storm \
    'INSERT INTO payer SELECT * FROM generate_series(1, 9) ON CONFLICT DO NOTHING' \
    'INSERT INTO spend SELECT DISTINCT ON (id) * FROM some_rows(50) ON CONFLICT DO NOTHING' \
    'SELECT count(*) > 20 FROM spend')" t
is 'a difference is found' "$(sql life_storm 'UPDATE by_team_delta SET row_count = row_count + 1' \
    "SELECT count(*) > 0 FROM accelcost.rollup_verify('by_team')")" t
finish
