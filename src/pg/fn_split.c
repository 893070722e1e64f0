/*
 * fn_split.c
 *	  split_cost(): the cost of a partition split over its rows by weights.
 *
 * The first row of a partition reads the others: their weights are kept until
 * the partition ends, and the parts are made from them one by one.
 */
#include "pg/ac_pg.h"

#include "nodes/execnodes.h"
#include "utils/datum.h"
#include "utils/memutils.h"
#include "windowapi.h"

PG_FUNCTION_INFO_V1(accelcost_split_cost);
PG_FUNCTION_INFO_V1(accelcost_split_cost_tco);

/* The arguments, in order; a tco has no digits. */
enum
{
	ARG_COST, ARG_WEIGHT, ARG_DIGITS
};

/*
 * Least decimals of numeric parts by default: those of the shares of bills in
 * reports.
 */
#define SPLIT_DIGITS_MIN	10

/* What must be known of a type to see that its values are the same. */
typedef struct kind
{
	int16		len;			/* as in pg_type */
	bool		by_value;
	bool		(*same) (Datum a, Datum b);
	char	   *(*text) (Datum value);
} kind;

/* An argument that must be the same in all rows of a partition. */
typedef struct constant
{
	const kind *kind;
	const char *name;
	int			argument;
	Datum		value;
	bool		null;
} constant;

/* What is known of a partition, in its memory. */
typedef struct partition
{
	bool		begun;
	bool		unknown;		/* the cost or a weight is null */
	int			digits;
	int64		next;			/* the row whose part is next */
	ac_int128  *weight;
	union
	{
		ac_split	number;
		ac_tco_split tco;
	}			split;
} partition;

static bool
same_numeric(Datum a, Datum b)
{
	return DatumGetBool(DirectFunctionCall2(numeric_eq, a, b));
}

static char *
numeric_text(Datum value)
{
	return ac_numeric_text(DatumGetNumeric(value));
}

static bool
same_tco(Datum a, Datum b)
{
	return ac_tco_compare((ac_tco *) DatumGetPointer(a),
						  (ac_tco *) DatumGetPointer(b)) == 0;
}

static char *
tco_text(Datum value)
{
	char		buffer[AC_TCO_TEXT_MAX];
	size_t		len = ac_tco_format((ac_tco *) DatumGetPointer(value), buffer);

	return ac_shown(buffer, len);
}

static bool
same_integer(Datum a, Datum b)
{
	return DatumGetInt32(a) == DatumGetInt32(b);
}

static char *
integer_text(Datum value)
{
	return psprintf("%d", DatumGetInt32(value));
}

static const kind numeric_kind = {-1, false, same_numeric, numeric_text};
static const kind tco_kind = {sizeof(ac_tco), false, same_tco, tco_text};
static const kind integer_kind = {sizeof(int32), true, same_integer, integer_text};

static const char *
shown(const constant *it, Datum value, bool null)
{
	return null ? "null" : it->kind->text(value);
}

static pg_noinline void
raise_differs(const constant *it, Datum value, bool null)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("\"%s\" must be the same in all rows of a partition",
					it->name),
			 errdetail("The values are %s and %s.", shown(it, it->value, it->null),
					   shown(it, value, null)),
			 errhint("Add the columns that determine \"%s\" to PARTITION BY, or pass the total of the partition, as in sum(cost) OVER (PARTITION BY ...).",
					 it->name)));
}

/* Read the argument from the first row, into the memory of room. */
static void
read_constant(WindowObject window, constant *it, MemoryContext room)
{
	Datum		value = WinGetFuncArgInPartition(window, it->argument, 0,
												 WINDOW_SEEK_HEAD, false,
												 &it->null, NULL);
	MemoryContext caller = MemoryContextSwitchTo(room);

	if (it->null)
		it->value = (Datum) 0;
	else if (it->kind->len == -1)
		it->value = PointerGetDatum(PG_DETOAST_DATUM_COPY(value));
	else
		it->value = datumCopy(value, it->kind->by_value, it->kind->len);
	MemoryContextSwitchTo(caller);
}

/* Check that the argument is the same in a row. */
static void
check_constant(WindowObject window, const constant *it, int row)
{
	bool		null;
	Datum		value = WinGetFuncArgInPartition(window, it->argument, row,
												 WINDOW_SEEK_HEAD, false,
												 &null, NULL);

	if (null != it->null || (!null && !it->kind->same(it->value, value)))
		raise_differs(it, value, null);
}

/* Copy the weight of a row into the memory of room; false if it is null. */
static bool
read_weight(WindowObject window, int row, MemoryContext room, Datum *weight)
{
	bool		null;
	Datum		value = WinGetFuncArgInPartition(window, ARG_WEIGHT, row,
												 WINDOW_SEEK_HEAD, false,
												 &null, NULL);
	Numeric		number;

	if (null)
		return false;
	number = ac_numeric_finite((Numeric) PG_DETOAST_DATUM_PACKED(value),
							   "weight");
	*weight = PointerGetDatum(MemoryContextAlloc(room, VARSIZE_ANY(number)));
	memcpy(DatumGetPointer(*weight), number, VARSIZE_ANY(number));
	return true;
}

/*
 * Read all rows of the partition: check the constants and return the weights,
 * or NULL if one of them is null.  Both are made in the current context.
 */
