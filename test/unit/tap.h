/*
 * tap.h
 *	  Test results in the Test Anything Protocol.
 */
#ifndef AC_TAP_H
#define AC_TAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int	tap_run;
static int	tap_failed;

/* Print on one line: '#' and all that is not printable as \xNN. */
static inline void
tap_print(const char *text, size_t len)
{
	size_t		i;

	for (i = 0; i < len; i++)
	{
		unsigned char c = (unsigned char) text[i];

		if (c < ' ' || c > '~' || c == '#')
			printf("\\x%02x", c);
		else
			putchar(c);
	}
}

/* One test; its name says the rule that it holds the code to. */
static inline bool
ok(bool pass, const char *rule,...)
{
	char		name[400];
	va_list		args;

	va_start(args, rule);
	vsnprintf(name, sizeof(name), rule, args);
	va_end(args);

	printf("%sok %d - ", pass ? "" : "not ", ++tap_run);
	tap_print(name, strlen(name));
	putchar('\n');
	tap_failed += !pass;
	return pass;
}

static inline void
is_int(int64_t found, int64_t expected, const char *rule)
{
	if (!ok(found == expected, "%s", rule))
		printf("# found %lld, expected %lld\n", (long long) found,
			   (long long) expected);
}

static inline void
is_text(const char *found, const char *expected, const char *rule)
{
	if (ok(strcmp(found, expected) == 0, "%s", rule))
		return;
	printf("# found \"");
	tap_print(found, strlen(found));
	printf("\", expected \"");
	tap_print(expected, strlen(expected));
	printf("\"\n");
}

/* Finish with the plan; returns the exit status. */
static inline int
tap_done(void)
{
	printf("1..%d\n", tap_run);
	return tap_failed > 0;
}

/*
 * A copy in memory of exactly its size and without a terminator, so that the
 * address sanitizer sees a read past its end.  To be freed.
 */
static inline void *
exact_copy(const void *bytes, size_t len)
{
	void	   *copy = malloc(len);

	if (copy == NULL)
		abort();
	return memcpy(copy, bytes, len);
}

#endif							/* AC_TAP_H */
