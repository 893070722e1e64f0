/*
 * usage_names.c
 *	  Names of providers and models: their hashes, and the eras found by them.
 */
#include "core/usage_eras.h"

#include "price_lists.h"
#include "sample.h"

#define DAY		INT64_C(86400000000)

static int	blocks;

static void
count_block(void)
{
	blocks++;
}

/* Names are as long as whoever asks makes them. */
static void
test_long_names(void)
{
	static char name[2 * AC_POLL_EVERY];

	memset(name, 'a', sizeof(name));
	ok(ac_usage_name_hash(name, sizeof(name), count_block)
	   != ac_usage_name_hash(name, sizeof(name) - 1, NULL),
	   "a long name has a hash as any other");
	is_int(blocks, 2, "and the caller is told of each block");
}

static void
test_names(void)
{
	ok(hash_of("deepseek") == hash_of(" Deep-Seek."),
	   "a name has one hash, whatever its case, blanks and punctuation");
	ok(hash_of("deepseek") != hash_of("deepseekai"), "another name is another");
	ok(hash_of("deepseek") != hash_of("deepsee"), "so is its beginning");
	ok(hash_of("h100") != hash_of("h200"), "and one with another digit");
	ok(hash_of("") == hash_of("-"), "nothing but punctuation is no name");
}

static void
test_pairs(void)
{
	ok(ac_usage_pair_hash(1, 2) != ac_usage_pair_hash(2, 1),
	   "a pair has an order");
	ok(ac_usage_pair_hash(hash_of("a"), hash_of("bc"))
	   != ac_usage_pair_hash(hash_of("ab"), hash_of("c")), "and two parts");
}

/* A list of eras, as limits have it. */
typedef struct era_list
{
	int64_t		hash;
	int			eras;
	int64_t		first;			/* one a day from here on */
	bool		has_windows;
} era_list;

static int
by_hash(const void *a, const void *b)
{
	int64_t		first = ((const era_list *) a)->hash;
	int64_t		second = ((const era_list *) b)->hash;

	return (first > second) - (first < second);
}

/*
 * A catalog: "acme", also called "acne", with discounts, machines, requests and
 * windows; its models are "one", also called "uno", and "two".  "zeta" has tokens
 * only.
 */
static ac_price_limits
some_limits(int64_t *value, int *count)
{
	int64_t		tokens = list_hash("acme", AC_PRICE_TOKENS);
	era_list	list[] = {
		{list_hash("acme", AC_PRICE_DISCOUNTS), 1, 100 * DAY, false},
		{list_hash("acme", AC_PRICE_HOURS), 2, 200 * DAY, false},
		{tokens, 3, 300 * DAY, true},
		{list_hash("acme", AC_PRICE_REQUESTS), 1, 400 * DAY, false},
		{ac_usage_pair_hash(tokens, hash_of("one")), 1, 301 * DAY, false},
		{ac_usage_pair_hash(tokens, hash_of("two")), 0, 0, false},
		{list_hash("zeta", AC_PRICE_TOKENS), 1, 500 * DAY, false}
	};
	const int	lists = sizeof(list) / sizeof(list[0]);
	ac_price_limits limits;
	int64_t    *next = value;
	int			end = 0;
	int			i;

	qsort(list, lists, sizeof(list[0]), by_hash);
	*next++ = 1;
	*next++ = 2;
	*next++ = 1;
	*next++ = 1;
	*next++ = lists;
	*next++ = 200000;
	*next++ = 1800;
	*next++ = 59400;
	*next++ = hash_of("acne");
	*next++ = hash_of("acme");
	*next++ = hash_of("uno");
	*next++ = hash_of("one");
	for (i = 0; i < lists; i++)
		*next++ = list[i].hash;
	for (i = 0; i < lists; i++)
	{
		end += list[i].eras;
		*next++ = 2 * end + list[i].has_windows;
	}
	for (i = 0; i < lists; i++)
		for (int j = 0; j < list[i].eras; j++)
			*next++ = list[i].first + j * DAY;
	*count = (int) (next - value);
	ok(ac_price_limits_read(value, *count, &limits), "limits are read");
	return limits;
}

static ac_key_string
string(const char *text)
{
	ac_key_string found = {text, text == NULL ? 0 : strlen(text)};

	return found;
}

static ac_eras
eras_of(const ac_price_limits *limits, const char *provider, const char *model)
{
	return ac_eras_of(limits, string(provider), string(model), NULL);
}

static int
tokens_of(const ac_price_limits *limits, const char *provider,
		  const char *model)
{
	return eras_of(limits, provider, model).list[AC_PRICE_TOKENS].count;
}

