/*
 * error.c
 *	  From what the core found wrong to one error message.
 */
#include "pg/ac_pg.h"

#include "common/shortest_dec.h"
#include "mb/pg_wchar.h"

/* Input shown in a message is cut to this many bytes. */
#define SHOWN_BYTES		64

#define COMPONENTS_HINT \
	_("Components are upfront, compute, energy, egress, storage, other, tax and credit.")
#define CURRENCY_HINT \
	_("A currency is 1 to 12 of A-Z, a-z, 0-9 and _, not digits alone.")

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

/* The offending part of the text, as messages show it. */
static char *
part(const ac_fault *fault)
{
	return ac_shown(fault->part, fault->part_len);
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
	int			sqlstate = ERRCODE_INVALID_PARAMETER_VALUE;
	char	   *message = NULL;
	char	   *detail = NULL;
	char	   *hint = NULL;

	switch (status)
	{
		case AC_TEXT_NUMBER:
			detail = psprintf(_("\"%s\" is not a decimal number."), part(fault));
			if (fault->number[0] == AC_SCALE)
				hint = _("Write an amount in plain digits, and its currency after a blank, as in \"6 USD\".");
			break;
		case AC_TEXT_EXPONENT:
			detail = psprintf(_("\"%s\" has an exponent."), part(fault));
			hint = _("Write out all digits, or use a constructor, which takes any number.");
			break;
		case AC_TEXT_SEPARATOR:
			detail = psprintf(_("\"%s\" has a separator between its digits."), part(fault));
			hint = _("Write digits with at most one decimal point.");
			break;
		case AC_TEXT_SCALE:
			detail = psprintf(_("\"%s\" has more than %lld decimals."), part(fault), (long long) fault->number[0]);
			if (fault->number[0] == AC_SCALE)
				hint = _("The constructors tco(numeric, text) and make_tco() round.");
			break;
		case AC_TEXT_MISSING_AMOUNT:
			detail = _("There is no amount.");
			hint = _("Write the amount, then its currency, as in \"6 USD\".");
			break;
		case AC_TEXT_MISSING_CURRENCY:
			detail = _("The amount has no currency.");
			hint = _("Write the currency after the amount, as in \"6 USD\".");
			break;
		case AC_TEXT_CURRENCY:
			detail = psprintf(_("\"%s\" is not a currency."), part(fault));
			hint = CURRENCY_HINT;
			break;
		case AC_TEXT_CURRENCY_FIRST:
			detail = psprintf(_("Currency \"%s\" stands before the amount."), part(fault));
			hint = _("Write the currency after the amount, as in \"6 USD\".");
			break;
		case AC_TEXT_COMPONENT:
			detail = psprintf(_("\"%s\" is not of the form component=amount."), part(fault));
			hint = COMPONENTS_HINT;
			break;
		case AC_TEXT_COMPONENT_NAME:
			detail = psprintf(_("\"%s\" is not a component."), part(fault));
			hint = COMPONENTS_HINT;
			break;
		case AC_TEXT_COMPONENT_TWICE:
			detail = psprintf(_("Component \"%s\" is given more than once."), part(fault));
			break;
		case AC_TEXT_TOTAL:
			detail = psprintf(_("The total is given as %s, but the components add up to %s."),
							  fault->value[0], fault->value[1]);
			break;
		case AC_TEXT_COUNT:
			detail = psprintf(_("\"%s\" does not begin with a row count."), part(fault));
			break;
		case AC_TEXT_EMPTY_STATE:
			detail = psprintf(_("A state of 0 rows has no sum, but \"%s\" follows."), part(fault));
			break;
		case AC_TEXT_RANGE:
			sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			message = psprintf(_("value \"%s\" is out of range for type %s"), part(fault), type_name);
			break;
		case AC_TEXT_EXPECTED:
			detail = fault->part_len > 0 ? psprintf(_("Expected %s at \"%s\"."), fault->name, part(fault))
				: psprintf(_("Expected %s at the end."), fault->name);
			hint = _("A tariff is written as in \"graduated: 0 upto 100, 0.09 upto 10240, 0.07\", without currency or unit.");
			break;

		case AC_BYTES_LENGTH:
			sqlstate = ERRCODE_INVALID_BINARY_REPRESENTATION;
			detail = psprintf(_("It has %lld bytes instead of %lld."),
							  (long long) fault->number[0], (long long) fault->number[1]);
			break;
		case AC_BYTES_VERSION:
			sqlstate = ERRCODE_INVALID_BINARY_REPRESENTATION;
			detail = psprintf(_("Its version is %lld instead of %lld."),
							  (long long) fault->number[0], (long long) fault->number[1]);
			break;
		case AC_BYTES_CURRENCY:
			sqlstate = ERRCODE_INVALID_BINARY_REPRESENTATION;
			detail = _("Its currency is invalid or not in canonical form.");
			break;
		case AC_BYTES_PADDING:
			sqlstate = ERRCODE_INVALID_BINARY_REPRESENTATION;
			detail = _("Its reserved bytes are not zero.");
			break;
		case AC_BYTES_COUNT:
			sqlstate = ERRCODE_INVALID_BINARY_REPRESENTATION;
			detail = psprintf(_("Its row count is %lld."), (long long) fault->number[0]);
			break;
		case AC_BYTES_EMPTY_STATE:
			sqlstate = ERRCODE_INVALID_BINARY_REPRESENTATION;
			detail = _("It has 0 rows and a sum.");
			break;
		case AC_BYTES_MODE:
			sqlstate = ERRCODE_INVALID_BINARY_REPRESENTATION;
			detail = psprintf(_("Its mode is %lld."), (long long) fault->number[0]);
			break;
		case AC_BYTES_QUANTITY:
			sqlstate = ERRCODE_INVALID_BINARY_REPRESENTATION;
			detail = _("Its quantity is not in its one stored form.");
			break;

		case AC_RANGE:
			sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			message = psprintf(_("%s out of range"), type_name);
			detail = psprintf(_("Component \"%s\" would lie outside -170141183460469231731.687303715884105728 to 170141183460469231731.687303715884105727."),
							  fault->name);
			break;
		case AC_COUNT_RANGE:
			sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			message = _("row count out of range");
			break;
		case AC_DIVISION_BY_ZERO:
			sqlstate = ERRCODE_DIVISION_BY_ZERO;
			message = _("division by zero");
			break;
		case AC_CURRENCY_MISMATCH:
			message = psprintf(_("cannot mix currencies \"%s\" and \"%s\""),
							   fault->value[0], fault->value[1]);
			hint = _("Convert to one currency with exchange(tco, currency, rate), or group by currency(tco).");
			break;
		case AC_CURRENCY:
			message = psprintf(_("invalid currency: \"%s\""), part(fault));
			hint = CURRENCY_HINT;
			break;
		case AC_COMPONENT_NAME:
			message = psprintf(_("unrecognized component: \"%s\""), part(fault));
			hint = COMPONENTS_HINT;
			break;
		case AC_DIGITS:
			message = psprintf(fault->number[0] < fault->number[1]
							   ? _("\"digits\" must be greater than or equal to %lld")
							   : _("\"digits\" must be less than or equal to %lld"),
							   (long long) fault->number[1]);
			detail = psprintf(_("It is %lld."), (long long) fault->number[0]);
			break;
		case AC_STATE_MISMATCH:
			message = _("cannot remove a row from a state of 0 rows");
			break;

		case AC_TARIFF_MODE:
			message = psprintf(_("unrecognized mode: \"%s\""), part(fault));
			hint = _("Modes are graduated, volume and package.");
			break;
		case AC_TARIFF_BLOCK:
			if (fault->number[0])
				message = _("\"block\" of a package tariff must be given and greater than 0");
			else
			{
				message = _("\"block\" is for package tariffs only");
				detail = psprintf(_("The mode is \"%s\"."), fault->name);
			}
			break;
		case AC_TARIFF_PACKAGE:
			message = _("a package tariff must have one tier");
			detail = psprintf(_("It has %lld."), (long long) fault->number[0]);
			break;
		case AC_TARIFF_EMPTY:
			message = _("a tariff must have at least one tier");
			break;
		case AC_TARIFF_LIMIT:
			sqlstate = ERRCODE_PROGRAM_LIMIT_EXCEEDED;
			message = psprintf(_("a tariff cannot have more than %lld tiers"),
							   (long long) fault->number[1]);
			detail = psprintf(_("It has %lld."), (long long) fault->number[0]);
			break;
		case AC_TARIFF_MISMATCH:
			message = _("cannot apply different tariffs to one quantity");
			detail = fault->number[0] == 1
				? psprintf(_("They are \"%s\" and \"%s\"."),
						   fault->value[0], fault->value[1])
				: psprintf(_("From tier %lld on they are \"%s\" and \"%s\"."),
						   (long long) fault->number[0], fault->value[0], fault->value[1]);
			hint = _("Group by what the tariff depends on, or by the tariff itself.");
			break;
		case AC_TIER_NEGATIVE:
			message = psprintf(_("\"%s\" must be greater than or equal to 0"), element(fault));
			detail = psprintf(_("It is %s."), fault->value[0]);
			break;
		case AC_TIER_NOT_ABOVE:
			message = psprintf(_("\"%s\" must be greater than 0"), element(fault));
			detail = psprintf(_("It is %s."), fault->value[0]);
			break;
		case AC_TIER_BOUND:
			message = psprintf(_("\"%s\" must be greater than %s"),
							   element(fault), fault->value[1]);
			detail = psprintf(_("It is %s."), fault->value[0]);
			hint = _("Bounds are cumulative and must increase. For the widths of tiers, use tariff_from_widths().");
			break;
		case AC_TIER_OPEN:
			message = psprintf(_("tier %lld of %lld must have an upper bound"),
							   (long long) fault->number[0], (long long) fault->number[1]);
			hint = _("Only the last tier may be open.");
			break;
		case AC_TIER_TWICE:
			message = fault->number[0] ? _("two tiers have no upper bound")
				: psprintf(_("two tiers have the upper bound %s"), fault->value[0]);
			break;
		case AC_TIER_SCALE:
			message = psprintf(_("\"%s\" has more than %d decimals"), element(fault), AC_SCALE);
			detail = psprintf(_("It is %s."), part(fault));
			hint = psprintf(_("Round it to %d decimals first."), AC_SCALE);
			break;
		case AC_TIER_RANGE:
			sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			message = psprintf(_("\"%s\" is out of range"), element(fault));
			detail = psprintf(_("It is %s."), fault->value[0]);
			break;

		case AC_QUANTITY_RANGE:
			sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			message = _("quantity out of range");
			break;
		case AC_QUANTITY_NEGATIVE:
			sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			message = _("cannot rate a negative quantity");
			detail = psprintf(_("The total is %s."), fault->value[0]);
			hint = _("Rate a correction with the quantity it corrects, or pass that as prior: tariff_cost(t, quantity, prior).");
			break;
		case AC_QUANTITY_PAST:
			sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			message = psprintf(_("quantity %s is past the last tier"), fault->value[0]);
			detail = psprintf(_("That tier ends at %s."), fault->value[1]);
			break;
		case AC_QUANTITY_LAST:
			sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			message = psprintf(_("no tier lies above quantity %s"), fault->value[0]);
			detail = psprintf(_("The last tier ends at %s."), fault->value[1]);
			break;

		case AC_NEGATIVE_COUNT:
			message = psprintf(_("\"%s\" must be greater than or equal to 0"), fault->name);
			detail = psprintf(_("It is %lld."), (long long) fault->number[0]);
			break;
		case AC_TOKEN_CONVENTION:
			message = psprintf(_("invalid value for parameter \"%s\": \"%s\""), fault->name, part(fault));
			hint = psprintf(_("Use \"included\" or \"%s\"."), fault->value[0]);
			break;
		case AC_TOKEN_CACHED_UNSTATED:
			message = _("\"cached_convention\" must be given where cached tokens are not 0");
			hint = _("Use \"included\" if \"input_tokens\" contains them, as with OpenAI and Gemini; \"excluded\" if not, as with Anthropic and Bedrock.");
			break;
		case AC_TOKEN_REASONING_UNSTATED:
			message = _("\"reasoning_convention\" must be given where \"reasoning_tokens\" is not 0");
			hint = _("Use \"included\" if \"output_tokens\" contains them, as with OpenAI; \"on_top\" if not, as with xAI.");
			break;
		case AC_TOKEN_CACHED_EXCEEDS:
			message = _("\"input_tokens\" must not be less than the cached tokens that it includes");
			detail = psprintf(_("It is %s; \"cache_read_tokens\", \"cache_write_5m_tokens\" and \"cache_write_1h_tokens\" add up to %s."),
							  fault->value[0], fault->value[1]);
			hint = _("Where cached tokens are counted apart, as with Anthropic, \"cached_convention\" is \"excluded\".");
			break;
		case AC_TOKEN_REASONING_EXCEEDS:
			message = _("\"output_tokens\" must not be less than the \"reasoning_tokens\" that it includes");
			detail = psprintf(_("They are %s and %s."), fault->value[0], fault->value[1]);
			hint = _("Where reasoning is counted apart, as with xAI, \"reasoning_convention\" is \"on_top\".");
			break;
		case AC_TOKEN_NO_THRESHOLD:
			message = _("\"context_threshold\" must be given where there are prices of long requests");
			hint = _("Without a threshold, leave out all prices whose names begin with \"long_\".");
			break;
		case AC_TOKEN_RANGE:
			sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			message = _("cost of tokens out of range");
			break;

		case AC_FLOW_NONE:
			message = _("\"cashflows\" must not be empty");
			break;
		case AC_FLOW_FINITE:
			sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			message = psprintf(_("\"%s\" must be a finite number"), element(fault));
			detail = psprintf(_("It is %s."), real_text(fault->real[0]));
			break;
		case AC_FLOW_LIMIT:
			sqlstate = ERRCODE_PROGRAM_LIMIT_EXCEEDED;
			message = psprintf(_("\"cashflows\" must not have more than %lld elements"),
							   (long long) fault->number[1]);
			detail = psprintf(_("It has %lld."), (long long) fault->number[0]);
			break;
		case AC_FLOW_SPAN:
			sqlstate = ERRCODE_PROGRAM_LIMIT_EXCEEDED;
			message = psprintf(_("\"dates\" must span less than %lld days"),
							   (long long) fault->number[1]);
			detail = psprintf(_("They span %lld."), (long long) fault->number[0]);
			break;

		case AC_REAL_FINITE:
			sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			message = psprintf(_("\"%s\" must be a finite number"), fault->name);
			detail = psprintf(_("It is %s."), real_text(fault->real[0]));
			break;
		case AC_REAL_BELOW:
			message = psprintf(_("\"%s\" must be greater than or equal to %s"),
							   fault->name, real_text(fault->real[1]));
			detail = psprintf(_("It is %s."), real_text(fault->real[0]));
			break;
		case AC_REAL_NOT_ABOVE:
			message = psprintf(_("\"%s\" must be greater than %s"),
							   fault->name, real_text(fault->real[1]));
			detail = psprintf(_("It is %s."), real_text(fault->real[0]));
			break;
		case AC_REAL_ABOVE:
			message = psprintf(_("\"%s\" must be less than or equal to %s"),
							   fault->name, real_text(fault->real[1]));
			detail = psprintf(_("It is %s."), real_text(fault->real[0]));
			break;
		case AC_REAL_RESULT:
			sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			message = _("result is out of range for type double precision");
			break;

		case AC_TOTAL_RANGE:
			sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			message = psprintf(_("\"%s\" is out of range"), fault->name);
			detail = psprintf(_("With %lld decimals it has more than %lld digits."),
							  (long long) fault->number[0], (long long) fault->number[1]);
			hint = fault->number[0] > 0 ? _("Split it at fewer digits.") : NULL;
			break;
		case AC_PART_RANGE:
			sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			message = _("a part of the total is out of range");
			detail = _("Weights of both signs almost cancel out, so that parts are much larger than the total.");
			break;
		case AC_WEIGHTS_RANGE:
			sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			message = _("\"weights\" is out of range");
			detail = _("At the scale of the most precise weight, the sum has more than 38 digits.");
			hint = _("Round the weights; only their ratios count.");
			break;
		case AC_WEIGHTS_ZERO:
			message = _("\"weights\" must have an element greater than 0");
			detail = fault->number[0] == 0 ? _("It has no elements.")
				: psprintf(_("It has %lld, and all are 0."), (long long) fault->number[0]);
			hint = _("To split evenly, give equal weights.");
			break;
		case AC_CURRENCY_DIGITS:
			message = psprintf(_("currency \"%s\" has no minor unit"), part(fault));
			detail = _("ISO 4217 does not list it, or states no decimals for it.");
			hint = _("Round to a number of decimals of your choice, with round(amount, digits).");
			break;
		case AC_ROUNDING_NAME:
			message = psprintf(_("unrecognized mode: \"%s\""), part(fault));
			hint = _("Modes are half_up, half_even, down, up and half_up_min_unit.");
			break;
		case AC_CARBON_UNIT:
			message = psprintf(_("unrecognized unit of carbon intensity: \"%s\""), part(fault));
			hint = _("Units are g/kWh, kg/kWh, kg/MWh, t/MWh and lb/MWh.");
			break;
		case AC_PRECISION:
			message = psprintf(_("unrecognized precision: \"%s\""), part(fault));
			hint = _("Precisions are fp64, fp32, tf32, fp16, bf16, fp8, fp6, fp4, int16, int8 and int4.");
			break;
		case AC_PRECISION_MISMATCH:
			message = psprintf(_("cannot compare throughput at precision \"%s\" with throughput at precision \"%s\""),
							   fault->value[0], fault->value[1]);
			hint = _("Compare figures of one precision.");
			break;
		case AC_SPARSITY_MISMATCH:
			message = psprintf(_("cannot compare throughput at sparsity %s with throughput at sparsity %s"),
							   real_text(fault->real[0]), real_text(fault->real[1]));
			hint = _("Compare dense figures: dense_tops(tops, sparsity) gives them.");
			break;

		case AC_OK:
			elog(ERROR, "no fault to raise");
	}

	if (message == NULL && sqlstate == ERRCODE_INVALID_BINARY_REPRESENTATION)
		message = psprintf(_("invalid external \"%s\" value"), type_name);
	else if (message == NULL)
	{
		sqlstate = ERRCODE_INVALID_TEXT_REPRESENTATION;
		message = psprintf(_("invalid input syntax for type %s: \"%s\""),
						   type_name, ac_shown(input, strlen(input)));
	}

	errsave(escontext,
			(errcode(sqlstate),
			 errmsg_internal("%s", message),
			 detail ? errdetail_internal("%s", detail) : 0,
			 hint ? errhint("%s", hint) : 0));
}
