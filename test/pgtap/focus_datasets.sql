-- Invoice lines, contract commitments and billing periods: loaded once, replaced as their datasets say, and rejected by
-- cell. Random deliveries are compared with a model of a few lines.
BEGIN;
SELECT plan(32);

\ir ../include/error_line.sql

-- ---- invoice lines ----------------------------------------------------------

CREATE TEMPORARY TABLE line (
    "InvoiceIssuerName" text DEFAULT 'AWS', "InvoiceId" text DEFAULT 'I1', "InvoiceDetailId" text,
    "BillingAccountId" text DEFAULT 'a', "BillingPeriodStart" text DEFAULT '2026-05-01T00:00:00Z',
    "BillingCurrency" text DEFAULT 'USD', "BilledCost" text DEFAULT '1', "InvoiceDetailGrain" text,
    "PaymentCurrency" text, "PaymentCurrencyBilledCost" text, "x_Note" text);
INSERT INTO line ("InvoiceDetailId", "BilledCost", "InvoiceDetailGrain", "PaymentCurrency", "x_Note")
VALUES ('1', '10.250', '{"ServiceName": "EC2"}', 'eur', NULL), ('2', '-3', NULL, NULL, 'credit'),
       ('3', '0.5', '', NULL, NULL), ('4', '1E-3', NULL, NULL, NULL);
SELECT results_eq(
    $$
        SELECT rows_read, loaded, replaced, unchanged, withheld, rejected, unknown_columns
        FROM accelcost.import_invoice_detail('line')$$,
    $$VALUES (4::bigint, 4::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, '{x_Note}'::text[])$$,
    'all lines are loaded, and the unknown column is named');
SELECT results_eq(
    $$
        SELECT invoicedetailid, billedcost::text, invoicedetailgrain->>'ServiceName', paymentcurrency,
               billingperiodstart, x_extra->>'x_Note', x_exportname
        FROM accelcost.focus_invoice_detail
        ORDER BY 1$$,
    $$VALUES ('1', '10.250', 'EC2', 'EUR', '2026-05-01'::timestamp, NULL, 'invoice_detail'),
             ('2', '-3', NULL, NULL, '2026-05-01', 'credit', 'invoice_detail'),
             ('3', '0.5', NULL, NULL, '2026-05-01', NULL, 'invoice_detail'),
             ('4', '0.001', NULL, NULL, '2026-05-01', NULL, 'invoice_detail')$$,
    'with every digit');
SELECT results_eq(
    $$SELECT batch, loaded, replaced, unchanged FROM accelcost.import_invoice_detail('line')$$,
    $$VALUES (NULL::bigint, 0::bigint, 0::bigint, 4::bigint)$$, 'the same file again changes nothing');
UPDATE line SET "BilledCost" = '11' WHERE "InvoiceDetailId" = '1';
DELETE FROM line WHERE "InvoiceDetailId" = '4';
INSERT INTO line ("InvoiceDetailId", "InvoiceId") VALUES ('9', 'I2');
SELECT results_eq(
    $$SELECT loaded, replaced, unchanged FROM accelcost.import_invoice_detail('line', 'another name')$$,
    $$VALUES (4::bigint, 4::bigint, 0::bigint)$$, 'a period of an account is replaced whole, whatever the name');
SELECT is((SELECT sum(billed_cost) FROM accelcost.invoice_detail), 9.5, 'so that a line that is gone is gone');
UPDATE line SET "BillingPeriodStart" = '2026-06-01' WHERE "InvoiceDetailId" = '9';
DELETE FROM line WHERE "InvoiceDetailId" <> '9';
SELECT results_eq(
    $$SELECT loaded, replaced FROM accelcost.import_invoice_detail('line')$$,
    $$VALUES (1::bigint, 1::bigint)$$, 'a line that moves to another period is there once');
SELECT is((SELECT count(*)::integer FROM accelcost.invoice_detail), 4, 'and others stay');
TRUNCATE line;
INSERT INTO line ("InvoiceDetailId") VALUES ('1');
SELECT is(
    pg_temp.error_of($$SELECT * FROM accelcost.import_invoice_detail('line')$$),
    '55000: staging table "line" has less than half of a billing period''s stored rows / '
    'AWS a 2026-05-01 00:00:00+00 had 3 rows, now 1 / '
    'Stage all parts of the export first. If the file is complete, use allow_shrink => true.',
    'a period that loses more than half of its lines is refused');
SELECT results_eq(
    $$SELECT loaded, replaced FROM accelcost.import_invoice_detail('line', allow_shrink => true)$$,
    $$VALUES (1::bigint, 3::bigint)$$, 'unless that is right');

-- Rejects.
TRUNCATE line;
INSERT INTO line ("InvoiceDetailId", "BilledCost", "InvoiceDetailGrain", "BillingCurrency")
VALUES ('1', '5', NULL, 'USD'), ('2', '1,5', '[1]', 'USD'), ('', '1', NULL, 'USD'), ('1', '5', NULL, 'USD'),
       ('5', '1', NULL, 'US Dollar');
