/*
 * preload.c
 *	  Preloaded into the server after the address sanitizer.
 */
extern const char *__ubsan_default_options(void);
extern char *bindtextdomain(const char *domain, const char *directory);
extern char *textdomain(const char *domain);

/* UBSAN_OPTIONS is read late, when the server's title has overwritten it. */
const char *
__ubsan_default_options(void)
{
	return "abort_on_error=1:print_stacktrace=1";
}

/* No translations: with the sanitizer, glibc's functions can wait for ever. */
char *
bindtextdomain(const char *domain, const char *directory)
{
	(void) domain;
	return (char *) directory;
}

char *
textdomain(const char *domain)
{
	return (char *) domain;
}
