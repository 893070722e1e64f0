/*
 * fn_usage.c
 *	  The key of a row of usage, the key taken apart, and the row's cost.
 */
#include "pg/numeric_layout.h"

#include "mb/pg_wchar.h"
#include "pg/usage_args.h"
#include "utils/date.h"
#include "utils/timestamp.h"

PG_FUNCTION_INFO_V1(accelcost_usage_key);
PG_FUNCTION_INFO_V1(accelcost_usage_key_parts);
PG_FUNCTION_INFO_V1(accelcost_record_tokens);
PG_FUNCTION_INFO_V1(accelcost_record_tokens_cost);
PG_FUNCTION_INFO_V1(accelcost_record_tco);

/* Arguments of record_tco. */
enum
{
	RECORD_COMPUTE, RECORD_METERED, RECORD_ENERGY, RECORD_EGRESS,
	RECORD_STORAGE, RECORD_CURRENCY
};

ac_maybe
ac_maybe_argument(FunctionCallInfo fcinfo, int n)
{
	ac_maybe	maybe = {!PG_ARGISNULL(n), 0};

	if (maybe.known)
		maybe.value = PG_GETARG_INT64(n);
	return maybe;
}

static bool
true_arg(FunctionCallInfo fcinfo, int n)
{
	return !PG_ARGISNULL(n) && PG_GETARG_BOOL(n);
}

static ac_key_string
string_arg(FunctionCallInfo fcinfo, int n)
{
	ac_key_string string = {NULL, 0};

	if (!PG_ARGISNULL(n))
	{
		text	   *given = PG_GETARG_TEXT_PP(n);

		string.at = VARDATA_ANY(given);
		string.len = VARSIZE_ANY_EXHDR(given);
	}
	return string;
}

/* A number as a text that is the same for equal numbers. */
static ac_key_string
number_arg(FunctionCallInfo fcinfo, int n)
{
	ac_key_string string = {NULL, 0};

	if (!PG_ARGISNULL(n))
	{
		string.at = numeric_normalize(PG_GETARG_NUMERIC(n));
		string.len = strlen(string.at);
	}
	return string;
}

/* The record in the arguments of usage_key, up to ARG_COUNTS_DAYS. */
ac_usage_record
ac_record_arguments(FunctionCallInfo fcinfo)
{
	ac_usage_record record;
	int			i;

	record.start = ac_maybe_argument(fcinfo, ARG_START);
	record.end = ac_maybe_argument(fcinfo, ARG_END);
	record.hours_known = !PG_ARGISNULL(ARG_USES_HOURS);
	record.by_hours = !PG_ARGISNULL(ARG_PROVIDER + AC_KEY_SKU)
		|| (!PG_ARGISNULL(ARG_PROVIDER + AC_KEY_ACCELERATOR)
			&& record.hours_known);
	record.uses_hours = true_arg(fcinfo, ARG_USES_HOURS);
	record.is_session = true_arg(fcinfo, ARG_IS_SESSION);
	record.requests = ac_maybe_argument(fcinfo, ARG_REQUESTS);
	record.max_request = ac_maybe_argument(fcinfo, ARG_MAX_REQUEST);
	for (i = 0; i < AC_USAGE_TOKENS; i++)
		record.tokens[i] = ac_maybe_argument(fcinfo, ARG_TOKENS + i);
	record.transfer_known = !PG_ARGISNULL(ARG_USES_TRANSFER);
	record.uses_transfer = true_arg(fcinfo, ARG_USES_TRANSFER);
	record.storage_known = !PG_ARGISNULL(ARG_USES_STORAGE);
	record.uses_storage = true_arg(fcinfo, ARG_USES_STORAGE);
	record.energy_known = !PG_ARGISNULL(ARG_USES_ENERGY);
	record.uses_energy = true_arg(fcinfo, ARG_USES_ENERGY);
	record.quantity_known = !PG_ARGISNULL(ARG_QUANTITY);
	record.counts_days = true_arg(fcinfo, ARG_COUNTS_DAYS);
	return record;
}

