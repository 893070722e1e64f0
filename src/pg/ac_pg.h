/*
 * ac_pg.h
 *	  First include of every file of the glue: the server, what differs
 *	  between its majors, and how a datum becomes a value of the core.
 */
#ifndef AC_PG_H
#define AC_PG_H

#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

#include "core/allocate.h"
#include "core/money.h"
#include "core/tariff.h"
#include "core/tariff_state.h"
#include "core/tco.h"
#include "core/tco_avg.h"
#include "core/token.h"
#include "pg/compat.h"

StaticAssertDecl(sizeof(ac_int128) == sizeof(int128),
				 "the core's int128 is the server's");
StaticAssertDecl(_Alignof(ac_tco) <= MAXIMUM_ALIGNOF,
				 "a tco can lie wherever palloc and tuples put it");
StaticAssertDecl(_Alignof(ac_tco_avg) <= MAXIMUM_ALIGNOF,
				 "a state can lie wherever palloc and tuples put it");

/* as stored: for the functions of args.c, which need no aligned copy */
#define PG_GETARG_PACKED_NUMERIC(n) \
	((Numeric) PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(n)))

#define PG_GETARG_TCO(n)		((ac_tco *) PG_GETARG_POINTER(n))
#define PG_GETARG_TCO_AVG(n)	((ac_tco_avg *) PG_GETARG_POINTER(n))

/* A tariff or state lies at 8-aligned addresses once it is not packed. */
#define DatumGetTariff(d)		((ac_tariff *) PG_DETOAST_DATUM(d))
#define PG_GETARG_TARIFF(n)		DatumGetTariff(PG_GETARG_DATUM(n))
#define PG_GETARG_TARIFF_STATE(n) \
	((ac_tariff_state *) PG_DETOAST_DATUM(PG_GETARG_DATUM(n)))

/* error.c, error_input.c: raise what the core found wrong */
extern void ac_raise(ac_status status, const ac_fault *fault,
					 const char *type_name, const char *input,
					 struct Node *escontext);
extern char *ac_shown(const char *text, size_t len);

/* Raise unless all is well; for everything but the text of a type. */
static inline void
ac_check_type(ac_status status, const ac_fault *fault, const char *type_name)
{
	if (unlikely(status != AC_OK))
	{
		ac_raise(status, fault, type_name, NULL, NULL);
		pg_unreachable();
	}
}

static inline void
ac_check(ac_status status, const ac_fault *fault)
{
	ac_check_type(status, fault, "tco");
}

/*
 * Call a function of the server on two numerics; short, as calls are nested.
 */
static inline Datum
ac_call2(PGFunction function, Datum a, Datum b)
{
	return DirectFunctionCall2(function, a, b);
}

/* An ac_poll: long loops of the core let the statement be cancelled. */
static inline void
ac_check_for_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

/* Why a numeric is not valid for its argument. */
typedef enum ac_numeric_fault
{
	AC_NUMERIC_OK = 0,
	AC_NUMERIC_SPECIAL,			/* NaN or infinity */
	AC_NUMERIC_RANGE,
	AC_NUMERIC_SCALE			/* it has more decimals */
} ac_numeric_fault;

/*
 * Limit of units read from or written to a numeric: below 10^76 fits in 255
 * bits.
 */
#define AC_UNITS_DIGITS_MAX		76
#define AC_UNITS_SCALE_MAX		63

/* An argument that is an array of numbers, some of them null. */
typedef struct ac_numbers
{
	const char *argument;
	Datum	   *number;
	bool	   *null;
	int			count;
} ac_numbers;

/* An argument that is an array of double precision. */
typedef struct ac_reals
{
	const double *value;
	int			count;
} ac_reals;

/* An argument that is an array of bigint, or of timestamps. */
typedef struct ac_integers
{
	const int64_t *value;
	int			count;
} ac_integers;

