-- Price files: lists of instances as SkyPilot and gpuhunt write them.

CREATE FUNCTION accelcost_internal.tpu_chips(slice text) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN slice ~ '^(tpu-)?v[0-9]+[a-z]*-[0-9]+$'
                -- The number counts cores, two per chip, except for v5e and v6e.
                THEN substring(slice FROM '[0-9]+$')::numeric
                     / CASE WHEN slice ~ '^(tpu-)?v(5litepod|5e|6e)-' THEN 1 ELSE 2 END END;
COMMENT ON FUNCTION accelcost_internal.tpu_chips(text) IS
    'returns the number of chips in a TPU slice such as v5litepod-16 or v5p-8; NULL for any other name';

CREATE FUNCTION accelcost_internal.instance_lines(staging regclass, format text)
RETURNS TABLE (
    row_number bigint, sku text, accelerator text, memory text, gpu_count text, price text, spot_price text,
    region text, zone text, is_spot boolean)
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT r.row_number, r.cells->>'InstanceType', r.cells->>'AcceleratorName', NULL, r.cells->>'AcceleratorCount',
           r.cells->>'Price', r.cells->>'SpotPrice', r.cells->>'Region', r.cells->>'AvailabilityZone', false
    FROM accelcost_internal.price_file_rows(
             instance_lines.staging,
             '{InstanceType,AcceleratorName,AcceleratorCount,Price,SpotPrice,Region,AvailabilityZone}') AS r
    WHERE instance_lines.format = 'skypilot'
    UNION ALL
    SELECT r.row_number, r.cells->>'instance_name', r.cells->>'gpu_name', r.cells->>'gpu_memory',
           r.cells->>'gpu_count', r.cells->>'price', NULL, r.cells->>'location', NULL,
           coalesce(lower(r.cells->>'spot') IN ('true', 't', '1'), false)
    FROM accelcost_internal.price_file_rows(
             instance_lines.staging, '{instance_name,gpu_name,gpu_memory,gpu_count,price,location,spot}') AS r
    WHERE instance_lines.format = 'gpuhunt';
END;
COMMENT ON FUNCTION accelcost_internal.instance_lines(regclass, text) IS
    'returns the rows of a list of instances in one form';

CREATE FUNCTION accelcost_internal.instance_prices(staging regclass, format text)
RETURNS TABLE (
    row_number bigint, sku text, accelerator text, memory numeric, gpu_count_cell text, gpu_count numeric,
    chips numeric, generation text, region text, zone text,
    purchase_option text, amount numeric, fault text)
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    WITH line AS MATERIALIZED (
        SELECT l.*,
               accelcost_internal.import_number(l.price) AS amount,
               accelcost_internal.import_number(l.spot_price) AS spot_amount
        FROM accelcost_internal.instance_lines(instance_prices.staging, instance_prices.format) AS l
    ),
    priced AS (
        SELECT line.row_number,
               CASE WHEN line.is_spot THEN 'spot' ELSE 'on_demand' END AS purchase_option,
               line.amount,
               CASE WHEN line.price IS NULL THEN 'no price'
                    WHEN line.amount IS NULL THEN format('price "%s" is not a number', left(line.price, 40))
                    WHEN line.amount = 0 THEN 'a price of 0 is a placeholder'
               END AS fault
        FROM line
        UNION ALL
        -- A spot price of 0, or equal to the on-demand price, means that there is none.
        SELECT line.row_number, 'spot', line.spot_amount, NULL
        FROM line
        WHERE line.spot_amount > 0
          AND line.spot_amount < 1e20
          AND line.spot_amount IS DISTINCT FROM line.amount
    )
    SELECT line.row_number, line.sku, line.accelerator, accelcost_internal.import_number(line.memory),
           line.gpu_count, accelcost_internal.import_number(line.gpu_count),
           accelcost_internal.tpu_chips(line.accelerator),
           regexp_replace(regexp_replace(line.accelerator, '^tpu-', ''), '-[0-9]+$', ''),
           line.region, line.zone,
           priced.purchase_option, priced.amount, priced.fault
    FROM priced
    JOIN line ON line.row_number = priced.row_number;
END;
COMMENT ON FUNCTION accelcost_internal.instance_prices(regclass, text) IS
    'returns the prices of a list of instances, on demand and spot apart, and why a price cannot be loaded';

CREATE FUNCTION accelcost_internal.read_instance_list(staging regclass, format text)
RETURNS SETOF accelcost_internal.offer_line
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT p.row_number,
           coalesce(p.sku,
                    CASE WHEN p.chips IS NOT NULL THEN p.accelerator
                         ELSE concat(p.accelerator, ':', trim_scale(p.gpu_count)) END),
           -- Zones count as regions only if their prices differ.
           CASE WHEN p.zone IS NOT NULL AND min(p.amount) OVER zones <> max(p.amount) OVER zones THEN p.zone
                ELSE coalesce(p.region, '*') END,
           p.purchase_option,
           0,
           coalesce(CASE WHEN p.chips IS NOT NULL
                         THEN accelcost.accelerator_name('TPU ' || replace(p.generation, '5litepod', '5e')) END,
                    accelcost.accelerator_name(concat(p.accelerator, ' ', trim_scale(p.memory), 'GB')),
                    p.accelerator),
           coalesce(p.chips, p.gpu_count),
           CASE WHEN p.chips IS NOT NULL THEN 'per_slice'
                WHEN p.sku IS NULL THEN 'unknown'
                ELSE 'per_instance' END,
           p.amount,
           NULL,
           CASE WHEN p.chips IS NULL THEN p.sku IS NOT NULL END,
           CASE WHEN p.sku IS NULL AND p.chips IS NULL
                THEN 'price of the accelerators alone; their host has a price of its own' END,
           CASE WHEN p.accelerator IS NULL THEN 'no accelerator named'
                WHEN length(p.zone) > 200 THEN 'a name of more than 200 characters'
                WHEN p.fault IS NOT NULL THEN p.fault
                WHEN p.gpu_count IS NULL AND p.chips IS NULL
                THEN format('number of accelerators "%s" is not above 0', left(p.gpu_count_cell, 40))
                WHEN p.chips IS NOT NULL AND min(p.chips) OVER slices <> max(p.chips) OVER slices
                THEN 'slices of different sizes have the same price: a placeholder' END
    FROM accelcost_internal.instance_prices(read_instance_list.staging, read_instance_list.format) AS p
    WINDOW zones AS (PARTITION BY p.sku, p.accelerator, p.gpu_count, p.region, p.purchase_option),
           slices AS (PARTITION BY p.generation, p.region, p.zone, p.amount);
END;
COMMENT ON FUNCTION accelcost_internal.read_instance_list(regclass, text) IS
    'returns the prices in a list of instances in the format skypilot or gpuhunt';