static void
test_eras(void)
{
	int64_t		value[100];
	int			count;
	ac_price_limits limits = some_limits(value, &count);
	ac_eras		acme = eras_of(&limits, " A.C.M.E ", NULL);

	ok(acme.list[AC_PRICE_DISCOUNTS].count == 1
	   && acme.list[AC_PRICE_HOURS].count == 2
	   && acme.list[AC_PRICE_REQUESTS].count == 1
	   && acme.list[AC_PRICE_METERS].count == 0
	   && acme.list[AC_PRICE_ENERGY].count == 0,
	   "a provider has eras by use, by any spelling");
	ok(acme.list[AC_PRICE_HOURS].at[0] == 200 * DAY
	   && acme.list[AC_PRICE_HOURS].at[1] == 201 * DAY, "in their order");
	ok(acme.has_windows, "and windows");
	ok(eras_of(&limits, "Acne", NULL).present == acme.present,
	   "so it has by another name");
	ok(!eras_of(&limits, "zeta", "one").has_windows, "another has no windows");
	ok(eras_of(&limits, "acme inc", "one").present == 0,
	   "a provider that is unknown has no eras");
	ok(eras_of(&limits, NULL, "one").present == 0, "nor has none");
	ok(tokens_of(&limits, "acne", "Uno") == 1
	   && tokens_of(&limits, "acme", "one") == 1
	   && tokens_of(&limits, "acme", "two") == 0, "a model has its own eras");
	is_int(tokens_of(&limits, "acme", "three"), 3,
		   "one without a list has all of its provider");
	is_int(tokens_of(&limits, "zeta", "one"), 1, "also if another sells it");
}

static void
test_bad_limits(void)
{
	int64_t		value[100];
	int			count;
	int64_t		bad[] = {1, 0, 0, 0, 0, 5};
	ac_price_limits limits = some_limits(value, &count);

	ok(!ac_price_limits_read(value, 20, &limits), "a list may not be short");
	ok(!ac_price_limits_read(value, 4, &limits), "nor its number missing");
	bad[4] = -1;
	ok(!ac_price_limits_read(bad, 6, &limits), "or negative");
	bad[4] = 0;
	ok(ac_price_limits_read(bad, 6, &limits) && limits.sizes.count == 1,
	   "there may be no lists");
	limits = some_limits(value, &count);
	for (int i = 19; i < 26; i++)
		value[i] = 199;
	is_int((int) eras_of(&limits, "acme", "one").present, 0,
		   "a list that is not within the eras is none");
}

/* What is kept is what would be found again, whatever was kept before. */
static bool
kept_eras_are_found(void)
{
	static const char *const provider[] = {"acme", "Acne", "zeta", "who", ""};
	static const char *const model[] = {
		"one", "uno", "two", "ONE", "acme", "", NULL,
		"a model with a name that is longer than all names of models that are "
		"kept, so that it is found each time"
	};
	static ac_kept_eras kept[AC_ERAS_KEPT];
	static int64_t value[100];
	static ac_price_limits limits;
	static int	count;
	ac_price_limits fresh;
	ac_eras		found;
	ac_eras		again;
	const char *p = provider[sample_below(5)];
	const char *m = model[sample_below(8)];
	char		other[10];

	if (count == 0)
		limits = some_limits(value, &count);
	fresh = limits;
	limits.kept = kept;
	/* There are more names than places. */
	if (sample_below(4) == 0)
	{
		snprintf(other, sizeof(other), "%d", (int) sample_below(1000));
		m = other;
	}
	found = eras_of(&limits, p, m);
	fresh.kept = NULL;
	again = eras_of(&fresh, p, m);
	return memcmp(found.list, again.list, sizeof(found.list)) == 0
		&& found.present == again.present
		&& found.has_windows == again.has_windows;
}

/* An era is the last one of the lists of all that a record uses. */
static void
test_times(void)
{
	int64_t		value[100];
	int			count;
	ac_price_limits limits = some_limits(value, &count);
	ac_eras		eras = eras_of(&limits, "acme", "three");
	uint32_t	all = (1 << AC_PRICE_USES) - 1;
	ac_maybe	time = {true, 302 * DAY};
	ac_maybe	later = {true, 302 * DAY + 1};

	ok(ac_era_at(&eras, all, time).value == 302 * DAY, "the last list has it");
	ok(ac_era_at(&eras, 1 << AC_PRICE_HOURS | 1 << AC_PRICE_DISCOUNTS,
				 time).value == 201 * DAY, "or another one");
	ok(!ac_era_at(&eras, 1 << AC_PRICE_REQUESTS, time).known,
	   "before the first, there is none");
	ok(!ac_era_at(&eras, 0, time).known, "nor without a use");
	ok(!ac_eras_span(&eras, all, time, later), "a period may begin with an era");
	time.value--;
	ok(ac_eras_span(&eras, all, time, later)
	   && !ac_eras_span(&eras, all & ~(1U << AC_PRICE_TOKENS), time, later),
	   "and spans two if one of its uses has them");
}

int
main(void)
{
	test_names();
	test_long_names();
	test_pairs();
	test_eras();
	test_bad_limits();
	test_times();
	property(kept_eras_are_found, 20000, "eras that are kept are found again");
	return tap_done();
}
