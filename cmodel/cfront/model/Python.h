/* CPython's C API as far as parsing needs it: types, layouts and constants.
   API functions are not declared: their contracts give their types. Whatever
   touches reference counts stays a call, so that the user's code shows it. */
#define PY_MICRO_VERSION 0
#define PY_RELEASE_LEVEL 0xF
#define PY_RELEASE_LEVEL_FINAL 0xF
#define PY_RELEASE_SERIAL 0
#define PYTHON_API_VERSION 1013
#define PYTHON_ABI_VERSION 3
#define SIZEOF_VOID_P 8
#define SIZEOF_SIZE_T 8
#define SIZEOF_LONG 8
#define SIZEOF_INT 4
#define SIZEOF_SHORT 2
#define SIZEOF_LONG_LONG 8
#define SIZEOF_OFF_T 8
#define SIZEOF_TIME_T 8
#define SIZEOF_WCHAR_T 4
#define SIZEOF_FLOAT 4
#define SIZEOF_DOUBLE 8
#define WITH_THREAD 1
#define HAVE_LONG_LONG 1
#define HAVE_STDINT_H 1
#define HAVE_UNISTD_H 1
#define PY_LITTLE_ENDIAN 1
#define PY_BIG_ENDIAN 0
#define PyAPI_FUNC(t) extern t
#define PyAPI_DATA(t) extern t
#if RC_PY < 1
#define PyMODINIT_FUNC void
#define staticforward static
#define statichere static
#else
#define PyMODINIT_FUNC PyObject *
#define PyMODEXPORT_FUNC PyObject *
#endif
#define Py_EXPORTED_SYMBOL
#define Py_IMPORTED_SYMBOL
#define Py_LOCAL_SYMBOL
#define Py_LOCAL(t) static t
#define Py_LOCAL_INLINE(t) static inline t
#define Py_DEPRECATED(v)
#define Py_UNUSED(n) _unused_##n
#define Py_GCC_ATTRIBUTE(x)
#define Py_PRINTF(a, b)
#define Py_ALWAYS_INLINE
#define Py_NO_INLINE
#define Py_ALIGNED(x)
#define Py_RESTRICT
#define _Py_NO_RETURN
#define _Py_FALLTHROUGH
#define _Py_THREAD_LOCAL
#define Py_CAN_START_THREADS 1
#define Py_BUILD_ASSERT(c) ((void)0)
#define Py_BUILD_ASSERT_EXPR(c) 0
#define Py_ARRAY_LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define Py_MEMBER_SIZE(t, m) sizeof(((t *)0)->m)
#define Py_STRINGIFY(x) #x
#define Py_XSTRINGIFY(x) #x
#define Py_MIN(x, y) (((x) > (y)) ? (y) : (x))
#define Py_MAX(x, y) (((x) > (y)) ? (x) : (y))
#define Py_ABS(x) ((x) < 0 ? -(x) : (x))
#define Py_CHARMASK(c) ((unsigned char)((c) & 0xff))
#define Py_SAFE_DOWNCAST(v, w, n) ((n)(v))
#define Py_ARITHMETIC_RIGHT_SHIFT(t, i, j) ((i) >> (j))
#define _Py_STATIC_CAST(t, e) ((t)(e))
#define _Py_CAST(t, e) ((t)(e))
#define _Py_RVALUE(e) (e)
#define _PyObject_CAST(o) ((PyObject *)(o))
#define _PyVarObject_CAST(o) ((PyVarObject *)(o))
#define _PyCFunction_CAST(f) ((PyCFunction)(void (*)(void))(f))
#define PyCFunction_CAST_(f) ((PyCFunction)(f))
#define _Py_CODEUNIT_CAST(x) (x)
#define Py_FORCE_EXPANSION(x) x
#define PY_FORMAT_SIZE_T "z"
#define PY_LLF "ll"
#define _Py_PARSE_PID "i"
#define _Py_PARSE_INTPTR "n"
#define _Py_PARSE_UINTPTR "k"
#define PY_LONG_LONG long long
#define PY_INT32_T int
#define PY_UINT32_T unsigned int
#define PY_INT64_T long
#define PY_UINT64_T unsigned long
#define PY_SIZE_MAX SIZE_MAX
#define PY_SSIZE_T_MAX LONG_MAX
#define PY_SSIZE_T_MIN LONG_MIN
#define PY_LLONG_MAX LLONG_MAX
#define PY_LLONG_MIN LLONG_MIN
#define PY_ULLONG_MAX ULLONG_MAX
#define Py_HASH_CUTOFF 0
#define Py_MATH_PI 3.14159265358979323846
#define Py_MATH_E 2.7182818284590452354
#define Py_HUGE_VAL 1e999
#define Py_NAN (0.0 / 0.0)
#define Py_INFINITY 1e999
#define Py_IS_NAN(x) isnan(x)
#define Py_IS_INFINITY(x) isinf(x)
#define Py_IS_FINITE(x) isfinite(x)
#define PyDoc_STR(s) s
#define PyDoc_STRVAR(n, s) static const char n[] = s
#define PyDoc_VAR(n) static const char n[]
typedef long Py_ssize_t;
typedef long Py_hash_t;
typedef unsigned long Py_uhash_t;
typedef long Py_ssize_clean_t;
typedef long Py_intptr_t;
typedef unsigned long Py_uintptr_t;
typedef unsigned Py_UCS4;
typedef unsigned short Py_UCS2;
typedef unsigned char Py_UCS1;
#if RC_PY < 16
typedef wchar_t Py_UNICODE;
#endif
typedef long _PyTime_t;
typedef long PyTime_t;
typedef struct _object PyObject;
typedef struct _typeobject PyTypeObject;
typedef struct _longobject PyLongObject;
struct _object { Py_ssize_t ob_refcnt; PyTypeObject *ob_type; };
typedef struct { PyObject ob_base; Py_ssize_t ob_size; } PyVarObject;
#define PyObject_HEAD PyObject ob_base;
#define PyObject_VAR_HEAD PyVarObject ob_base;
#define _PyObject_HEAD_EXTRA
#define _PyObject_EXTRA_INIT
#define PyObject_HEAD_INIT(t) { 1, (t) },
#define PyVarObject_HEAD_INIT(t, n) { PyObject_HEAD_INIT(t) (n) },
#if RC_PY < 1
typedef struct { PyObject_VAR_HEAD long ob_shash; int ob_sstate; char ob_sval[1]; } PyStringObject;
typedef struct { PyObject_HEAD long ob_ival; } PyIntObject;
typedef struct { PyObject_HEAD PyObject *cl_bases, *cl_dict, *cl_name; } PyClassObject;
typedef struct { PyObject_HEAD PyObject *in_class, *in_dict, *in_weakreflist; } PyInstanceObject;
typedef int (*cmpfunc)(PyObject *, PyObject *);
typedef int (*coercion)(PyObject **, PyObject **);
typedef Py_ssize_t (*readbufferproc)(PyObject *, Py_ssize_t, void **);
typedef Py_ssize_t (*writebufferproc)(PyObject *, Py_ssize_t, void **);
typedef Py_ssize_t (*segcountproc)(PyObject *, Py_ssize_t *);
typedef Py_ssize_t (*charbufferproc)(PyObject *, Py_ssize_t, char **);
typedef PyObject *(*ssizessizeargfunc)(PyObject *, Py_ssize_t, Py_ssize_t);
typedef int (*ssizessizeobjargproc)(PyObject *, Py_ssize_t, Py_ssize_t, PyObject *);
#endif
typedef struct { double real, imag; } Py_complex;
typedef struct { PyObject_HEAD Py_complex cval; } PyComplexObject;
typedef struct { PyObject_HEAD double ob_fval; } PyFloatObject;
typedef struct { PyObject_VAR_HEAD PyObject **ob_item; Py_ssize_t allocated; } PyListObject;
typedef struct { PyObject_VAR_HEAD PyObject *ob_item[1]; } PyTupleObject;
typedef struct { PyObject_VAR_HEAD PyObject *ob_item[1]; } PyStructSequence;
typedef struct { PyObject_VAR_HEAD Py_hash_t ob_shash; char ob_sval[1]; } PyBytesObject;
typedef struct { PyObject_VAR_HEAD Py_ssize_t ob_alloc; char *ob_bytes, *ob_start; } PyByteArrayObject;
struct _longobject { PyObject_VAR_HEAD unsigned ob_digit[1]; };
typedef struct { PyObject_HEAD Py_ssize_t length; Py_hash_t hash; struct { unsigned interned, kind, compact, ascii, ready; } state; } PyASCIIObject;
typedef struct { PyASCIIObject _base; Py_ssize_t utf8_length; char *utf8; } PyCompactUnicodeObject;
typedef struct { PyCompactUnicodeObject _base; union { void *any; Py_UCS1 *latin1; Py_UCS2 *ucs2; Py_UCS4 *ucs4; } data; } PyUnicodeObject;
typedef struct { PyObject_HEAD Py_ssize_t ma_used; unsigned long ma_version_tag; void *ma_keys; void *ma_values; } PyDictObject;
typedef struct { PyObject_HEAD Py_hash_t hash; PyObject *key; } setentry;
typedef struct { PyObject_HEAD Py_ssize_t fill, used, mask; setentry *table; } PySetObject;
typedef struct { PyObject_HEAD PyObject *start, *stop, *step; } PySliceObject;
typedef struct { PyObject_HEAD PyObject *ob_ref; } PyCellObject;
typedef struct { PyObject_HEAD PyObject *md_dict; void *md_def, *md_state; PyObject *md_weaklist, *md_name; } PyModuleObject;
typedef struct { PyObject_HEAD PyObject *dict; PyObject *args; PyObject *notes; PyObject *traceback; PyObject *context; PyObject *cause; char suppress_context; } PyBaseExceptionObject;
typedef struct { PyObject_HEAD PyObject *dict; PyObject *args; PyObject *notes; PyObject *traceback; PyObject *context; PyObject *cause; char suppress_context; PyObject *value; } PyStopIterationObject;
typedef struct { PyObject_HEAD PyObject *dict; PyObject *args; PyObject *notes; PyObject *traceback; PyObject *context; PyObject *cause; char suppress_context; PyObject *myerrno, *strerror, *filename, *filename2; Py_ssize_t written; } PyOSErrorObject;
typedef struct { PyObject_HEAD PyObject *dict; PyObject *args; PyObject *notes; PyObject *traceback; PyObject *context; PyObject *cause; char suppress_context; PyObject *code; } PySystemExitObject;
typedef struct _is PyInterpreterState;
typedef struct _ts PyThreadState;
struct _ts { PyThreadState *prev, *next; PyInterpreterState *interp; PyObject *curexc_type, *curexc_value, *curexc_traceback, *current_exception, *dict; int recursion_depth, recursion_headroom, tracing; };
typedef struct _frame PyFrameObject;
typedef struct _code PyCodeObject;
typedef struct _traceback PyTracebackObject;
struct _frame { PyObject_HEAD PyFrameObject *f_back; PyCodeObject *f_code; PyObject *f_builtins, *f_globals, *f_locals, *f_trace; int f_lineno; };
struct _code { PyObject_HEAD int co_argcount, co_flags, co_firstlineno; PyObject *co_code, *co_consts, *co_names, *co_varnames, *co_filename, *co_name; };
struct _traceback { PyObject_HEAD PyTracebackObject *tb_next; PyFrameObject *tb_frame; int tb_lasti, tb_lineno; };
typedef struct _weakref { PyObject_HEAD PyObject *wr_object, *wr_callback; Py_hash_t hash; } PyWeakReference;
typedef struct { unsigned char _bits; } PyMutex;
typedef struct { int v; } PyStatus, PyPreConfig, PyCompilerFlags, Py_tss_t, PyCriticalSection, PyCriticalSection2, _PyBytesWriter, _Py_HashSecret_t, PyHash_FuncDef, _Py_CODEUNIT, PyUnstable_Module;
typedef struct { const char *string; PyObject *object; } _Py_Identifier;
typedef struct { PyObject *dict; } _PyErr_StackItem;
typedef struct { int isolated, use_environment, parse_argv; wchar_t *program_name, *home, *executable; } PyConfig;
typedef void *PyThread_type_lock;
typedef void *PyThread_type_key;
typedef unsigned long PyThread_ident_t;
typedef int PyLockStatus;
typedef struct { PyObject_HEAD PyObject *func_globals, *func_builtins, *func_name, *func_qualname, *func_code, *func_defaults, *func_kwdefaults, *func_closure, *func_doc, *func_dict, *func_weakreflist, *func_module, *func_annotations; } PyFunctionObject;
typedef struct { PyObject_HEAD PyObject *im_func, *im_self, *im_weakreflist; } PyMethodObject;
typedef struct PyUnicodeWriter PyUnicodeWriter;
typedef struct PyBytesWriter PyBytesWriter;
typedef struct PyLongWriter PyLongWriter;
typedef struct PyLongLayout { unsigned char bits_per_digit, digit_size; signed char digits_order, digit_endianness; } PyLongLayout;
typedef struct PyLongExport { long value; unsigned char negative; Py_ssize_t ndigits; const void *digits; unsigned long _reserved; } PyLongExport;
typedef struct { PyObject *buffer; void *data; int kind; Py_UCS4 maxchar; Py_ssize_t size, pos, min_length; Py_UCS4 min_char; unsigned char overallocate, readonly; } _PyUnicodeWriter;
typedef enum { PyGILState_LOCKED, PyGILState_UNLOCKED } PyGILState_STATE;
typedef enum { PYGEN_RETURN = 0, PYGEN_ERROR = -1, PYGEN_NEXT = 1 } PySendResult;
typedef struct { void *buf; PyObject *obj; Py_ssize_t len, itemsize; int readonly, ndim; char *format; Py_ssize_t *shape, *strides, *suboffsets; void *internal; } Py_buffer;
typedef struct { PyObject_HEAD int flags; Py_ssize_t exports; Py_buffer view; } PyMemoryViewObject;
typedef PyObject *(*unaryfunc)(PyObject *);
typedef PyObject *(*binaryfunc)(PyObject *, PyObject *);
typedef PyObject *(*ternaryfunc)(PyObject *, PyObject *, PyObject *);
typedef int (*inquiry)(PyObject *);
typedef Py_ssize_t (*lenfunc)(PyObject *);
typedef PyObject *(*ssizeargfunc)(PyObject *, Py_ssize_t);
typedef PyObject *(*ssizessizeargfunc)(PyObject *, Py_ssize_t, Py_ssize_t);
typedef int (*ssizeobjargproc)(PyObject *, Py_ssize_t, PyObject *);
typedef int (*ssizessizeobjargproc)(PyObject *, Py_ssize_t, Py_ssize_t, PyObject *);
typedef int (*objobjargproc)(PyObject *, PyObject *, PyObject *);
typedef int (*objobjproc)(PyObject *, PyObject *);
typedef int (*visitproc)(PyObject *, void *);
typedef int (*traverseproc)(PyObject *, visitproc, void *);
typedef void (*freefunc)(void *);
typedef void (*destructor)(PyObject *);
typedef PyObject *(*getattrfunc)(PyObject *, char *);
typedef PyObject *(*getattrofunc)(PyObject *, PyObject *);
typedef int (*setattrfunc)(PyObject *, char *, PyObject *);
typedef int (*setattrofunc)(PyObject *, PyObject *, PyObject *);
typedef PyObject *(*reprfunc)(PyObject *);
typedef Py_hash_t (*hashfunc)(PyObject *);
typedef PyObject *(*richcmpfunc)(PyObject *, PyObject *, int);
typedef PyObject *(*getiterfunc)(PyObject *);
typedef PyObject *(*iternextfunc)(PyObject *);
typedef PyObject *(*descrgetfunc)(PyObject *, PyObject *, PyObject *);
typedef int (*descrsetfunc)(PyObject *, PyObject *, PyObject *);
typedef int (*initproc)(PyObject *, PyObject *, PyObject *);
typedef PyObject *(*newfunc)(PyTypeObject *, PyObject *, PyObject *);
typedef PyObject *(*allocfunc)(PyTypeObject *, Py_ssize_t);
typedef PyObject *(*vectorcallfunc)(PyObject *, PyObject *const *, size_t, PyObject *);
typedef int (*getbufferproc)(PyObject *, Py_buffer *, int);
typedef void (*releasebufferproc)(PyObject *, Py_buffer *);
typedef PySendResult (*sendfunc)(PyObject *, PyObject *, PyObject **);
typedef int (*cmpfunc)(PyObject *, PyObject *);
typedef int (*coercion)(PyObject **, PyObject **);
typedef int (*printfunc)(PyObject *, FILE *, int);
typedef PyObject *(*PyCFunction)(PyObject *, PyObject *);
typedef PyObject *(*PyCFunctionWithKeywords)(PyObject *, PyObject *, PyObject *);
typedef PyObject *(*PyCFunctionFast)(PyObject *, PyObject *const *, Py_ssize_t);
typedef PyObject *(*PyCFunctionFastWithKeywords)(PyObject *, PyObject *const *, Py_ssize_t, PyObject *);
typedef PyCFunctionFast _PyCFunctionFast;
typedef PyCFunctionFastWithKeywords _PyCFunctionFastWithKeywords;
typedef PyObject *(*PyCMethod)(PyObject *, PyTypeObject *, PyObject *const *, size_t, PyObject *);
typedef PyObject *(*PyNoArgsFunction)(PyObject *);
typedef PyObject *(*getter)(PyObject *, void *);
typedef int (*setter)(PyObject *, PyObject *, void *);
typedef void (*PyCapsule_Destructor)(PyObject *);
typedef int (*Py_tracefunc)(PyObject *, PyFrameObject *, int, PyObject *);
typedef PyObject *(*wrapperfunc)(PyObject *, PyObject *, void *);
typedef void (*PyOS_sighandler_t)(int);
typedef PyObject *(*_PyFrameEvalFunction)(PyThreadState *, PyFrameObject *, int);
typedef int (*Py_AuditHookFunction)(const char *, PyObject *, void *);
typedef struct PyMethodDef { const char *ml_name; PyCFunction ml_meth; int ml_flags; const char *ml_doc; } PyMethodDef;
typedef struct PyMemberDef { const char *name; int type; Py_ssize_t offset; int flags; const char *doc; } PyMemberDef;
typedef struct PyGetSetDef { const char *name; getter get; setter set; const char *doc; void *closure; } PyGetSetDef;
struct wrapperbase { const char *name; int offset; void *function; wrapperfunc wrapper; const char *doc; int flags; PyObject *name_strobj; };
typedef struct { PyObject_HEAD PyMethodDef *m_ml; PyObject *m_self, *m_module, *m_weakreflist; vectorcallfunc vectorcall; } PyCFunctionObject;
typedef struct { PyObject_HEAD PyTypeObject *d_type; PyObject *d_name, *d_qualname; } PyDescrObject;
typedef struct { PyDescrObject d_common; PyMethodDef *d_method; vectorcallfunc vectorcall; } PyMethodDescrObject;
typedef struct { PyDescrObject d_common; PyMemberDef *d_member; } PyMemberDescrObject;
typedef struct { PyDescrObject d_common; PyGetSetDef *d_getset; } PyGetSetDescrObject;
typedef struct PyModuleDef_Base { PyObject_HEAD PyObject *(*m_init)(void); Py_ssize_t m_index; PyObject *m_copy; } PyModuleDef_Base;
#define PyModuleDef_HEAD_INIT { PyObject_HEAD_INIT(NULL) NULL, 0, NULL, }
typedef struct PyModuleDef_Slot { int slot; void *value; } PyModuleDef_Slot;
typedef struct PyModuleDef { PyModuleDef_Base m_base; const char *m_name; const char *m_doc; Py_ssize_t m_size; PyMethodDef *m_methods; PyModuleDef_Slot *m_slots; traverseproc m_traverse; inquiry m_clear; freefunc m_free; } PyModuleDef;
typedef struct { int slot; void *pfunc; } PyType_Slot;
typedef struct { const char *name; int basicsize, itemsize; unsigned flags; PyType_Slot *slots; } PyType_Spec;
typedef struct { const char *name; const char *doc; } PyStructSequence_Field;
typedef struct { const char *name, *doc; PyStructSequence_Field *fields; int n_in_sequence; } PyStructSequence_Desc;
#if RC_PY < 1
typedef struct { readbufferproc bf_getreadbuffer; writebufferproc bf_getwritebuffer; segcountproc bf_getsegcount; charbufferproc bf_getcharbuffer; getbufferproc bf_getbuffer; releasebufferproc bf_releasebuffer; } PyBufferProcs;
#else
typedef struct { getbufferproc bf_getbuffer; releasebufferproc bf_releasebuffer; } PyBufferProcs;
#endif
#if RC_PY >= 10
typedef struct { unaryfunc am_await, am_aiter, am_anext; sendfunc am_send; } PyAsyncMethods;
#else
typedef struct { unaryfunc am_await, am_aiter, am_anext; } PyAsyncMethods;
#endif
typedef struct { lenfunc mp_length; binaryfunc mp_subscript; objobjargproc mp_ass_subscript; } PyMappingMethods;
#if RC_PY < 1
typedef struct { lenfunc sq_length; binaryfunc sq_concat; ssizeargfunc sq_repeat; ssizeargfunc sq_item; ssizessizeargfunc sq_slice; ssizeobjargproc sq_ass_item; ssizessizeobjargproc sq_ass_slice; objobjproc sq_contains; binaryfunc sq_inplace_concat; ssizeargfunc sq_inplace_repeat; } PySequenceMethods;
typedef struct {
    binaryfunc nb_add, nb_subtract, nb_multiply, nb_divide, nb_remainder, nb_divmod;
    ternaryfunc nb_power;
    unaryfunc nb_negative, nb_positive, nb_absolute;
    inquiry nb_nonzero;
    unaryfunc nb_invert;
    binaryfunc nb_lshift, nb_rshift, nb_and, nb_xor, nb_or;
    coercion nb_coerce;
    unaryfunc nb_int, nb_long, nb_float, nb_oct, nb_hex;
    binaryfunc nb_inplace_add, nb_inplace_subtract, nb_inplace_multiply, nb_inplace_divide, nb_inplace_remainder;
    ternaryfunc nb_inplace_power;
    binaryfunc nb_inplace_lshift, nb_inplace_rshift, nb_inplace_and, nb_inplace_xor, nb_inplace_or;
    binaryfunc nb_floor_divide, nb_true_divide, nb_inplace_floor_divide, nb_inplace_true_divide;
    unaryfunc nb_index;
} PyNumberMethods;
#else
typedef struct { lenfunc sq_length; binaryfunc sq_concat; ssizeargfunc sq_repeat; ssizeargfunc sq_item; void *was_sq_slice; ssizeobjargproc sq_ass_item; void *was_sq_ass_slice; objobjproc sq_contains; binaryfunc sq_inplace_concat; ssizeargfunc sq_inplace_repeat; } PySequenceMethods;
typedef struct {
    binaryfunc nb_add, nb_subtract, nb_multiply, nb_remainder, nb_divmod;
    ternaryfunc nb_power;
    unaryfunc nb_negative, nb_positive, nb_absolute;
    inquiry nb_bool;
    unaryfunc nb_invert;
    binaryfunc nb_lshift, nb_rshift, nb_and, nb_xor, nb_or;
    unaryfunc nb_int;
    void *nb_reserved;
    unaryfunc nb_float;
    binaryfunc nb_inplace_add, nb_inplace_subtract, nb_inplace_multiply, nb_inplace_remainder;
    ternaryfunc nb_inplace_power;
    binaryfunc nb_inplace_lshift, nb_inplace_rshift, nb_inplace_and, nb_inplace_xor, nb_inplace_or;
    binaryfunc nb_floor_divide, nb_true_divide, nb_inplace_floor_divide, nb_inplace_true_divide;
    unaryfunc nb_index;
    binaryfunc nb_matrix_multiply, nb_inplace_matrix_multiply;
} PyNumberMethods;
#endif
struct _typeobject {
    PyVarObject ob_base;
    const char *tp_name;
    Py_ssize_t tp_basicsize, tp_itemsize;
    destructor tp_dealloc;
#if RC_PY >= 8
    Py_ssize_t tp_vectorcall_offset;
#else
    printfunc tp_print;
#endif
    getattrfunc tp_getattr;
    setattrfunc tp_setattr;
#if RC_PY < 1
    cmpfunc tp_compare;
#else
    PyAsyncMethods *tp_as_async;
#endif
    reprfunc tp_repr;
    PyNumberMethods *tp_as_number;
    PySequenceMethods *tp_as_sequence;
    PyMappingMethods *tp_as_mapping;
    hashfunc tp_hash;
    ternaryfunc tp_call;
    reprfunc tp_str;
    getattrofunc tp_getattro;
    setattrofunc tp_setattro;
    PyBufferProcs *tp_as_buffer;
    unsigned long tp_flags;
    const char *tp_doc;
    traverseproc tp_traverse;
    inquiry tp_clear;
    richcmpfunc tp_richcompare;
    Py_ssize_t tp_weaklistoffset;
    getiterfunc tp_iter;
    iternextfunc tp_iternext;
    PyMethodDef *tp_methods;
    PyMemberDef *tp_members;
    PyGetSetDef *tp_getset;
    PyTypeObject *tp_base;
    PyObject *tp_dict;
    descrgetfunc tp_descr_get;
    descrsetfunc tp_descr_set;
    Py_ssize_t tp_dictoffset;
    initproc tp_init;
    allocfunc tp_alloc;
    newfunc tp_new;
    freefunc tp_free;
    inquiry tp_is_gc;
    PyObject *tp_bases, *tp_mro, *tp_cache;
#if RC_PY >= 12
    void *tp_subclasses;
#else
    PyObject *tp_subclasses;
#endif
    PyObject *tp_weaklist;
    destructor tp_del;
    unsigned tp_version_tag;
    destructor tp_finalize;
#if RC_PY >= 8
    vectorcallfunc tp_vectorcall;
#endif
#if RC_PY == 8
    printfunc tp_print;
#endif
#if RC_PY >= 12
    unsigned char tp_watched;
#endif
#if RC_PY >= 13
    unsigned short tp_versions_used;
#endif
};
typedef struct _heaptypeobject { PyTypeObject ht_type; PyAsyncMethods as_async; PyNumberMethods as_number; PyMappingMethods as_mapping; PySequenceMethods as_sequence; PyBufferProcs as_buffer; PyObject *ht_name, *ht_slots, *ht_qualname; void *ht_cached_keys; PyObject *ht_module; } PyHeapTypeObject;