SELECT is(
    pg_temp.error_of($$SELECT * FROM accelcost.import_invoice_detail('line')$$),
    E'22P02: 4 of 5 rows of staging table "line" cannot be loaded / '
    'row 2, column "BilledCost": "1,5" is not a number\n'
    'row 2, column "InvoiceDetailGrain": "[1]" is not a JSON object\n'
    'row 3, column "InvoiceDetailId" must not be empty\nrow 4, column "InvoiceDetailId": "1" is in row 1, too\n'
    'row 5, column "BillingCurrency": "US Dollar" is not a currency of 1 to 12 letters, digits and underscores, not '
    'digits alone / Correct them, or use on_error => ''skip'' to load the other rows and list these in '
    'accelcost.import_reject.', 'a fault stops an import, and is named by row and column');
SELECT is((SELECT sum(billed_cost) FROM accelcost.invoice_detail WHERE billing_period_start = '2026-05-01 00:00+00'),
          1.0, 'which changes nothing then');
SELECT results_eq(
    $$SELECT rows_read, loaded, rejected FROM accelcost.import_invoice_detail('line', 'lines', 'skip')$$,
    $$VALUES (5::bigint, 1::bigint, 4::bigint)$$, 'skip loads the others');
SELECT results_eq(
    $$
        SELECT row_number, column_name, value, reason
        FROM accelcost.import_reject
        WHERE export_name = 'lines'
        ORDER BY 1, 2$$,
    $$VALUES (2::bigint, 'BilledCost', '1,5', 'is not a number'),
             (2, 'InvoiceDetailGrain', '[1]', 'is not a JSON object'),
             (3, 'InvoiceDetailId', NULL, 'must not be empty'),
             (4, 'InvoiceDetailId', '1', 'is in row 1, too'),
             (5, 'BillingCurrency', 'US Dollar',
              'is not a currency of 1 to 12 letters, digits and underscores, not digits alone')$$,
    'and lists each cell');
TRUNCATE line;
INSERT INTO line ("InvoiceDetailId") SELECT n::text FROM generate_series(1, 9) AS n;
SELECT is(loaded, 9::bigint, 'nine lines') FROM accelcost.import_invoice_detail('line');
UPDATE line SET "BilledCost" = 'x' WHERE "InvoiceDetailId" = '9';
SELECT results_eq(
    $$SELECT loaded, withheld, rejected FROM accelcost.import_invoice_detail('line', on_error => 'skip')$$,
    $$VALUES (0::bigint, 8::bigint, 1::bigint)$$, 'a rejected row does not make a period smaller');
TRUNCATE line;
SELECT is(split_part(pg_temp.error_of($$SELECT * FROM accelcost.import_invoice_detail('line')$$), ' / ', 1),
          '22023: staging table "line" has no rows', 'an empty file is an error');
SELECT is(pg_temp.error_of('SELECT * FROM accelcost.import_invoice_detail(NULL)'),
          '22004: "staging" must not be null', 'a table must be named');
SELECT is(pg_temp.error_of($$SELECT * FROM accelcost.import_billing_period('line', on_error => 'go on')$$),
          '22023: invalid value for parameter "on_error": "go on" / Use "stop" or "skip".', 'and on_error be known');
SELECT matches(pg_temp.error_of($$SELECT * FROM accelcost.import_contract_commitment('line', 'manual')$$),
               '^22023: invalid value for parameter "export_name": "manual"', 'manual is for other rows');
SELECT matches(
    pg_temp.error_of($$SELECT * FROM accelcost.import_billing_period('line')$$),
    '^22023: .* is missing a required column: BillingPeriodStatus / .* / These are columns of invoice details of FOCUS',
    'a file of another dataset is refused, with the importer that it is for');

-- ---- random deliveries of invoice lines -------------------------------------

CREATE TEMPORARY TABLE model AS SELECT i.* FROM line AS i;
CREATE FUNCTION pg_temp.differences(deliveries integer) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    TRUNCATE accelcost.invoice_detail, line, model;
    FOR d IN 1 .. deliveries LOOP
        TRUNCATE line;
        -- up to twelve lines of three accounts and two periods
        INSERT INTO line ("InvoiceId", "InvoiceDetailId", "BillingAccountId", "BillingPeriodStart", "BilledCost")
        SELECT concat('I', h.a, h.p), h.l, h.a, CASE h.p WHEN 0 THEN '2026-05-01' ELSE '2026-06-01' END, h.cost
        FROM (SELECT DISTINCT ON (l.a, l.p, l.l) l.*
              FROM generate_series(1, 12) AS g
              CROSS JOIN LATERAL (SELECT abs(hashint8extended(d * 100 + g, 1)) % 3 AS a,
                                         abs(hashint8extended(d * 100 + g, 2)) % 2 AS p,
                                         abs(hashint8extended(d * 100 + g, 3)) % 4 AS l,
                                         hashint8extended(d * 100 + g, 4) % 50 AS cost) AS l
              WHERE g <= 1 + d % 12) AS h;
        PERFORM accelcost.import_invoice_detail('line', allow_shrink => true);
        DELETE FROM model AS m
        WHERE ("BillingAccountId", "BillingPeriodStart") IN (
            SELECT l."BillingAccountId", l."BillingPeriodStart" FROM line AS l);
        INSERT INTO model SELECT * FROM line;
        RETURN QUERY
        (SELECT concat_ws(' ', d, "InvoiceId", "InvoiceDetailId", "BilledCost") FROM model
         EXCEPT ALL
         SELECT concat_ws(' ', d, invoice_id, invoice_detail_id, billed_cost) FROM accelcost.invoice_detail)
        UNION ALL
        (SELECT concat_ws(' ', d, invoice_id, invoice_detail_id, billed_cost) FROM accelcost.invoice_detail
         EXCEPT ALL
         SELECT concat_ws(' ', d, "InvoiceId", "InvoiceDetailId", "BilledCost") FROM model);
    END LOOP;
