package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// htmlReport runs the program on the path and returns the name of its report.
func htmlReport(t *testing.T, path string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "report.html")
	out, code := command(t, ".", nil, "refcheck", "--isolated", "--exit-zero", "-o", "html:"+name, "--output-format", "concise", path)
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, out)
	}
	return name
}

// Expressions about the page.
const (
	shownRules  = `[...document.querySelectorAll(".finding:not([hidden])")].map(f => f.dataset.rule).join(" ")`
	shownFiles  = `[...new Set([...document.querySelectorAll(".finding:not([hidden])")].map(f => f.dataset.file.replace(/.*\//, "")))].join(" ")`
	currentRule = `[...document.querySelectorAll(".finding.current")].map(f => f.dataset.rule + (f.open ? " open" : "")).join(" ")`
	shownText   = `document.getElementById("shown").textContent`
	openCount   = `String(document.querySelectorAll(".finding[open]").length)`
	// how far the page can be scrolled to the side
	overflow = `String(document.documentElement.scrollWidth - innerWidth)`
)

// TestHTML looks at reports in a real browser.
func TestHTML(t *testing.T) {
	b := newBrowser(t)
	for _, test := range []struct {
		name string
		run  func(*testing.T, *browser)
	}{
		{"use", testHTMLUse},
		{"path", testHTMLPath},
		{"schemes and widths", testHTMLSchemesAndWidths},
		{"none and many", testHTMLNoneAndMany},
	} {
		t.Run(test.name, func(t *testing.T) {
			b.t = t
			test.run(t, b)
			b.quiet()
		})
	}
}

// testHTMLUse reads a report as a user does: with filters, keys, and links.
func testHTMLUse(t *testing.T, b *browser) {
	report := htmlReport(t, "../../testdata/demo")
	const all = "RC302 RC402 RC403 RC301 RC401 RC103 RC412 RC104 RC203 RC201 RC205 RC101 RC102 RC202"
	b.emulate(1200, "light")
	b.open(report, "")
	b.want("at first", shownRules, all)
	b.want("at first", shownText, "14 shown")
	b.want("at first", currentRule, "")

	b.choose("rule", "RC102")
	b.want("one rule", shownRules, "RC102")
	b.want("one rule", shownText, "1 of 14 shown")
	b.choose("rule", "")
	b.want("all rules", shownRules, all)
	b.choose("file", b.run(`[...document.querySelectorAll("#file option")].map(o => o.value).find(v => v.endsWith("ticket.c"))`))
	b.want("one file", shownFiles, "ticket.c")
	b.click(`input[value="warning"]`)
	b.want("one file, errors only", shownRules, "RC101 RC202")
	b.choose("rule", "RC302")
	b.want("nothing", shownText, "0 of 14 shown")
	b.want("nothing", `String(document.getElementById("nothing").checkVisibility())`, "true")
	b.open(report, "")

	b.press("/Spool_peek")
	b.want("search", shownRules, "RC301")
	b.press(kb.Escape)
	b.press("j")
	b.want("search, then j", currentRule, "RC301")
	b.open(report, "")

	b.press("jj")
	b.want("jj", currentRule, "RC402")
	b.press(kb.Enter)
	b.want("Enter", currentRule, "RC402 open")
	b.press(kb.Enter)
	b.want("Enter twice", currentRule, "RC402")
	b.press("k")
	b.press("k")
	b.want("kk at the top", currentRule, "RC302 open")
	b.press(strings.Repeat("j", 40))
	b.want("j at the end", currentRule, "RC202")
	b.want("j at the end: in view", `String((r => r.top >= 0 && r.bottom <= innerHeight)(document.querySelector(".current").getBoundingClientRect()))`, "true")
	b.press("o")
	b.want("o", openCount, "14")
	b.press("o")
	b.want("o twice", openCount, "0")
	b.press("?")
	b.want("?", `String(document.getElementById("help").open)`, "true")
	b.press(kb.Escape)
	b.want("Esc", `String(document.getElementById("help").open)`, "false")
	b.click(`[data-rule="RC203"] > summary`)
	b.want("click", currentRule, "RC203 open")
	b.want("the address follows", `String(location.hash === "#" + document.querySelector(".current").id)`, "true")

	b.open(report, b.run("location.hash"))
	b.want("a link to a finding", currentRule, "RC203 open")
}