/* In CPython these are macros: defined, so that #ifdef sees them, but left alone. */
//@self Py_INCREF Py_DECREF Py_XINCREF Py_XDECREF Py_CLEAR Py_SETREF Py_XSETREF Py_VISIT Py_TYPE Py_SIZE Py_REFCNT
//@self PyTuple_GET_ITEM PyTuple_SET_ITEM PyTuple_GET_SIZE PyList_GET_ITEM PyList_SET_ITEM PyList_GET_SIZE PyBytes_AS_STRING PyBytes_GET_SIZE PyByteArray_AS_STRING PyByteArray_GET_SIZE
//@self PyUnicode_GET_LENGTH PyUnicode_DATA PyUnicode_KIND PyUnicode_READ PyUnicode_WRITE PyUnicode_READ_CHAR PyUnicode_READY PyUnicode_IS_ASCII PyUnicode_MAX_CHAR_VALUE PyUnicode_1BYTE_DATA PyUnicode_2BYTE_DATA PyUnicode_4BYTE_DATA
//@self PySequence_Fast_GET_ITEM PySequence_Fast_GET_SIZE PySequence_Fast_ITEMS PySequence_ITEM PyCell_GET PyCell_SET PyFloat_AS_DOUBLE PyWeakref_GET_OBJECT PyMethod_GET_SELF PyMethod_GET_FUNCTION PyCFunction_GET_SELF PyStructSequence_SET_ITEM PyStructSequence_GET_ITEM
//@self PyObject_TypeCheck PyType_Check PyType_FastSubclass PyType_HasFeature PyList_Check PyTuple_Check PyDict_Check PyLong_Check PyFloat_Check PyBool_Check PyBytes_Check PyByteArray_Check PyUnicode_Check PySet_Check PyAnySet_Check PyFrozenSet_Check PyModule_Check PyCapsule_CheckExact PySlice_Check
//@self PyModule_Create PyModule_FromDefAndSpec PyObject_IS_GC PyObject_GC_Track PyIndex_Check PyIter_Check
#if RC_PY >= 9
//@self Py_SET_REFCNT Py_SET_TYPE Py_SET_SIZE Py_IS_TYPE PyObject_CallOneArg
#endif
#if RC_PY >= 10
//@self Py_NewRef Py_XNewRef Py_Is Py_IsNone Py_IsTrue Py_IsFalse
#endif
//@extern PyObject * : Py_None Py_True Py_False Py_NotImplemented Py_Ellipsis
//@extern PyObject : _Py_NoneStruct _Py_NotImplementedStruct _Py_EllipsisObject _Py_TrueStruct _Py_FalseStruct
#define Py_RETURN_NONE return Py_NewRef(Py_None)
#define Py_RETURN_TRUE return Py_NewRef(Py_True)
#define Py_RETURN_FALSE return Py_NewRef(Py_False)
#define Py_RETURN_NOTIMPLEMENTED return Py_NewRef(Py_NotImplemented)
#define Py_RETURN_NAN return PyFloat_FromDouble(Py_NAN)
#define Py_RETURN_INF(s) return PyFloat_FromDouble(Py_HUGE_VAL)
#define Py_RETURN_RICHCOMPARE(a, b, op) do { switch (op) { case 0: if ((a) < (b)) Py_RETURN_TRUE; Py_RETURN_FALSE; case 1: if ((a) <= (b)) Py_RETURN_TRUE; Py_RETURN_FALSE; case 2: if ((a) == (b)) Py_RETURN_TRUE; Py_RETURN_FALSE; case 3: if ((a) != (b)) Py_RETURN_TRUE; Py_RETURN_FALSE; case 4: if ((a) > (b)) Py_RETURN_TRUE; Py_RETURN_FALSE; default: if ((a) >= (b)) Py_RETURN_TRUE; Py_RETURN_FALSE; } } while (0)
#define Py_BEGIN_ALLOW_THREADS { __rc_allow_threads_begin();
#define Py_END_ALLOW_THREADS __rc_allow_threads_end(); }
#define Py_BLOCK_THREADS __rc_allow_threads_end();
#define Py_UNBLOCK_THREADS __rc_allow_threads_begin();
#define Py_BEGIN_CRITICAL_SECTION(op) { __rc_critical_section_begin(op);
#define Py_END_CRITICAL_SECTION() __rc_critical_section_end(); }
#define Py_BEGIN_CRITICAL_SECTION2(a, b) { __rc_critical_section2_begin((a), (b));
#define Py_END_CRITICAL_SECTION2() __rc_critical_section_end(); }
#define Py_BEGIN_CRITICAL_SECTION_MUTEX(m) { __rc_critical_section_mutex_begin(m);
#define Py_BEGIN_CRITICAL_SECTION2_MUTEX(a, b) { __rc_critical_section_mutex_begin(a);
#define Py_BEGIN_CRITICAL_SECTION_SEQUENCE_FAST(op) { __rc_critical_section_begin(op);
#define Py_END_CRITICAL_SECTION_SEQUENCE_FAST() __rc_critical_section_end(); }
#define Py_TRASHCAN_BEGIN(op, d) { __rc_trashcan_begin((op), (d));
#define Py_TRASHCAN_BEGIN_CONDITION(op, c) { __rc_trashcan_begin_condition((op), (c));
#define Py_TRASHCAN_END __rc_trashcan_end(); }
#define Py_TRASHCAN_SAFE_BEGIN(op) { __rc_trashcan_safe_begin(op);
#define Py_TRASHCAN_SAFE_END(op) __rc_trashcan_end(); }
#define Py_UNREACHABLE() __builtin_unreachable()
#define PyObject_New(t, ty) ((t *)_PyObject_New(ty))
#define PyObject_NewVar(t, ty, n) ((t *)_PyObject_NewVar((ty), (n)))
#define PyObject_NEW(t, ty) ((t *)_PyObject_New(ty))
#define PyObject_NEW_VAR(t, ty, n) ((t *)_PyObject_NewVar((ty), (n)))
#define PyObject_GC_New(t, ty) ((t *)_PyObject_GC_New(ty))
#define PyObject_GC_NewVar(t, ty, n) ((t *)_PyObject_GC_NewVar((ty), (n)))
#define PyObject_GC_Resize(t, op, n) ((t *)_PyObject_GC_Resize((PyVarObject *)(op), (n)))
#define PyMem_New(t, n) ((t *)PyMem_Malloc((n) * sizeof(t)))
#define PyMem_NEW(t, n) ((t *)PyMem_Malloc((n) * sizeof(t)))
#define PyMem_Resize(p, t, n) ((p) = (t *)PyMem_Realloc((p), (n) * sizeof(t)))
#define PyMem_RESIZE(p, t, n) ((p) = (t *)PyMem_Realloc((p), (n) * sizeof(t)))
#define PyMem_DEL PyMem_Free
#define PyMem_Del PyMem_Free
#define PyMem_MALLOC PyMem_Malloc
#define PyMem_REALLOC PyMem_Realloc
#define PyMem_FREE PyMem_Free
#define PyObject_DEL PyObject_Free
#define PyObject_Del PyObject_Free
#define PyObject_MALLOC PyObject_Malloc
#define PyObject_REALLOC PyObject_Realloc
#define PyObject_FREE PyObject_Free
#define PyObject_INIT PyObject_Init
#define PyObject_INIT_VAR PyObject_InitVar
#define PyModule_AddIntMacro(m, c) PyModule_AddIntConstant(m, #c, c)
#define PyModule_AddStringMacro(m, c) PyModule_AddStringConstant(m, #c, c)
#define PyArg_NoArgs(a) PyArg_Parse(a, "")
#define _Py_IDENTIFIER(n) static _Py_Identifier PyId_##n = {#n}
#define _Py_static_string(n, s) static _Py_Identifier n = {s}
#define Py_tss_NEEDS_INIT {0}
#define PyStructSequence_UnnamedField "unnamed field"
#define PyLong_SHIFT 30
#define PyLong_BASE (1 << 30)
#define PyLong_MASK ((1 << 30) - 1)
typedef unsigned digit;
typedef int sdigit;
typedef unsigned long twodigits;
typedef long stwodigits;
//@extern PyObject * : PyExc_BaseException PyExc_Exception PyExc_BaseExceptionGroup PyExc_StopAsyncIteration PyExc_StopIteration PyExc_GeneratorExit PyExc_ArithmeticError PyExc_LookupError PyExc_AssertionError PyExc_AttributeError PyExc_BufferError PyExc_EOFError PyExc_FloatingPointError PyExc_OSError PyExc_ImportError PyExc_ModuleNotFoundError PyExc_IndexError PyExc_KeyError PyExc_KeyboardInterrupt PyExc_MemoryError PyExc_NameError PyExc_OverflowError PyExc_RuntimeError PyExc_RecursionError PyExc_NotImplementedError PyExc_SyntaxError PyExc_IndentationError PyExc_TabError PyExc_ReferenceError PyExc_SystemError PyExc_SystemExit PyExc_TypeError PyExc_UnboundLocalError PyExc_UnicodeError PyExc_UnicodeEncodeError PyExc_UnicodeDecodeError PyExc_UnicodeTranslateError PyExc_ValueError PyExc_ZeroDivisionError
//@extern PyObject * : PyExc_BlockingIOError PyExc_BrokenPipeError PyExc_ChildProcessError PyExc_ConnectionError PyExc_ConnectionAbortedError PyExc_ConnectionRefusedError PyExc_ConnectionResetError PyExc_FileExistsError PyExc_FileNotFoundError PyExc_InterruptedError PyExc_IsADirectoryError PyExc_NotADirectoryError PyExc_PermissionError PyExc_ProcessLookupError PyExc_TimeoutError PyExc_EnvironmentError PyExc_IOError PyExc_WindowsError
//@extern PyObject * : PyExc_Warning PyExc_UserWarning PyExc_DeprecationWarning PyExc_PendingDeprecationWarning PyExc_SyntaxWarning PyExc_RuntimeWarning PyExc_FutureWarning PyExc_ImportWarning PyExc_UnicodeWarning PyExc_BytesWarning PyExc_ResourceWarning PyExc_EncodingWarning
//@extern PyTypeObject : PyBaseObject_Type PyBool_Type PyByteArray_Type PyBytes_Type PyCFunction_Type PyCMethod_Type PyCallIter_Type PyCapsule_Type PyCell_Type PyClassMethod_Type PyCode_Type PyComplex_Type PyContext_Type PyContextVar_Type PyCoro_Type PyDictItems_Type PyDictKeys_Type PyDictProxy_Type PyDictValues_Type PyDict_Type PyEllipsis_Type PyEnum_Type PyFilter_Type PyFloat_Type PyFrame_Type PyFrozenSet_Type PyFunction_Type PyGen_Type PyGetSetDescr_Type PyInstanceMethod_Type PyListIter_Type PyList_Type PyLong_Type PyMap_Type PyMemberDescr_Type PyMemoryView_Type PyMethodDescr_Type PyMethod_Type PyModule_Type PyModuleDef_Type PyODict_Type PyPickleBuffer_Type PyProperty_Type PyRange_Type PyReversed_Type PySeqIter_Type PySet_Type PySlice_Type PyStaticMethod_Type PySuper_Type PyTraceBack_Type PyTuple_Type PyType_Type PyUnicode_Type PyWrapperDescr_Type PyZip_Type _PyNone_Type _PyNotImplemented_Type _PyWeakref_RefType _PyWeakref_ProxyType _PyWeakref_CallableProxyType
#define METH_VARARGS 1
#define METH_KEYWORDS 2
#define METH_NOARGS 4
#define METH_O 8
#define METH_CLASS 16
#define METH_STATIC 32
#define METH_COEXIST 64
#define METH_FASTCALL 128
#define METH_METHOD 512
#define METH_STACKLESS 0
#define Py_LT 0
#define Py_LE 1
#define Py_EQ 2
#define Py_NE 3
#define Py_GT 4
#define Py_GE 5
#define Py_TPFLAGS_HEAPTYPE (1UL << 9)
#define Py_TPFLAGS_BASETYPE (1UL << 10)
#define Py_TPFLAGS_READY (1UL << 12)
#define Py_TPFLAGS_HAVE_GC (1UL << 14)
#define Py_TPFLAGS_HAVE_VECTORCALL (1UL << 11)
#define _Py_TPFLAGS_HAVE_VECTORCALL (1UL << 11)
#define Py_TPFLAGS_METHOD_DESCRIPTOR (1UL << 17)
#define Py_TPFLAGS_IMMUTABLETYPE (1UL << 8)
#define Py_TPFLAGS_DISALLOW_INSTANTIATION (1UL << 7)
#define Py_TPFLAGS_MAPPING (1UL << 6)
#define Py_TPFLAGS_SEQUENCE (1UL << 5)
#define Py_TPFLAGS_DEFAULT (1UL << 18)
#define Py_TPFLAGS_LONG_SUBCLASS (1UL << 24)
#define Py_TPFLAGS_LIST_SUBCLASS (1UL << 25)
#define Py_TPFLAGS_TUPLE_SUBCLASS (1UL << 26)
#define Py_TPFLAGS_BYTES_SUBCLASS (1UL << 27)
#define Py_TPFLAGS_UNICODE_SUBCLASS (1UL << 28)
#define Py_TPFLAGS_DICT_SUBCLASS (1UL << 29)
#define Py_TPFLAGS_BASE_EXC_SUBCLASS (1UL << 30)
#define Py_TPFLAGS_TYPE_SUBCLASS (1UL << 31)
#define Py_TPFLAGS_MANAGED_DICT (1UL << 4)
#define Py_TPFLAGS_MANAGED_WEAKREF (1UL << 3)
#define Py_TPFLAGS_ITEMS_AT_END (1UL << 23)
#define Py_TPFLAGS_CHECKTYPES 0
#define Py_TPFLAGS_HAVE_NEWBUFFER 0
#define Py_TPFLAGS_HAVE_ITER 0
#define Py_TPFLAGS_HAVE_WEAKREFS 0
#define Py_TPFLAGS_HAVE_FINALIZE (1UL << 0)
#define Py_TPFLAGS_HAVE_VERSION_TAG (1UL << 18)
#define Py_TPFLAGS_IS_ABSTRACT (1UL << 20)
#define Py_TPFLAGS_HAVE_STACKLESS_EXTENSION 0
#define PyBUF_SIMPLE 0
#define PyBUF_WRITABLE 1
#define PyBUF_WRITEABLE 1
#define PyBUF_FORMAT 4
#define PyBUF_ND 8
#define PyBUF_STRIDES 24
#define PyBUF_C_CONTIGUOUS 56
#define PyBUF_F_CONTIGUOUS 88
#define PyBUF_ANY_CONTIGUOUS 152
#define PyBUF_INDIRECT 280
#define PyBUF_CONTIG 9
#define PyBUF_CONTIG_RO 8
#define PyBUF_STRIDED 25
#define PyBUF_STRIDED_RO 24
#define PyBUF_RECORDS 29
#define PyBUF_RECORDS_RO 28
#define PyBUF_FULL 285
#define PyBUF_FULL_RO 284
#define PyBUF_READ 0x100
#define PyBUF_WRITE 0x200
#define PyBUF_MAX_NDIM 64
#define Py_T_SHORT 0
#define Py_T_INT 1
#define Py_T_LONG 2
#define Py_T_FLOAT 3
#define Py_T_DOUBLE 4
#define Py_T_STRING 5
#define _Py_T_OBJECT 6
#define Py_T_CHAR 7
#define Py_T_BYTE 8
#define Py_T_UBYTE 9
#define Py_T_USHORT 10
#define Py_T_UINT 11
#define Py_T_ULONG 12
#define Py_T_STRING_INPLACE 13
#define Py_T_BOOL 14
#define Py_T_OBJECT_EX 16
#define Py_T_LONGLONG 17
#define Py_T_ULONGLONG 18
#define Py_T_PYSSIZET 19
#define Py_READONLY 1
#define Py_RELATIVE_OFFSET 8
#define Py_AUDIT_READ 2
#define PyUnicode_WCHAR_KIND 0
#define PyUnicode_1BYTE_KIND 1
#define PyUnicode_2BYTE_KIND 2
#define PyUnicode_4BYTE_KIND 4
#define SSTATE_NOT_INTERNED 0
#define Py_single_input 256
#define Py_file_input 257
#define Py_eval_input 258
#define PY_VECTORCALL_ARGUMENTS_OFFSET (1UL << 63)
#define Py_mod_create 1
#define Py_mod_exec 2
#if RC_PY >= 12
#define Py_mod_multiple_interpreters 3
#endif
#if RC_PY >= 13
#define Py_mod_gil 4
#define Py_MOD_GIL_USED ((void *)0)
#define Py_MOD_GIL_NOT_USED ((void *)1)
#endif
#define Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED ((void *)0)
#define Py_MOD_MULTIPLE_INTERPRETERS_SUPPORTED ((void *)1)
#define Py_MOD_PER_INTERPRETER_GIL_SUPPORTED ((void *)2)
#define PyTrace_CALL 0
#define PyTrace_EXCEPTION 1
#define PyTrace_LINE 2
#define PyTrace_RETURN 3
#define WAIT_LOCK 1
#define NOWAIT_LOCK 0
#define Py_bf_getbuffer 1
#define Py_bf_releasebuffer 2
#define Py_mp_ass_subscript 3
#define Py_mp_length 4
#define Py_mp_subscript 5
#define Py_nb_absolute 6
#define Py_nb_add 7
#define Py_nb_and 8
#define Py_nb_bool 9
#define Py_nb_divmod 10
#define Py_nb_float 11
#define Py_nb_floor_divide 12
#define Py_nb_index 13
#define Py_nb_inplace_add 14
#define Py_nb_inplace_and 15
#define Py_nb_inplace_floor_divide 16
#define Py_nb_inplace_lshift 17
#define Py_nb_inplace_multiply 18
#define Py_nb_inplace_or 19
#define Py_nb_inplace_power 20
#define Py_nb_inplace_remainder 21
#define Py_nb_inplace_rshift 22
#define Py_nb_inplace_subtract 23
#define Py_nb_inplace_true_divide 24
#define Py_nb_inplace_xor 25
#define Py_nb_int 26
#define Py_nb_invert 27
#define Py_nb_lshift 28
#define Py_nb_multiply 29
#define Py_nb_negative 30
#define Py_nb_or 31
#define Py_nb_positive 32
#define Py_nb_power 33
#define Py_nb_remainder 34
#define Py_nb_rshift 35
#define Py_nb_subtract 36
#define Py_nb_true_divide 37
#define Py_nb_xor 38
#define Py_sq_ass_item 39
#define Py_sq_concat 40
#define Py_sq_contains 41
#define Py_sq_inplace_concat 42
#define Py_sq_inplace_repeat 43
#define Py_sq_item 44
#define Py_sq_length 45
#define Py_sq_repeat 46
#define Py_tp_alloc 47
#define Py_tp_base 48
#define Py_tp_bases 49
#define Py_tp_call 50
#define Py_tp_clear 51
#define Py_tp_dealloc 52
#define Py_tp_del 53
#define Py_tp_descr_get 54
#define Py_tp_descr_set 55
#define Py_tp_doc 56
#define Py_tp_getattr 57
#define Py_tp_getattro 58
#define Py_tp_hash 59
#define Py_tp_init 60
#define Py_tp_is_gc 61
#define Py_tp_iter 62
#define Py_tp_iternext 63
#define Py_tp_methods 64
#define Py_tp_new 65
#define Py_tp_repr 66
#define Py_tp_richcompare 67
#define Py_tp_setattr 68
#define Py_tp_setattro 69
#define Py_tp_str 70
#define Py_tp_traverse 71
#define Py_tp_members 72
#define Py_tp_getset 73
#define Py_tp_free 74
#define Py_nb_matrix_multiply 75
#define Py_nb_inplace_matrix_multiply 76
#define Py_am_await 77
#define Py_am_aiter 78
#define Py_am_anext 79
#define Py_tp_finalize 80
#if RC_PY >= 10
#define Py_am_send 81
#endif
#if RC_PY >= 14
#define Py_tp_vectorcall 82
#define Py_tp_token 83
#endif