/* numeric_read.c, numeric_write.c: numeric <-> fixed point */
extern ac_int128 ac_fixed_from_numeric(Numeric number);
extern ac_numeric_fault ac_quantity_from_numeric(Numeric number,
												 ac_quantity *quantity);
extern ac_numeric_fault ac_units_from_numeric(Numeric number, int scale,
											  ac_int256 *units);
extern bool ac_ratio_from_numeric(Numeric number, ac_ratio *ratio);
extern Numeric ac_numeric_finite(Numeric number, const char *argument);
extern char *ac_numeric_text(Numeric number);
extern ac_int256 ac_units_rounded(Numeric number, int scale);
extern bool ac_numeric_is_finite(Numeric number);
extern bool ac_numeric_exponent(Numeric number, int *exponent);
extern Numeric ac_numeric_from_fixed(ac_int256 value);
extern Numeric ac_numeric_from_units(ac_int256 units, int scale, bool trim);
extern Numeric ac_numeric_showing(ac_int256 units, int scale, int shown);
extern Numeric ac_numeric_from_quantity(const ac_quantity *quantity);
extern Numeric ac_numeric_from_amount(const ac_amount *amount);

/* parts.c: totals and weights of what is split */
extern int	ac_parts_digits(int digits);
extern int	ac_parts_digits_of(int scale, int least, Numeric total,
							   const char *argument);
extern ac_int256 ac_total_units(Numeric total, int digits,
								const char *argument);
extern ac_int128 *ac_signed_weights(const Datum *number, int count);

/* scale_tco.c: a tco times a numeric, and by one */
extern void ac_scale_by_numeric(ac_tco *tco, Numeric factor);
extern void ac_divide_by_numeric(ac_tco *tco, Numeric divisor);

/* args.c: currencies, component names, numbers and their limits, arrays, rows */
extern void ac_raise_numeric(ac_numeric_fault fault, Numeric number,
							 const char *argument, int scale);
extern ac_quantity ac_quantity_argument(Numeric number, const char *argument);
extern Numeric ac_numeric_at_least(Numeric number, Numeric limit,
								   const char *argument);
extern Numeric ac_numeric_more_than(Numeric number, Numeric limit,
									const char *argument);
extern Numeric ac_numeric_at_most(Numeric number, Numeric limit,
								  const char *argument);
extern Numeric ac_positive(Numeric number, const char *argument);
extern Numeric ac_not_negative(Numeric number, const char *argument);
extern ac_tco *ac_new_tco(const text *currency);
extern ac_tco *ac_copy_tco(const ac_tco *tco);
extern ac_component ac_component_from_text(const text *name);
extern ac_tariff *ac_new_tariff(int count);
extern Datum ac_tariff_datum(ac_tariff *tariff);
extern char *ac_argument_name(const char *argument, int element);
pg_noreturn extern void ac_raise_null(const char *argument, int element);
extern ac_int128 ac_price_argument(Numeric number, const char *argument);
extern ac_int128 ac_tariff_number(Datum datum, const char *argument,
								  int element);
extern ac_int128 ac_tariff_block(Datum datum);
extern ac_int128 ac_tariff_element(const ac_numbers *numbers, int i);
extern ac_numbers ac_numbers_argument(FunctionCallInfo fcinfo, int n,
									  const char *argument);
extern void ac_same_length(const ac_numbers *a, const ac_numbers *b);
extern void ac_same_count(const char *a, int a_count, const char *b,
						  int b_count);
extern ac_reals ac_reals_argument(FunctionCallInfo fcinfo, int n,
								  const char *argument);
extern ac_integers ac_integers_argument(FunctionCallInfo fcinfo, int n,
										const char *argument);
extern ac_integers ac_days_argument(FunctionCallInfo fcinfo, int n,
									const char *argument);
extern Datum ac_record(FunctionCallInfo fcinfo, Datum *column, bool *null);

#endif							/* AC_PG_H */
