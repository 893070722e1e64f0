-- What usage costs, rule by rule: one meter a row, prices of the row's own
-- time, tiers of the payer's month, and NULL with a reason where no price is
-- known.
BEGIN;
SELECT plan(101);
SET LOCAL timezone = 'UTC';
\ir ../include/usage_catalog.sql

SELECT is(pg_temp.priced(changes), expected, rule)
FROM (VALUES
    -- machines
    ('{"sku": "z8", "instance_hours": 2}'::jsonb, '20 USD compute=20', 'hours times the price of an instance'),
    ('{"sku": "z8", "instance_hours": 0.125}', '1.25 USD compute=1.25',
     'a share of an instance is a fraction of its hours'),
    ('{"sku": "z8", "instance_hours": -2}', '-20 USD compute=-20', 'a correction is negative'),
    ('{"sku": "z8", "instance_hours": 2, "output_tokens": 5000000, "model": "plain"}', '20 USD compute=20',
     'a row that names a machine is not priced by its tokens'),
    ('{"sku": "z8", "instance_hours": 0, "output_tokens": 5000000}', 'no record has the hours of this machine',
     'the hours of a machine must be somewhere'),
    ('{"sku": "no such", "instance_hours": 0}', '0 USD', 'not even one that is unknown'),
    ('{"sku": "z8"}', 'instance_hours are unknown', 'hours that are unknown are not 0'),
    ('{"sku": "no such", "instance_hours": 1}', 'no on_demand price for sku "no such"',
     'a machine without a price has a reason'),
    ('{"sku": "z8", "instance_hours": 2, "period_start": "2026-07-10T11:59:59.999999Z"}', '20 USD compute=20',
     'the price is that of the moment before it changes'),
    ('{"sku": "z8", "instance_hours": 2, "period_start": "2026-07-10T12:00Z"}', '24 USD compute=24',
     'and of the moment when it has'),
    ('{"sku": "z8", "instance_hours": 2, "period_start": "2025-12-31T23:59Z"}', 'no on_demand price for sku "z8"',
     'before the first dated price there is none'),
    ('{"sku": "z8", "instance_hours": 2, "payer": "big"}', '14 USD compute=14',
     'a negotiated price is for the payer who has it'),
    ('{"sku": "z8", "instance_hours": 2, "purchase_option": "spot"}', '8 USD compute=8', 'spot has its own price'),
    ('{"sku": "z8", "instance_hours": 2, "purchase_option": "reserved", "term_months": 12}', '12 USD compute=12',
     'a commitment has that of its term'),
    ('{"sku": "z8", "instance_hours": 2, "purchase_option": "reserved", "term_months": 36}',
     'no reserved price for sku "z8"', 'and no other'),
    ('{"sku": "z8", "instance_hours": 2, "gpu_count": 8}', '20 USD compute=20',
     'the number of accelerators may be said'),
    ('{"sku": "z8", "instance_hours": 2, "gpu_count": 4}', 'gpu_count is 4, but 8 in sku "z8"', 'but not another one'),
    ('{"sku": "z", "instance_hours": 2, "gpu_count": 3}', '9 USD compute=9',
     'a price for one accelerator is multiplied'),
    ('{"sku": "z", "instance_hours": 2}', 'gpu_count is required: the price for sku "z" is for one accelerator',
     'by a number that must be known'),
    ('{"sku": "z4", "instance_hours": 2, "region": "south"}', '12 USD compute=12', 'the region has its price'),
    ('{"sku": "z4", "instance_hours": 2}', 'region is required: the on_demand price for sku "z4" differs by region',
     'and where they differ, no one is taken'),
    ('{"sku": "unknown", "instance_hours": 2}', 'the basis of the on_demand price for sku "unknown" is unknown',
     'a basis that is unknown is not assumed'),
    ('{"sku": "host", "instance_hours": 2}', 'the on_demand price for sku "host" is without accelerators',
     'nor is a host a machine with accelerators'),
    ('{"sku": "range", "instance_hours": 2}', 'the on_demand price for sku "range" is a range', 'nor a range a price'),
    ('{"sku": "upfront", "instance_hours": 2}', 'the on_demand price for sku "upfront" has an upfront part',
     'nor the hourly part all of it'),
    ('{"accelerator": "z2", "instance_hours": 2, "gpu_count": 3}', '9 USD compute=9',
     'an accelerator is enough where there is one price for it'),
    ('{"accelerator": "Z1", "instance_hours": 2, "gpu_count": 8}',
     'sku is required: the on_demand price for accelerator "Z1" differs', 'and not where there are several'),
    ('{"sku": "z8", "instance_hours": 0.01, "is_session": true}',
     '0.833333333333333333 USD compute=0.833333333333333333', 'a session is billed for its minimum, 300 s'),
    ('{"sku": "z8", "instance_hours": 0.1001, "is_session": true}',
     '1.166666666666666667 USD compute=1.166666666666666667', 'and by its increment, 360.36 s as 420'),
    ('{"sku": "z8", "instance_hours": 1, "is_session": true, "purchase_option": "spot"}',
     'the billing increment or minimum of sku "z8" is unknown', 'which must be known'),
    ('{"sku": "dear", "instance_hours": 2}', 'the cost is out of range',
     'a cost that no tco holds is none, and no error'),
    -- tokens
    ('{"provider": "talk", "model": "plain", "uncached_input_tokens": 1000000, "cache_read_tokens": 500000, '
     '"output_tokens": 100000}',
     '3.1 USD compute=3.1', 'each kind of tokens at its price'),
    ('{"provider": "Talk", "model": "plain", "uncached_input_tokens": 1, "output_tokens": -1}',
     '-0.000008 USD compute=-0.000008', 'to the last digit, corrections too'),
    ('{"provider": "Talk", "model": "bare", "uncached_input_tokens": 1000000}', '2 USD compute=2',
     'a price is needed only where there are such tokens'),
    ('{"provider": "Talk", "model": "bare", "uncached_input_tokens": 1000000, "cache_read_tokens": 1}',
     'no cache read price for model "bare"', 'and there it is'),
    ('{"provider": "Talk", "model": "plain", "cache_write_1h_tokens": 1}',
     'no 1-hour cache write price for model "plain"', 'for writes, too'),
    ('{"provider": "Talk", "model": "plain", "output_tokens": null}', 'tokens are unknown',
     'tokens that are unknown are not 0'),
    ('{"provider": "Talk", "output_tokens": 5}', 'model is unknown', 'a model is needed'),
    ('{"provider": "Talk", "model": "mystery", "output_tokens": 5}', 'no price for model "mystery"',
     'and one with a price'),
    ('{"provider": "Talk", "model": "mystery", "output_tokens": 0}', '0 USD', 'unless there are no tokens'),
    ('{"provider": "Talk", "model": "plain", "output_tokens": 1000000, "service_tier": "batch"}', '5 USD compute=5',
     'a batch has its own price'),
    ('{"provider": "Talk", "model": "bare", "output_tokens": 1000000, "service_tier": "batch"}',
     'no price for model "bare" in tier "batch"', 'which must be known'),
    ('{"provider": "Talk", "model": "thinks", "uncached_input_tokens": 1000000}', '1 USD compute=1',
     'reasoning with its own price is no matter of input'),
    ('{"provider": "Talk", "model": "thinks", "output_tokens": 1}',
     'reasoning tokens of model "thinks" have their own price', 'but of output it is'),
    ('{"provider": "Talk", "model": "long", "requests": 1, "uncached_input_tokens": 1000}', '0.003 USD compute=0.003',
     'at the threshold a request is not long yet'),
    ('{"provider": "Talk", "model": "loose", "requests": 1, "uncached_input_tokens": 1000}',
     '0.006 USD compute=0.006', 'unless it is not strict'),
    ('{"provider": "Talk", "model": "long", "requests": 1, "uncached_input_tokens": 1001, "output_tokens": 1000}',
     '0.028506 USD compute=0.028506', 'above it, all tokens have the long price'),
    ('{"provider": "Talk", "model": "long", "requests": 1, "uncached_input_tokens": 1, "cache_read_tokens": 1000}',
     '0.000606 USD compute=0.000606', 'cached ones count'),
    ('{"provider": "Talk", "model": "long", "requests": 1, "uncached_input_tokens": 1000, '
     '"cache_write_5m_tokens": 1}',
     'no 5-minute cache write price for model "long"', 'a long price that is missing is not the short one'),
    ('{"provider": "Talk", "model": "long", "requests": 3, "uncached_input_tokens": 900}',
     '0.0027 USD compute=0.0027', 'of several requests that are short together, none is long'),
    ('{"provider": "Talk", "model": "long", "requests": 3, "uncached_input_tokens": 1500}',
     'requests above 1000 input tokens to model "long" are not recorded separately', 'of others, one may be'),
    ('{"provider": "Talk", "model": "long", "uncached_input_tokens": 1500}',
     'requests above 1000 input tokens to model "long" are not recorded separately',
     'as where the number of requests is unknown'),
    ('{"provider": "Talk", "model": "long", "requests": 3, "uncached_input_tokens": 1500, '
     '"max_request_input_tokens": 800}',
     '0.0045 USD compute=0.0045', 'unless the largest is known to be short'),
    ('{"provider": "Talk", "model": "night", "output_tokens": 1000000, "requests": 1, '
     '"period_start": "2026-07-03T05:59:59Z"}',
     '1 USD compute=1', 'a price by the hour of the day, through midnight'),
    ('{"provider": "Talk", "model": "night", "output_tokens": 1000000, "period_start": "2026-07-03T06:00Z", '
     '"period_end": "2026-07-03T16:00Z"}',
     '4 USD compute=4', 'and outside of it'),
    ('{"provider": "Talk", "model": "night", "output_tokens": 1000000, "period_start": "2026-07-03T05:00Z", '
     '"period_end": "2026-07-03T07:00Z"}',
     'the price of model "night" changes within the period', 'and none for a row in both'),
    ('{"provider": " t-A.L.K ", "model": "night", "output_tokens": 1000000, "requests": 1, '
     '"period_start": "2026-07-03T05:59:59Z"}',
     '1 USD compute=1', 'however its provider is written'),
    ('{"provider": "Talk", "model": "peak", "output_tokens": 1000000, "requests": 1, '
     '"period_start": "2026-07-03T03:59:59Z"}',
     '5 USD compute=5', 'a row without an end is a moment, and in its window: on a Friday'),
    ('{"provider": "Talk", "model": "peak", "output_tokens": 1000000, "requests": 1, '
     '"period_start": "2026-07-04T03:59:59Z"}',
     '2 USD compute=2', 'and not on a Saturday'),
    ('{"provider": "Talk", "model": "peak", "output_tokens": 1000000, "period_start": "2026-07-03T03:00Z", '
     '"period_end": "2026-07-03T04:00Z"}', '5 USD compute=5', 'a row may end with its window'),
    ('{"provider": "Talk", "model": "peak", "output_tokens": 1000000, "period_start": "2026-07-03T03:00Z", '
     '"period_end": "2026-07-03T04:00:01Z"}',
     'the price of model "peak" changes within the period', 'and not later'),
    ('{"provider": "Talk", "model": "peak", "output_tokens": 1000000, "requests": 9}',
     'the price of model "peak" depends on the time of the week, and period_end is unknown',
     'requests without an end may be in any window'),
    ('{"provider": "Talk", "model": "peak", "output_tokens": 1000000, "period_start": "2026-07-05T22:00Z", '
     '"period_end": "2026-07-06T00:30Z"}', '2 USD compute=2', 'a window lasts over the end of the week'),
    ('{"provider": "Talk", "model": "peak", "output_tokens": 1000000, "period_start": "2026-07-03T02:00Z", '
     '"service_tier": "batch"}', '1 USD compute=1', 'a batch has no windows if its tier has none'),
    ('{"provider": "Talk", "model": "peak", "output_tokens": 1000000, "period_start": "2026-07-03T02:00Z", '
     '"period_end": "2026-07-03T08:00Z", "service_tier": "batch"}', '1 USD compute=1', 'nor limits'),
    ('{"provider": "OpenAI", "model": "gpt-5", "output_tokens": 1000000, "period_start": "2026-07-03T05:00Z", '
     '"period_end": "2026-07-04T07:00Z"}',
     '10 USD compute=10', 'which is no matter to other providers'),
    ('{"provider": "Talk", "model": "plain", "output_tokens": 1000000, "period_start": "2026-07-03T05:00Z", '
     '"period_end": "2026-07-04T07:00Z"}',
     '10 USD compute=10', 'which is no matter to a model without such prices'),
    -- who
    ('{"provider": "alpha-cloud INC", "sku": "z8", "instance_hours": 1}', '10 USD compute=10',
     'a provider by another name'),
    ('{"provider": "Omega", "sku": "z8", "instance_hours": 1, "transfer_quantity": 1, "region": "east"}',
     'unknown provider "Omega"', 'an unknown one'),
    ('{"provider": null, "sku": "z8", "instance_hours": 1}', 'provider is unknown', 'none'),
    -- energy
    ('{"provider": "Home", "region": "cellar", "energy_kwh": 10}', '2 USD energy=2',
     'energy of one''s own machines, at the price of the place'),
    ('{"provider": "Home", "region": "attic", "energy_kwh": 10}', 'no electricity price in "attic"',
     'which must be known'),
    ('{"provider": "Alpha", "region": "cellar", "energy_kwh": 10, "sku": "z8", "instance_hours": 1}',
     '10 USD compute=10', 'energy of others is in their price'),
    -- data
    ('{"region": "east", "transfer_quantity": 10340, "transfer_unit": "GiB"}', '930.1 USD egress=930.1',
     'tiers of a month'),
    ('{"region": "east", "transfer_quantity": 10340}', '930.1 USD egress=930.1',
     'without a unit in that of the tariff'),
    ('{"region": "east", "transfer_quantity": 11102490460160, "transfer_unit": "byte"}', '930.1 USD egress=930.1',
     'in bytes'),
    ('{"region": "east", "transfer_quantity": 1, "transfer_unit": "TiB"}', '92.16 USD egress=92.16',
     'in TiB of 1024 GiB'),
    ('{"region": "east", "transfer_quantity": 1.073741824, "transfer_unit": "GB"}', '0.09 USD egress=0.09',
     'a GB has 10^9 bytes'),
    ('{"region": "nobytes", "transfer_quantity": 1}', '0.1 USD egress=0.1',
     'a tariff in a unit of unknown size prices its own unit'),
    ('{"region": "nobytes", "transfer_quantity": 1, "transfer_unit": "GiB"}',
     'size of a GB in the egress tariff is unknown', 'and no other'),
    ('{"region": "gratis", "transfer_quantity": 1, "transfer_unit": "GiB"}', '0 USD', 'unless it is free'),
    ('{"region": "closed", "transfer_quantity": 10.5}', '10.5 GB of egress of the month are past the last tier',
     'past a closed last tier there is no price, and no error'),
    ('{"region": "east", "transfer_quantity": -1}', 'the net quantity of egress of the month is negative',
     'nor for less than nothing'),
    ('{"region": "flat", "transfer_quantity": 12}', '8.1 USD egress=8.1', 'flat fees of the tiers that are reached'),
    ('{"region": "volume", "transfer_quantity": 16}', '16 USD egress=16',
     'all at the price of the tier of a volume tariff'),
    ('{"region": "package", "transfer_quantity": 12.1}', '6 USD egress=6', 'packages are whole'),
    ('{"region": "nowhere", "transfer_quantity": 1}', 'no tariff for internet egress from "nowhere"',
     'a region without a tariff'),
    ('{"transfer_quantity": 1}', 'region is required: tariffs of egress differ by region', 'no region'),
    ('{"region": "east", "transfer_quantity": 1, "transfer_kind": "cdn"}', 'no tariff for cdn egress from "east"',
     'another kind of transfer has another tariff'),
    ('{"storage_quantity": 50, "storage_kind": "object"}', '1 USD storage=1', 'storage by the month'),
    ('{"storage_quantity": 39943195852800, "storage_unit": "byte-hour", "storage_kind": "object"}', '1 USD storage=1',
     'by the hour, of 744 in July'),
    ('{"storage_quantity": 50}', 'storage_kind is unknown', 'of a class that must be known'),
    ('{"sku": "z8", "instance_hours": 1, "region": "nowhere", "transfer_quantity": 1}',
     '10 USD compute=10; no tariff for internet egress from "nowhere"', 'what is known is told beside what is not'),
    -- money
    ('{"sku": "euro", "instance_hours": 1}', 'no exchange rate from EUR to USD on 2026-07-31',
     'another currency needs a rate')
) AS t (changes, expected, rule);

