-- Percentages that an account negotiated off public prices.

CREATE TABLE accelcost.discount (
    provider        text      NOT NULL,
    account         text      NOT NULL CHECK (btrim(account) <> ''),
    applies_to      text      NOT NULL DEFAULT '*'
        CHECK (accelcost_internal.check_column_word(applies_to, '{*,hours,tariff,tokens}', 'discount', 'applies_to')),
    item            text      NOT NULL DEFAULT '*' CHECK (btrim(item) <> ''),
    purchase_option text      NOT NULL DEFAULT '*'
        CHECK (accelcost_internal.check_column_word(
                   purchase_option, '{*,on_demand,spot,reserved,committed,capacity_block}',
                   'discount', 'purchase_option')),
    percent         numeric   NOT NULL CHECK (percent >= 0.0 AND percent <= 100.0),
    valid           tstzrange NOT NULL CHECK (NOT isempty(valid)),
    note            text,
    source          text      NOT NULL DEFAULT 'user',
    as_of           date,
    extra           jsonb     NOT NULL DEFAULT '{}',
    CONSTRAINT discount_item CHECK (item = '*' OR applies_to <> '*'),
    CONSTRAINT discount_purchase_option CHECK (purchase_option = '*' OR applies_to = 'hours'),
    CONSTRAINT discount_extra CHECK (jsonb_typeof(extra) = 'object'),
    CONSTRAINT discount_overlap
        EXCLUDE USING gist (provider WITH =, account WITH =, applies_to WITH =, item WITH =, purchase_option WITH =,
                            valid WITH &&)
);
COMMENT ON TABLE accelcost.discount IS
    'percentages off public prices that an account negotiated; of those that apply, lookups take the most specific';
COMMENT ON COLUMN accelcost.discount.provider IS 'name in accelcost.provider';
COMMENT ON COLUMN accelcost.discount.account IS 'account that negotiated the discount';
COMMENT ON COLUMN accelcost.discount.applies_to IS 'hours, tariff or tokens; * for all prices of the provider';
COMMENT ON COLUMN accelcost.discount.item IS
    'sku of hours, meter of a tariff or model of tokens; * for all of them';
COMMENT ON COLUMN accelcost.discount.purchase_option IS
    'on_demand, spot, reserved, committed or capacity_block, for hours; * for all of them';
COMMENT ON COLUMN accelcost.discount.percent IS 'part of the public price that is not paid, in percent';
COMMENT ON COLUMN accelcost.discount.valid IS 'time in which the discount is valid, the end exclusive';
COMMENT ON COLUMN accelcost.discount.note IS 'what to know before you use the row';
COMMENT ON COLUMN accelcost.discount.source IS 'where the row was taken from, as the name of a contract';
COMMENT ON COLUMN accelcost.discount.as_of IS 'date of the source';
COMMENT ON COLUMN accelcost.discount.extra IS 'your own attributes, an object';

CREATE TRIGGER store_known_names BEFORE INSERT OR UPDATE ON accelcost.discount
    FOR EACH ROW EXECUTE FUNCTION accelcost_internal.store_known_names();
COMMENT ON TRIGGER store_known_names ON accelcost.discount IS
    'stores providers, accelerators and models by their names in the catalog';

GRANT SELECT ON accelcost.discount TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON accelcost.discount TO @extowner@ WITH GRANT OPTION;
ALTER TABLE accelcost.discount REPLICA IDENTITY FULL;
SELECT pg_extension_config_dump('accelcost.discount', '');

CREATE TYPE accelcost_internal.discount_found AS (factor numeric, remark text);
COMMENT ON TYPE accelcost_internal.discount_found IS
    'what a public price is multiplied by, and the remark that says so';

CREATE FUNCTION accelcost_internal.find_discount(
    provider text, account text, applies_to text, item text, purchase_option text, at timestamptz)
RETURNS SETOF accelcost_internal.discount_found
LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE
BEGIN ATOMIC
    SELECT 1.0 - d.percent * 0.01,
           format('less %s %% by %s', trim_scale(d.percent), CASE d.source WHEN 'user' THEN 'your discount'
                                                                         ELSE d.source END)
    FROM accelcost.discount AS d
    WHERE d.provider = find_discount.provider
      AND d.account = find_discount.account
      AND d.applies_to IN ('*', find_discount.applies_to)
      AND (d.item IN ('*', find_discount.item)
           OR d.applies_to = 'tokens' AND accelcost_internal.model_name(d.item) = find_discount.item)
      AND d.purchase_option IN ('*', find_discount.purchase_option)
      AND d.valid @> find_discount.at
    ORDER BY d.item = '*', d.purchase_option = '*', d.applies_to = '*'
    LIMIT 1;
END;
COMMENT ON FUNCTION accelcost_internal.find_discount(text, text, text, text, text, timestamptz) IS
    'returns the discount of an account on a public price: the most specific one; no row if there is none';

CREATE FUNCTION accelcost_internal.discounted(price numeric, factor numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN CASE WHEN factor IS NULL THEN price ELSE trim_scale(price * factor) END;
COMMENT ON FUNCTION accelcost_internal.discounted(numeric, numeric) IS
    'returns a price times the factor of a discount, or the price if there is none';

CREATE FUNCTION accelcost_internal.scaled_tariff(tariff @extschema@.tariff, factor numeric)
RETURNS @extschema@.tariff
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    -- Functions rather than casts, which pg_upgrade creates later.
    SELECT @extschema@.jsonb_to_tariff(jsonb_set(f.form, '{tiers}', jsonb_agg(
               t.tier || jsonb_strip_nulls(jsonb_build_object(
                             'price', round((t.tier->>'price')::numeric * scaled_tariff.factor, 18),
                             'flat', round((t.tier->>'flat')::numeric * scaled_tariff.factor, 18)))
               ORDER BY t.ordinal)))
    FROM (SELECT @extschema@.tariff_to_jsonb(scaled_tariff.tariff) AS form) AS f
    CROSS JOIN LATERAL jsonb_array_elements(f.form->'tiers') WITH ORDINALITY AS t (tier, ordinal)
    GROUP BY f.form;
END;
COMMENT ON FUNCTION accelcost_internal.scaled_tariff(@extschema@.tariff, numeric) IS
    'returns a tariff with all its prices multiplied by a factor, rounded to 18 decimals';
