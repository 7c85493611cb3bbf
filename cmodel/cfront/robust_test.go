package cfront

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// TestTruncated parses every prefix of a module, and versions of it with bytes
// changed: there may be errors, but it must come back.
func TestTruncated(t *testing.T) {
	text := spam + "int f(int a) { switch (a) { case 1: { return \"x\\\"\"[0]; } default: break; } while (a--) if (a) ; else a = (a, 2); return 'c'; }\n"
	const odd = "(){}[];,#\"'*\\\n\x00\xff/@:?"
	step := 1
	if testing.Short() {
		step = 7
	}
	for n := 0; n < len(text); n += step {
		_, _ = parseText("spam.c", text[:n], Options{}) // must not panic
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 300 / step {
		b := []byte(text)
		for range 1 + rnd.IntN(6) {
			switch i := rnd.IntN(len(b)); rnd.IntN(3) {
			case 0:
				b[i] = odd[rnd.IntN(len(odd))]
			case 1:
				b = append(b[:i], b[min(len(b), i+rnd.IntN(40)):]...)
			case 2:
				b = append(b[:i:i], append([]byte("#if X\n"), b[i:]...)...)
			}
			if len(b) == 0 {
				b = []byte(" ")
			}
		}
		_, _ = parseText("spam.c", string(b), Options{})
	}
}

// TestHostile has inputs that would make the parser overflow its stack, run
// forever or eat all memory. Each must end soon, with or without an error.
func TestHostile(t *testing.T) {
	nest := func(open, middle, close string, n int) string {
		return strings.Repeat(open, n) + middle + strings.Repeat(close, n)
	}
	const n = 100000
	for name, src := range map[string]string{
		"parentheses":    "int f(int a) { return " + nest("(", "a", ")", n) + "; }",
		"open only":      "int f(int a) { return " + strings.Repeat("(", n),
		"braces":         "int f(int a) " + nest("{", "", "}", n),
		"brackets":       "int f(int a) { return " + nest("a[", "0", "]", n) + "; }",
		"unary":          "int f(int a) { return " + strings.Repeat("!", n) + "a; }",
		"minus":          "int f(int a) { return " + strings.Repeat("- ", n) + "a; }",
		"labels":         "int f(int a) { " + strings.Repeat("x: ", n) + "; }",
		"conditions":     nest("#if 1\n", "int f(void) { return 0; }\n", "#endif\n", n),
		"else if":        "int f(int a) { if (a) ; " + strings.Repeat("else if (a) ;\n", 20000) + " return 0; }\nint ok(void) { return 0; }",
		"if":             "int f(int a) { " + strings.Repeat("if (a) ", n) + "; }",
		"else":           "int f(int a) { " + strings.Repeat("if (a) ; else ", 20000) + "; }",
		"sizeof":         "int f(int a) { return " + strings.Repeat("sizeof ", n) + "a; }",
		"conditional":    "int f(int a) { return " + strings.Repeat("a ? a : ", n) + "a; }",
		"assignment":     "int f(int a) { " + strings.Repeat("a = ", n) + "a; }",
		"pointers":       "int " + strings.Repeat("*", n) + "f(int a) { return 0; }",
		"macro doubling": macroBomb("x x", "A%d A%d", 40) + "int f(int a) { return a A40; }",
		"macro nesting":  macroBomb("((((((((((", "A%d A%d A%d A%d A%d A%d A%d A%d A%d A%d", 6) + "int f(int a) { return A6 a; }",
		"macro calls":    callBomb(20) + "int f(int a) { return F20(a); }",
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			p, err := parseText("spam.c", src, Options{})
			if d := time.Since(start); d > 20*time.Second {
				t.Errorf("took %v", d)
			}
			if name == "else if" && (err != nil || len(intact(p)) != 1) {
				t.Errorf("the function after the chain is lost: %v", err)
			}
		})
	}
}

// macroBomb defines A1 as first and each further macro by the one before it.
func macroBomb(first, next string, n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "#define A1 %s\n", first)
	for i := 2; i <= n; i++ {
		fmt.Fprintf(&b, "#define A%d %s\n", i, strings.ReplaceAll(next, "%d", fmt.Sprint(i-1)))
	}
	return b.String()
}

// callBomb defines macros that nest their argument ever deeper.
func callBomb(n int) string {
	var b strings.Builder
	b.WriteString("#define F1(x) ((x))\n")
	for i := 2; i <= n; i++ {
		fmt.Fprintf(&b, "#define F%d(x) F%d(F%d(x))\n", i, i-1, i-1)
	}
	return b.String()
}

// TestIncludeCycles has headers that include each other with and without guards.
func TestIncludeCycles(t *testing.T) {
	inTree(t, `
-- self.c --
#include "self.c"
int self(void) { return 0; }
-- once.c --
#include "once1.h"
int once(void) { return 0; }
-- once1.h --
#pragma once
#include "once2.h"
-- once2.h --
#pragma once
#include "once1.h"
-- cycle.c --
#include "c1.h"
int cycle(void) { return 0; }
-- c1.h --
#include "c2.h"
static int c1(void);
-- c2.h --
#include "c1.h"
static int c2(void);
-- guard.c --
#include "g1.h"
int guard(void) { return 0; }
-- g1.h --
#ifndef G1
#define G1
#include "g2.h"
#endif
-- g2.h --
#if !defined(G2)
#define G2
#include "g1.h"
#endif
-- twice.c --
#ifndef PASS
#define PASS 1
#define NAME(x) x##1
#include "twice.c"
#undef NAME
#define NAME(x) x##2
#endif
int NAME(twice)(void) { return 0; }
`)
	p := open(t, Options{Roots: []string{"."}})
	for _, name := range []string{"self", "once", "cycle", "guard"} {
		wantStrings(t, name, allIntact(load(t, p, name+".c"))[:1], name)
	}
	wantStrings(t, "twice", allIntact(load(t, p, "twice.c")), "twice1", "twice2")
}

// TestIncludeBomb includes exponentially much text.
func TestIncludeBomb(t *testing.T) {
	var b strings.Builder
	b.WriteString("\n-- bomb.c --\n#include \"h1.h\"\nint f(void) { return 0; }\n")
	for i := 1; i < 40; i++ {
		fmt.Fprintf(&b, "-- h%d.h --\n#include \"h%d.h\"\n#include \"h%d.h\"\nint x%d;\n", i, i+1, i+1, i)
	}
	inTree(t, b.String())
	p := open(t, Options{Roots: []string{"."}})
	if _, err := p.Load(context.Background(), "bomb.c"); err == nil || !strings.Contains(err.Error(), "includes expand") {
		t.Errorf("error: %v", err)
	}
}

func TestLoadCancelled(t *testing.T) {
	inTree(t, tree)
	p := open(t, Options{Roots: []string{"."}})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := p.Load(ctx, "src/a.c"); err == nil {
		t.Error("no error")
	}
}

func FuzzParseText(f *testing.F) {
	f.Add(spam)
	f.Add("#define A(x) x\nint f(A(int) a) { return A(a); }")
	f.Fuzz(func(t *testing.T, src string) {
		start := time.Now()
		_, _ = parseText("fuzz.c", src, Options{})
		if d := time.Since(start); d > 10*time.Second {
			t.Errorf("took %v", d)
		}
	})
}
