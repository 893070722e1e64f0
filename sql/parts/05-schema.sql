-- Types, operators and functions go where CREATE EXTENSION says, so that
-- sum(cost) needs no search_path; tables and views have a schema of their own.
CREATE SCHEMA accelcost;
COMMENT ON SCHEMA accelcost IS
    'tables and views of accelcost; its types and functions are in the schema of CREATE EXTENSION';

GRANT USAGE ON SCHEMA accelcost TO PUBLIC;
GRANT USAGE, CREATE ON SCHEMA accelcost TO @extowner@;

