/* NumPy's C API as its users see it. Inside NumPy the real headers are in the project. */
#define NPY_ABI_VERSION 0x02000000
#define NPY_API_VERSION 0x00000013
#define NPY_VERSION 0x02000000
#define NPY_FEATURE_VERSION 0x00000013
#define NPY_1_7_API_VERSION 0x00000007
#define NPY_1_19_API_VERSION 0x0000000d
#define NPY_2_0_API_VERSION 0x00000012
#define NPY_MAXDIMS 64
#define NPY_MAXARGS 32
#define NPY_INLINE inline
#define NPY_STATIC_INLINE static inline
#define NPY_NO_EXPORT static
#define NPY_VISIBILITY_HIDDEN
#define NPY_UNUSED(x) __NPY_UNUSED_##x
#define NPY_SIZEOF_PTR 8
#define NPY_SIZEOF_INTP 8
#define NPY_SIZEOF_INT 4
#define NPY_SIZEOF_LONG 8
#define NPY_SIZEOF_LONGLONG 8
#define NPY_SIZEOF_DOUBLE 8
#define NPY_SIZEOF_FLOAT 4
#define NPY_SIZEOF_LONGDOUBLE 16
#define NPY_BITSOF_LONG 64
#define NPY_INTP_FMT "ld"
#define NPY_LONGLONG_FMT "lld"
#define NPY_FALSE 0
#define NPY_TRUE 1
#define NPY_FAIL 0
#define NPY_SUCCEED 1
#define NPY_PI 3.14159265358979323846
#define NPY_NAN (0.0 / 0.0)
#define NPY_INFINITY 1e999
#define NPY_MAX_INTP 9223372036854775807L
#define NPY_MIN_INTP (-NPY_MAX_INTP - 1L)
#define NPY_MAX_INT64 9223372036854775807L
#define NPY_MIN_INT64 (-NPY_MAX_INT64 - 1L)
#define NPY_DATETIME_NAT NPY_MIN_INT64
typedef unsigned char npy_bool;
typedef signed char npy_byte;
typedef unsigned char npy_ubyte;
typedef char npy_char;
typedef short npy_short;
typedef unsigned short npy_ushort;
typedef int npy_int;
typedef unsigned npy_uint;
typedef long npy_long;
typedef unsigned long npy_ulong;
typedef long long npy_longlong;
typedef unsigned long long npy_ulonglong;
typedef float npy_float;
typedef double npy_double;
typedef long double npy_longdouble;
typedef signed char npy_int8;
typedef unsigned char npy_uint8;
typedef short npy_int16;
typedef unsigned short npy_uint16;
typedef unsigned short npy_half;
typedef int npy_int32;
typedef unsigned npy_uint32;
typedef long npy_int64;
typedef unsigned long npy_uint64;
typedef float npy_float32;
typedef double npy_float64;
typedef long npy_intp;
typedef unsigned long npy_uintp;
typedef unsigned npy_ucs4;
typedef long npy_hash_t;
typedef long npy_datetime;
typedef long npy_timedelta;
typedef struct { float real, imag; } npy_cfloat, npy_complex64;
typedef struct { double real, imag; } npy_cdouble, npy_complex128;
typedef struct { long double real, imag; } npy_clongdouble;
typedef struct { npy_intp *ptr; int len; } PyArray_Dims;
typedef struct { PyObject_HEAD PyObject *base; void *ptr; npy_intp len; int flags; } PyArray_Chunk;
enum NPY_TYPES { NPY_BOOL = 0, NPY_BYTE, NPY_UBYTE, NPY_SHORT, NPY_USHORT, NPY_INT, NPY_UINT, NPY_LONG, NPY_ULONG, NPY_LONGLONG, NPY_ULONGLONG, NPY_FLOAT, NPY_DOUBLE, NPY_LONGDOUBLE, NPY_CFLOAT, NPY_CDOUBLE, NPY_CLONGDOUBLE, NPY_OBJECT = 17, NPY_STRING, NPY_UNICODE, NPY_VOID, NPY_DATETIME, NPY_TIMEDELTA, NPY_HALF, NPY_NTYPES, NPY_NOTYPE, NPY_CHAR, NPY_USERDEF = 256 };
#define NPY_INT8 NPY_BYTE
#define NPY_UINT8 NPY_UBYTE
#define NPY_INT16 NPY_SHORT
#define NPY_UINT16 NPY_USHORT
#define NPY_INT32 NPY_INT
#define NPY_UINT32 NPY_UINT
#define NPY_INT64 NPY_LONG
#define NPY_UINT64 NPY_ULONG
#define NPY_INTP NPY_LONG
#define NPY_UINTP NPY_ULONG
#define NPY_FLOAT16 NPY_HALF
#define NPY_FLOAT32 NPY_FLOAT
#define NPY_FLOAT64 NPY_DOUBLE
#define NPY_COMPLEX64 NPY_CFLOAT
#define NPY_COMPLEX128 NPY_CDOUBLE
typedef enum { NPY_ANYORDER = -1, NPY_CORDER, NPY_FORTRANORDER, NPY_KEEPORDER } NPY_ORDER;
typedef enum { NPY_NO_CASTING, NPY_EQUIV_CASTING, NPY_SAFE_CASTING, NPY_SAME_KIND_CASTING, NPY_UNSAFE_CASTING } NPY_CASTING;
typedef enum { NPY_CLIP, NPY_WRAP, NPY_RAISE } NPY_CLIPMODE;
typedef enum { NPY_QUICKSORT, NPY_HEAPSORT, NPY_MERGESORT } NPY_SORTKIND;
typedef enum { NPY_SEARCHLEFT, NPY_SEARCHRIGHT } NPY_SEARCHSIDE;
typedef enum { NPY_BOOL_SCALAR, NPY_INTPOS_SCALAR, NPY_INTNEG_SCALAR, NPY_FLOAT_SCALAR, NPY_COMPLEX_SCALAR, NPY_OBJECT_SCALAR } NPY_SCALARKIND;
typedef enum { NPY_FR_ERROR = -1, NPY_FR_Y, NPY_FR_M, NPY_FR_W, NPY_FR_D = 4, NPY_FR_h, NPY_FR_m, NPY_FR_s, NPY_FR_ms, NPY_FR_us, NPY_FR_ns, NPY_FR_ps, NPY_FR_fs, NPY_FR_as, NPY_FR_GENERIC } NPY_DATETIMEUNIT;
typedef struct { NPY_DATETIMEUNIT base; int num; } PyArray_DatetimeMetaData;
typedef struct { long year; int month, day, hour, min, sec, us, ps, as; } npy_datetimestruct;
#define NPY_ARRAY_C_CONTIGUOUS 0x0001
#define NPY_ARRAY_F_CONTIGUOUS 0x0002
#define NPY_ARRAY_OWNDATA 0x0004
#define NPY_ARRAY_FORCECAST 0x0010
#define NPY_ARRAY_ENSURECOPY 0x0020
#define NPY_ARRAY_ENSUREARRAY 0x0040
#define NPY_ARRAY_ELEMENTSTRIDES 0x0080
#define NPY_ARRAY_ALIGNED 0x0100
#define NPY_ARRAY_NOTSWAPPED 0x0200
#define NPY_ARRAY_WRITEABLE 0x0400
#define NPY_ARRAY_WRITEBACKIFCOPY 0x2000
#define NPY_ARRAY_BEHAVED 0x0500
#define NPY_ARRAY_CARRAY 0x0501
#define NPY_ARRAY_CARRAY_RO 0x0101
#define NPY_ARRAY_FARRAY 0x0502
#define NPY_ARRAY_FARRAY_RO 0x0102
#define NPY_ARRAY_DEFAULT 0x0501
#define NPY_ARRAY_IN_ARRAY 0x0101
#define NPY_ARRAY_OUT_ARRAY 0x0501
#define NPY_ARRAY_INOUT_ARRAY 0x0501
#define NPY_ARRAY_INOUT_ARRAY2 0x2501
#define NPY_ARRAY_IN_FARRAY 0x0102
#define NPY_ARRAY_OUT_FARRAY 0x0502
#define NPY_C_CONTIGUOUS 0x0001
#define NPY_F_CONTIGUOUS 0x0002
#define NPY_CONTIGUOUS 0x0001
#define NPY_OWNDATA 0x0004
#define NPY_ALIGNED 0x0100
#define NPY_WRITEABLE 0x0400
#define NPY_NATIVE '='
#define NPY_SWAP 's'
#define NPY_LITTLE '<'
#define NPY_BIG '>'
struct _PyArray_Descr;
struct tagPyArrayObject_fields;
typedef struct { PyObject *(*getitem)(void *, void *); int (*setitem)(PyObject *, void *, void *); void *copyswapn, *copyswap, *compare, *argmax, *dotfunc, *scanfunc, *fromstr, *nonzero, *fill; } PyArray_ArrFuncs;
typedef struct _arr_descr { struct _PyArray_Descr *base; PyObject *shape; } PyArray_ArrayDescr;
typedef struct _PyArray_Descr { PyObject_HEAD PyTypeObject *typeobj; char kind, type, byteorder, flags; int type_num, elsize, alignment; PyArray_ArrayDescr *subarray; PyObject *fields, *names; PyArray_ArrFuncs *f; PyObject *metadata; void *c_metadata; npy_hash_t hash; } PyArray_Descr;
typedef struct tagPyArrayObject_fields { PyObject_HEAD char *data; int nd; npy_intp *dimensions, *strides; PyObject *base; PyArray_Descr *descr; int flags; PyObject *weakreflist; } PyArrayObject_fields, PyArrayObject;
typedef struct PyArrayIterObject { PyObject_HEAD int nd_m1; npy_intp index, size; npy_intp coordinates[64], dims_m1[64], strides[64], backstrides[64], factors[64]; PyArrayObject *ao; char *dataptr; npy_bool contiguous; } PyArrayIterObject;
typedef struct { PyObject_HEAD int numiter; npy_intp size, index; int nd; npy_intp dimensions[64]; PyArrayIterObject *iters[64]; } PyArrayMultiIterObject;
typedef PyArrayIterObject PyArrayNeighborhoodIterObject;
typedef struct { PyObject_HEAD } PyGenericArrObject, PyVoidScalarObject;
typedef struct { PyObject_HEAD npy_datetime obval; PyArray_DatetimeMetaData obmeta; } PyDatetimeScalarObject, PyTimedeltaScalarObject;
typedef struct { PyObject_HEAD double obval; } PyDoubleScalarObject, PyFloatScalarObject;
typedef struct { PyObject_HEAD long obval; } PyLongScalarObject, PyIntScalarObject, PyLongLongScalarObject, PyBoolScalarObject;
typedef struct { int two; int nd; char typekind; int itemsize, flags; npy_intp *shape, *strides; void *data; PyObject *descr; } PyArrayInterface;
typedef struct NpyIter_InternalOnly NpyIter;
typedef struct NpyAuxData_tag NpyAuxData;
typedef int (NpyIter_IterNextFunc)(NpyIter *);
typedef void (NpyIter_GetMultiIndexFunc)(NpyIter *, npy_intp *);
typedef void (*PyUFuncGenericFunction)(char **, npy_intp const *, npy_intp const *, void *);
typedef int (PyArray_VectorUnaryFunc)(void *, void *, npy_intp, void *, void *);
typedef PyObject *(PyArray_GetItemFunc)(void *, void *);
typedef int (PyArray_SetItemFunc)(PyObject *, void *, void *);
typedef struct _tagPyUFuncObject { PyObject_HEAD int nin, nout, nargs, identity; PyUFuncGenericFunction *functions; void *const *data; int ntypes; const char *name, *types, *doc; void *ptr; PyObject *obj, *userloops; } PyUFuncObject;
//@extern PyTypeObject : PyArray_Type PyArrayDescr_Type PyArrayIter_Type PyArrayMultiIter_Type PyGenericArrType_Type PyNumberArrType_Type PyIntegerArrType_Type PyFloatingArrType_Type PyBoolArrType_Type PyDoubleArrType_Type PyFloatArrType_Type PyLongArrType_Type PyDatetimeArrType_Type PyTimedeltaArrType_Type PyStringArrType_Type PyUnicodeArrType_Type PyVoidArrType_Type PyObjectArrType_Type PyUFunc_Type
#define import_array() { if (_import_array() < 0) { PyErr_Print(); PyErr_SetString(PyExc_ImportError, "numpy.core.multiarray failed to import"); return NULL; } }
#define import_array1(ret) { if (_import_array() < 0) { PyErr_Print(); PyErr_SetString(PyExc_ImportError, "numpy.core.multiarray failed to import"); return ret; } }
#define import_array2(msg, ret) { if (_import_array() < 0) { PyErr_Print(); PyErr_SetString(PyExc_ImportError, msg); return ret; } }
#define import_umath() do { if (_import_umath() < 0) { PyErr_Print(); PyErr_SetString(PyExc_ImportError, "numpy.core.umath failed to import"); return NULL; } } while (0)
#define import_umath1(ret) do { if (_import_umath() < 0) { PyErr_Print(); PyErr_SetString(PyExc_ImportError, "numpy.core.umath failed to import"); return ret; } } while (0)
#define import_ufunc() import_umath()
#define NPY_BEGIN_ALLOW_THREADS { __rc_allow_threads_begin();
#define NPY_END_ALLOW_THREADS __rc_allow_threads_end(); }
#define NPY_BEGIN_THREADS_DEF
#define NPY_BEGIN_THREADS do { __rc_allow_threads_begin(); } while (0);
#define NPY_BEGIN_THREADS_THRESHOLDED(n) do { if ((n) > 500) { __rc_allow_threads_begin(); } } while (0);
#define NPY_END_THREADS do { __rc_allow_threads_end(); } while (0);
#define NPY_ALLOW_C_API_DEF PyGILState_STATE __save__;
#define NPY_ALLOW_C_API do { __save__ = PyGILState_Ensure(); } while (0);
#define NPY_DISABLE_C_API do { PyGILState_Release(__save__); } while (0);
#define NPY_SIGINT_ON
#define NPY_SIGINT_OFF
#define PyArray_MAX(a, b) (((a) > (b)) ? (a) : (b))
#define PyArray_MIN(a, b) (((a) < (b)) ? (a) : (b))
