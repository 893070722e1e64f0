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

extern bool ac_cell_trim(const char **text, size_t *len, bool is_utf8);
extern bool ac_cell_is_number(const char *text, size_t len);
extern bool ac_cell_is_cost(const char *text, size_t len);
extern bool ac_cell_time(const char *text, size_t len, int64_t *microseconds);
extern bool ac_cell_is_plain_object(const char *text, size_t len);


/* These write to room for so many bytes, or as many as the cell has if more. */
#define AC_CELL_CURRENCY_MAX	12
#define AC_CELL_BLOCK_MAX		32
#define AC_CELL_DATE_ROOM(len)	((len) + 4)

extern bool ac_cell_currency(const char *text, size_t len, char *currency);
extern size_t ac_cell_money(const char *text, size_t len, char *amount);
extern size_t ac_cell_slash_date(const char *text, size_t len, bool day_first,
								 char *date);
extern size_t ac_cell_unit_block(const char *text, size_t len, char *units);

#endif							/* AC_CELL_H */
