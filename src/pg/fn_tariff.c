/*
 * fn_tariff.c
 *	  Functions over tariff: constructors and what a quantity costs.
 */
#include "pg/ac_pg.h"

#include "funcapi.h"
#include "utils/array.h"
#include "utils/tuplestore.h"

PG_FUNCTION_INFO_V1(accelcost_tariff);
PG_FUNCTION_INFO_V1(accelcost_tariff_from_widths);
PG_FUNCTION_INFO_V1(accelcost_tariff_cost);
PG_FUNCTION_INFO_V1(accelcost_tariff_cost_after);
PG_FUNCTION_INFO_V1(accelcost_tariff_lines);
PG_FUNCTION_INFO_V1(accelcost_tariff_marginal);
PG_FUNCTION_INFO_V1(accelcost_is_free);
PG_FUNCTION_INFO_V1(accelcost_tariff_end);
PG_FUNCTION_INFO_V1(accelcost_tariff_with_free);

/* The arguments of the constructors, in order. */
enum
{
	ARG_BOUNDS, ARG_PRICES, ARG_MODE, ARG_FLATS, ARG_ALLOWANCE, ARG_BLOCK
};

static inline void
check(ac_status status, const ac_fault *fault)
{
	ac_check_type(status, fault, "tariff");
}

/* Return a tariff of the given mode, with tiers that are all 0. */
static ac_tariff *
tariff_of_mode(const text *name, int count)
{
	ac_tariff  *tariff;
	ac_tariff_mode mode;
	ac_fault	fault;

	check(ac_tariff_check_count(count, &fault), &fault);
	check(ac_tariff_mode_by_name(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name),
								 &mode, &fault),
		  &fault);
	tariff = ac_new_tariff(count);
	ac_tariff_init(tariff, mode, count);
	return tariff;
}

/* Build a tariff from the arguments of a constructor, without checks. */
static ac_tariff *
tariff_of_arguments(FunctionCallInfo fcinfo, const char *bounds_name)
{
	ac_numbers	bounds = ac_numbers_argument(fcinfo, ARG_BOUNDS, bounds_name);
	ac_numbers	prices = ac_numbers_argument(fcinfo, ARG_PRICES, "price");
	bool		has_flats = !PG_ARGISNULL(ARG_FLATS);
	ac_numbers	flats = {0};
	ac_tariff  *tariff;
	int			i;

	ac_same_length(&bounds, &prices);
	if (has_flats)
	{
		flats = ac_numbers_argument(fcinfo, ARG_FLATS, "flat");
		ac_same_length(&flats, &prices);
	}
	if (PG_ARGISNULL(ARG_MODE))
		ac_raise_null("mode", 0);
	if (PG_ARGISNULL(ARG_ALLOWANCE))
		ac_raise_null("allowance", 0);

	tariff = tariff_of_mode(PG_GETARG_TEXT_PP(ARG_MODE), prices.count);
	tariff->allowance = ac_tariff_number(PG_GETARG_DATUM(ARG_ALLOWANCE),
										 "allowance", 0);
	if (!PG_ARGISNULL(ARG_BLOCK))
		tariff->block = ac_tariff_block(PG_GETARG_DATUM(ARG_BLOCK));
	for (i = 0; i < prices.count; i++)
	{
		ac_tier    *tier = &tariff->tier[i];

		tier->upto = bounds.null[i] ? AC_TIER_OPEN_BOUND
			: ac_tariff_element(&bounds, i);
		tier->price = ac_tariff_element(&prices, i);
		if (has_flats)
			tier->flat = ac_tariff_element(&flats, i);
	}
	return tariff;
}

Datum
accelcost_tariff(PG_FUNCTION_ARGS)
{
	ac_tariff  *tariff = tariff_of_arguments(fcinfo, "upto");
	ac_fault	fault;

	check(ac_tariff_seal(tariff, &fault), &fault);
	return ac_tariff_datum(tariff);
}

Datum
accelcost_tariff_from_widths(PG_FUNCTION_ARGS)
{
	ac_tariff  *tariff = tariff_of_arguments(fcinfo, "width");
	ac_fault	fault;

	check(ac_tariff_from_widths(tariff, &fault), &fault);
	check(ac_tariff_seal(tariff, &fault), &fault);
	return ac_tariff_datum(tariff);
}

