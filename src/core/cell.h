/*
 * cell.h
 *	  Cells of a billing export: which texts are numbers, costs, times and
 *	  objects, whatever a locale or a setting says.
 *
 * A cell is bytes of an encoding that extends ASCII.
 */
#ifndef AC_CELL_H
#define AC_CELL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

extern bool ac_cell_trim(const char **text, size_t *len);
extern bool ac_cell_is_number(const char *text, size_t len);
extern bool ac_cell_is_cost(const char *text, size_t len);
extern bool ac_cell_time(const char *text, size_t len, int64_t *microseconds);
extern bool ac_cell_is_plain_object(const char *text, size_t len);

#endif							/* AC_CELL_H */
