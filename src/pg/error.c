/*
 * error.c
 *	  From what the core found wrong to one error message.
 */
#include "pg/error.h"

#include "common/shortest_dec.h"
#include "mb/pg_wchar.h"

/* Input shown in a message is cut to this many bytes. */
#define SHOWN_BYTES		64

/* The text, or its beginning and an ellipsis; never half a character. */
char *
ac_shown(const char *text, size_t len)
{
	int			kept;

	if (len <= SHOWN_BYTES + MAX_MULTIBYTE_CHAR_LEN)
		return pnstrdup(text, len);
	kept = pg_mbcliplen(text, SHOWN_BYTES + MAX_MULTIBYTE_CHAR_LEN, SHOWN_BYTES);
	return psprintf("%.*s...", kept, text);
}

/* Which element of a tariff is at fault: "price[2]", or "allowance". */
static const char *
element(const ac_fault *fault)
{
	if (fault->number[0] == 0)
		return fault->name;
	return psprintf("%s[%lld]", fault->name, (long long) fault->number[0]);
}

/* Shortest and exact, whatever extra_float_digits is. */
static const char *
real_text(double value)
{
	char	   *text = palloc(DOUBLE_SHORTEST_DECIMAL_LEN);

	double_to_shortest_decimal_buf(value, text);
	return text;
}

/*
 * Raise an error for a fault of the core, or save it in escontext where that
 * asks for soft errors.  For malformed text, input is the whole of it.
 */
