/*
 * money.c
 *	  The minor units of currencies, and the ways to round to them.
 */
#include <string.h>

#include "core/money.h"

/*
 * Currencies by the decimals of their minor unit, in alphabetical order: all
 * of ISO 4217 list one (January 2026) that have one, and those of list three
 * withdrawn since 2009, which old bills still hold.
 */
static const char no_decimals[] =
"BIF BYR CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV "
"XAF XOF XPF";

static const char two_decimals[] =
"AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD "
"BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY "
"COP COU CRC CUC CUP CVE CZK DKK DOP DZD EEK EGP ERN ETB EUR "
"FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR "
"ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL "
"LTL LVL MAD MDL MGA MKD MMK MNT MOP MRO MRU MUR MVR MWK MXN "
"MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN "
"QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SKK SLE SLL SOS "
"SRD SSP STD STN SVC SYP SZL THB TJS TMM TMT TOP TRY TTD TWD "
"TZS UAH USD USN USS UYU UZS VED VEF VES WST XAD XCD XCG YER "
"ZAR ZMK ZMW ZWG ZWL ZWR";

static const char three_decimals[] =
"BHD IQD JOD KWD LYD OMR TND";

static const char four_decimals[] =
"CLF UYW";

/* A code and the blank or end that follows it. */
#define CODE_LEN	3
#define STRIDE		(CODE_LEN + 1)

typedef struct code_list
{
	const char *codes;
	size_t		size;
	int			digits;
} code_list;

#define NLISTS		4

/* Most bills are in a currency of the first. */
static const code_list lists[NLISTS] = {
	{two_decimals, sizeof(two_decimals), 2},
	{no_decimals, sizeof(no_decimals), 0},
	{three_decimals, sizeof(three_decimals), 3},
	{four_decimals, sizeof(four_decimals), 4}
};

typedef struct rounding_name
{
	const char *text;
	size_t		len;
} rounding_name;

#define NROUNDINGS	(AC_ROUND_HALF_UP_MIN_UNIT + 1)

/* In the order of ac_rounding. */
static const rounding_name names[NROUNDINGS] = {
	{"half_up", 7}, {"half_even", 9}, {"down", 4}, {"up", 2},
	{"half_up_min_unit", 16}
};

ac_status
ac_rounding_by_name(const char *name, size_t len, ac_rounding *rounding,
					ac_fault *fault)
{
	int			i;

	for (i = 0; i < NROUNDINGS; i++)
	{
		if (names[i].len == len && memcmp(names[i].text, name, len) == 0)
		{
			*rounding = (ac_rounding) i;
			return AC_OK;
		}
	}
	return ac_fault_part(fault, AC_ROUNDING_NAME, name, len);
}

static bool
is_in(const code_list *list, const char *code)
{
	size_t		low = 0;
	size_t		high = list->size / STRIDE;

	while (low < high)
	{
		size_t		middle = (low + high) / 2;
		int			order = memcmp(code, list->codes + middle * STRIDE,
								   CODE_LEN);

		if (order == 0)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

/*
 * The decimals of a currency's minor unit, 2 for USD; letters of any case.
 * Fails for what is no code of a currency, and for codes without a minor unit
 * (precious metals, drawing rights, testing).
 */
ac_status
ac_currency_digits(const char *code, size_t len, int *digits, ac_fault *fault)
{
	char		upper[CODE_LEN];
	int			i;

	if (len != CODE_LEN)
		return ac_fault_part(fault, AC_CURRENCY_DIGITS, code, len);

	/* nothing but a letter becomes an upper-case letter by this */
	for (i = 0; i < CODE_LEN; i++)
		upper[i] = (char) (code[i] & ~0x20);

	for (i = 0; i < NLISTS; i++)
	{
		if (is_in(&lists[i], upper))
		{
			*digits = lists[i].digits;
			return AC_OK;
		}
	}
	return ac_fault_part(fault, AC_CURRENCY_DIGITS, code, len);
}
