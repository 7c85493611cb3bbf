package cfront

import "strings"

// set makes a set of the words of s.
func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

var (
	// keywords are the words that are never a type, macro or variable to
	// synthesize.
	keywords = set(`auto break case char const continue default do double else enum extern float for goto if inline int long
		register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while
		_Bool _Complex _Imaginary _Alignas _Alignof _Atomic _Generic _Noreturn _Static_assert _Thread_local
		__attribute__ __attribute __extension__ __inline __inline__ __restrict __restrict__ __const __const__ __volatile__ __volatile
		__asm__ __asm asm typeof __typeof__ __typeof __thread __signed__ __int128 __int128_t __uint128_t __float128 _Float128 _Float16 _Float32 _Float64
		__real__ __imag__ __alignof__ __label__ __auto_type static_assert defined bool`)

	// typeWords begin or are a type specifier of the language.
	typeWords = set(`char double enum float int long short signed struct union unsigned void _Bool _Complex typeof __typeof__
		__int128 __int128_t __uint128_t bool __builtin_va_list va_list __signed__ size_t ssize_t`)

	// statementWords begin a statement.
	statementWords = set(`if for while do switch return goto break continue`)

	pythonHeaders = set(`Python.h datetime.h frameobject.h structseq.h pythread.h marshal.h patchlevel.h pyconfig.h pymem.h object.h
		pyport.h unicodeobject.h bytesobject.h pystate.h node.h code.h compile.h eval.h ceval.h traceback.h import.h modsupport.h
		longintrepr.h pytime.h pymacro.h osdefs.h descrobject.h genobject.h methodobject.h pyerrors.h pydebug.h abstract.h
		listobject.h tupleobject.h dictobject.h floatobject.h longobject.h weakrefobject.h moduleobject.h objimpl.h
		pymath.h pyhash.h pystrtod.h pyatomic.h typeslots.h cpython/code.h internal/pycore_frame.h`)

	systemHeaders = set(`assert.h complex.h ctype.h errno.h fenv.h float.h inttypes.h iso646.h limits.h locale.h math.h setjmp.h signal.h
		stdalign.h stdarg.h stdatomic.h stdbool.h stddef.h stdint.h stdio.h stdlib.h stdnoreturn.h string.h strings.h tgmath.h
		threads.h time.h uchar.h wchar.h wctype.h unistd.h fcntl.h dirent.h dlfcn.h grp.h pwd.h poll.h pthread.h sched.h
		semaphore.h termios.h utime.h utmp.h utmpx.h netdb.h ifaddrs.h memory.h malloc.h alloca.h paths.h syslog.h endian.h byteswap.h
		langinfo.h libgen.h glob.h regex.h fnmatch.h getopt.h execinfo.h spawn.h iconv.h wait.h values.h features.h
		net/if.h netinet/in.h netinet/tcp.h arpa/inet.h sys/types.h sys/stat.h sys/time.h sys/socket.h sys/mman.h sys/param.h
		sys/resource.h sys/select.h sys/wait.h sys/un.h sys/uio.h sys/ioctl.h sys/utsname.h sys/file.h sys/times.h sys/sysinfo.h
		sys/syscall.h sys/vfs.h sys/statvfs.h sys/epoll.h sys/event.h sys/poll.h sys/xattr.h sys/prctl.h sys/errno.h sys/cdefs.h sys/timeb.h`)

	// otherPlatforms are macros that hold on other systems or builds; the
	// variant pass leaves them undefined.
	otherPlatforms = set(`_WIN32 WIN32 _WIN64 WIN64 _MSC_VER MS_WINDOWS MS_WIN32 MS_WIN64 __APPLE__ __MACH__ __FreeBSD__ __OpenBSD__
		__NetBSD__ __DragonFly__ __sun __sun__ __SVR4 __CYGWIN__ __MINGW32__ __MINGW64__ _AIX __hpux __hpux__ __sgi __VMS __vms VMS
		__cplusplus __clang__ __INTEL_COMPILER __SUNPRO_C __BORLANDC__ __WATCOMC__ __TINYC__ __ANDROID__ __EMSCRIPTEN__ __wasi__ __HAIKU__
		PYPY_VERSION Py_LIMITED_API Py_DEBUG Py_TRACE_REFS Py_REF_DEBUG Py_GIL_DISABLED NDEBUG SWIG macintosh DEBUG NEED_UNUSED_SYMBOL
		MS_APP MS_UWP DOXYGEN S_SPLINT_S __CODEGEARC__ __BIG_ENDIAN__ WORDS_BIGENDIAN CYTHON_LIMITED_API CYTHON_COMPILING_IN_PYPY`)
)
