/*
 * fn_tco_jsonb.c
 *	  From jsonb to tco.
 */
#include "pg/ac_pg.h"

#include "utils/jsonb.h"

PG_FUNCTION_INFO_V1(accelcost_jsonb_to_tco);

/* What the keys of the object said. */
typedef struct fields
{
	ac_tco		tco;
	bool		has_currency;
	bool		has_component;
	Numeric		total;			/* NULL if not given */
} fields;

static pg_noinline void
raise_invalid(const char *key, const char *expected)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("cannot cast jsonb to type tco"),
			 errdetail("Key \"%s\" is not %s.", key, expected),
			 errhint("The keys are \"currency\", \"total\" and the components upfront, compute, energy, egress, storage, other, tax and credit.")));
}

static Numeric
number_of(const char *key, const JsonbValue *value)
{
	if (value->type != jbvNumeric)
		raise_invalid(key, "a number");
	return value->val.numeric;
}

static void
read_field(fields *found, const char *key, const JsonbValue *value)
{
	ac_component component;
	ac_fault	fault;

	if (strcmp(key, "currency") == 0)
	{
		if (value->type != jbvString)
			raise_invalid(key, "a string");
		ac_check(ac_tco_set_currency(&found->tco, value->val.string.val,
									 value->val.string.len, &fault),
				 &fault);
		found->has_currency = true;
	}
	else if (strcmp(key, "total") == 0)
		found->total = number_of(key, value);
	else if (ac_component_by_name(key, strlen(key), &component, &fault) == AC_OK)
	{
		found->tco.amount[component] = ac_fixed_from_numeric(number_of(key, value));
		found->has_component = true;
	}
	else
		raise_invalid(key, "known");
}

/*
 * Test whether a number, rounded at the 18th decimal, is the total, which can
 * be wider than a component.
 */
static bool
is_total(Numeric number, const ac_tco *tco)
{
	Datum		rounded = DirectFunctionCall2(numeric_round, NumericGetDatum(number),
											  Int32GetDatum(AC_SCALE));
	Numeric		total = ac_numeric_from_fixed(ac_tco_total(tco));

	return DatumGetBool(DirectFunctionCall2(numeric_eq, rounded,
											NumericGetDatum(total)));
}

/*
 * An object as the cast to jsonb makes it.  As in text, a total alone is
 * "other", and a total beside components must be their sum; numbers round at
 * the 18th decimal.
 */
Datum
accelcost_jsonb_to_tco(PG_FUNCTION_ARGS)
{
	Jsonb	   *jsonb = PG_GETARG_JSONB_P(0);
	fields		found = {0};
	JsonbIterator *iterator;
	JsonbIteratorToken token;
	JsonbValue	value;
	char	   *key = "";

	ac_tco_zero(&found.tco);
	if (!JB_ROOT_IS_OBJECT(jsonb))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot cast jsonb to type tco"),
				 errdetail("The value is not an object.")));

	iterator = JsonbIteratorInit(&jsonb->root);
	while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
	{
		if (token == WJB_KEY)
			key = pnstrdup(value.val.string.val, value.val.string.len);
		else if (token == WJB_VALUE)
			read_field(&found, key, &value);
	}

	if (!found.has_currency)
		raise_invalid("currency", "given");
	if (!found.has_component)
	{
		if (found.total == NULL)
			raise_invalid("total", "given, nor is any component");
		found.tco.amount[AC_OTHER] = ac_fixed_from_numeric(found.total);
	}
	else if (found.total != NULL && !is_total(found.total, &found.tco))
		raise_invalid("total", "the sum of the components");
	PG_RETURN_POINTER(ac_copy_tco(&found.tco));
}
