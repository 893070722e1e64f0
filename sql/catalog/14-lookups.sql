-- What lookups share: the nearest names, old figures, and where a region is.

CREATE FUNCTION accelcost_internal.nearest_names(known text[], name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT string_agg(format('"%s"', near.known), ', ' ORDER BY near.distance, near.known COLLATE "C")
    FROM (SELECT k.known,
                 accelcost_internal.name_distance(lower(left(k.known, 200) COLLATE "C"),
                                                  lower(left(nearest_names.name, 200) COLLATE "C")) AS distance
          FROM (SELECT DISTINCT unnest(nearest_names.known) AS known) AS k
          ORDER BY distance, k.known COLLATE "C"
          LIMIT 3) AS near;
END;
COMMENT ON FUNCTION accelcost_internal.nearest_names(text[], text) IS
    'returns the three known names that are nearest to a name, quoted; NULL if none are known';

CREATE FUNCTION accelcost_internal.with_nearest(problem text, known text[], name text) RETURNS text
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
    RETURN problem || coalesce('; the nearest are ' || accelcost_internal.nearest_names(known, name), '');
COMMENT ON FUNCTION accelcost_internal.with_nearest(text, text[], text) IS
    'returns the problem that a name is unknown, with the names that are nearest to it';

CREATE FUNCTION accelcost_internal.is_old(as_of date, at timestamptz, max_age interval) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    -- A date may be past the end of timestamp: no time is then after it.
    RETURN CASE WHEN as_of < '290000-01-01' THEN as_of::timestamp + max_age < at AT TIME ZONE 'UTC' ELSE false END;
COMMENT ON FUNCTION accelcost_internal.is_old(date, timestamptz, interval) IS
    'returns true if a source was older than max_age at a time; NULL if its date is unknown';

CREATE FUNCTION accelcost_internal.age_days(as_of date, at timestamptz) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN isfinite(as_of) AND isfinite(at) THEN (at AT TIME ZONE 'UTC')::date - as_of END;
COMMENT ON FUNCTION accelcost_internal.age_days(date, timestamptz) IS
    'returns the days from the date of a source to a time in UTC; NULL if either is unknown or infinite';

-- One expression of patterns: names of AWS and its like, of Azure, and ISO 3166 codes.
CREATE FUNCTION accelcost_internal.place_geo(region text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE
        WHEN region ~* '^(us([-_ ].*|gov.*|dod.*)?|(north|south|west|east)?(central)?(east|west)?us[0-9]?( [0-9])?)$'
        THEN 'us'
        WHEN region ~* '^(ca([-_].*)?|canada.*|northamerica-northeast.*)$' THEN 'ca'
        WHEN region ~* '^(sa-.*|mx([-_].*)?|southamerica-.*|northamerica-south.*|brazil.*|chile.*|mexico.*|latam)$'
        THEN 'latam'
        -- In Europe, not in the European Union.
        WHEN region ~* '^(eu-west-2|eu-central-2|europe-west2|europe-west6|eu-zurich-.*|uk([-_].*|south.*|west.*)?)'
                       '([-_]?[a-z])?$'
          OR region ~* '^(gb|ch|no|is)([-_].*)?$'
          OR region ~* '^(switzerland|norway|iceland|united kingdom).*$'
        THEN 'europe'
        WHEN region ~* '^(eu([-_].*)?|europe[-_].*|(north|west)europe|austria.*|belgium.*|denmark.*|finland.*)$'
          OR region ~* '^(france.*|germany.*|greece.*|ireland.*|italy.*|netherlands.*|poland.*)$'
          OR region ~* '^(portugal.*|spain.*|sweden.*)$'
          OR region ~* '^(at|be|bg|cy|cz|de|dk|ee|es|fi|fr|gr|hr|hu|ie|it|lt|lu|lv|mt|nl|pl|pt|ro|se|si|sk)(-.*)?$'
        THEN 'eu'
        WHEN region ~* '^(ap[-_].*|apac.*|asia.*|australia.*|cn[-_].*|(east|southeast)asia|japan.*|korea.*|taiwan.*)$'
          OR region ~* '^((central|south|west|jioindia)?-?india.*|indonesia.*|malaysia.*|newzealand.*|singapore.*)$'
          OR region ~* '^(au|cn|hk|id|in|jp|kr|my|nz|ph|sg|th|tw|vn)(-.*)?$'
        THEN 'apac'
        WHEN region ~* '^(me[-_].*|il([-_].*)?|uae.*|qatar.*|israel.*|ae|qa|sa)$' THEN 'me'
        WHEN region ~* '^(af[-_].*|africa-.*|southafrica.*|za)$' THEN 'africa'
    END;
COMMENT ON FUNCTION accelcost_internal.place_geo(text) IS
    'returns region_geo for the name of a region or the code of a country';

CREATE FUNCTION @extschema@.region_geo(region text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    -- Some names are a place, the code of its country and that of its continent.
    RETURN accelcost_internal.place_geo(
        regexp_replace(region, '^(.*, )?([A-Z]{2}), (AF|AN|AS|EU|NA|OC|SA)$', E'\\2'));
COMMENT ON FUNCTION @extschema@.region_geo(text) IS
    'returns us, ca, latam, eu, europe (not in the EU), apac, me or africa for a region by its name; NULL if unknown';