void
ac_raise(ac_status status, const ac_fault *fault, const char *type_name,
		 const char *input, struct Node *escontext)
{
	ac_report	report = {.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE};

	switch (status)
	{
		case AC_TEXT_NUMBER:
		case AC_TEXT_EXPONENT:
		case AC_TEXT_SEPARATOR:
		case AC_TEXT_SCALE:
		case AC_TEXT_MISSING_AMOUNT:
		case AC_TEXT_MISSING_CURRENCY:
		case AC_TEXT_CURRENCY:
		case AC_TEXT_CURRENCY_FIRST:
		case AC_TEXT_COMPONENT:
		case AC_TEXT_COMPONENT_NAME:
		case AC_TEXT_COMPONENT_TWICE:
		case AC_TEXT_TOTAL:
		case AC_TEXT_COUNT:
		case AC_TEXT_EMPTY_STATE:
		case AC_TEXT_RANGE:
		case AC_TEXT_EXPECTED:
		case AC_BYTES_LENGTH:
		case AC_BYTES_VERSION:
		case AC_BYTES_CURRENCY:
		case AC_BYTES_PADDING:
		case AC_BYTES_COUNT:
		case AC_BYTES_EMPTY_STATE:
		case AC_BYTES_MODE:
		case AC_BYTES_QUANTITY:
			ac_report_input(status, fault, type_name, input, &report);
			break;

		case AC_RANGE:
			report.sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			report.message = psprintf(_("%s out of range"), type_name);
			report.detail = psprintf(_("Component \"%s\" would be outside the range -170141183460469231731.687303715884105728 to 170141183460469231731.687303715884105727."),
									 fault->name);
			break;
		case AC_COUNT_RANGE:
			report.sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			report.message = _("row count out of range");
			break;
		case AC_DIVISION_BY_ZERO:
			report.sqlstate = ERRCODE_DIVISION_BY_ZERO;
			report.message = _("division by zero");
			break;
		case AC_CURRENCY_MISMATCH:
			report.message = psprintf(_("cannot mix currencies \"%s\" and \"%s\""),
									  fault->value[0], fault->value[1]);
			report.hint = _("Convert to one currency with exchange(tco, currency, rate), or group by currency(tco).");
			break;
		case AC_CURRENCY:
			report.message = psprintf(_("invalid currency: \"%s\""), part(fault));
			report.hint = CURRENCY_HINT;
			break;
		case AC_COMPONENT_NAME:
			report.message = psprintf(_("unrecognized component: \"%s\""), part(fault));
			report.hint = COMPONENTS_HINT;
			break;
		case AC_DIGITS:
			report.message = psprintf(fault->number[0] < fault->number[1]
									  ? _("\"digits\" must be greater than or equal to %lld")
									  : _("\"digits\" must be less than or equal to %lld"),
									  (long long) fault->number[1]);
			report.detail = psprintf(_("It is %lld."), (long long) fault->number[0]);
			break;
		case AC_STATE_MISMATCH:
			report.message = _("cannot remove a row from a state that has no rows");
			break;

		case AC_TARIFF_MODE:
			report.message = psprintf(_("unrecognized mode: \"%s\""), part(fault));
			report.hint = _("Modes are graduated, volume and package.");
			break;
		case AC_TARIFF_BLOCK:
			if (fault->number[0])
				report.message = _("\"block\" is required for a package tariff and must be greater than 0");
			else
			{
				report.message = _("\"block\" is allowed only for package tariffs");
				report.detail = psprintf(_("The mode is \"%s\"."), fault->name);
			}
			break;
		case AC_TARIFF_PACKAGE:
			report.message = _("a package tariff must have exactly one tier");
			report.detail = psprintf(_("It has %lld."), (long long) fault->number[0]);
			break;
		case AC_TARIFF_EMPTY:
			report.message = _("a tariff must have at least one tier");
			break;
		case AC_TARIFF_LIMIT:
			report.sqlstate = ERRCODE_PROGRAM_LIMIT_EXCEEDED;
			report.message = psprintf(_("a tariff cannot have more than %lld tiers"),
									  (long long) fault->number[1]);
			report.detail = psprintf(_("It has %lld."), (long long) fault->number[0]);
			break;
		case AC_TARIFF_MISMATCH:
			report.message = _("cannot apply different tariffs to one quantity");
			report.detail = fault->number[0] == 1
				? psprintf(_("The tariffs are \"%s\" and \"%s\"."),
						   fault->value[0], fault->value[1])
				: psprintf(_("The tariffs differ from tier %lld on: \"%s\" and \"%s\"."),
						   (long long) fault->number[0], fault->value[0], fault->value[1]);
			report.hint = _("Group by the columns that determine the tariff, or by the tariff itself.");
			break;
		case AC_TIER_NEGATIVE:
			report.message = psprintf(_("\"%s\" must be greater than or equal to 0"), element(fault));
			report.detail = psprintf(_("It is %s."), fault->value[0]);
			break;
		case AC_TIER_NOT_ABOVE:
			report.message = psprintf(_("\"%s\" must be greater than 0"), element(fault));
			report.detail = psprintf(_("It is %s."), fault->value[0]);
			break;
		case AC_TIER_BOUND:
			report.message = psprintf(_("\"%s\" must be greater than %s"),
									  element(fault), fault->value[1]);
			report.detail = psprintf(_("It is %s."), fault->value[0]);
			report.hint = _("Bounds are cumulative and must increase. To specify the widths of tiers, use tariff_from_widths().");
			break;
		case AC_TIER_OPEN:
			report.message = psprintf(_("tier %lld of %lld must have an upper bound"),
									  (long long) fault->number[0], (long long) fault->number[1]);
			report.hint = _("Only the last tier can omit its upper bound.");
			break;
		case AC_TIER_TWICE:
			report.message = fault->number[0] ? _("two tiers have no upper bound")
				: psprintf(_("two tiers have the upper bound %s"), fault->value[0]);
			break;
		case AC_TIER_SCALE:
			report.message = psprintf(_("\"%s\" must not have more than %d decimals"), element(fault), AC_SCALE);
			report.detail = psprintf(_("It is %s."), part(fault));
			report.hint = psprintf(_("Round the value to %d decimals first."), AC_SCALE);
			break;
		case AC_TIER_RANGE:
			report.sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			report.message = psprintf(_("\"%s\" is out of range"), element(fault));
			report.detail = psprintf(_("It is %s."), fault->value[0]);
			break;

		case AC_QUANTITY_RANGE:
			report.sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			report.message = _("quantity out of range");
			break;
		case AC_QUANTITY_NEGATIVE:
			report.sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			report.message = _("cannot rate a negative quantity");
			report.detail = psprintf(_("The total is %s."), fault->value[0]);
			report.hint = _("Rate a correction together with the quantity that it corrects, or pass that quantity as prior: tariff_cost(tariff, quantity, prior).");
			break;
		case AC_QUANTITY_PAST:
			report.sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			report.message = psprintf(_("quantity %s is above the last tier"), fault->value[0]);
			report.detail = psprintf(_("The last tier ends at %s."), fault->value[1]);
			break;
		case AC_QUANTITY_LAST:
			report.sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			report.message = psprintf(_("there is no tier above quantity %s"), fault->value[0]);
			report.detail = psprintf(_("The last tier ends at %s."), fault->value[1]);
			break;

		case AC_NEGATIVE_COUNT:
			report.message = psprintf(_("\"%s\" must be greater than or equal to 0"), fault->name);
			report.detail = psprintf(_("It is %lld."), (long long) fault->number[0]);
			break;
		case AC_TOKEN_CONVENTION:
			report.message = psprintf(_("invalid value for parameter \"%s\": \"%s\""), fault->name, part(fault));
			report.hint = psprintf(_("Use \"included\" or \"%s\"."), fault->value[0]);
			break;
		case AC_TOKEN_CACHED_UNSTATED:
			report.message = _("\"cached_convention\" is required if a cached token count is not 0");
			report.hint = _("Use \"included\" if \"input_tokens\" includes cached tokens (OpenAI, Gemini), or \"excluded\" if it does not (Anthropic, Bedrock).");
			break;
		case AC_TOKEN_REASONING_UNSTATED:
			report.message = _("\"reasoning_convention\" is required if \"reasoning_tokens\" is not 0");
			report.hint = _("Use \"included\" if \"output_tokens\" includes reasoning tokens (OpenAI), or \"on_top\" if it does not (xAI).");
			break;
		case AC_TOKEN_CACHED_EXCEEDS:
			report.message = _("\"input_tokens\" must not be less than the cached tokens that it includes");
			report.detail = psprintf(_("\"input_tokens\" is %s; \"cache_read_tokens\", \"cache_write_5m_tokens\" and \"cache_write_1h_tokens\" add up to %s."),
									 fault->value[0], fault->value[1]);
			report.hint = _("If cached tokens are counted separately, as by Anthropic, set \"cached_convention\" to \"excluded\".");
			break;
		case AC_TOKEN_REASONING_EXCEEDS:
			report.message = _("\"output_tokens\" must not be less than the reasoning tokens that it includes");
			report.detail = psprintf(_("\"output_tokens\" is %s; \"reasoning_tokens\" is %s."),
									 fault->value[0], fault->value[1]);
			report.hint = _("If reasoning tokens are counted separately, as by xAI, set \"reasoning_convention\" to \"on_top\".");
			break;
		case AC_TOKEN_NO_THRESHOLD:
			report.message = _("\"context_threshold\" is required if a price for long requests is given");
			report.hint = _("If long requests have the same prices, omit all parameters whose names begin with \"long_\".");
			break;
		case AC_TOKEN_RANGE:
			report.sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			report.message = _("token cost out of range");
			break;

		case AC_FLOW_NONE:
			report.message = _("\"cashflows\" must not be empty");
			break;
		case AC_FLOW_FINITE:
			report.sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			report.message = psprintf(_("\"%s\" must be a finite number"), element(fault));
			report.detail = psprintf(_("It is %s."), real_text(fault->real[0]));
			break;
		case AC_FLOW_LIMIT:
			report.sqlstate = ERRCODE_PROGRAM_LIMIT_EXCEEDED;
			report.message = psprintf(_("\"cashflows\" must not have more than %lld elements"),
									  (long long) fault->number[1]);
			report.detail = psprintf(_("It has %lld."), (long long) fault->number[0]);
			break;
		case AC_FLOW_SPAN:
			report.sqlstate = ERRCODE_PROGRAM_LIMIT_EXCEEDED;
			report.message = psprintf(_("\"dates\" must span fewer than %lld days"),
									  (long long) fault->number[1]);
			report.detail = psprintf(_("The dates span %lld days."), (long long) fault->number[0]);
			break;

		case AC_REAL_FINITE:
			report.sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			report.message = psprintf(_("\"%s\" must be a finite number"), fault->name);
			report.detail = psprintf(_("It is %s."), real_text(fault->real[0]));
			break;
		case AC_REAL_BELOW:
			report.message = psprintf(_("\"%s\" must be greater than or equal to %s"),
									  fault->name, real_text(fault->real[1]));
			report.detail = psprintf(_("It is %s."), real_text(fault->real[0]));
			break;
		case AC_REAL_NOT_ABOVE:
			report.message = psprintf(_("\"%s\" must be greater than %s"),
									  fault->name, real_text(fault->real[1]));
			report.detail = psprintf(_("It is %s."), real_text(fault->real[0]));
			break;
		case AC_REAL_ABOVE:
			report.message = psprintf(_("\"%s\" must be less than or equal to %s"),
									  fault->name, real_text(fault->real[1]));
			report.detail = psprintf(_("It is %s."), real_text(fault->real[0]));
			break;
		case AC_REAL_RESULT:
			report.sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			report.message = _("result is out of range for type double precision");
			break;

		case AC_TOTAL_RANGE:
			report.sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			report.message = psprintf(_("\"%s\" is out of range"), fault->name);
			report.detail = psprintf(_("At %lld decimals, the value has more than %lld digits."),
									 (long long) fault->number[0], (long long) fault->number[1]);
			report.hint = fault->number[0] > 0 ? _("Split the total at fewer decimals.") : NULL;
			break;
		case AC_PART_RANGE:
			report.sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			report.message = _("a part of the total is out of range");
			report.detail = _("Positive and negative weights almost cancel out, so parts are much larger than the total.");
			break;
		case AC_WEIGHTS_RANGE:
			report.sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			report.message = _("\"weights\" is out of range");
			report.detail = _("At the scale of the most precise weight, the sum has more than 38 digits.");
			report.hint = _("Round the weights: only their ratios matter.");
			break;
		case AC_WEIGHTS_ZERO:
			report.message = _("\"weights\" must have at least one element greater than 0");
			report.detail = fault->number[0] == 0 ? _("The array is empty.")
				: _("All elements are 0.");
			report.hint = _("To split the total evenly, use equal weights.");
			break;
		case AC_CURRENCY_DIGITS:
			report.message = psprintf(_("currency \"%s\" has no minor unit"), part(fault));
			report.detail = _("ISO 4217 does not list the currency or does not define its decimals.");
			report.hint = _("To choose the number of decimals yourself, use round(amount, digits).");
			break;
		case AC_ROUNDING_NAME:
			report.message = psprintf(_("unrecognized mode: \"%s\""), part(fault));
			report.hint = _("Modes are half_up, half_even, down, up and half_up_min_unit.");
			break;
		case AC_CARBON_UNIT:
			report.message = psprintf(_("unrecognized unit of carbon intensity: \"%s\""), part(fault));
			report.hint = _("Units are g/kWh, kg/kWh, kg/MWh, t/MWh and lb/MWh.");
			break;
		case AC_PRECISION:
			report.message = psprintf(_("unrecognized precision: \"%s\""), part(fault));
			report.hint = _("Precisions are fp64, fp32, tf32, fp16, bf16, fp8, fp6, fp4, int16, int8 and int4.");
			break;
		case AC_PRECISION_MISMATCH:
			report.message = psprintf(_("cannot compare throughput at precision \"%s\" with throughput at precision \"%s\""),
									  fault->value[0], fault->value[1]);
			report.hint = _("Compare figures at the same precision.");
			break;
		case AC_SPARSITY_MISMATCH:
			report.message = psprintf(_("cannot compare throughput at sparsity %s with throughput at sparsity %s"),
									  real_text(fault->real[0]), real_text(fault->real[1]));
			report.hint = _("To compare dense figures, convert them with dense_tops(tops, sparsity).");
			break;

		case AC_OK:
			elog(ERROR, "no fault to raise");
	}

	errsave(escontext,
			(errcode(report.sqlstate),
			 errmsg_internal("%s", report.message),
			 report.detail ? errdetail_internal("%s", report.detail) : 0,
			 report.hint ? errhint("%s", report.hint) : 0));
}
