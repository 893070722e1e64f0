-- Price files: EC2 instances in the AWS Price List (index.csv of AmazonEC2, whole or of one region).

-- The file counts GPUs, but names none. https://aws.amazon.com/ec2/instance-types/accelerated-computing/
CREATE FUNCTION accelcost_internal.aws_accelerators()
RETURNS TABLE (family text, accelerator text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    VALUES ('p2', 'K80 12GB'), ('p3', 'V100 16GB'), ('p3dn', 'V100 32GB'),
           ('p4d', 'A100 SXM4 40GB'), ('p4de', 'A100 SXM4 80GB'),
           ('p5', 'H100 SXM5 80GB'), ('p5e', 'H200 SXM5 141GB'), ('p5en', 'H200 SXM5 141GB'),
           ('p6-b200', 'B200 180GB'), ('p6-b300', 'B300 288GB'), ('p6e-gb200', 'GB200'), ('u-p6e-gb200x', 'GB200'),
           ('g3', 'M60 8GB'), ('g3s', 'M60 8GB'), ('g4dn', 'T4 16GB'), ('g4ad', 'Radeon Pro V520 8GB'),
           ('g5', 'A10G 24GB'), ('g5g', 'T4G 16GB'), ('g6', 'L4 24GB'), ('gr6', 'L4 24GB'), ('g6f', 'L4 24GB'),
           ('gr6f', 'L4 24GB'), ('g6e', 'L40S 48GB'), ('g7e', 'RTX PRO 6000'),
           ('inf1', 'AWS Inferentia'), ('inf2', 'AWS Inferentia2'),
           ('trn1', 'AWS Trainium'), ('trn1n', 'AWS Trainium'),
           ('trn2', 'AWS Trainium2'), ('trn2u', 'AWS Trainium2'), ('trn3', 'AWS Trainium3');
END;
COMMENT ON FUNCTION accelcost_internal.aws_accelerators() IS
    'returns the accelerator of each family of EC2 instances that has one';

-- The file leaves the GPU column empty for chips of AWS.
CREATE FUNCTION accelcost_internal.aws_chips(instance_type text) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE instance_type
        WHEN 'inf1.xlarge' THEN 1 WHEN 'inf1.2xlarge' THEN 1 WHEN 'inf1.6xlarge' THEN 4 WHEN 'inf1.24xlarge' THEN 16
        WHEN 'inf2.xlarge' THEN 1 WHEN 'inf2.8xlarge' THEN 1 WHEN 'inf2.24xlarge' THEN 6 WHEN 'inf2.48xlarge' THEN 12
        WHEN 'trn1.2xlarge' THEN 1 WHEN 'trn1.32xlarge' THEN 16 WHEN 'trn1n.32xlarge' THEN 16
        WHEN 'trn2.3xlarge' THEN 1 WHEN 'trn2.48xlarge' THEN 16 WHEN 'trn2u.48xlarge' THEN 16 END;
COMMENT ON FUNCTION accelcost_internal.aws_chips(text) IS
    'returns the number of Inferentia or Trainium chips in an EC2 instance; NULL for other instances';

CREATE FUNCTION accelcost_internal.read_aws_offers(staging regclass) RETURNS SETOF accelcost_internal.offer_line
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    WITH line AS MATERIALIZED (
        SELECT r.row_number, r.cells,
               r.cells->>'Instance Type' AS sku,
               r.cells->>'TermType' AS term_type,
               accelcost_internal.price_number(r.cells, 'PricePerUnit') AS amount
        FROM accelcost_internal.price_file_rows(
                 read_aws_offers.staging,
                 ARRAY['TermType', 'Unit', 'PricePerUnit', 'Currency', 'LeaseContractLength', 'PurchaseOption',
                       'OfferingClass', 'Product Family', 'Instance Type', 'Tenancy', 'Operating System',
                       'License Model', 'Pre Installed S/W', 'CapacityStatus', 'MarketOption', 'Location Type', 'GPU',
                       'Region Code']) AS r
    ),
    judged AS (
        SELECT l.*, a.accelerator,
               coalesce(nullif(accelcost_internal.price_number(l.cells, 'GPU'), 0),
                        accelcost_internal.aws_chips(l.sku)) AS gpu_count,
               CASE WHEN l.cells->>'Product Family' NOT LIKE 'Compute Instance%' OR l.sku IS NULL
                    THEN 'not an instance'
                    WHEN a.accelerator IS NULL AND coalesce(l.cells->>'GPU', '0') = '0' THEN 'no accelerator named'
                    WHEN a.accelerator IS NULL THEN format('accelerator of "%s" is unknown', left(l.sku, 100))
                    WHEN l.cells->>'Tenancy' <> 'Shared' THEN 'tenancy is not shared'
                    WHEN l.cells->>'Operating System' <> 'Linux'
                         OR l.cells->>'License Model' NOT IN ('No License required', 'NA')
                         OR l.cells->>'Pre Installed S/W' <> 'NA' THEN 'price includes licences'
                    WHEN l.cells->>'CapacityStatus' <> 'Used' THEN 'price of reserved capacity'
                    WHEN l.cells->>'MarketOption' <> 'OnDemand'
                    THEN format('market option "%s"', left(l.cells->>'MarketOption', 40))
                    WHEN l.term_type NOT IN ('OnDemand', 'Reserved') OR l.term_type IS NULL
                    THEN format('term type "%s"', left(l.term_type, 40))
                    WHEN l.term_type = 'Reserved'
                         AND (l.cells->>'PurchaseOption' IS DISTINCT FROM 'No Upfront'
                              OR l.cells->>'OfferingClass' IS DISTINCT FROM 'standard')
                    THEN 'a reservation other than standard with no upfront payment'
                    WHEN l.term_type = 'Reserved' AND l.cells->>'LeaseContractLength' !~ '^[135] ?yr$'
                    THEN format('term "%s" is unknown', left(l.cells->>'LeaseContractLength', 40))
                    WHEN l.cells->>'Unit' NOT IN ('Hrs', 'Hours', 'Hour') OR l.cells->>'Unit' IS NULL
                    THEN format('unit "%s" is not an hour', left(l.cells->>'Unit', 40))
                    WHEN l.cells->>'Region Code' IS NULL THEN 'no region named'
                    WHEN l.amount = 0 THEN 'a price of 0 is a placeholder' END AS reason
        FROM line AS l
        LEFT JOIN accelcost_internal.aws_accelerators() AS a ON a.family = split_part(l.sku, '.', 1)
    )
    SELECT j.row_number, j.sku, j.cells->>'Region Code',
           CASE j.term_type WHEN 'Reserved' THEN 'reserved' ELSE 'on_demand' END,
           CASE j.term_type WHEN 'Reserved' THEN left(j.cells->>'LeaseContractLength', 1)::integer * 12 ELSE 0 END,
           j.accelerator, j.gpu_count, 'per_instance', j.amount, j.cells->>'Currency', true, NULL, j.reason
    FROM judged AS j
    WHERE j.reason IS NULL
    UNION ALL
    SELECT j.row_number, j.sku, j.cells->>'Region Code', 'on_demand', 0, j.accelerator, j.gpu_count, 'per_instance',
           j.amount, j.cells->>'Currency', true, NULL, j.reason
    FROM judged AS j
    WHERE j.reason IS NOT NULL;
END;
COMMENT ON FUNCTION accelcost_internal.read_aws_offers(regclass) IS
    'returns the prices of EC2 instances with accelerators in the AWS Price List';