/* Test whether hours are no multiple of a time in microseconds. */
static bool
is_estimate(Datum hours, int64 time)
{
	Datum		seconds = NumericGetDatum(int64_div_fast_to_numeric(time, 6));
	Datum		hour = NumericGetDatum(int64_to_numeric(3600));
	Datum		rest = ac_call2(numeric_mod, hours,
								ac_call2(numeric_div, seconds, hour));

	return DatumGetBool(ac_call2(numeric_ne, rest,
								 NumericGetDatum(int64_to_numeric(0))));
}

/* The texts and the term of a key, in the arguments of usage_key. */
void
ac_key_arguments(FunctionCallInfo fcinfo, bool is_session, ac_usage_key *key)
{
	int			i;

	for (i = AC_KEY_PROVIDER; i <= AC_KEY_METER_KIND; i++)
		key->text[i] = string_arg(fcinfo, ARG_PROVIDER + i);
	key->text[AC_KEY_GPU_COUNT] = number_arg(fcinfo, ARG_GPU_COUNT);
	key->text[AC_KEY_SESSION_HOURS].at = NULL;
	if (is_session)
		key->text[AC_KEY_SESSION_HOURS] = number_arg(fcinfo,
													 ARG_INSTANCE_HOURS);
	key->term_months = PG_ARGISNULL(ARG_TERM_MONTHS) ? 0
		: PG_GETARG_INT32(ARG_TERM_MONTHS);
}

/* Mark the hours of a period that are no multiple of it. */
void
ac_mark_estimate(FunctionCallInfo fcinfo, ac_maybe start, ac_maybe end,
				 ac_usage_key *key)
{
	if (start.known && end.known && end.value != INT64_MAX
		&& end.value > start.value && start.value != INT64_MIN
		&& !PG_ARGISNULL(ARG_INSTANCE_HOURS)
		&& is_estimate(PG_GETARG_DATUM(ARG_INSTANCE_HOURS),
					   end.value - start.value))
		key->marks |= AC_IS_ESTIMATE;
}

Datum
ac_key_datum(ac_usage_key *key)
{
	size_t		size = ac_usage_key_size(key);
	bytea	   *bytes = palloc(VARHDRSZ + size);

	SET_VARSIZE(bytes, VARHDRSZ + size);
	ac_usage_key_write(key, VARDATA(bytes));
	return PointerGetDatum(bytes);
}

/* Read a key, whose texts are then within the argument. */
void
ac_key_argument(FunctionCallInfo fcinfo, int n, ac_usage_key *key)
{
	bytea	   *bytes = PG_GETARG_BYTEA_PP(n);

	if (!ac_usage_key_read(VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes), key))
		ac_refuse_key();
}

void
ac_refuse_key(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid value for parameter \"key\"")));
}

Datum
accelcost_usage_key(PG_FUNCTION_ARGS)
{
	const ac_price_limits *limits = ac_limits_argument(fcinfo, ARG_LIMITS);
	ac_usage_record record = ac_record_arguments(fcinfo);
	ac_usage_key key;

	ac_key_arguments(fcinfo, record.is_session, &key);
	ac_usage_key_of(&record, limits, &key, ac_check_for_interrupts);
	ac_mark_estimate(fcinfo, key.span_from, key.span_to, &key);
	PG_RETURN_DATUM(ac_key_datum(&key));
}

/*
 * The columns of a key taken apart: its numbers, its texts in their order, what
 * the record uses in the order of the bits, and limits passed.
 */
#define FLAG_COLUMNS	(9 + AC_USAGE_TOKENS)
enum
{
	COLUMN_MONTH, COLUMN_ERA, COLUMN_SPAN_FROM, COLUMN_SPAN_TO, COLUMN_DAY,
	COLUMN_IS_ESTIMATE, COLUMN_IS_OVER_DAYS, COLUMN_IS_SUM, COLUMN_TERM_MONTHS,
	COLUMN_TEXTS,
	COLUMN_GPU_COUNT = COLUMN_TEXTS + AC_KEY_GPU_COUNT,
	COLUMN_SESSION_HOURS,
	COLUMN_FLAGS,
	COLUMN_SIZE = COLUMN_FLAGS + FLAG_COLUMNS,
	COLUMN_SIZE_TO, COLUMN_WINDOW, COLUMNS
};

