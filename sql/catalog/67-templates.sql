-- The tables of the catalog have the columns of these templates.

DROP TABLE accelcost_internal.named_row, accelcost_internal.dated_row;