-- ---- relations of one's own, and errors ------------------------------------------

CREATE TEMPORARY TABLE mine (period_start timestamp, provider varchar(20), sku varchar(20), instance_hours integer);
INSERT INTO mine
VALUES ('2026-06-30 23:59:59', 'alpha', 'z8', 3), (NULL, 'Alpha', 'z8', 1), ('infinity', 'Alpha', 'z8', 1);
SELECT results_eq(
    'SELECT month, total, reason FROM accelcost.usage_monthly(source => $$mine$$) ORDER BY month',
    $$VALUES ('2026-06-01'::date, 30.0, NULL), (NULL, NULL, 'period_start is unknown')$$,
    'any relation with these columns, in UTC whatever the session');
SELECT throws_ok(
    'SELECT * FROM accelcost.usage_monthly(source => $$accelcost.charge$$)', '42703',
    'relation "accelcost.charge" is missing required columns: period_start, provider');
SELECT throws_ok('SELECT * FROM accelcost.usage_monthly(source => $$accelcost.usage_pkey$$)', '42809');
SELECT throws_ok('SELECT * FROM accelcost.usage_monthly(source => NULL)', '22004', '"source" must not be null');
SELECT throws_ok(
    $$SELECT * FROM accelcost.usage_monthly('2026-07-01', '2026-06-01')$$, '22023',
    '"last_month" must not be before "first_month"');
SELECT throws_ok($$SELECT * FROM accelcost.usage_monthly(currency => 'dollars and cents')$$, '22023');
SELECT throws_ok(
    $$INSERT INTO accelcost.usage (source, record_id, period_start) VALUES ('test', '1', '2026-07-03Z')$$, '23505',
    NULL, 'a record is counted once');

SELECT * FROM finish();
ROLLBACK;
