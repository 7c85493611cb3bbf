#include <Python.h>

/* Another pointer into the memory, or another name for it, is as good as the first. */

static char *
copied_ok(const char *s)
{
    char *p = malloc(strlen(s) + 1);

    return memcpy(p, s, strlen(s) + 1);
}

struct key { char *bytes; size_t n; };

static struct key *
copied_again_ok(const struct key *from)
{
    struct key *k = malloc(sizeof(struct key));

    k->bytes = malloc(from->n);
    k->bytes = memcpy(k->bytes, from->bytes, from->n);
    k->n = from->n;
    return k;
}

static void
freed_by_result_ok(const char *s)
{
    char *p = malloc(strlen(s) + 2);

    p = strcat(strcpy(p, s), "x");
    puts(p);
    free(p);
}

static void
copied_bad(const char *s)
{
    char *p = malloc(strlen(s) + 2), *q;

    q = strcat(strcpy(p, s), "x");
    puts(q);
}                                         // want "RC105: the memory 'p'"

/* The size stands in front of what callers get. */
#define HEADER sizeof(size_t)

static void *
counted_alloc_ok(size_t n)
{
    char *p = malloc(n + HEADER);

    if (p == NULL)
        return NULL;
    *(size_t *)p = n;
    return p + HEADER;
}

static void
counted_free_ok(void *p)
{
    if (p != NULL)
        free((char *)p - HEADER);
}

static int
counted_local_ok(size_t n)
{
    char *p = malloc(n + HEADER);

    if (p == NULL)
        return -1;
    p += HEADER;
    memset(p, 0, n);
    free(p - HEADER);
    return 0;
}

static int
counted_given_ok(size_t n)
{
    char *p = malloc(n + HEADER);

    if (p == NULL)
        return -1;
    p += HEADER;
    memset(p, 0, n);
    counted_free_ok(p);
    return 0;
}

static void *
aligned_alloc_ok(size_t n)
{
    char *p = malloc(n + 63);

    if (p == NULL)
        return NULL;
    return (void *)(((size_t)p + 63) & ~(size_t)63);
}

struct reader { char *next, *end; };

static int
kept_inside_ok(struct reader *r, size_t n)
{
    char *p = malloc(n);

    if (p == NULL)
        return -1;
    r->next = p;
    r->end = p + n;
    return 0;
}

static char *
found_ok(const char *s, size_t n)
{
    char *p = malloc(n + 1);

    if (p == NULL)
        return NULL;
    strcpy(p, s);
    return strchr(p, 0);
}

static size_t
counted_bad(const char *s, size_t n)
{
    char *p = malloc(n + HEADER), *q;
    size_t len;

    if (p == NULL)
        return 0;
    q = p + HEADER;
    strcpy(q, s);
    len = strlen(q);
    return len;                           // want "RC105: the memory 'p'"
}

static size_t
distance_bad(const char *s, size_t n)
{
    char *p = malloc(n + 1), *q;

    if (p == NULL)
        return 0;
    q = stpcpy(p, s);
    return q - p;                         // want "RC105: the memory 'p'"
}
