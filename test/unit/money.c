/*
 * money.c
 *	  ISO 4217 gives a currency its decimals; modes of rounding have names.
 */
#include "core/money.h"

#include "currencies.h"
#include "tap.h"

/* Codes that stand for no money of minor units, and what is no code. */
static const char *const none[] = {
	"XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XDR", "XPD", "XPT", "XSU",
	"XTS", "XUA", "xxx", "DEM", "BTC", "", "U", "US", "USDT", "US ", " US",
	"D A", "GBp ", "\x15SD", "\xd5SD", "USD\n", "EUR USD", "tokens", NULL
};

/* The decimals of a currency, -1 for none; the code has no terminator. */
static int
digits_of(const char *code, size_t len)
{
	char	   *copy = exact_copy(code, len);
	int			digits = -1;
	ac_fault	fault = {0};
	ac_status	status = ac_currency_digits(copy, len, &digits, &fault);

	if (status != AC_OK)
		digits = status == AC_CURRENCY_DIGITS && fault.part == copy &&
			fault.part_len == len ? -1 : -2;
	free(copy);
	return digits;
}

/* Number of codes=decimals that are as listed; -1 if one is not. */
static int
as_listed(const char *const *line)
{
	int			count = 0;
	const char *at;

	for (; *line != NULL; line++)
		for (at = *line; *at != '\0'; at += at[5] == ' ' ? 6 : 5, count++)
			if (digits_of(at, 3) != at[4] - '0')
			{
				printf("# %.5s\n", at);
				return -1;
			}
	return count;
}

/* Number of triples of upper-case letters that are currencies. */
static int
count_codes(void)
{
	int			count = 0;
	int			i;

	for (i = 0; i < 26 * 26 * 26; i++)
	{
		char		code[3] = {
			(char) ('A' + i / 676), (char) ('A' + i / 26 % 26),
			(char) ('A' + i % 26)
		};

		count += digits_of(code, 3) >= 0;
	}
	return count;
}

static bool
none_listed(void)
{
	const char *const *code;

	for (code = none; *code != NULL; code++)
		if (digits_of(*code, strlen(*code)) != -1)
		{
			printf("# \"%s\"\n", *code);
			return false;
		}
	return true;
}

/* A three-byte text is a currency just as its upper-case letters are. */
static bool
letters_of_any_case(void)
{
	int			i;

	for (i = 0; i < 256 * 3; i++)
	{
		char		code[3] = {'J', 'P', 'Y'};
		char		upper[3] = {'J', 'P', 'Y'};
		char		c = (char) (i / 3);

		code[i % 3] = c;
		upper[i % 3] = c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
		if (digits_of(code, 3) != digits_of(upper, 3))
			return false;
	}
	return digits_of("jpy", 3) == 0 && digits_of("kWd", 3) == 3;
}

static void
is_mode(const char *name, int expected)
{
	size_t		len = strlen(name);
	char	   *copy = exact_copy(name, len);
	ac_rounding mode;
	ac_fault	fault = {0};
	ac_status	status = ac_rounding_by_name(copy, len, &mode, &fault);

	if (expected >= 0)
		ok(status == AC_OK && (int) mode == expected, "%s is a mode", name);
	else
		ok(status == AC_ROUNDING_NAME && fault.part == copy &&
		   fault.part_len == len, "\"%s\" is no mode", name);
	free(copy);
}

int
main(void)
{
	is_int(as_listed(active), 165, "every currency that ISO 4217 lists with a "
		   "minor unit has its decimals");
	is_int(as_listed(withdrawn), 18, "so has every one withdrawn since 2009");
	is_int(count_codes(), 165 + 18, "and no other three letters have any");
	ok(none_listed(), "metals, drawing rights, testing, tokens and what is "
	   "not three letters have no minor unit");
	ok(letters_of_any_case(), "lower-case letters count as upper-case, and "
	   "nothing else does");

	is_mode("half_up", AC_ROUND_HALF_UP);
	is_mode("half_even", AC_ROUND_HALF_EVEN);
	is_mode("down", AC_ROUND_DOWN);
	is_mode("up", AC_ROUND_UP);
	is_mode("half_up_min_unit", AC_ROUND_HALF_UP_MIN_UNIT);
	is_mode("", -1);
	is_mode("u", -1);
	is_mode("Up", -1);
	is_mode("half_up ", -1);
	is_mode("half_down", -1);
	return tap_done();
}
