/*
 * fn_tco.c
 *	  Functions and operators over tco: constructors, accessors, arithmetic.
 */
#include "pg/ac_pg.h"

PG_FUNCTION_INFO_V1(accelcost_make_tco);
PG_FUNCTION_INFO_V1(accelcost_tco);
PG_FUNCTION_INFO_V1(accelcost_total);
PG_FUNCTION_INFO_V1(accelcost_upfront);
PG_FUNCTION_INFO_V1(accelcost_recurring);
PG_FUNCTION_INFO_V1(accelcost_component);
PG_FUNCTION_INFO_V1(accelcost_currency);
PG_FUNCTION_INFO_V1(accelcost_round);
PG_FUNCTION_INFO_V1(accelcost_exchange);
PG_FUNCTION_INFO_V1(accelcost_tco_neg);
PG_FUNCTION_INFO_V1(accelcost_tco_add);
PG_FUNCTION_INFO_V1(accelcost_tco_sub);
PG_FUNCTION_INFO_V1(accelcost_tco_mul_numeric);
PG_FUNCTION_INFO_V1(accelcost_numeric_mul_tco);
PG_FUNCTION_INFO_V1(accelcost_tco_div_numeric);
PG_FUNCTION_INFO_V1(accelcost_tco_div);
PG_FUNCTION_INFO_V1(accelcost_tco_add_numeric);
PG_FUNCTION_INFO_V1(accelcost_numeric_add_tco);
PG_FUNCTION_INFO_V1(accelcost_tco_sub_numeric);
PG_FUNCTION_INFO_V1(accelcost_numeric_sub_tco);

/* An amount as numeric. */
static inline Datum
amount_datum(ac_int256 amount)
{
	return NumericGetDatum(ac_numeric_from_fixed(amount));
}

Datum
accelcost_make_tco(PG_FUNCTION_ARGS)
{
	text	   *currency = PG_GETARG_TEXT_PP(AC_NCOMPONENTS);
	ac_tco	   *tco = ac_new_tco(currency);
	int			i;

	for (i = 0; i < AC_NCOMPONENTS; i++)
		tco->amount[i] = ac_fixed_from_numeric(PG_GETARG_PACKED_NUMERIC(i));
	PG_RETURN_POINTER(tco);
}

Datum
accelcost_tco(PG_FUNCTION_ARGS)
{
	Numeric		amount = PG_GETARG_PACKED_NUMERIC(0);
	text	   *currency = PG_GETARG_TEXT_PP(1);
	text	   *component = PG_GETARG_TEXT_PP(2);
	ac_component place = ac_component_from_text(component);
	ac_tco	   *tco = ac_new_tco(currency);

	tco->amount[place] = ac_fixed_from_numeric(amount);
	PG_RETURN_POINTER(tco);
}

Datum
accelcost_total(PG_FUNCTION_ARGS)
{
	return amount_datum(ac_tco_total(PG_GETARG_TCO(0)));
}

Datum
accelcost_upfront(PG_FUNCTION_ARGS)
{
	ac_tco	   *tco = PG_GETARG_TCO(0);

	return amount_datum(ac_int256_from(tco->amount[AC_UPFRONT]));
}

Datum
accelcost_recurring(PG_FUNCTION_ARGS)
{
	return amount_datum(ac_tco_recurring(PG_GETARG_TCO(0)));
}

Datum
accelcost_component(PG_FUNCTION_ARGS)
{
	ac_tco	   *tco = PG_GETARG_TCO(0);
	ac_component component = ac_component_from_text(PG_GETARG_TEXT_PP(1));

	return amount_datum(ac_int256_from(tco->amount[component]));
}

Datum
accelcost_currency(PG_FUNCTION_ARGS)
{
	ac_tco	   *tco = PG_GETARG_TCO(0);
	int			len = (int) ac_currency_len(tco->currency);

	PG_RETURN_TEXT_P(cstring_to_text_with_len(tco->currency, len));
}

Datum
accelcost_round(PG_FUNCTION_ARGS)
{
	ac_tco	   *tco = ac_copy_tco(PG_GETARG_TCO(0));
	int32		digits = PG_GETARG_INT32(1);
	ac_fault	fault;

	ac_check(ac_tco_round(tco, digits, &fault), &fault);
	PG_RETURN_POINTER(tco);
}

