/* The C library and POSIX, as far as extension modules use them: types, layouts,
   constants. A function that returns int is not declared; calls of undeclared
   functions are accepted. */
typedef unsigned long size_t;
typedef long ssize_t;
typedef long ptrdiff_t;
typedef int wchar_t;
typedef unsigned wint_t;
typedef int wctype_t;
typedef long max_align_t;
typedef signed char int8_t;
typedef unsigned char uint8_t;
typedef short int16_t;
typedef unsigned short uint16_t;
typedef int int32_t;
typedef unsigned uint32_t;
typedef long int64_t;
typedef unsigned long uint64_t;
typedef long intptr_t;
typedef unsigned long uintptr_t;
typedef long intmax_t;
typedef unsigned long uintmax_t;
typedef signed char int_least8_t, int_fast8_t;
typedef unsigned char uint_least8_t, uint_fast8_t;
typedef short int_least16_t, int_fast16_t;
typedef unsigned short uint_least16_t, uint_fast16_t;
typedef int int_least32_t, int_fast32_t;
typedef unsigned uint_least32_t, uint_fast32_t;
typedef long int_least64_t, int_fast64_t;
typedef unsigned long uint_least64_t, uint_fast64_t;
typedef unsigned char u_char;
typedef unsigned u_int;
typedef unsigned long u_long;
typedef unsigned short u_short;
typedef unsigned int uint;
typedef unsigned long ulong;
typedef unsigned short ushort;
typedef unsigned char u_int8_t;
typedef unsigned short u_int16_t;
typedef unsigned u_int32_t;
typedef unsigned long u_int64_t;
typedef char *caddr_t;
typedef struct _IO_FILE FILE;
typedef long fpos_t;
typedef long off_t;
typedef long off64_t;
typedef long loff_t;
typedef long time_t;
typedef long clock_t;
typedef int clockid_t;
typedef void *timer_t;
typedef int pid_t;
typedef unsigned uid_t, gid_t, mode_t, id_t, useconds_t, socklen_t;
typedef unsigned long dev_t, ino_t, nlink_t, rlim_t, nfds_t, fsblkcnt_t, fsfilcnt_t;
typedef long blksize_t, blkcnt_t, suseconds_t, key_t;
typedef int mbstate_t;
typedef int sig_atomic_t;
typedef unsigned short sa_family_t;
typedef unsigned short in_port_t;
typedef unsigned in_addr_t;
typedef struct { unsigned long v[16]; } sigset_t, fd_set, cpu_set_t, jmp_buf[1], sigjmp_buf[1], siginfo_t, stack_t, mcontext_t, ucontext_t, fenv_t, fexcept_t, glob_t, regex_t, regmatch_t;
typedef unsigned long pthread_t;
typedef struct { long v[8]; } pthread_mutex_t, pthread_cond_t, pthread_attr_t, pthread_key_t, pthread_once_t, sem_t, pthread_condattr_t, pthread_mutexattr_t, pthread_rwlock_t, pthread_spinlock_t;
typedef struct _rc_dir DIR;
typedef struct { int quot, rem; } div_t;
typedef struct { long quot, rem; } ldiv_t;
typedef struct { long quot, rem; } lldiv_t;
typedef double double_t;
typedef float float_t;
typedef void *locale_t;
typedef void *iconv_t;
typedef void (*sighandler_t)(int);
typedef __builtin_va_list va_list;
typedef __builtin_va_list __gnuc_va_list;
typedef struct { int v; } atomic_flag;
typedef int atomic_int, atomic_bool;
typedef unsigned atomic_uint;
typedef long atomic_long, atomic_intptr_t, atomic_ptrdiff_t;
typedef unsigned long atomic_ulong, atomic_size_t, atomic_uintptr_t;
#define NULL ((void *)0)
#define EOF (-1)
#define BUFSIZ 8192
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
#define RAND_MAX 2147483647
#define va_start(a, ...) __builtin_va_start(a, ## __VA_ARGS__)
#define va_end(a) __builtin_va_end(a)
#define va_copy(d, s) ((d) = (s))
#define va_arg(a, t) (*(t *)__builtin_va_arg_impl(a))
#define offsetof(t, m) ((size_t)&(((t *)0)->m))
#define assert(...) ((__VA_ARGS__) ? (void)0 : __rc_assert_fail())
#define noreturn _Noreturn
#define alignof _Alignof
#define alignas _Alignas
#define thread_local _Thread_local
#define complex _Complex
#define unreachable() __builtin_unreachable()
#define INT_MAX 2147483647
#define INT_MIN (-INT_MAX - 1)
#define UINT_MAX 4294967295U
#define LONG_MAX 9223372036854775807L
#define LONG_MIN (-LONG_MAX - 1L)
#define ULONG_MAX 18446744073709551615UL
#define LLONG_MAX 9223372036854775807LL
#define LLONG_MIN (-LLONG_MAX - 1LL)
#define ULLONG_MAX 18446744073709551615ULL
#define SHRT_MAX 32767
#define SHRT_MIN (-32768)
#define USHRT_MAX 65535
#define SCHAR_MAX 127
#define SCHAR_MIN (-128)
#define UCHAR_MAX 255
#define CHAR_MAX 127
#define CHAR_MIN (-128)
#define CHAR_BIT 8
#define SIZE_MAX ULONG_MAX
#define SSIZE_MAX LONG_MAX
#define INT8_MAX 127
#define INT8_MIN (-128)
#define UINT8_MAX 255
#define INT16_MAX 32767
#define INT16_MIN (-32768)
#define UINT16_MAX 65535
#define INT32_MAX 2147483647
#define INT32_MIN (-INT32_MAX - 1)
#define UINT32_MAX 4294967295U
#define INT64_MAX 9223372036854775807L
#define INT64_MIN (-INT64_MAX - 1L)
#define UINT64_MAX 18446744073709551615UL
#define INTPTR_MAX LONG_MAX
#define INTPTR_MIN LONG_MIN
#define UINTPTR_MAX ULONG_MAX
#define INTMAX_MAX LONG_MAX
#define INTMAX_MIN LONG_MIN
#define UINTMAX_MAX ULONG_MAX
#define PTRDIFF_MAX LONG_MAX
#define PTRDIFF_MIN LONG_MIN
#define INT8_C(x) x
#define UINT8_C(x) x
#define INT16_C(x) x
#define UINT16_C(x) x
#define INT32_C(x) x
#define UINT32_C(x) x##U
#define INT64_C(x) x##L
#define UINT64_C(x) x##UL
#define DBL_MAX 1.7976931348623157e308
#define DBL_MIN 2.2250738585072014e-308
#define DBL_EPSILON 2.2204460492503131e-16
#define DBL_DIG 15
#define DBL_MANT_DIG 53
#define DBL_MAX_EXP 1024
#define DBL_MIN_EXP (-1021)
#define DBL_MAX_10_EXP 308
#define FLT_MAX 3.4028234664e38F
#define FLT_MIN 1.1754943508e-38F
#define FLT_EPSILON 1.1920928955e-07F
#define FLT_MANT_DIG 24
#define FLT_RADIX 2
#define LDBL_MANT_DIG 64
#define LDBL_MAX_EXP 16384
#define HUGE_VAL 1e999
#define INFINITY 1e999f
#define NAN (0.0 / 0.0)
#define M_PI 3.14159265358979323846
#define M_PI_2 1.57079632679489661923
#define M_E 2.7182818284590452354
#define M_LN2 0.69314718055994530942
#define M_SQRT2 1.41421356237309504880
#define PATH_MAX 4096
#define MAXPATHLEN 4096
#define FILENAME_MAX 4096
#define CLOCKS_PER_SEC 1000000L
#define PRId8 "d"
#define PRId16 "d"
#define PRId32 "d"
#define PRIi32 "i"
#define PRIu8 "u"
#define PRIu16 "u"
#define PRIu32 "u"
#define PRIx8 "x"
#define PRIx16 "x"
#define PRIx32 "x"
#define PRIX32 "X"
#define PRId64 "ld"
#define PRIi64 "li"
#define PRIu64 "lu"
#define PRIx64 "lx"
#define PRIX64 "lX"
#define PRIo64 "lo"
#define PRIdPTR "ld"
#define PRIuPTR "lu"
#define PRIxPTR "lx"
#define PRIdMAX "ld"
#define PRIuMAX "lu"
#define SCNd64 "ld"
#define SCNu64 "lu"
#define SCNx64 "lx"
#define SCNd32 "d"
#define SCNu32 "u"
#define SCNx32 "x"
#define timercmp(a, b, op) (__rc_timercmp((a), (b)) op 0)
#define timerisset(t) ((t)->tv_sec || (t)->tv_usec)
#define timerclear(t) ((t)->tv_sec = (t)->tv_usec = 0)
extern int errno;
extern FILE *stdin, *stdout, *stderr;
extern char **environ;
struct tm { int tm_sec, tm_min, tm_hour, tm_mday, tm_mon, tm_year, tm_wday, tm_yday, tm_isdst; long tm_gmtoff; const char *tm_zone; };
struct timeval { time_t tv_sec; suseconds_t tv_usec; };
struct timespec { time_t tv_sec; long tv_nsec; };
struct itimerval { struct timeval it_interval, it_value; };
struct timezone { int tz_minuteswest, tz_dsttime; };
struct stat { dev_t st_dev; ino_t st_ino; mode_t st_mode; nlink_t st_nlink; uid_t st_uid; gid_t st_gid; dev_t st_rdev; off_t st_size; blksize_t st_blksize; blkcnt_t st_blocks; time_t st_atime, st_mtime, st_ctime; struct timespec st_atim, st_mtim, st_ctim; };
struct lconv { char *decimal_point, *thousands_sep, *grouping; };
struct sockaddr { sa_family_t sa_family; char sa_data[14]; };
struct in_addr { in_addr_t s_addr; };
struct in6_addr { unsigned char s6_addr[16]; };
struct sockaddr_in { sa_family_t sin_family; in_port_t sin_port; struct in_addr sin_addr; };
struct sockaddr_in6 { sa_family_t sin6_family; in_port_t sin6_port; unsigned sin6_flowinfo; struct in6_addr sin6_addr; unsigned sin6_scope_id; };
struct sockaddr_un { sa_family_t sun_family; char sun_path[108]; };
struct sockaddr_storage { sa_family_t ss_family; char d[126]; };
struct addrinfo { int ai_flags, ai_family, ai_socktype, ai_protocol; socklen_t ai_addrlen; struct sockaddr *ai_addr; char *ai_canonname; struct addrinfo *ai_next; };
struct hostent { char *h_name; char **h_aliases; int h_addrtype, h_length; char **h_addr_list; };
struct pollfd { int fd; short events, revents; };
struct iovec { void *iov_base; size_t iov_len; };
struct dirent { ino_t d_ino; char d_name[256]; unsigned char d_type; };
struct rlimit { rlim_t rlim_cur, rlim_max; };
struct passwd { char *pw_name, *pw_passwd; uid_t pw_uid; gid_t pw_gid; char *pw_gecos, *pw_dir, *pw_shell; };
struct group { char *gr_name, *gr_passwd; gid_t gr_gid; char **gr_mem; };
struct rusage { struct timeval ru_utime, ru_stime; long ru_maxrss, ru_ixrss, ru_idrss, ru_isrss, ru_minflt, ru_majflt, ru_nswap, ru_inblock, ru_oublock, ru_msgsnd, ru_msgrcv, ru_nsignals, ru_nvcsw, ru_nivcsw; };
struct termios { unsigned c_iflag, c_oflag, c_cflag, c_lflag; unsigned char c_cc[32]; };
struct utsname { char sysname[65], nodename[65], release[65], version[65], machine[65]; };
struct sigaction { void (*sa_handler)(int); sigset_t sa_mask; int sa_flags; };
struct flock { short l_type, l_whence; off_t l_start, l_len; pid_t l_pid; };
//@fn void * : malloc calloc realloc reallocarray memcpy memmove memset memchr memrchr memmem mempcpy bsearch mmap alloca aligned_alloc dlopen dlsym
//@fn char * : strcpy strncpy strcat strncat strchr strrchr strstr strcasestr strdup strndup strtok strtok_r strerror getenv strpbrk fgets setlocale ctime asctime realpath getcwd dlerror strsep stpcpy basename dirname
//@fn size_t : strlen strnlen strspn strcspn fread fwrite wcslen strftime mbstowcs wcstombs strxfrm
//@fn double : sin cos tan asin acos atan atan2 sinh cosh tanh exp log log10 log2 log1p expm1 pow sqrt cbrt ceil floor fabs fmod ldexp frexp modf round trunc rint hypot copysign nextafter strtod atof difftime erf erfc tgamma lgamma fmin fmax fma remainder scalbn logb nearbyint exp2 asinh acosh atanh
//@fn float : sqrtf fabsf floorf ceilf roundf powf expf logf sinf cosf fmodf strtof
//@fn long : strtol atol labs lround lrint ftell sysconf random
//@fn unsigned long : strtoul
//@fn long long : strtoll llabs llround atoll
//@fn unsigned long long : strtoull
//@fn FILE * : fopen fdopen popen freopen tmpfile
//@fn DIR * : opendir
//@fn struct dirent * : readdir
//@fn time_t : mktime timegm
//@fn struct tm * : localtime gmtime localtime_r gmtime_r
//@fn struct lconv * : localeconv
//@fn ssize_t : recv recvfrom sendto readlink pread pwrite
//@fn off_t : lseek
//@fn struct passwd * : getpwuid getpwnam
//@fn struct group * : getgrgid getgrnam
//@fn void : free abort qsort perror rewind freeaddrinfo