// testHTMLPath: the path of a finding is drawn into its source, from step to step,
// each with the counts that the model saw.
func testHTMLPath(t *testing.T, b *browser) {
	b.emulate(1200, "light")
	report := htmlReport(t, "../../testdata/demo/ticket.c")
	b.open(report, "")
	b.want("the first is open", `document.querySelector(".finding[open]").dataset.rule`, "RC101")
	b.open(report, b.run(`"#" + document.querySelector("[data-rule=RC102]").id`))
	b.run(`(() => { document.querySelector(".finding").open = false; return "" })()`)
	// What is seen from top to bottom: lines, steps, and counts; folded lines are not.
	b.want("the path", `[...document.querySelector(".finding[open] .source").querySelectorAll(".line, .step, .fold > summary")]
		.filter(e => e.checkVisibility()).map(e => e.matches(".step")
			? "(" + e.querySelector(".dot").textContent + " x" + e.querySelector(".count").textContent + ")"
			: e.matches(".line") ? e.querySelector(".num").textContent : "...").join(" ")`,
		"40 41 ... 52 53 54 55 (1 x1) 56 (2 x1) 57 58 59 60 (3 x1) 61 62 63 64 65 66 67 68 69 (4 x1) 70")
	b.want("where the fix belongs", `document.querySelector(".finding[open] mark.final").textContent`, "return -1;")
	b.want("who holds it at the end", `document.querySelector(".finding[open] .step.end .objects").textContent.trim()`, "1 'value' (line 55) held by nobody")
	// The rail joins the dots: it is drawn from the first step to the last, without a gap.
	b.want("the rail", `[...document.querySelector(".finding[open] .source").querySelectorAll(".line, .step")]
		.filter(e => e.checkVisibility() && getComputedStyle(e).backgroundImage !== "none")
		.map(e => e.matches(".step") ? "*" : "|").join("")`, "*|*||||*|||||||||*")
	// What the fix changes, as lines that go and lines that come.
	b.want("the fix", `[...document.querySelectorAll(".finding[open] .patch .line")].map(e => e.className.slice(5) + e.innerText.replace(/\s+/g, " ")).join("; ")`,
		"add+ Py_XDECREF(value);")
	b.click(".finding[open] .fold > summary")
	b.want("unfolded", `String([...document.querySelectorAll(".finding[open] .fold .line")].every(e => e.checkVisibility()))`, "true")
}

// faint returns, as JavaScript, the names of elements whose text is too faint on
// its background (below 4.5:1, WCAG 2.2, 1.4.3).
const faint = `(() => {
	const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
	const rgba = c => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1); return canvas.getImageData(0, 0, 1, 1).data; };
	const lum = c => [0, 1, 2].map(i => c[i] / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
		.reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
	const behind = e => { for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] > 0) return c; } };
	const bad = new Set();
	for (const e of document.querySelectorAll("h1, h2, p, label, output, select, button, .badge, .message, .where, .name, .num, .sign, code, mark, .dot, .what, .count, .object, .holders, dt, dd, dd b, a, footer")) {
		if (!e.checkVisibility() || !e.textContent.trim()) continue;
		const [a, b] = [lum(rgba(getComputedStyle(e).color)), lum(behind(e))].sort((x, y) => y - x);
		const ratio = (a + .05) / (b + .05);
		if (ratio < 4.5) bad.add(e.tagName + "." + e.className + " " + ratio.toFixed(1));
	}
	return [...bad].join("; ");
})()`

// hardFile has what does not fit: a long line, long names, tabs, wide characters.
var hardFile = strings.ReplaceAll(strings.ReplaceAll(leakyFile, "PyList_New(0)",
	"make_something("+strings.Repeat("\"漢字🎉é\", an_argument, ", 20)+"0)"), "    return", "\t\treturn") +
	"static PyObject *make_something(void) { return PyList_New(0); }\n" +
	strings.Replace(leakyFile, "f(PyObject", strings.Repeat("very_long_name_", 12)+"(PyObject", 1)

// testHTMLSchemesAndWidths: readable in light and dark, and on a phone.
func testHTMLSchemesAndWidths(t *testing.T, b *browser) {
	dir := t.TempDir()
	deep := filepath.Join(dir, strings.Repeat("deep_folder_name/", 6))
	if err := os.MkdirAll(deep, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(deep, "hard.c"), []byte(hardFile), 0o666); err != nil {
		t.Fatal(err)
	}
	hard := htmlReport(t, dir)
	for name, report := range map[string]string{"demo": htmlReport(t, "../../testdata/demo"), "hard": hard} {
		for _, scheme := range []string{"light", "dark"} {
			for _, width := range []int64{1200, 390} {
				what := fmt.Sprintf("%s, %s, %d pixels wide", name, scheme, width)
				b.emulate(width, scheme)
				b.open(report, "")
				b.run(`(() => { document.querySelectorAll("details").forEach(d => { d.open = true; }); return "" })()`)
				b.want(what+": findings", `String(document.querySelectorAll(".finding").length > 1)`, "true")
				b.want(what+": faint text", faint, "")
				b.want(what+": to the side", overflow, "0")
				b.want(what+": dark", `String(parseInt(getComputedStyle(document.body).backgroundColor.slice(4)) < 60)`,
					fmt.Sprint(scheme == "dark"))
			}
		}
	}
}

// testHTMLNoneAndMany: a report of nothing, and one of 500 findings.
func testHTMLNoneAndMany(t *testing.T, b *browser) {
	b.emulate(390, "light")
	b.open(htmlReport(t, "../../testdata/demo_fixed"), "")
	b.want("none", `document.querySelector("main").innerText.trim()`, "Nothing to report.")
	b.want("none: to the side", overflow, "0")
	b.press("jk/?") // keys that have nothing to do
	b.press(kb.Escape)

	text := "#include <Python.h>\n"
	for i := range 500 {
		text += fmt.Sprintf("int f%d(void)\n{\n    PyObject *x = PyList_New(%d);\n    return x != NULL;\n}\n", i, i)
	}
	file := filepath.Join(t.TempDir(), "many.c")
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	b.emulate(1200, "light")
	b.open(htmlReport(t, file), "")
	b.want("many", shownText, "500 shown")
	b.want("many: paths", `String(document.querySelectorAll(".step.end").length)`, "500")
	b.press("/ f499")
	b.want("many: search", shownText, "1 of 500 shown")
	b.press(kb.Escape)
	b.press("j" + kb.Enter)
	b.want("many: opened", currentRule, "RC101 open")
}
