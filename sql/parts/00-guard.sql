\echo Use "CREATE EXTENSION accelcost CASCADE" to load this file. \quit

