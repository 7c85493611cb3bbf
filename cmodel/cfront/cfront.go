// Package cfront reads C extension modules without building them: it finds the
// files of a project, parses them over its own model of Python.h and the C
// library, and lowers them to the ownership IR.
//
// Nothing has to be there but the user's files. A missing header is empty, a name
// that nobody declares is taken for what it must be where it stands, and a
// function that cannot be parsed is left out and named, without its neighbours.
// The steps, each in a file of that name:
//
//	project   walk the user's paths, decide what is a translation unit
//	gofile    the C code of Go files
//	lex       tolerant tokens; replaces in place what the parser chokes on
//	comment   what comments tell refcheck, with the functions they stand at
//	chunk     functions and declarations by brackets alone
//	prepass   guesses what unknown names are from where they stand
//	link      resolves #include within the project
//	model     the parts of the model headers that a unit can use
//	prelude   declarations for unknown names
//	parse     calls the parser, leaving out what it cannot get over
//	unit      compares the result with the chunks; second view of inactive code
//	others    views for other versions of Python, of the functions that differ
package cfront

import "github.com/refcheck/refcheck/cmodel/ir"

// Options says what to read and how.
type Options struct {
	Roots        []string               // files and folders the user named
	IncludeDirs  []string               // as -I
	Defines      []string               // as -D: "NAME" or "NAME=VALUE"
	Undefs       []string               // as -U
	CompileDB    string                 // folder with compile_commands.json; "" = look for one
	PyMinor      int                    // target: 3.PyMinor; default 14
	FreeThreaded bool                   // the target is the free-threaded build
	Also         []Version              // others: functions that differ for them are read once more for each
	MaxFileBytes int64                  // larger files are named, not read; default 8 MiB
	Exclude      func(path string) bool // paths as reported; may be nil
	Stdin        []byte                 // text for the path "-"
	StdinName    string                 // its name in reports
	Overlay      map[string][]byte      // text of files, by absolute path, that counts instead of what is on disk
}

// A Skip is a file that was not analysed, and why: C++, too large, binary.
type Skip struct{ Path, Reason string }

// An Other is a view of a unit for a version of Python that is not the target.
type Other struct {
	Version Version
	parsed  *parsed
}

// A Unit is one translation unit, parsed and ready for lowering.
type Unit struct {
	Path string // the main file
	// Parses are one to three views of the unit: as configured; of code that is
	// inactive in the first one; with cruder guesses at macros, for functions
	// that are lost otherwise. Each repeats most functions: take the first
	// intact one by place and name.
	Parses []*parsed
	// Others are views of the unit for the versions in Options.Also, of the
	// functions that may differ there. Versions without such functions are left out.
	Others []*Other
	// Gaps are functions that are there but in no parse, because of syntax the
	// parser does not know. Those in headers are repeated by each unit.
	Gaps []ir.Gap
	// Inactive are functions for other platforms and configurations.
	Inactive []ir.Gap
	// Functions counts the function definitions in the main file and the .c
	// files it includes, without the inactive ones.
	Functions int
	Missing   []string // headers that were not found, sorted
	Generator string   // the tool that wrote the main file: "Cython"; "" for people
}
