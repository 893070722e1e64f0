-- Three schemas. Values (types, operators, aggregates, calculations) go where CREATE EXTENSION says, so that
-- sum(cost) needs no search_path. What is about tables is in accelcost. Helpers are in accelcost_internal: text that
-- is resolved at run time calls functions there alone, since nobody else can create any.

CREATE SCHEMA accelcost;
COMMENT ON SCHEMA accelcost IS
    'tables and views of accelcost, and the functions that read, load or report on them';
GRANT USAGE ON SCHEMA accelcost TO PUBLIC;
GRANT USAGE, CREATE ON SCHEMA accelcost TO @extowner@;

CREATE SCHEMA accelcost_internal;
COMMENT ON SCHEMA accelcost_internal IS
    'helpers of accelcost: not for users, and different in any version';
GRANT USAGE ON SCHEMA accelcost_internal TO PUBLIC;