END
$$;
SELECT is_empty('SELECT pg_temp.differences(16)', 'after any delivery the lines are those of each period''s last file');
SELECT ok((SELECT count(*) FROM accelcost.invoice_detail) > 5, 'and there are some');

-- ---- billing periods --------------------------------------------------------

CREATE TEMPORARY TABLE period AS
SELECT 'AWS' AS "InvoiceIssuerName", '2026-05-01T00:00:00Z' AS "BillingPeriodStart", 'Open' AS "BillingPeriodStatus",
       '2026-05-20T00:00:00Z' AS "BillingPeriodLastUpdated";
SELECT is(loaded, 1::bigint, 'a period is open') FROM accelcost.import_billing_period('period');
UPDATE period SET "BillingPeriodStatus" = 'Closed', "BillingPeriodLastUpdated" = '2026-06-03T00:00:00Z';
SELECT results_eq(
    $$SELECT loaded, replaced FROM accelcost.import_billing_period('period')$$,
    $$VALUES (1::bigint, 1::bigint)$$, 'and then closed');
UPDATE period SET "BillingPeriodStatus" = 'Open', "BillingPeriodLastUpdated" = '2026-05-21T00:00:00Z';
SELECT results_eq(
    $$SELECT loaded, replaced, withheld FROM accelcost.import_billing_period('period')$$,
    $$VALUES (0::bigint, 0::bigint, 1::bigint)$$, 'an older file does not open it again');
INSERT INTO period VALUES ('Microsoft', '2026-05-01', 'Open', '2026-05-21T00:00:00Z');
SELECT results_eq(
    $$SELECT loaded, replaced, withheld FROM accelcost.import_billing_period('period')$$,
    $$VALUES (1::bigint, 0::bigint, 1::bigint)$$, 'nor does it hold up others');
SELECT results_eq(
    'SELECT invoiceissuername, billingperiodstatus FROM accelcost.focus_billing_period ORDER BY 1',
    $$VALUES ('AWS', 'Closed'), ('Microsoft', 'Open')$$, 'each is as its newest record says');

-- ---- contract commitments ---------------------------------------------------

CREATE TEMPORARY TABLE commitment AS
SELECT c AS "ContractCommitmentId", '100.50' AS "ContractCommitmentCost", 'USD' AS "BillingCurrency"
FROM unnest('{c1,c2}'::text[]) AS c;
SELECT is(loaded, 2::bigint, 'commitments of FOCUS 1.3') FROM accelcost.import_contract_commitment('commitment');
CREATE TEMPORARY TABLE commitment_1_4 AS
SELECT *, p AS "ServiceProviderName", '2026-05-20' AS "ContractCommitmentLastUpdated", 'Units' AS "PricingCurrency"
FROM commitment CROSS JOIN unnest('{AWS,Other}'::text[]) AS p
WHERE ("ContractCommitmentId", p) <> ('c2', 'Other');
SELECT results_eq(
    $$SELECT loaded, replaced FROM accelcost.import_contract_commitment('commitment_1_4')$$,
    $$VALUES (3::bigint, 2::bigint)$$, 'are replaced by those of 1.4, whose ids are unique within a provider');
SELECT results_eq(
    $$SELECT loaded, replaced, withheld FROM accelcost.import_contract_commitment('commitment')$$,
    $$VALUES (0::bigint, 0::bigint, 2::bigint)$$, 'and do not replace them');
SELECT results_eq(
    $$
        SELECT contractcommitmentid, serviceprovidername, contractcommitmentcost, pricingcurrency
        FROM accelcost.focus_contract_commitment
        ORDER BY 1, 2$$,
    $$VALUES ('c1', 'AWS', 100.50, 'Units'), ('c1', 'Other', 100.50, 'Units'), ('c2', 'AWS', 100.50, 'Units')$$,
    'none is there twice');

-- A staging table has no statistics, and thousands of rows would be compared one by one.
SELECT ok(
    'enable_nestloop=off' = ANY (proconfig), 'rows are never compared one by one, whatever the planner expects')
FROM pg_proc
WHERE proname = 'import_dataset';

SELECT * FROM finish();
ROLLBACK;
