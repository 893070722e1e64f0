/*
 * tco_text.c
 *	  The text of a tco: "1234.56 USD compute=1000 energy=34.56 egress=200".
 *
 * Total, currency, then the components that are not zero.  Parsing takes the
 * components in any order, each once; without any, the amount is "other".
 */
#include <string.h>

#include "core/tco.h"
#include "core/word.h"

typedef struct token
{
	const char *text;
	size_t		len;			/* 0 at the end of the input */
} token;

static token
next_token(const char **cursor, const char *end)
{
	token		word;

	while (*cursor < end && ac_is_blank(**cursor))
		(*cursor)++;
	word.text = *cursor;
	while (*cursor < end && !ac_is_blank(**cursor))
		(*cursor)++;
	word.len = (size_t) (*cursor - word.text);
	return word;
}

static bool
begins_number(token word)
{
	return word.len > 0 && memchr("+-.0123456789", word.text[0], 13) != NULL;
}

/* Read the total; name the usual mistake if the currency stands first. */
static ac_status
read_total(token word, const char *rest, const char *end, ac_int256 *total,
		   ac_fault *fault)
{
	ac_tco		unused;

	if (word.len == 0)
		return AC_TEXT_MISSING_AMOUNT;
	if (!begins_number(word) &&
		ac_tco_set_currency(&unused, word.text, word.len, fault) == AC_OK &&
		begins_number(next_token(&rest, end)))
		return ac_fault_part(fault, AC_TEXT_CURRENCY_FIRST, word.text,
							 word.len);
	return ac_decimal_parse(word.text, word.len, total, fault);
}

static ac_status
read_currency(token word, ac_tco *tco, ac_fault *fault)
{
	if (word.len == 0)
		return AC_TEXT_MISSING_CURRENCY;
	if (ac_tco_set_currency(tco, word.text, word.len, fault) != AC_OK)
		return ac_fault_part(fault, AC_TEXT_CURRENCY, word.text, word.len);
	return AC_OK;
}

/* Read name=amount into its component; seen is a bit for each read before. */
static ac_status
read_component(token word, ac_tco *tco, unsigned *seen, ac_fault *fault)
{
	const char *equals = memchr(word.text, '=', word.len);
	size_t		name_len;
	ac_component component;
	ac_int256	amount;

	if (equals == NULL)
		return ac_fault_part(fault, AC_TEXT_COMPONENT, word.text, word.len);
	name_len = (size_t) (equals - word.text);
	if (ac_component_by_name(word.text, name_len, &component,
							 fault) != AC_OK)
		return ac_fault_part(fault, AC_TEXT_COMPONENT_NAME, word.text,
							 name_len);
	if (*seen & 1u << component)
		return ac_fault_part(fault, AC_TEXT_COMPONENT_TWICE, word.text,
							 name_len);
	*seen |= 1u << component;

	AC_TRY(ac_decimal_parse(equals + 1, word.len - name_len - 1, &amount,
							fault));
	if (!ac_int256_narrow(amount, &tco->amount[component]))
		return ac_fault_part(fault, AC_TEXT_RANGE, equals + 1,
							 word.len - name_len - 1);
	return AC_OK;
}

/* Read a value; on a fault *tco is undefined. */
ac_status
ac_tco_parse(const char *text, size_t len, ac_tco *tco, ac_fault *fault)
{
	const char *cursor = text;
	const char *end = text + len;
	token		amount;
	token		word;
	ac_int256	total;
	ac_int256	sum;
	unsigned	seen = 0;

	ac_tco_zero(tco);
	amount = next_token(&cursor, end);
	AC_TRY(read_total(amount, cursor, end, &total, fault));
	AC_TRY(read_currency(next_token(&cursor, end), tco, fault));
	while ((word = next_token(&cursor, end)).len > 0)
		AC_TRY(read_component(word, tco, &seen, fault));

	if (seen == 0)
	{
		if (!ac_int256_narrow(total, &tco->amount[AC_OTHER]))
			return ac_fault_part(fault, AC_TEXT_RANGE, amount.text,
								 amount.len);
		return AC_OK;
	}
	sum = ac_tco_total(tco);
	if (ac_int256_compare(total, sum) != 0)
	{
		ac_decimal_format(total, fault->value[0]);
		ac_decimal_format(sum, fault->value[1]);
		return AC_TEXT_TOTAL;
	}
	return AC_OK;
}

static char *
append(char *end, const char *text, size_t len)
{
	memcpy(end, text, len);
	return end + len;
}

/*
 * Write the one text of a value into a buffer of AC_TCO_TEXT_MAX bytes and
 * return its length.
 */
size_t
ac_tco_format(const ac_tco *tco, char *buffer)
{
	char	   *end = buffer + ac_decimal_format(ac_tco_total(tco), buffer);
	int			i;

	*end++ = ' ';
	end = append(end, tco->currency, ac_currency_len(tco->currency));
	for (i = 0; i < AC_NCOMPONENTS; i++)
	{
		const char *name = ac_component_name((ac_component) i);

		if (tco->amount[i] == 0)
			continue;
		*end++ = ' ';
		end = append(end, name, strlen(name));
		*end++ = '=';
		end += ac_decimal_format(ac_int256_from(tco->amount[i]), end);
	}
	*end = '\0';
	return (size_t) (end - buffer);
}
