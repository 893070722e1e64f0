-- Budgets.


CREATE TABLE accelcost.budget (
    name        text    NOT NULL
        CHECK (btrim(name) <> '' OR accelcost_internal.refuse_value(name, 'budget', 'name', 'Name the budget.')),

    -- whose cost; NULL is everybody's
    provider    text,
    payer       text,
    team        text,
    model       text,
    customer    text,
    tags        jsonb
        CHECK (accelcost_internal.tag_patterns_are_valid(tags)
               OR accelcost_internal.refuse_value(tags::text, 'budget', 'tags',
                   'Give an object of tag names and values, such as {"env": "prod"}, or NULL.')),

    -- how much
    basis       text    NOT NULL
        CHECK (accelcost_internal.check_column_word(basis, '{modelled,billed,effective}', 'budget', 'basis')),
    amount      numeric NOT NULL
        CHECK ((amount > 0.0 AND amount < 1e20)
               OR accelcost_internal.refuse_value(amount::text, 'budget', 'amount',
                                                  'Give a number above 0 and below 1e20.')),
    currency    text    NOT NULL DEFAULT 'USD'
        CHECK (accelcost_internal.is_currency(currency)
               OR accelcost_internal.refuse_currency(currency, 'budget', 'currency')),

    -- when
    period      text    NOT NULL DEFAULT 'month'
        CHECK (accelcost_internal.check_column_word(period, '{month,quarter}', 'budget', 'period')),
    first_month date    NOT NULL
        CHECK ((isfinite(first_month) AND extract(day FROM first_month) = 1)
               OR accelcost_internal.refuse_value(first_month::text, 'budget', 'first_month',
                                                  'Give the first day of a month.')),
    last_month  date
        CHECK ((isfinite(last_month) AND extract(day FROM last_month) = 1)
               OR accelcost_internal.refuse_value(last_month::text, 'budget', 'last_month',
                                                  'Give the first day of the last month, or NULL for no end.')),
    note        text,

    PRIMARY KEY (name, first_month),
    CONSTRAINT budget_months
        CHECK (last_month >= first_month
               OR accelcost_internal.refuse_value(last_month::text, 'budget', 'last_month',
                                                  'Give a month that is not before first_month.')),
    CONSTRAINT budget_quarters
        CHECK (period <> 'quarter'
               OR ((extract(month FROM first_month)::integer % 3 = 1)
                   AND (last_month IS NULL OR extract(month FROM last_month)::integer % 3 = 0))
               OR accelcost_internal.refuse_value(first_month::text, 'budget', 'first_month',
                                                  'Give whole quarters: first_month January, April, July or October, '
                                                  'last_month March, June, September or December.')),
    CONSTRAINT budget_once EXCLUDE USING gist (name WITH =, daterange(first_month, last_month, '[]') WITH &&)
);
COMMENT ON TABLE accelcost.budget IS
    'budgets by month or quarter, for any of provider, payer, team, model, customer and tags';
COMMENT ON COLUMN accelcost.budget.name IS 'name of the budget; an amount that changes is another row of the name';
COMMENT ON COLUMN accelcost.budget.provider IS
    'provider, by any name in the catalog or as charges have it; NULL for all';
COMMENT ON COLUMN accelcost.budget.payer IS 'payer of usage, or billing account of charges; NULL for all';
COMMENT ON COLUMN accelcost.budget.team IS 'team, also by accelcost.cost_rule; NULL for all';
COMMENT ON COLUMN accelcost.budget.model IS 'model, also by accelcost.cost_rule; NULL for all';
COMMENT ON COLUMN accelcost.budget.customer IS 'customer; of charges the tag customer; NULL for all';
COMMENT ON COLUMN accelcost.budget.tags IS 'tags, an object of names and values that must all be equal; NULL for all';
COMMENT ON COLUMN accelcost.budget.basis IS
    'modelled: usage at catalog prices; billed or effective: charges; they are never added';
COMMENT ON COLUMN accelcost.budget.amount IS 'amount for each month or quarter, in currency';
COMMENT ON COLUMN accelcost.budget.currency IS 'currency of amount; costs are converted to it';
COMMENT ON COLUMN accelcost.budget.period IS 'month or quarter: how long amount is for';
COMMENT ON COLUMN accelcost.budget.first_month IS 'first day of the first month';
COMMENT ON COLUMN accelcost.budget.last_month IS 'first day of the last month; NULL if the budget has no end';
COMMENT ON COLUMN accelcost.budget.note IS 'what to know about the budget';

ALTER TABLE accelcost.budget OWNER TO @extowner@;
SELECT pg_extension_config_dump('accelcost.budget', '');