static void
set_time(Datum *value, bool *null, ac_maybe time)
{
	*null = !time.known;
	*value = TimestampTzGetDatum(time.value);
}

static void
set_day(Datum *value, bool *null, ac_maybe day)
{
	*null = !day.known;
	*value = DateADTGetDatum((DateADT) day.value);
}

static void
set_text(Datum *value, bool *null, ac_key_string string)
{
	*null = string.at == NULL;
	if (*null)
		return;
	pg_verifymbstr(string.at, (int) string.len, false);
	*value = PointerGetDatum(cstring_to_text_with_len(string.at,
													  (int) string.len));
}

static void
set_number(Datum *value, bool *null, ac_key_string string)
{
	*null = string.at == NULL;
	if (*null)
		return;
	*value = DirectFunctionCall3(numeric_in,
								 CStringGetDatum(pnstrdup(string.at,
														  string.len)),
								 ObjectIdGetDatum(InvalidOid),
								 Int32GetDatum(-1));
}

Datum
accelcost_usage_key_parts(PG_FUNCTION_ARGS)
{
	ac_usage_key key;
	ac_class_parts parts;
	Datum		value[COLUMNS];
	bool		null[COLUMNS] = {false};
	int			i;

	ac_key_argument(fcinfo, 0, &key);
	set_day(&value[COLUMN_MONTH], &null[COLUMN_MONTH], key.month);
	set_time(&value[COLUMN_ERA], &null[COLUMN_ERA], key.era);
	set_time(&value[COLUMN_SPAN_FROM], &null[COLUMN_SPAN_FROM], key.span_from);
	set_time(&value[COLUMN_SPAN_TO], &null[COLUMN_SPAN_TO], key.span_to);
	set_day(&value[COLUMN_DAY], &null[COLUMN_DAY], key.day);
	value[COLUMN_IS_ESTIMATE] = BoolGetDatum((key.marks & AC_IS_ESTIMATE) != 0);
	value[COLUMN_IS_OVER_DAYS] = BoolGetDatum((key.marks & AC_IS_OVER_DAYS) != 0);
	value[COLUMN_IS_SUM] = BoolGetDatum((key.marks & AC_IS_SUM) != 0);
	value[COLUMN_TERM_MONTHS] = Int32GetDatum((int32) key.term_months);
	for (i = AC_KEY_PROVIDER; i <= AC_KEY_METER_KIND; i++)
		set_text(&value[COLUMN_TEXTS + i], &null[COLUMN_TEXTS + i],
				 key.text[i]);
	set_number(&value[COLUMN_GPU_COUNT], &null[COLUMN_GPU_COUNT],
			   key.text[AC_KEY_GPU_COUNT]);
	set_number(&value[COLUMN_SESSION_HOURS], &null[COLUMN_SESSION_HOURS],
			   key.text[AC_KEY_SESSION_HOURS]);
	parts = ac_price_class_parts(key.price_class);
	for (i = 0; i < FLAG_COLUMNS; i++)
		value[COLUMN_FLAGS + i] = BoolGetDatum((parts.flags & 1 << i) != 0);
	value[COLUMN_SIZE] = Int32GetDatum(parts.size);
	value[COLUMN_SIZE_TO] = Int32GetDatum(parts.size_to);
	value[COLUMN_WINDOW] = Int32GetDatum(parts.window);
	null[COLUMN_WINDOW] = !parts.has_window;
	PG_RETURN_DATUM(ac_record(fcinfo, value, null));
}

