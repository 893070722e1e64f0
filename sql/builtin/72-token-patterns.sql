-- What lines of bills for tokens say: kind of tokens, service tier, size of units, and names of models that only bills
-- have.  A source without a day counts as of the first of its year.
ALTER TABLE accelcost.charge_token_pattern DISABLE TRIGGER builtin_read_only;
DELETE FROM accelcost.charge_token_pattern WHERE builtin;

INSERT INTO accelcost.charge_token_pattern (provider, pattern, priority, token_kind, note, source, as_of, builtin)
SELECT t.provider, t.pattern, t.priority, t.kind, t.note, s.source, '2026-01-01', true
FROM (VALUES
    (NULL::text, 'token[- ]hours?|(cache|caching) storage|storage.*(cache|caching)', 0, 'none',
     'tokens kept in a cache, by the hour'),
    (NULL, 'audio|image|video|speech|realtime|transcri|(?<![a-z])aud(?![a-z])', 1, 'none', 'not text'),
    (NULL, 'fine[- ]?tun|training|provisioned|(?<![a-z])ptu(?![a-z])|hosting|model unit', 1, 'none',
     'not priced by the token'),
    (NULL, 'cache[-_ ]?(write|creation)[-_a-z ]*(1[-_ ]?h|1 hour|one hour)|(1[-_ ]?h|1 hour)[-_a-z ]*cache[-_ ]?write',
     10, 'cache_write_1h', NULL),
    (NULL, 'cache[-_ ]?(write|creation)[-_a-z0-9 ]*token', 11, 'cache_write_5m', NULL),
    (NULL, 'cache[-_ ]?read[-_a-z0-9 ]*token|cached[-_ ](input |prompt )?tokens?|cache[-_ ]hit', 12, 'cache_read',
     NULL),
    (NULL, '(output|completion|response)[-_a-z ]*tokens?|tokens?[-_, ]+output|reasoning tokens?', 13, 'output', NULL),
    (NULL, '(input|prompt|request)[-_a-z ]*tokens?|tokens?[-_, ]+input', 14, 'input', NULL),
    ('AWS', 'CacheWrite(1h)InputTokenCount', 10, 'cache_write_1h', NULL),
    ('AWS', 'CacheWrite[a-z0-9]*TokenCount|cache[-_]write[-_]input', 11, 'cache_write_5m', NULL),
    ('AWS', 'CacheRead[a-z0-9]*TokenCount|cache[-_]read[-_]input', 12, 'cache_read', NULL),
    ('AWS', 'OutputTokenCount', 13, 'output', NULL),
    ('AWS', 'InputTokenCount', 14, 'input', NULL),
    ('Azure', '(openai|foundry|cognitive|models).*(?<![a-z])(cd wr|cache write)', 11, 'cache_write_5m', NULL),
    ('Azure', '(openai|foundry|cognitive|models).*(?<![a-z])(cached|cchd|cd)[- ](inp|input|in)(?![a-su-z])', 12,
     'cache_read', NULL),
    ('Azure', '(openai|foundry|cognitive|models).*(?<![a-z])(outp|outpt|opt|output)(?![a-z])', 13, 'output', NULL),
    ('Azure', '(openai|foundry|cognitive|models).*(?<![a-z])(inp|inpt|input)(?![a-z])', 14, 'input', NULL),
    ('Google Cloud', '(gemini|claude|llama|mistral).*(input|text)[- ]*(text )?(cache|caching)|cached.*input|'
     '(cached?|caching).*read', 12, 'cache_read', NULL),
    ('Google Cloud', '(gemini|claude|llama|mistral).*output', 13, 'output', NULL),
    ('Google Cloud', '(gemini|claude|llama|mistral).*input', 14, 'input', NULL)
    ) AS t (provider, pattern, priority, kind, note)