Datum
accelcost_tariff_cost(PG_FUNCTION_ARGS)
{
	ac_tariff  *tariff = PG_GETARG_TARIFF(0);
	ac_quantity quantity = ac_quantity_argument(PG_GETARG_PACKED_NUMERIC(1),
												"quantity");
	ac_amount	cost;
	ac_fault	fault;

	check(ac_tariff_cost(tariff, &quantity, &cost, &fault), &fault);
	PG_RETURN_NUMERIC(ac_numeric_from_amount(&cost));
}

Datum
accelcost_tariff_cost_after(PG_FUNCTION_ARGS)
{
	ac_tariff  *tariff = PG_GETARG_TARIFF(0);
	ac_quantity quantity = ac_quantity_argument(PG_GETARG_PACKED_NUMERIC(1),
												"quantity");
	ac_quantity prior = ac_quantity_argument(PG_GETARG_PACKED_NUMERIC(2),
											 "prior");
	ac_amount	cost;
	ac_fault	fault;

	check(ac_tariff_cost_after(tariff, &prior, &quantity, &cost, &fault),
		  &fault);
	PG_RETURN_NUMERIC(ac_numeric_from_amount(&cost));
}

Datum
accelcost_tariff_marginal(PG_FUNCTION_ARGS)
{
	ac_tariff  *tariff = PG_GETARG_TARIFF(0);
	ac_quantity quantity = ac_quantity_argument(PG_GETARG_PACKED_NUMERIC(1),
												"quantity");
	ac_int128	price;
	ac_fault	fault;

	check(ac_tariff_marginal(tariff, &quantity, &price, &fault), &fault);
	PG_RETURN_NUMERIC(ac_numeric_from_fixed(ac_int256_from(price)));
}

static Datum
fixed_datum(ac_int128 value)
{
	return NumericGetDatum(ac_numeric_from_fixed(ac_int256_from(value)));
}

static Datum
quantity_datum(const ac_quantity *quantity)
{
	return NumericGetDatum(ac_numeric_from_quantity(quantity));
}

Datum
accelcost_tariff_lines(PG_FUNCTION_ARGS)
{
	ac_tariff  *tariff = PG_GETARG_TARIFF(0);
	ac_quantity quantity = ac_quantity_argument(PG_GETARG_PACKED_NUMERIC(1),
												"quantity");
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	ac_fault	fault;
	int			count;
	int			i;

	check(ac_tariff_lines(tariff, &quantity, &count, &fault), &fault);
	/* use the expected descriptor: a new one would leak memory on every call */
	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	for (i = 0; i < count; i++)
	{
		ac_tariff_line line;
		Datum		column[7];
		bool		null[7] = {false};

		CHECK_FOR_INTERRUPTS();
		check(ac_tariff_get_line(tariff, &quantity, i, &line, &fault), &fault);
		column[0] = Int32GetDatum(line.tier);
		column[1] = quantity_datum(&line.from);
		column[2] = quantity_datum(&line.upto);
		column[3] = quantity_datum(&line.quantity);
		column[4] = fixed_datum(line.price);
		column[5] = fixed_datum(line.flat);
		column[6] = NumericGetDatum(ac_numeric_from_amount(&line.amount));
		tuplestore_putvalues(result->setResult, result->setDesc, column, null);
	}
	return (Datum) 0;
}

Datum
accelcost_is_free(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(ac_tariff_is_free(PG_GETARG_TARIFF(0)));
}

/* NULL if the last tier is open. */
Datum
accelcost_tariff_end(PG_FUNCTION_ARGS)
{
	ac_int256	end;

	if (!ac_tariff_end(PG_GETARG_TARIFF(0), &end))
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(ac_numeric_from_fixed(end));
}

/* A free quantity of 0 leaves the tariff as it is. */
Datum
accelcost_tariff_with_free(PG_FUNCTION_ARGS)
{
	ac_tariff  *tariff = PG_GETARG_TARIFF(0);
	ac_int128	quantity = ac_tariff_number(PG_GETARG_DATUM(1),
											"free_quantity", 0);
	bool		in_tiers = PG_GETARG_BOOL(2);
	ac_tariff  *result = ac_new_tariff(tariff->count + 1);
	ac_fault	fault;

	if (quantity == 0)
		PG_RETURN_POINTER(tariff);
	check(in_tiers ? ac_tariff_add_free_tier(tariff, quantity, result, &fault)
		  : ac_tariff_add_allowance(tariff, quantity, result, &fault), &fault);
	return ac_tariff_datum(result);
}