static Datum *
read_rows(FunctionCallInfo fcinfo, WindowObject window, constant *constants,
		  int constant_count, int rows)
{
	MemoryContext room = CurrentMemoryContext;
	MemoryContext one_row = AllocSetContextCreate(room, "split_cost row",
												  ALLOCSET_SMALL_SIZES);
	Datum	   *weight = MemoryContextAllocHuge(room, sizeof(Datum) * rows);
	bool		known = true;
	bool		stable[ARG_DIGITS + 1];
	int			row;
	int			i;

	MemoryContextSwitchTo(one_row);
	for (i = 0; i < constant_count; i++)
	{
		read_constant(window, &constants[i], room);
		stable[i] = get_fn_expr_arg_stable(fcinfo->flinfo,
										   constants[i].argument);
	}
	for (row = 0; row < rows; row++)
	{
		CHECK_FOR_INTERRUPTS();
		for (i = 0; i < constant_count; i++)
			if (!stable[i])
				check_constant(window, &constants[i], row);
		known &= read_weight(window, row, room, &weight[row]);
		MemoryContextReset(one_row);
	}
	MemoryContextSwitchTo(room);
	MemoryContextDelete(one_row);
	return known ? weight : NULL;
}

/* The memory of the partition, empty at its first row. */
static partition *
partition_of(FunctionCallInfo fcinfo)
{
	WindowObject window = PG_WINDOW_OBJECT();

	/* an operator can be made of any function, and calls it without a window */
	if (!WindowObjectIsValid(window))
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("split_cost must be called with an OVER clause")));
	WinCheckAndInitializeNullTreatment(window, false, fcinfo);
	return WinGetPartitionLocalMemory(window, sizeof(partition));
}

static int
row_count(WindowObject window)
{
	int64		rows = WinGetPartitionRowCount(window);

	if (rows > PG_INT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a partition of split_cost must not have more than %d rows",
						PG_INT32_MAX),
				 errdetail("It has %lld.", (long long) rows)));
	return (int) rows;
}

/* Return the decimals of the parts of a numeric. */
static int
digits_of(const constant *digits, Numeric cost)
{
	if (!digits->null)
		return ac_parts_digits(DatumGetInt32(digits->value));
	return ac_parts_digits_of(DatumGetInt32(DirectFunctionCall1(numeric_min_scale,
																NumericGetDatum(cost))),
							  SPLIT_DIGITS_MIN, cost, "cost");
}

static void
begin_number(partition *it, const constant *constants, int rows)
{
	Numeric		cost = ac_numeric_finite(DatumGetNumeric(constants[0].value),
										 "cost");
	ac_uint128 *remainder = MemoryContextAllocHuge(CurrentMemoryContext,
												   sizeof(ac_uint128) * rows);
	ac_int256	units;
	ac_fault	fault;

	it->digits = digits_of(&constants[1], cost);
	units = ac_total_units(cost, it->digits, "cost");
	ac_check(ac_split_begin(&it->split.number, units, it->weight, rows,
							ac_check_for_interrupts, remainder, &fault),
			 &fault);
}

static void
begin_tco(partition *it, const constant *constants, int rows)
{
	ac_uint128 *remainder = MemoryContextAllocHuge(CurrentMemoryContext,
												   sizeof(ac_uint128) * rows);
	ac_fault	fault;

	ac_check(ac_tco_split_begin(&it->split.tco,
								(ac_tco *) DatumGetPointer(constants[0].value),
								it->weight, rows, ac_check_for_interrupts,
								remainder, &fault),
			 &fault);
}

/* Read the partition at its first row, and begin to split its cost. */
static void
begin(FunctionCallInfo fcinfo, partition *it, constant *constants,
	  int constant_count,
	  void (*begin_split) (partition *it, const constant *constants, int rows))
{
	WindowObject window = PG_WINDOW_OBJECT();
	MemoryContext lasting = GetMemoryChunkContext(it);
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext scratch = AllocSetContextCreate(lasting, "split_cost",
												  ALLOCSET_DEFAULT_SIZES);
	int			rows = row_count(window);
	Datum	   *number;

	MemoryContextSwitchTo(scratch);
	number = read_rows(fcinfo, window, constants, constant_count, rows);
	WinSetMarkPosition(window, rows - 1);
	it->begun = true;
	it->unknown = number == NULL || constants[0].null;
	if (!it->unknown)
	{
		MemoryContextSwitchTo(lasting);
		it->weight = ac_signed_weights(number, rows);
		MemoryContextSwitchTo(scratch);
		begin_split(it, constants, rows);
	}
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(scratch);
}

Datum
accelcost_split_cost(PG_FUNCTION_ARGS)
{
	partition  *it = partition_of(fcinfo);

	if (!it->begun)
	{
		constant	constants[] = {
			{.kind = &numeric_kind,.name = "cost",.argument = ARG_COST},
			{.kind = &integer_kind,.name = "digits",.argument = ARG_DIGITS}
		};

		begin(fcinfo, it, constants, lengthof(constants), begin_number);
	}
	if (it->unknown)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(ac_numeric_from_units(ac_split_next(&it->split.number,
														  it->weight[it->next++]),
											it->digits, false));
}

Datum
accelcost_split_cost_tco(PG_FUNCTION_ARGS)
{
	partition  *it = partition_of(fcinfo);
	ac_tco	   *part = palloc(sizeof(ac_tco));
	ac_fault	fault;

	if (!it->begun)
	{
		constant	constants[] = {
			{.kind = &tco_kind,.name = "cost",.argument = ARG_COST}
		};

		begin(fcinfo, it, constants, lengthof(constants), begin_tco);
	}
	if (it->unknown)
		PG_RETURN_NULL();
	ac_check(ac_tco_split_next(&it->split.tco, it->weight[it->next++], part,
							   &fault),
			 &fault);
	PG_RETURN_POINTER(part);
}
