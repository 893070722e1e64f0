-- Metered quantities, as an export of egress has them: gigabytes with nine
-- decimals, no two alike, from far below the first bound of the tariff to far
-- above the last.
CREATE UNLOGGED TABLE quantity (month date NOT NULL, gb numeric NOT NULL);

INSERT INTO quantity
SELECT date '2026-01-01' + interval '1 month' * (i % 12), (i * 7919 % 250000) + i * 0.000000999
FROM generate_series(1, :quantities::bigint) AS i;

VACUUM (ANALYZE) quantity;

-- The same tariff for each way to apply it.
SELECT 'graduated: 0 upto 100, 0.09 upto 10240, 0.085 upto 51200, 0.07 upto 153600, 0.05' AS tariff \gset

CREATE TABLE tier (lower numeric NOT NULL, upper numeric NOT NULL, price numeric NOT NULL);
INSERT INTO tier VALUES
    (0, 100, 0), (100, 10240, 0.09), (10240, 51200, 0.085), (51200, 153600, 0.07), (153600, 'infinity', 0.05);
ANALYZE tier;

-- What people write: a loop over the tiers, kept in the table or in arrays.
CREATE FUNCTION loop_cost(gb numeric) RETURNS numeric
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
AS $$
DECLARE
    t tier;
    cost numeric := 0;
BEGIN
    FOR t IN SELECT * FROM tier ORDER BY lower LOOP
        EXIT WHEN gb <= t.lower;
        cost := cost + (least(gb, t.upper) - t.lower) * t.price;
    END LOOP;
    RETURN cost;
END
$$;

CREATE FUNCTION array_loop_cost(gb numeric) RETURNS numeric
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
DECLARE
    lower numeric[] := '{0,100,10240,51200,153600}';
    upper numeric[] := '{100,10240,51200,153600,infinity}';
    price numeric[] := '{0,0.09,0.085,0.07,0.05}';
    cost numeric := 0;
BEGIN
    FOR i IN 1 .. cardinality(price) LOOP
        EXIT WHEN gb <= lower[i];
        cost := cost + (least(gb, upper[i]) - lower[i]) * price[i];
    END LOOP;
    RETURN cost;
END
$$;
