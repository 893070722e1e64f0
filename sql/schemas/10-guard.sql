\echo Use "CREATE EXTENSION accelcost CASCADE" to load this file. \quit

-- Nothing in the schema of CREATE EXTENSION can take the place of what is named here: own names are qualified.
SET LOCAL search_path TO pg_catalog, pg_temp;
