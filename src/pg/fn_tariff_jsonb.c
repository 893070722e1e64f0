/*
 * fn_tariff_jsonb.c
 *	  From tariff to json, and from jsonb to tariff.
 */
#include "pg/ac_pg.h"

#include "lib/stringinfo.h"
#include "utils/jsonb.h"

PG_FUNCTION_INFO_V1(accelcost_jsonb_to_tariff);
PG_FUNCTION_INFO_V1(accelcost_tariff_to_json);

/* Raise an error for a key: of a tier, unless tier is 0. */
static pg_noinline void
raise_invalid(const char *key, int tier, const char *problem)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("cannot cast jsonb to type tariff"),
			 tier == 0 ? errdetail("Key \"%s\" %s.", key, problem)
			 : errdetail("Key \"%s\" of tier %d %s.", key, tier, problem),
			 errhint("The keys are \"mode\", \"block\", \"allowance\" and \"tiers\", an array of objects with the keys \"upto\", \"price\" and \"flat\".")));
}

/* Read a required number. */
static ac_int128
number_of(const char *key, int tier, const JsonbValue *value)
{
	if (value->type != jbvNumeric)
		raise_invalid(key, tier, "is not a number");
	return ac_tariff_number(NumericGetDatum(value->val.numeric), key, tier);
}

static bool
is_key(const JsonbValue *key, const char *name)
{
	return key->val.string.len == (int) strlen(name) &&
		memcmp(key->val.string.val, name, strlen(name)) == 0;
}

static char *
key_name(const JsonbValue *key)
{
	return pnstrdup(key->val.string.val, key->val.string.len);
}

/* Read the object of one tier; number counts from 1. */
static void
read_tier(JsonbContainer * object, int number, ac_tier *tier)
{
	JsonbIterator *iterator = JsonbIteratorInit(object);
	JsonbIteratorToken token;
	JsonbValue	key;
	JsonbValue	value;
	bool		has_price = false;

	tier->upto = AC_TIER_OPEN_BOUND;
	while ((token = JsonbIteratorNext(&iterator, &key, true)) != WJB_DONE)
	{
		if (token != WJB_KEY)
			continue;
		JsonbIteratorNext(&iterator, &value, true);
		if (is_key(&key, "price"))
		{
			tier->price = number_of("price", number, &value);
			has_price = true;
		}
		else if (is_key(&key, "flat"))
			tier->flat = number_of("flat", number, &value);
		else if (!is_key(&key, "upto"))
			raise_invalid(key_name(&key), number, "is unknown");
		else if (value.type != jbvNull)
			tier->upto = number_of("upto", number, &value);
	}
	if (!has_price)
		raise_invalid("price", number, "is missing");
}

/* Make room for the tiers of an array and read them. */
static ac_tariff *
read_tiers(JsonbContainer * array)
{
	int			count = (int) JsonContainerSize(array);
	ac_tariff  *tariff;
	ac_fault	fault;
	int			i;

	ac_check_type(ac_tariff_check_count(count, &fault), &fault, "tariff");
	tariff = ac_new_tariff(count);
	ac_tariff_init(tariff, AC_GRADUATED, count);
	for (i = 0; i < count; i++)
	{
		JsonbValue *element = getIthJsonbValueFromContainer(array, i);

		if (element->type != jbvBinary ||
			!JsonContainerIsObject(element->val.binary.data))
			raise_invalid("tiers", 0, "is not an array of objects");
		read_tier(element->val.binary.data, i + 1, &tariff->tier[i]);
	}
	return tariff;
}

/* Read a key beside the tiers. */
static void
read_field(ac_tariff *tariff, const JsonbValue *key, const JsonbValue *value)
{
	ac_tariff_mode mode;
	ac_fault	fault;

	if (is_key(key, "mode"))
	{
		if (value->type != jbvString)
			raise_invalid("mode", 0, "is not a string");
		ac_check_type(ac_tariff_mode_by_name(value->val.string.val,
											 value->val.string.len, &mode,
											 &fault),
					  &fault, "tariff");
		tariff->mode = (uint8) mode;
	}
	else if (is_key(key, "allowance"))
		tariff->allowance = number_of("allowance", 0, value);
	else if (!is_key(key, "block"))
		raise_invalid(key_name(key), 0, "is unknown");
	else if (value->type != jbvNull)
	{
		number_of("block", 0, value);
		tariff->block = ac_tariff_block(NumericGetDatum(value->val.numeric));
	}
}

/*
 * An object as the cast to jsonb makes it.  What may be left out is what the
 * constructor has a default for, and the bound of an open tier; a key that is
 * not known is refused, for a misspelt bound would open its tier.
 */
Datum
accelcost_jsonb_to_tariff(PG_FUNCTION_ARGS)
{
	Jsonb	   *jsonb = PG_GETARG_JSONB_P(0);
	JsonbIterator *iterator;
	JsonbIteratorToken token;
	JsonbValue	buffer;
	JsonbValue	key;
	JsonbValue	value;
	JsonbValue *tiers = NULL;
	ac_tariff  *tariff;
	ac_fault	fault;

	if (JB_ROOT_IS_OBJECT(jsonb))
		tiers = getKeyJsonValueFromContainer(&jsonb->root, "tiers", 5, &buffer);
	if (tiers == NULL || tiers->type != jbvBinary ||
		!JsonContainerIsArray(tiers->val.binary.data))
		raise_invalid("tiers", 0, "is not an array of objects");
	tariff = read_tiers(tiers->val.binary.data);

	iterator = JsonbIteratorInit(&jsonb->root);
	while ((token = JsonbIteratorNext(&iterator, &key, true)) != WJB_DONE)
	{
		if (token != WJB_KEY)
			continue;
		JsonbIteratorNext(&iterator, &value, true);
		if (!is_key(&key, "tiers"))
			read_field(tariff, &key, &value);
	}
	ac_check_type(ac_tariff_seal(tariff, &fault), &fault, "tariff");
	return ac_tariff_datum(tariff);
}

static char *
fixed_text(ac_int128 number)
{
	char	   *text = palloc(AC_DECIMAL_MAX);

	ac_decimal_format(ac_int256_from(number), text);
	return text;
}

/* Write every key: a missing one would read as NULL. */
Datum
accelcost_tariff_to_json(PG_FUNCTION_ARGS)
{
	ac_tariff  *tariff = PG_GETARG_TARIFF(0);
	StringInfoData json;
	int			i;

	initStringInfo(&json);
	appendStringInfo(&json, "{\"mode\": \"%s\", \"block\": %s, \"allowance\": %s, \"tiers\": [",
					 ac_tariff_mode_name((ac_tariff_mode) tariff->mode),
					 tariff->block == 0 ? "null" : fixed_text(tariff->block),
					 fixed_text(tariff->allowance));
	for (i = 0; i < tariff->count; i++)
	{
		const ac_tier *tier = &tariff->tier[i];

		appendStringInfo(&json, "%s{\"upto\": %s, \"price\": %s, \"flat\": %s}",
						 i > 0 ? ", " : "",
						 tier->upto == AC_TIER_OPEN_BOUND ? "null"
						 : fixed_text(tier->upto),
						 fixed_text(tier->price), fixed_text(tier->flat));
	}
	appendStringInfoString(&json, "]}");
	PG_RETURN_TEXT_P(cstring_to_text_with_len(json.data, json.len));
}
