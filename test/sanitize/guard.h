/*
 * guard.h
 *	  Has the address sanitizer see each value by itself.  Small allocations
 *	  share a block that the server got from malloc, and a read or write past
 *	  one of them lands in the next.  Included first in every file of src/pg,
 *	  and in nothing that is shipped.
 */
#ifndef GUARD_H
#define GUARD_H

#include "postgres.h"

#include "fmgr.h"

#include <sanitizer/asan_interface.h>

/* enough for a memory context to ask malloc for a block of its own */
#define GUARD_BYTES (8 * 1024 + 8)

/* The block goes back to malloc as a whole, guard and all. */
static inline void *
guarded_palloc(Size size)
{
	char	   *memory = palloc(size + GUARD_BYTES);

	__asan_poison_memory_region(memory + size, GUARD_BYTES);
	return memory;
}

/* A copy of an argument, as misaligned as the argument is. */
static inline struct varlena *
guarded_varlena(struct varlena *argument)
{
	Size		size = VARSIZE_ANY(argument);
	Size		shift = (uintptr_t) argument % MAXIMUM_ALIGNOF;
	char	   *copy = guarded_palloc(shift + size);

	return memcpy(copy + shift, argument, size);
}

static inline char *
guarded_cstring(const char *argument)
{
	Size		size = strlen(argument) + 1;

	return memcpy(guarded_palloc(size), argument, size);
}

#define palloc(size) guarded_palloc(size)
#define pg_detoast_datum_packed(datum) \
	guarded_varlena(pg_detoast_datum_packed(datum))

#undef PG_GETARG_CSTRING
#define PG_GETARG_CSTRING(n) \
	guarded_cstring(DatumGetCString(PG_GETARG_DATUM(n)))

/* A misaligned copy does not begin where pfree expects it. */
#undef PG_FREE_IF_COPY
#define PG_FREE_IF_COPY(pointer, n) ((void) (pointer))

#endif							/* GUARD_H */
