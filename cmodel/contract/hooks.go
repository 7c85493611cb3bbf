package contract

import "strings"

// A Hook says how a call of an API function comes to run Python code, and what
// that code can do to the arguments.
type Hook struct {
	// Name is what the interpreter calls: "__eq__", "a finalizer"; "" if the call runs
	// no Python code.
	Name string
	// Odd: most objects have no such code in Python.
	Odd bool
	// Key: it is the code of a key, which is a str in most dicts.
	Key bool
	// Number: it converts the argument to a number; ints and floats have none.
	Number bool
	// Rare: it takes code that hardly any program has.
	Rare bool
	// Again: the callee uses its arguments again after the Python code had its turn
	// (reflected operations, retries, the text of an error), and does not hold them.
	Again bool
	// Own: it is a method of an argument, which need not hold the object that it runs on.
	Own bool
}

// family is a set of API functions with the same hook. A name ends in * for all
// that begin like it.
type family struct {
	names string
	hook  Hook
}

// families are asked in order. Sources: Objects/abstract.c, object.c, call.c,
// dictobject.c and longobject.c of CPython 3.8 to 3.13.
var families = []family{
	{"PyObject_RichCompare* PyObject_Compare PyObject_Cmp", Hook{Name: "__eq__ or another comparison", Again: true}},
	{"PySequence_Contains PySequence_In PySequence_Count PySequence_Index _PySequence_IterSearch", Hook{Name: "__eq__ or __contains__"}},
	{"PyNumber_Index PyNumber_AsSsize_t _PyNumber_Index _PyEval_SliceIndex PySlice_Unpack", Hook{Name: "__index__", Number: true}},
	{"PyNumber_Long PyNumber_Float PyNumber_Int PyNumber_ToBase", Hook{Name: "__int__, __float__ or __index__", Number: true, Again: true}},
	{"PyNumber_Absolute PyNumber_Negative PyNumber_Positive PyNumber_Invert", Hook{Name: "a method of the operand"}},
	{"PyNumber_*", Hook{Name: "an operator method, __add__ and the like", Again: true}},
	{"PyLong_As* _PyLong_As* PyInt_As* PyFloat_AsDouble PyComplex_As* PyLong_AS_LONG", Hook{Name: "__index__ or __float__", Number: true, Odd: true}},
	{"PyObject_CallMethodOneArg PyObject_CallMethodObjArgs _PyObject_CallMethod*OneArg _PyObject_CallMethodIdObjArgs", Hook{Name: "__getattr__, for the method,", Again: true}},
	{"PyObject_CallFunctionObjArgs PyObject_CallOneArg _PyObject_CallOneArg", Hook{Name: "the function called", Again: true}},
	{"PyObject_Call* _PyObject_Call* _PyObject_FastCall* PyVectorcall_Call PyCFunction_Call", Hook{Name: "the function called"}},
	{"PyIter_Next", Hook{Name: "__next__", Again: true}},
	{"PyIter_* PyObject_GetIter PyObject_GetAIter", Hook{Name: "__next__ or __iter__"}},
	{"PySequence_Fast PySequence_List PySequence_Tuple", Hook{Name: "__iter__ or __next__"}},
	{"PyObject_Hash", Hook{Name: "__hash__"}},
	{"PyObject_IsTrue PyObject_Not", Hook{Name: "__bool__ or __len__"}},
	{"PyObject_Size PyObject_Length* PySequence_Size PySequence_Length PyMapping_Size PyMapping_Length", Hook{Name: "__len__"}},
	{"PyObject_Str PyObject_Repr PyObject_ASCII PyObject_Bytes PyObject_Format PyObject_Unicode PyObject_Print PyUnicode_Format", Hook{Name: "__str__, __repr__ or __format__", Own: true}},
	{"PyUnicode_FromFormat* PyErr_Format* _PyErr_Format* PyUnicodeWriter_*", Hook{Name: "__str__ or __repr__", Own: true}},
	{"PyDict_Next", Hook{}},
	{"PyDict_GetItem* _PyDict_GetItem* PyDict_Contains _PyDict_Contains* PyDict_SetItem PyDict_DelItem PyDict_SetDefault* PyDict_Pop PySet_* PyODict_*", Hook{Name: "__hash__ or __eq__ of the key", Odd: true, Key: true}},
	{"PyObject_GetItem PySequence_GetItem PySequence_ITEM PyObject_SetItem PyObject_DelItem PySequence_SetItem PySequence_DelItem PyMapping_*", Hook{Name: "__getitem__, __setitem__ or __hash__"}},
	{"PySequence_*", Hook{Name: "a method of the sequence"}},
	{"PyDict_* PyList_*", Hook{Name: "__hash__, __eq__ or __iter__"}},
	{"PyUnicode_FSConverter PyUnicode_FSDecoder PyOS_FSPath", Hook{Name: "__fspath__", Again: true}},
	{"PyArg_* _PyArg_*", Hook{Name: "__index__ or another conversion"}},
	{"PyObject_GetBuffer PyMemoryView_FromObject", Hook{Name: "__buffer__", Rare: true}},
	{"PyObject_IsInstance PyObject_IsSubclass", Hook{Name: "__instancecheck__ or __subclasscheck__", Rare: true}},
	{"PyObject_*Attr* _PyObject_*Attr* _PyObject_GetMethod _PyObject_LookupSpecial*", Hook{Name: "__getattr__, __setattr__ or a descriptor", Odd: true}},
	{"PyFile_*", Hook{Name: "a method of the file"}},
	{"PySys_Write* PySys_Format*", Hook{Name: "write of sys.stdout or sys.stderr"}},
	{"PyErr_Warn*", Hook{Name: "a warning filter or showwarning", Rare: true}},
	{"PyImport_*", Hook{Name: "an import", Rare: true}},
	{"PyBuffer_Release", Hook{Name: "__release_buffer__", Rare: true}},
	{"PyUnicode_Join PyBytes_Join _PyBytes_Join", Hook{Name: "__iter__ or __next__", Rare: true}},
	{"PyRun_* PyEval_Eval*", Hook{Name: "the code"}},
	{"PyErr_* _PyErr_* PyUnicode_* PyCodec_* PyType_* PyModule_* PyLong_* PyBytes_* PySys_* PyThreadState_* PyGILState_*", Hook{Name: "Python code", Rare: true}},
	{"*", Hook{Name: "Python code"}},
}

// Hook says what runs in a call of f, if anything.
func (f *Func) Hook() Hook {
	switch f.Runs {
	case RunsNothing:
		if !f.RunsByFormat {
			return Hook{}
		}
	case RunsDecref:
		return Hook{Name: "__del__", Rare: true}
	}
	for i := range families {
		for name := range strings.FieldsSeq(families[i].names) {
			if matchName(name, f.Name) {
				return families[i].hook
			}
		}
	}
	return Hook{}
}

// matchName compares a name with a pattern in which * stands for anything.
func matchName(pattern, name string) bool {
	before, after, any := strings.Cut(pattern, "*")
	if !any {
		return pattern == name
	}
	if !strings.HasPrefix(name, before) {
		return false
	}
	if after == "" {
		return true
	}
	for i := len(before); i <= len(name); i++ {
		if matchName(after, name[i:]) {
			return true
		}
	}
	return false
}