Datum
accelcost_exchange(PG_FUNCTION_ARGS)
{
	ac_tco	   *tco = PG_GETARG_TCO(0);
	text	   *currency = PG_GETARG_TEXT_PP(1);
	Numeric		rate = ac_positive(PG_GETARG_NUMERIC(2), "rate");
	ac_tco	   *exchanged = ac_new_tco(currency);

	memcpy(exchanged->amount, tco->amount, sizeof(tco->amount));
	ac_scale_by_numeric(exchanged, rate);
	PG_RETURN_POINTER(exchanged);
}

Datum
accelcost_tco_neg(PG_FUNCTION_ARGS)
{
	ac_tco	   *tco = ac_copy_tco(PG_GETARG_TCO(0));
	ac_fault	fault;

	ac_check(ac_tco_negate(tco, &fault), &fault);
	PG_RETURN_POINTER(tco);
}

Datum
accelcost_tco_add(PG_FUNCTION_ARGS)
{
	ac_tco	   *sum = ac_copy_tco(PG_GETARG_TCO(0));
	ac_fault	fault;

	ac_check(ac_tco_add(sum, PG_GETARG_TCO(1), &fault), &fault);
	PG_RETURN_POINTER(sum);
}

Datum
accelcost_tco_sub(PG_FUNCTION_ARGS)
{
	ac_tco	   *difference = ac_copy_tco(PG_GETARG_TCO(0));
	ac_fault	fault;

	ac_check(ac_tco_subtract(difference, PG_GETARG_TCO(1), &fault), &fault);
	PG_RETURN_POINTER(difference);
}

Datum
accelcost_tco_mul_numeric(PG_FUNCTION_ARGS)
{
	ac_tco	   *product = ac_copy_tco(PG_GETARG_TCO(0));

	ac_scale_by_numeric(product, PG_GETARG_NUMERIC(1));
	PG_RETURN_POINTER(product);
}

Datum
accelcost_numeric_mul_tco(PG_FUNCTION_ARGS)
{
	ac_tco	   *product = ac_copy_tco(PG_GETARG_TCO(1));

	ac_scale_by_numeric(product, PG_GETARG_NUMERIC(0));
	PG_RETURN_POINTER(product);
}

Datum
accelcost_tco_div_numeric(PG_FUNCTION_ARGS)
{
	ac_tco	   *quotient = ac_copy_tco(PG_GETARG_TCO(0));

	ac_divide_by_numeric(quotient, PG_GETARG_NUMERIC(1));
	PG_RETURN_POINTER(quotient);
}

/* The ratio of two totals, with the digits that numeric division gives. */
Datum
accelcost_tco_div(PG_FUNCTION_ARGS)
{
	ac_tco	   *a = PG_GETARG_TCO(0);
	ac_tco	   *b = PG_GETARG_TCO(1);
	ac_fault	fault;
	Datum		ratio;

	ac_check(ac_tco_same_currency(a, b, &fault), &fault);
	ratio = DirectFunctionCall2(numeric_div, amount_datum(ac_tco_total(a)),
								amount_datum(ac_tco_total(b)));
	return DirectFunctionCall1(numeric_trim_scale, ratio);
}

/* No number can be added to a tco, or taken from one: it has no currency. */
static Datum
raise_no_currency(const ac_tco *tco, Numeric number)
{
	const char *amount = ac_numeric_text(number);
	const char *currency = pnstrdup(tco->currency,
									ac_currency_len(tco->currency));

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s has no currency", amount),
			 errhint("Write '%s %s' or tco(%s, '%s').",
					 amount, currency, amount, currency)));
	pg_unreachable();
}

Datum
accelcost_tco_add_numeric(PG_FUNCTION_ARGS)
{
	return raise_no_currency(PG_GETARG_TCO(0), PG_GETARG_NUMERIC(1));
}

Datum
accelcost_numeric_add_tco(PG_FUNCTION_ARGS)
{
	return raise_no_currency(PG_GETARG_TCO(1), PG_GETARG_NUMERIC(0));
}

Datum
accelcost_tco_sub_numeric(PG_FUNCTION_ARGS)
{
	return raise_no_currency(PG_GETARG_TCO(0), PG_GETARG_NUMERIC(1));
}

Datum
accelcost_numeric_sub_tco(PG_FUNCTION_ARGS)
{
	return raise_no_currency(PG_GETARG_TCO(1), PG_GETARG_NUMERIC(0));
}
