/*
 * error.c
 *	  From what the core found wrong to one error message.
 */
#include "pg/ac_pg.h"

#include "mb/pg_wchar.h"

/* Input shown in a message is cut to this many bytes. */
#define SHOWN_BYTES		64

#define COMPONENTS_HINT \
	_("Components are upfront, compute, energy, egress, storage, other, tax and credit.")
#define CURRENCY_HINT \
	_("A currency is 1 to 12 of A-Z, a-z, 0-9 and _, not digits alone.")

/* The text, or its beginning and an ellipsis; never half a character. */
static char *
shown(const char *text, size_t len)
{
	int			kept;

	if (len <= SHOWN_BYTES + MAX_MULTIBYTE_CHAR_LEN)
		return pnstrdup(text, len);
	kept = pg_mbcliplen(text, SHOWN_BYTES + MAX_MULTIBYTE_CHAR_LEN, SHOWN_BYTES);
	return psprintf("%.*s...", kept, text);
}

/*
 * Raise an error for a fault of the core, or save it in escontext where that
 * asks for soft errors.  For malformed text, input is the whole of it.
 */
void
ac_raise(ac_status status, const ac_fault *fault, const char *type_name,
		 const char *input, struct Node *escontext)
{
	int			sqlstate = ERRCODE_INVALID_TEXT_REPRESENTATION;
	char	   *part = "";
	char	   *message = NULL;
	char	   *detail = NULL;
	char	   *hint = NULL;

	switch (status)
	{
		case AC_TEXT_NUMBER:
		case AC_TEXT_EXPONENT:
		case AC_TEXT_SEPARATOR:
		case AC_TEXT_SCALE:
		case AC_TEXT_CURRENCY:
		case AC_TEXT_CURRENCY_FIRST:
		case AC_TEXT_COMPONENT:
		case AC_TEXT_COMPONENT_NAME:
		case AC_TEXT_COMPONENT_TWICE:
		case AC_TEXT_COUNT:
		case AC_TEXT_EMPTY_STATE:
		case AC_TEXT_RANGE:
		case AC_CURRENCY:
		case AC_COMPONENT_NAME:
			part = shown(fault->part, fault->part_len);
			break;
		default:
			break;
	}

	switch (status)
	{
		case AC_TEXT_NUMBER:
			detail = psprintf(_("\"%s\" is not a decimal number."), part);
			hint = _("Write an amount in plain digits, and its currency after a blank, as in \"6 USD\".");
			break;
		case AC_TEXT_EXPONENT:
			detail = psprintf(_("\"%s\" has an exponent."), part);
			hint = _("Write out all digits, or use the constructor tco(numeric, text).");
			break;
		case AC_TEXT_SEPARATOR:
			detail = psprintf(_("\"%s\" has a separator between its digits."), part);
			hint = _("Write digits with at most one decimal point.");
			break;
		case AC_TEXT_SCALE:
			detail = psprintf(_("\"%s\" has more than %d decimals."), part, AC_SCALE);
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
			detail = psprintf(_("\"%s\" is not a currency."), part);
			hint = CURRENCY_HINT;
			break;
		case AC_TEXT_CURRENCY_FIRST:
			detail = psprintf(_("Currency \"%s\" stands before the amount."), part);
			hint = _("Write the currency after the amount, as in \"6 USD\".");
			break;
		case AC_TEXT_COMPONENT:
			detail = psprintf(_("\"%s\" is not of the form component=amount."), part);
			hint = COMPONENTS_HINT;
			break;
		case AC_TEXT_COMPONENT_NAME:
			detail = psprintf(_("\"%s\" is not a component."), part);
			hint = COMPONENTS_HINT;
			break;
		case AC_TEXT_COMPONENT_TWICE:
			detail = psprintf(_("Component \"%s\" is given more than once."), part);
			break;
		case AC_TEXT_TOTAL:
			detail = psprintf(_("The total is given as %s, but the components add up to %s."),
							  fault->value[0], fault->value[1]);
			break;
		case AC_TEXT_COUNT:
			detail = psprintf(_("\"%s\" does not begin with a row count."), part);
			break;
		case AC_TEXT_EMPTY_STATE:
			detail = psprintf(_("A state of 0 rows has no sum, but \"%s\" follows."), part);
			break;
		case AC_TEXT_RANGE:
			sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			message = psprintf(_("value \"%s\" is out of range for type %s"), part, type_name);
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
			detail = _("Its currency is not one, or not in its one stored form.");
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

		case AC_RANGE:
			sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			message = psprintf(_("%s out of range"), type_name);
			detail = psprintf(_("Component \"%s\" would lie outside -170141183460469231731.687303715884105728 to 170141183460469231731.687303715884105727."),
							  fault->name);
			break;
		case AC_COUNT_RANGE:
			sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
			message = _("row count of tco_avg_state out of range");
			break;
		case AC_DIVISION_BY_ZERO:
			sqlstate = ERRCODE_DIVISION_BY_ZERO;
			message = _("division by zero");
			break;
		case AC_CURRENCY_MISMATCH:
			sqlstate = ERRCODE_INVALID_PARAMETER_VALUE;
			message = psprintf(_("cannot mix currencies \"%s\" and \"%s\""),
							   fault->value[0], fault->value[1]);
			hint = _("Convert to one currency with exchange(tco, currency, rate), or group by currency(tco).");
			break;
		case AC_CURRENCY:
			sqlstate = ERRCODE_INVALID_PARAMETER_VALUE;
			message = psprintf(_("invalid currency: \"%s\""), part);
			hint = CURRENCY_HINT;
			break;
		case AC_COMPONENT_NAME:
			sqlstate = ERRCODE_INVALID_PARAMETER_VALUE;
			message = psprintf(_("unrecognized component: \"%s\""), part);
			hint = COMPONENTS_HINT;
			break;
		case AC_DIGITS:
			sqlstate = ERRCODE_INVALID_PARAMETER_VALUE;
			message = psprintf(_("\"digits\" must be greater than or equal to %lld"),
							   (long long) fault->number[1]);
			detail = psprintf(_("It is %lld."), (long long) fault->number[0]);
			break;
		case AC_STATE_MISMATCH:
			sqlstate = ERRCODE_INVALID_PARAMETER_VALUE;
			message = _("cannot remove a row from a tco_avg_state of 0 rows");
			break;

		case AC_OK:
			elog(ERROR, "no fault to raise");
	}

	if (message == NULL && sqlstate == ERRCODE_INVALID_BINARY_REPRESENTATION)
		message = psprintf(_("invalid external \"%s\" value"), type_name);
	else if (message == NULL)
		message = psprintf(_("invalid input syntax for type %s: \"%s\""),
						   type_name, shown(input, strlen(input)));

	errsave(escontext,
			(errcode(sqlstate),
			 errmsg_internal("%s", message),
			 detail ? errdetail_internal("%s", detail) : 0,
			 hint ? errhint("%s", hint) : 0));
}
