/*
 * fuzz_names.c
 *	  A word is a name if a list has it, and else a fault that shows it.
 *
 * An input is the word.  As a name of usage it has the hash of its letters and
 * digits.
 */
#include "core/hardware.h"
#include "core/money.h"
#include "core/tco.h"
#include "core/token.h"
#include "core/usage_eras.h"

#include "../unit/currencies.h"
#include "fuzz.h"

#define WORD_MAX	40

/* The place of a word in a list that ends with NULL; -1: none. */
static int
place_of(const char *text, size_t len, const char *const *list)
{
	int			i;

	for (i = 0; list[i] != NULL; i++)
		if (strlen(list[i]) == len && strncmp(list[i], text, len) == 0)
			return i;
	return -1;
}

static void
check_status(ac_status status, ac_status refusal, int place,
			 const ac_fault *fault, const char *text, size_t len)
{
	REQUIRE(status == (place < 0 ? refusal : AC_OK));
	if (place < 0)
		REQUIRE(fault->part == text && fault->part_len == len);
}

static void
check_rounding(const char *text, size_t len)
{
	static const char *const names[] = {
		[AC_ROUND_HALF_UP] = "half_up",[AC_ROUND_HALF_EVEN] = "half_even",
		[AC_ROUND_DOWN] = "down",[AC_ROUND_UP] = "up",
		[AC_ROUND_HALF_UP_MIN_UNIT] = "half_up_min_unit", NULL
	};
	int			place = place_of(text, len, names);
	ac_rounding found;
	ac_fault	fault;

	check_status(ac_rounding_by_name(text, len, &found, &fault),
				 AC_ROUNDING_NAME, place, &fault, text, len);
	REQUIRE(place < 0 || (int) found == place);
}

static void
check_component(const char *text, size_t len)
{
	static const char *const names[] = {
		"upfront", "compute", "energy", "egress", "storage", "other", "tax",
		"credit", NULL
	};
	int			place = place_of(text, len, names);
	ac_component found;
	ac_fault	fault;

	check_status(ac_component_by_name(text, len, &found, &fault),
				 AC_COMPONENT_NAME, place, &fault, text, len);
	REQUIRE(place < 0 || ((int) found == place &&
						  strcmp(ac_component_name(found),
								 names[place]) == 0));
}

static void
check_conventions(const char *text, size_t len)
{
	static const char *const of_cached[] = {"included", "excluded", NULL};
	static const char *const of_reasoning[] = {"included", "on_top", NULL};
	static const ac_token_convention meaning[] = {
		AC_TOKENS_INCLUDED, AC_TOKENS_APART
	};
	int			place = place_of(text, len, of_cached);
	ac_token_convention found;
	ac_fault	fault;

	check_status(ac_token_cached_by_name(text, len, &found, &fault),
				 AC_TOKEN_CONVENTION, place, &fault, text, len);
	REQUIRE(place < 0 || found == meaning[place]);
	place = place_of(text, len, of_reasoning);
	check_status(ac_token_reasoning_by_name(text, len, &found, &fault),
				 AC_TOKEN_CONVENTION, place, &fault, text, len);
	REQUIRE(place < 0 || found == meaning[place]);
}

/* Of a word in lower case. */
static void
check_precision(const char *text, const char *lower, size_t len)
{
	static const char *const names[] = {
		"fp64", "fp32", "tf32", "fp16", "bf16", "fp8", "fp6", "fp4", "int16",
		"int8", "int4", NULL
	};
	int			place = place_of(lower, len, names);
	const ac_precision *found;
	ac_fault	fault;

	check_status(ac_precision_by_name(text, len, &found, &fault),
				 AC_PRECISION, place, &fault, text, len);
	REQUIRE(place < 0 || strcmp(found->name, names[place]) == 0);
	/* tf32 is stored as fp32 */
	REQUIRE(place < 0 || found->bytes * 8 == atoi(strpbrk(names[place],
														  "123468")));
}

/* Of a word in upper case. */
static void
check_currency(const char *text, const char *upper, size_t len)
{
	const char *const *lists[] = {active, withdrawn};
	int			expected = -1;
	int			digits = -1;
	ac_fault	fault;
	int			i;

	for (i = 0; i < 2 && len == 3; i++)
	{
		const char *const *line;
		const char *at;

		/* CODE=DIGITS, and a blank before the next */
		for (line = lists[i]; *line != NULL; line++)
			for (at = *line; *at != '\0'; at += at[5] == ' ' ? 6 : 5)
				if (memcmp(at, upper, 3) == 0)
					expected = at[4] - '0';
	}
	check_status(ac_currency_digits(text, len, &digits, &fault),
				 AC_CURRENCY_DIGITS, expected, &fault, text, len);
	REQUIRE(digits == expected);
}

/* Only letters and digits of a name count, whatever their case. */
static void
check_hash(const char *text, const char *lower, size_t len)
{
	char		bare[WORD_MAX + 1];
	size_t		n = 0;
	size_t		i;

	for (i = 0; i < len; i++)
		if ((lower[i] >= 'a' && lower[i] <= 'z')
			|| (lower[i] >= '0' && lower[i] <= '9'))
			bare[n++] = lower[i];
	REQUIRE(ac_usage_name_hash(text, len, NULL) ==
			ac_usage_name_hash(bare, n, NULL));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *) data;
	char		lower[WORD_MAX + 1] = "";
	char		upper[WORD_MAX + 1] = "";
	size_t		i;

	if (size > WORD_MAX)
		return 0;
	for (i = 0; i < size; i++)
	{
		lower[i] = text[i] >= 'A' && text[i] <= 'Z'
			? (char) (text[i] + 32) : text[i];
		upper[i] = text[i] >= 'a' && text[i] <= 'z'
			? (char) (text[i] - 32) : text[i];
	}
	check_rounding(text, size);
	check_component(text, size);
	check_conventions(text, size);
	check_precision(text, lower, size);
	check_currency(text, upper, size);
	check_hash(text, lower, size);
	return 0;
}