Datum
accelcost_record_tokens(PG_FUNCTION_ARGS)
{
	ac_maybe	tokens[AC_USAGE_TOKENS];
	ac_int256	sum;
	int			i;

	for (i = 0; i < AC_USAGE_TOKENS; i++)
		tokens[i] = ac_maybe_argument(fcinfo, i);
	sum = ac_int256_from(ac_usage_token_sum(tokens, AC_USAGE_TOKENS));
	PG_RETURN_NUMERIC(ac_numeric_from_units(sum, 0, false));
}

/* In the server's numeric: a price in another currency can have any digits. */
static Datum
cost_of_any_prices(FunctionCallInfo fcinfo, const ac_maybe *tokens)
{
	Datum		cost = (Datum) 0;
	int			i;

	for (i = 0; i < AC_USAGE_TOKENS; i++)
	{
		Datum		part;

		if (!tokens[i].known || tokens[i].value == 0)
			continue;
		part = ac_call2(numeric_mul,
						NumericGetDatum(int64_to_numeric(tokens[i].value)),
						PG_GETARG_DATUM(AC_USAGE_TOKENS + i));
		cost = cost == 0 ? part : ac_call2(numeric_add, cost, part);
	}
	return cost;
}

/* With as many decimals as that price of tokens that shows the most. */
Datum
accelcost_record_tokens_cost(PG_FUNCTION_ARGS)
{
	ac_maybe	tokens[AC_USAGE_TOKENS];
	ac_quantity price[AC_USAGE_TOKENS];
	ac_usage_cost cost;
	bool		fits = true;
	int			shown = 0;
	int			i;

	for (i = 0; i < AC_USAGE_TOKENS; i++)
	{
		Numeric		number;

		tokens[i] = ac_maybe_argument(fcinfo, i);
		if (!tokens[i].known || tokens[i].value == 0)
			continue;
		if (PG_ARGISNULL(AC_USAGE_TOKENS + i))
			PG_RETURN_NULL();
		number = PG_GETARG_PACKED_NUMERIC(AC_USAGE_TOKENS + i);
		fits = fits &&
			ac_quantity_from_numeric(number, &price[i]) == AC_NUMERIC_OK;
		shown = Max(shown, ac_numeric_scale(number));
	}
	if (!fits || shown > AC_QUANTITY_SCALE)
		PG_RETURN_DATUM(cost_of_any_prices(fcinfo, tokens));
	cost = ac_usage_tokens_cost(tokens, price);
	PG_RETURN_NUMERIC(ac_numeric_showing(cost.units, cost.scale, shown));
}

/* A cost in numeric that is left out of a sum if it is null. */
static ac_int128
cost_arg(FunctionCallInfo fcinfo, int n)
{
	return PG_ARGISNULL(n) ? 0
		: ac_fixed_from_numeric(PG_GETARG_PACKED_NUMERIC(n));
}

/* The sum of two costs that become one component is rounded once. */
Datum
accelcost_record_tco(PG_FUNCTION_ARGS)
{
	ac_tco	   *tco;

	if (PG_ARGISNULL(RECORD_CURRENCY))
		PG_RETURN_NULL();
	tco = ac_new_tco(PG_GETARG_TEXT_PP(RECORD_CURRENCY));
	if (PG_ARGISNULL(RECORD_COMPUTE) || PG_ARGISNULL(RECORD_METERED))
		tco->amount[AC_COMPUTE] = cost_arg(fcinfo, RECORD_COMPUTE)
			+ cost_arg(fcinfo, RECORD_METERED);
	else
		tco->amount[AC_COMPUTE] =
			ac_fixed_from_numeric(DatumGetNumeric(ac_call2(numeric_add,
														   PG_GETARG_DATUM(RECORD_COMPUTE),
														   PG_GETARG_DATUM(RECORD_METERED))));
	tco->amount[AC_ENERGY] = cost_arg(fcinfo, RECORD_ENERGY);
	tco->amount[AC_EGRESS] = cost_arg(fcinfo, RECORD_EGRESS);
	tco->amount[AC_STORAGE] = cost_arg(fcinfo, RECORD_STORAGE);
	PG_RETURN_POINTER(tco);
}
