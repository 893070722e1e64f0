/*
 * tariff_text.c
 *	  The text of a tariff: "graduated: 0 upto 100, 0.09 upto 10240, 0.07".
 *
 *	  MODE [BLOCK] [allowance QUANTITY]: PRICE [flat FEE] [upto BOUND], ...
 *
 * A package alone has a block.  What is 0 is not written, but for prices.
 */
#include <string.h>

#include "core/tariff.h"
#include "core/word.h"

typedef struct reader
{
	const char *cursor;
	const char *end;
	const char *word;			/* the next one */
	size_t		word_len;		/* 0 at the end of the text */
} reader;

/*
 * Does a word end here?  A comma between two digits belongs to them: to read
 * "10,240" as two tiers would be a trap.
 */
static bool
ends_word(const reader *text, const char *at)
{
	if (*at == ',')
		return !(ac_is_digit(at[-1]) &&
				 at + 1 < text->end && ac_is_digit(at[1]));
	return *at == ':' || ac_is_blank(*at);
}

static void
next_word(reader *text)
{
	const char *at = text->cursor;

	while (at < text->end && ac_is_blank(*at))
		at++;
	text->word = at;
	if (at < text->end && (*at == ',' || *at == ':'))
		at++;
	else
		while (at < text->end && !ends_word(text, at))
			at++;
	text->word_len = (size_t) (at - text->word);
	text->cursor = at;
}

static bool
is_word(const reader *text, const char *word)
{
	return ac_is_word(text->word, text->word_len, word);
}

/* Step over a word if it is the next. */
static bool
take_word(reader *text, const char *word)
{
	bool		found = is_word(text, word);

	if (found)
		next_word(text);
	return found;
}

/* What stands here is not what can. */
static ac_status
expected(const reader *text, const char *what, ac_fault *fault)
{
	fault->name = what;
	return ac_fault_part(fault, AC_TEXT_EXPECTED, text->word,
						 (size_t) (text->end - text->word));
}

/*
 * Read a number into an element of the tariff.  what says it in an error; name
 * and tier, 0 for none, are those of the element.
 */
static ac_status
take_number(reader *text, const char *what, const char *name, int tier,
			ac_int128 *number, ac_fault *fault)
{
	ac_int256	value;
	ac_status	status;

	if (text->word_len == 0)
		return expected(text, what, fault);
	status = ac_decimal_parse(text->word, text->word_len, &value, fault);
	if (status == AC_TEXT_NUMBER)
		return expected(text, what, fault);
	if (status == AC_TEXT_SCALE)
	{
		fault->name = name;
		return ac_fault_number(fault, AC_TIER_SCALE, tier, 0);
	}
	AC_TRY(status);
	if (!ac_int256_narrow(value, number) || *number == AC_TIER_OPEN_BOUND)
		return ac_fault_part(fault, AC_TEXT_RANGE, text->word,
							 text->word_len);
	next_word(text);
	return AC_OK;
}

static ac_status
read_head(reader *text, ac_tariff *tariff, ac_fault *fault)
{
	const char *colon = "\":\" or \"allowance\"";
	ac_tariff_mode mode;

	if (ac_tariff_mode_by_name(text->word, text->word_len, &mode,
							   fault) != AC_OK)
		return expected(text, "a mode (graduated, volume or package)", fault);
	next_word(text);
	tariff->mode = (uint8_t) mode;
	if (mode == AC_PACKAGE)
		AC_TRY(take_number(text, "the size of a block", "block", 0,
						   &tariff->block, fault));
	if (take_word(text, "allowance"))
	{
		AC_TRY(take_number(text, "an allowance", "allowance", 0,
						   &tariff->allowance, fault));
		colon = "\":\"";
	}
	if (!take_word(text, ":"))
		return expected(text, colon, fault);
	return AC_OK;
}

/* What can stand after a tier that went so far. */
static const char *
after_tier(bool has_fee, bool has_bound)
{
	if (has_bound)
		return "\",\" or the end";
	return has_fee ? "\"upto\", \",\" or the end"
		: "\"flat\", \"upto\", \",\" or the end";
}

/* Read one tier; its number, from 1 on, is what the tariff has so far. */
static ac_status
read_tier(reader *text, ac_tariff *tariff, ac_fault *fault)
{
	int			number = ++tariff->count;
	ac_tier    *tier = &tariff->tier[number - 1];
	bool		has_fee;
	bool		has_bound;

	AC_TRY(take_number(text, "a price", "price", number, &tier->price,
					   fault));
	has_fee = take_word(text, "flat");
	if (has_fee)
		AC_TRY(take_number(text, "a fee", "flat", number, &tier->flat,
						   fault));
	has_bound = take_word(text, "upto");
	tier->upto = AC_TIER_OPEN_BOUND;
	if (has_bound)
		AC_TRY(take_number(text, "a bound", "upto", number, &tier->upto,
						   fault));
	if (text->word_len > 0 && !is_word(text, ","))
		return expected(text, after_tier(has_fee, has_bound), fault);
	return AC_OK;
}

