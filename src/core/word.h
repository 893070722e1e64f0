/*
 * word.h
 *	  What the readers of text have in common: blanks, digits, fixed words.
 */
#ifndef AC_WORD_H
#define AC_WORD_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* As isspace and isdigit in the C locale, whatever the locale is. */
static inline bool
ac_is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool
ac_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
ac_is_word(const char *text, size_t len, const char *word)
{
	return len == strlen(word) && memcmp(text, word, len) == 0;
}

#endif							/* AC_WORD_H */
