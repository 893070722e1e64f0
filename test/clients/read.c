/*
 * read.c
 *	  Reads a tco in binary format by libpq, and prints it.
 */
#include <stdio.h>
#include <stdlib.h>

#include <libpq-fe.h>

int
main(void)
{
	PGconn	   *db = PQconnectdb("");
	PGresult   *r = PQexecParams(db, "SELECT cost FROM bill", 0, NULL, NULL, NULL, NULL, 1);
	const unsigned char *bytes;
	int			i;
	int			at = 0;

	if (PQresultStatus(r) != PGRES_TUPLES_OK)
	{
		fprintf(stderr, "%s", PQerrorMessage(db));
		return EXIT_FAILURE;
	}
	bytes = (const unsigned char *) PQgetvalue(r, 0, 0);
	/* the only amount that is not 0 */
	while (bytes[at + 15] == 0)
		at += 16;
	printf("%d bytes, compute ", PQgetlength(r, 0, 0));
	for (i = 0; i < 16; i++)
		printf("%02x", bytes[at + i]);
	printf(", currency %.12s, version %d\n", (const char *) bytes + 128, bytes[140]);
	PQclear(r);
	PQfinish(db);
	return EXIT_SUCCESS;
}