/* The number of tiers that a text has, if it is well-formed, or more. */
static int
count_tiers(const char *text, size_t len)
{
	int			count = 1;
	size_t		i;

	for (i = 0; i < len; i++)
		count += text[i] == ',';
	return count;
}

/* The tiers to make room for: all, or enough to find that there are too many. */
int
ac_tariff_text_tiers(const char *text, size_t len)
{
	int			count = count_tiers(text, len);

	return count > AC_TARIFF_TIERS_MAX ? AC_TARIFF_TIERS_MAX + 1 : count;
}

/*
 * Read a value into room for ac_tariff_text_tiers() tiers; on a fault *tariff
 * is undefined.
 */
ac_status
ac_tariff_parse(const char *text, size_t len, ac_tariff *tariff,
				ac_fault *fault)
{
	reader		rest = {.cursor = text,.end = text + len};
	int			room = ac_tariff_text_tiers(text, len);

	ac_tariff_init(tariff, AC_GRADUATED, room);
	tariff->count = 0;
	next_word(&rest);
	AC_TRY(read_head(&rest, tariff, fault));
	do
	{
		if (tariff->count == AC_TARIFF_TIERS_MAX)
			return ac_fault_number(fault, AC_TARIFF_LIMIT,
								   count_tiers(text, len),
								   AC_TARIFF_TIERS_MAX);
		AC_TRY(read_tier(&rest, tariff, fault));
	} while (take_word(&rest, ","));
	return ac_tariff_seal(tariff, fault);
}

static char *
append(char *end, const char *text)
{
	size_t		len = strlen(text);

	memcpy(end, text, len);
	return end + len;
}

static char *
append_number(char *end, ac_int128 number)
{
	return end + ac_decimal_format(ac_int256_from(number), end);
}

/* Mode, block and allowance; in AC_TARIFF_HEAD_MAX bytes. */
static char *
format_head(const ac_tariff *tariff, char *end)
{
	end = append(end, ac_tariff_mode_name((ac_tariff_mode) tariff->mode));
	if (tariff->block != 0)
		end = append_number(append(end, " "), tariff->block);
	if (tariff->allowance != 0)
		end = append_number(append(end, " allowance "), tariff->allowance);
	return append(end, ":");
}

/* One tier with what stands before it; in AC_TARIFF_TIER_MAX bytes. */
static char *
format_tier(const ac_tariff *tariff, int i, char *end)
{
	const ac_tier *tier = &tariff->tier[i];

	end = append_number(append(end, i > 0 ? ", " : " "), tier->price);
	if (tier->flat != 0)
		end = append_number(append(end, " flat "), tier->flat);
	if (tier->upto != AC_TIER_OPEN_BOUND)
		end = append_number(append(end, " upto "), tier->upto);
	return end;
}

/*
 * Write the one text of a value into a buffer of AC_TARIFF_TEXT_MAX(count)
 * bytes and return its length.
 */
size_t
ac_tariff_format(const ac_tariff *tariff, char *buffer)
{
	char	   *end = format_head(tariff, buffer);
	int			i;

	for (i = 0; i < tariff->count; i++)
		end = format_tier(tariff, i, end);
	*end = '\0';
	return (size_t) (end - buffer);
}

/*
 * The text, of the tiers from some on unless that is the first, or its
 * beginning and an ellipsis, in size bytes, at least 4.
 */
void
ac_tariff_show(const ac_tariff *tariff, int first, char *buffer, size_t size)
{
	char		piece[AC_TARIFF_HEAD_MAX + AC_TARIFF_TIER_MAX];
	size_t		room = size - sizeof("...");
	size_t		len = 0;
	int			i;

	for (i = first; i < tariff->count; i++)
	{
		const char *text = i == first && i > 0 ? piece + strlen(", ") : piece;
		char	   *start = i > 0 ? piece : format_head(tariff, piece);
		size_t		text_len = (size_t) (format_tier(tariff, i, start) - text);

		/* the last piece needs no room for an ellipsis after it */
		if (len + text_len > (i == tariff->count - 1 ? size - 1 : room))
		{
			memcpy(buffer + len, text, room - len);
			memcpy(buffer + room, "...", sizeof("..."));
			return;
		}
		memcpy(buffer + len, text, text_len);
		len += text_len;
	}
	buffer[len] = '\0';
}
