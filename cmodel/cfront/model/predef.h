/* What a compiler defines before it reads anything: linux/amd64 whatever the
   host, so that a report does not depend on where refcheck runs. */
#define __STDC__ 1
#define __STDC_VERSION__ 201710L
#define __STDC_HOSTED__ 1
#define STDC_HEADERS 1
#define HAVE_PROTOTYPES 1
#define __GNUC__ 4
#define __GNUC_MINOR__ 2
#define __GNUC_PATCHLEVEL__ 0
#define __linux__ 1
#define __linux 1
#define linux 1
#define __unix__ 1
#define unix 1
#define __x86_64__ 1
#define __amd64__ 1
#define __LP64__ 1
#define _LP64 1
#define __ELF__ 1
#define __OPTIMIZE__ 1
#define __CHAR_BIT__ 8
#define __SIZE_TYPE__ unsigned long
#define __PTRDIFF_TYPE__ long
#define __WCHAR_TYPE__ int
#define __UINT16_TYPE__ unsigned short
#define __UINT32_TYPE__ unsigned int
#define __UINT64_TYPE__ unsigned long
#define __INT64_TYPE__ long
#define __SIZEOF_POINTER__ 8
#define __SIZEOF_LONG__ 8
#define __SIZEOF_INT__ 4
#define __SIZEOF_SHORT__ 2
#define __SIZEOF_FLOAT__ 4
#define __SIZEOF_DOUBLE__ 8
#define __SIZEOF_LONG_LONG__ 8
#define __SIZEOF_SIZE_T__ 8
#define __INT_MAX__ 0x7fffffff
#define __LONG_MAX__ 0x7fffffffffffffffL
#define __BYTE_ORDER__ 1234
#define __ORDER_LITTLE_ENDIAN__ 1234
#define __ORDER_BIG_ENDIAN__ 4321
#define _Static_assert(...) struct __rc_sa
#define static_assert(...) struct __rc_sa
#define __declspec(...)
#define __cdecl
#define __stdcall
#define __fastcall
#define __vectorcall
#define __forceinline inline
#define __restrict restrict
#define WINAPI
#define CALLBACK
#define APIENTRY
#define __extension__
#define __builtin_expect(x, v) (x)
#define __builtin_types_compatible_p(a, b) 1
#define __builtin_choose_expr(c, a, b) (a)
#define __builtin_offsetof(t, m) ((unsigned long)&(((t *)0)->m))
#define __builtin_va_arg(a, t) (*(t *)__builtin_va_arg_impl(a))
#define constexpr const
#define nullptr ((void *)0)
typedef void *__builtin_va_list;
struct __rc_sa;
