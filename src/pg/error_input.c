/*
 * error_input.c
 *	  Messages for malformed text and bytes.
 */
#include "pg/error.h"

static void
report_text(ac_status status, const ac_fault *fault, const char *type_name,
			ac_report *report)
{
	switch (status)
	{
		case AC_TEXT_NUMBER:
			report->detail = psprintf(_("\"%s\" is not a decimal number."), part(fault));
			if (fault->number[0] == AC_SCALE)
				report->hint = _("Write the amount in plain digits, then a space and the currency, as in \"6 USD\".");
			break;
		case AC_TEXT_EXPONENT:
			report->detail = psprintf(_("\"%s\" has an exponent."), part(fault));
			report->hint = _("Write out all digits, or use a constructor, which accepts exponents.");
			break;
		case AC_TEXT_SEPARATOR:
			report->detail = psprintf(_("\"%s\" has a separator between its digits."), part(fault));
			report->hint = _("Write digits with at most one decimal point.");
			break;
		case AC_TEXT_SCALE:
			report->detail = psprintf(_("\"%s\" has more than %lld decimals."), part(fault), (long long) fault->number[0]);
			if (fault->number[0] == AC_SCALE)
				report->hint = _("To round the amount, use tco(numeric, text) or make_tco().");
			break;
		case AC_TEXT_MISSING_AMOUNT:
			report->detail = _("The amount is missing.");
			report->hint = _("Write the amount, then its currency, as in \"6 USD\".");
			break;
		case AC_TEXT_MISSING_CURRENCY:
			report->detail = _("The currency is missing.");
			report->hint = _("Write the currency after the amount, as in \"6 USD\".");
			break;
		case AC_TEXT_CURRENCY:
			report->detail = psprintf(_("\"%s\" is not a currency."), part(fault));
			report->hint = CURRENCY_HINT;
			break;
		case AC_TEXT_CURRENCY_FIRST:
			report->detail = psprintf(_("Currency \"%s\" precedes the amount."), part(fault));
			report->hint = _("Write the currency after the amount, as in \"6 USD\".");
			break;
		case AC_TEXT_COMPONENT:
			report->detail = psprintf(_("\"%s\" does not have the form component=amount."), part(fault));
			report->hint = COMPONENTS_HINT;
			break;
		case AC_TEXT_COMPONENT_NAME:
			report->detail = psprintf(_("\"%s\" is not a component."), part(fault));
			report->hint = COMPONENTS_HINT;
			break;
		case AC_TEXT_COMPONENT_TWICE:
			report->detail = psprintf(_("Component \"%s\" appears more than once."), part(fault));
			break;
		case AC_TEXT_TOTAL:
			report->detail = psprintf(_("The stated total is %s, but the components add up to %s."),
									  fault->value[0], fault->value[1]);
			break;
		case AC_TEXT_COUNT:
			report->detail = psprintf(_("\"%s\" does not begin with a row count."), part(fault));
			break;
		case AC_TEXT_EMPTY_STATE:
			report->detail = psprintf(_("A state with 0 rows cannot have a sum, but \"%s\" follows."), part(fault));
			break;
		case AC_TEXT_RANGE:
			report->sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			report->message = psprintf(_("value \"%s\" is out of range for type %s"), part(fault), type_name);
			break;
		case AC_TEXT_EXPECTED:
			report->detail = fault->part_len > 0 ? psprintf(_("Expected %s at \"%s\"."), fault->name, part(fault))
				: psprintf(_("Expected %s at the end."), fault->name);
			report->hint = _("Write a tariff without currency or unit, as in \"graduated: 0 upto 100, 0.09 upto 10240, 0.07\".");
			break;
		default:
			elog(ERROR, "not a fault of text: %d", (int) status);
	}
}

static void
report_bytes(ac_status status, const ac_fault *fault, ac_report *report)
{
	switch (status)
	{
		case AC_BYTES_LENGTH:
			report->detail = psprintf(_("The value has %lld bytes instead of %lld."),
									  (long long) fault->number[0], (long long) fault->number[1]);
			break;
		case AC_BYTES_VERSION:
			report->detail = psprintf(_("The version is %lld instead of %lld."),
									  (long long) fault->number[0], (long long) fault->number[1]);
			break;
		case AC_BYTES_CURRENCY:
			report->detail = _("The currency is invalid or not in canonical form.");
			break;
		case AC_BYTES_PADDING:
			report->detail = _("The reserved bytes are not zero.");
			break;
		case AC_BYTES_COUNT:
			report->detail = psprintf(_("The row count %lld is invalid."), (long long) fault->number[0]);
			break;
		case AC_BYTES_EMPTY_STATE:
			report->detail = _("The value has a sum but no rows.");
			break;
		case AC_BYTES_MODE:
			report->detail = psprintf(_("The mode %lld is invalid."), (long long) fault->number[0]);
			break;
		case AC_BYTES_QUANTITY:
			report->detail = _("The quantity is not in canonical form.");
			break;
		default:
			elog(ERROR, "not a fault of bytes: %d", (int) status);
	}
}

/* Describe malformed input, of which input is the whole if it is text. */
void
ac_report_input(ac_status status, const ac_fault *fault, const char *type_name,
				const char *input, ac_report *report)
{
	if (status >= AC_BYTES_LENGTH)
	{
		report->sqlstate = ERRCODE_INVALID_BINARY_REPRESENTATION;
		report->message = psprintf(_("invalid external \"%s\" value"), type_name);
		report_bytes(status, fault, report);
		return;
	}
	report_text(status, fault, type_name, report);
	if (report->message == NULL)
	{
		report->sqlstate = ERRCODE_INVALID_TEXT_REPRESENTATION;
		report->message = psprintf(_("invalid input syntax for type %s: \"%s\""),
								   type_name, ac_shown(input, strlen(input)));
	}
}
