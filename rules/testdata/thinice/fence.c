#include <Python.h>

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* An allocator that proves uses of freed memory. Each block ends at the end of
   pages of its own, with a guard page behind. Freed pages are locked and never used
   again: the first touch of a freed object, or of what lies behind a block, ends the
   process, and the exit status says what was touched. */

enum {
    TOUCHED_FREED = 77,  /* a freed block, or what lies behind one */
    TOUCHED_NULL = 78,   /* a field of NULL */
    TOUCHED_OTHER = 79,  /* anything else, or anything before the attack */
};

#define PAGE ((size_t)4096)
#define PAGES ((size_t)1 << 16)

typedef struct {
    size_t size;   /* as asked for */
    size_t bytes;  /* of the block's pages */
    int freed;
} Block;

static Block blocks[PAGES];  /* by the number of the page that a block begins in */
static char *region;
static size_t next;          /* pages handed out */
static volatile sig_atomic_t attacked;
static PyMemAllocatorEx before[2];

static Block *
block_of(void *p)
{
    char *at = p;

    if (at < region || at >= region + PAGES * PAGE)
        return NULL;
    return &blocks[(size_t)(at - region) / PAGE];
}

static char *
first_page(Block *b)
{
    return region + (size_t)(b - blocks) * PAGE;
}

static void
touched_freed(void)
{
    _exit(attacked ? TOUCHED_FREED : TOUCHED_OTHER);
}

static void *
fence_malloc(void *ctx, size_t size)
{
    size_t want = size ? (size + 15) & ~(size_t)15 : 16;
    size_t pages = (want + PAGE - 1) / PAGE;
    PyMemAllocatorEx *old = ctx;
    Block *b = &blocks[next];

    if (next + pages + 1 > PAGES)
        return old->malloc(old->ctx, size);
    if (mprotect(first_page(b), pages * PAGE, PROT_READ | PROT_WRITE) < 0)
        return old->malloc(old->ctx, size);
    next += pages + 1;
    b->size = size;
    b->bytes = pages * PAGE;
    return first_page(b) + b->bytes - want;
}

static void *
fence_calloc(void *ctx, size_t n, size_t size)
{
    PyMemAllocatorEx *old = ctx;

    if (next == PAGES)
        return old->calloc(old->ctx, n, size);
    return fence_malloc(ctx, n * size);  /* pages are new, so they are zero */
}

static void
fence_free(void *ctx, void *p)
{
    PyMemAllocatorEx *old = ctx;
    Block *b = block_of(p);

    if (b == NULL) {
        old->free(old->ctx, p);
        return;
    }
    if (b->freed++)
        touched_freed();
    mprotect(first_page(b), b->bytes, PROT_NONE);
}

static void *
fence_realloc(void *ctx, void *p, size_t size)
{
    PyMemAllocatorEx *old = ctx;
    Block *b = block_of(p);
    void *moved;

    if (p != NULL && b == NULL)
        return old->realloc(old->ctx, p, size);
    moved = fence_malloc(ctx, size);
    if (p == NULL || moved == NULL)
        return moved;
    memcpy(moved, p, size < b->size ? size : b->size);
    fence_free(ctx, p);
    return moved;
}

static void
on_fault(int sig, siginfo_t *info, void *context)
{
    if (block_of(info->si_addr) != NULL)
        touched_freed();
    _exit(attacked && (size_t)info->si_addr < PAGE ? TOUCHED_NULL : TOUCHED_OTHER);
}

static PyObject *
fence_on(PyObject *self, PyObject *noargs)
{
    static const PyMemAllocatorDomain domains[] = {PYMEM_DOMAIN_OBJ, PYMEM_DOMAIN_MEM};
    struct sigaction action;
    int i;

    memset(&action, 0, sizeof(action));
    action.sa_sigaction = on_fault;
    action.sa_flags = SA_SIGINFO;
    if (sigaction(SIGSEGV, &action, NULL) < 0 || sigaction(SIGBUS, &action, NULL) < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    region = mmap(NULL, PAGES * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (region == MAP_FAILED)
        return PyErr_SetFromErrno(PyExc_OSError);
    for (i = 0; i < 2; i++) {
        PyMemAllocatorEx ours = {&before[i], fence_malloc, fence_calloc, fence_realloc, fence_free};

        PyMem_GetAllocator(domains[i], &before[i]);
        PyMem_SetAllocator(domains[i], &ours);
    }
    Py_RETURN_NONE;
}

static PyObject *
fence_strike(PyObject *self, PyObject *noargs)
{
    attacked = 1;
    Py_RETURN_NONE;
}

static PyObject *
fence_struck(PyObject *self, PyObject *noargs)
{
    return PyBool_FromLong(attacked);
}

static PyMethodDef fence_methods[] = {
    {"on", fence_on, METH_NOARGS, "From now on each block has pages of its own."},
    {"strike", fence_strike, METH_NOARGS, "The attack begins."},
    {"struck", fence_struck, METH_NOARGS, "Has the attack begun?"},
    {NULL, NULL, 0, NULL}
};

static struct PyModuleDef fence_module = {
    PyModuleDef_HEAD_INIT, .m_name = "fence", .m_size = -1, .m_methods = fence_methods,
};

PyMODINIT_FUNC
PyInit_fence(void)
{
    return PyModule_Create(&fence_module);
}
