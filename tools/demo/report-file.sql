-- What the file bills, by month and provider, and for which services.

\echo
\echo 'Billed, by month of the charge (UTC)'
SELECT CASE WHEN row_number() OVER (PARTITION BY month, currency ORDER BY provider_name) = 1
            THEN to_char(month, 'YYYY-MM') END AS month,
       coalesce(provider_name, 'all') AS provider, currency,
       round(component(cost, 'compute'), 2) AS compute, round(component(cost, 'egress'), 2) AS egress,
       round(component(cost, 'storage'), 2) AS storage, round(component(cost, 'upfront'), 2) AS upfront,
       round(component(cost, 'other'), 2) AS other, round(component(cost, 'tax'), 2) AS tax,
       round(component(cost, 'credit'), 2) AS credit, round(total(cost), 2) AS total
FROM (SELECT month, provider_name, currency, sum(cost) AS cost
      FROM accelcost.charge_monthly()
      GROUP BY GROUPING SETS ((month, currency, provider_name), (month, currency))) AS bill
ORDER BY bill.month, currency, provider_name NULLS LAST;

\echo 'The 20 services that cost most'
SELECT to_char(month, 'YYYY-MM') AS month, provider_name AS provider,
left(coalesce(service_name, 'none named'), 40) AS service,
       currency, billed_cost, charges
FROM accelcost.charge_monthly
ORDER BY billed_cost DESC, month, provider, service
LIMIT 20;

\pset null unknown
\echo 'All of it, by what cost can mean'
SELECT cost_basis AS basis, currency, total(sum(cost)) AS cost, sum(charges) AS charges,
       sum(unpriced_charges) AS "of which without such a cost"
FROM unnest('{billed,effective,list,contracted}'::text[]) WITH ORDINALITY AS basis (cost_basis, n),
     accelcost.charge_monthly(cost_basis)
GROUP BY n, cost_basis, currency
ORDER BY currency, n;
\echo 'How to load it into your own database: docs/import.md'