CROSS JOIN LATERAL (SELECT CASE t.provider
    WHEN 'AWS' THEN 'AWS, understanding your Amazon Bedrock Cost and Usage Report data, '
                    'docs.aws.amazon.com/bedrock/latest/userguide/cost-mgmt-understanding-cur-data.html'
    WHEN 'Azure' THEN 'Microsoft, names of meters of Azure OpenAI in the retail price list, prices.azure.com'
    WHEN 'Google Cloud' THEN 'Google Cloud, SKUs of Vertex AI, cloud.google.com/skus'
    ELSE 'FOCUS, examples of charges for AI models, github.com/FinOps-Open-Cost-and-Usage-Spec/FOCUS_Spec'
    END AS source) AS s;

INSERT INTO accelcost.charge_token_pattern (provider, pattern, priority, service_tier, is_long, tokens_per_unit, model,
                                            source, as_of, builtin)
SELECT t.provider, t.pattern, t.priority, t.tier, t.is_long, t.unit, t.model, s.source, '2026-01-01', true
FROM (VALUES
    (NULL::text, '(?<![a-z])batch', 20, 'batch', NULL::boolean, NULL::numeric, NULL::text),
    (NULL, '(?<![a-z])flex(?![a-z])', 20, 'flex', NULL, NULL, NULL),
    (NULL, '(?<![a-z])priority(?![a-z])', 20, 'priority', NULL, NULL, NULL),
    ('Azure', '(?<![a-z])pp(?![a-z])', 21, 'priority', NULL, NULL, NULL),
    (NULL, 'long[- ]?(context|co(?![a-z]))', 22, NULL, true, NULL, NULL),
    -- The units of Marketplace are millions of tokens.
    ('AWS', 'MP:[A-Z0-9]+_[a-z0-9_]*(token)', 23, NULL, NULL, 1000000, NULL),
    ('AWS', '(?<![a-z])nova[- ]?2[- ]?lite', 30, NULL, NULL, NULL, 'amazon.nova-2-lite-v1:0'),
    ('AWS', '(?<![a-z])nova[- ]?lite', 31, NULL, NULL, NULL, 'amazon.nova-lite-v1:0'),
    ('AWS', '(?<![a-z])nova[- ]?pro', 31, NULL, NULL, NULL, 'amazon.nova-pro-v1:0')
    ) AS t (provider, pattern, priority, tier, is_long, unit, model)
CROSS JOIN LATERAL (SELECT CASE t.provider
    WHEN 'AWS' THEN 'AWS, understanding your Amazon Bedrock Cost and Usage Report data, '
                    'docs.aws.amazon.com/bedrock/latest/userguide/cost-mgmt-understanding-cur-data.html'
    WHEN 'Azure' THEN 'Microsoft, names of meters of Azure OpenAI in the retail price list, prices.azure.com'
    ELSE 'FOCUS, examples of charges for AI models, github.com/FinOps-Open-Cost-and-Usage-Spec/FOCUS_Spec'
    END AS source) AS s;

-- Where the tokens were processed, if that has a price of its own.
INSERT INTO accelcost.charge_token_pattern (provider, pattern, priority, geo, note, source, as_of, builtin)
SELECT t.provider, t.pattern, t.priority, t.geo, t.note, t.source, '2026-01-01', true
FROM (VALUES
    ('AWS', 'claude (opus|sonnet|haiku|fable) (4[.][5-9]|[5-9]).*MP:(?!.*global)', 41, 'region',
     'from Claude 4.5 on, a meter without Global is that of a region or its part of the world',
     'AWS, Amazon Bedrock pricing, aws.amazon.com/bedrock/pricing/'),
    ('Azure', '(openai|foundry|cognitive|models).*((?<![a-z])(data ?zone|dzone|dz|data ?zn)(?![a-z]))', 41, 'region',
     'data zones are the US and the EU', 'Microsoft, names of meters of Azure OpenAI in the retail price list, '
     'prices.azure.com'),
    ('Azure', '(openai|foundry|cognitive|models).*((?<![a-z])(regional|regionl|regnl|rgnl)(?![a-z]))', 42, 'region',
     'processed in one region', 'Microsoft, names of meters of Azure OpenAI in the retail price list, '
     'prices.azure.com')
    ) AS t (provider, pattern, priority, geo, note, source);
ALTER TABLE accelcost.charge_token_pattern ENABLE TRIGGER builtin_read_only;
