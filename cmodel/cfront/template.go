package cfront

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// NumPy writes C that differs only in types as templates:
//
//	/**begin repeat
//	 * #name = add, sub#
//	 * #op = +, -#
//	 */
//	int @name@(int a, int b) { return a @op@ b; }
//	/**end repeat**/
//
// Loops nest as repeat1, repeat2 and so on.

// expandTemplate writes out the loops of a template. lines gives, for each line
// of the result, the line of the template it came from.
func expandTemplate(text []byte, limit int64) (out []byte, lines []int32, err error) {
	e := &expander{limit: int(limit)}
	if err := e.expand(string(text), 1, 0, nil); err != nil {
		return nil, nil, err
	}
	lines = append(e.lines, e.line)
	return e.out.Bytes(), lines, nil
}

type expander struct {
	out   bytes.Buffer
	lines []int32 // of finished lines
	line  int32   // template line of the unfinished one
	limit int
}

// A repeat is one loop: offsets of its parts in the text.
type repeat struct{ start, body, stop, end int }

// expand writes text, of which the first line is the given one of the template.
func (e *expander) expand(text string, line int32, level int, env map[string]string) error {
	at := 0
	for {
		r, ok := findRepeat(text, at, level)
		if !ok {
			break
		}
		if err := e.emit(text[at:r.start], line+newlines(text[:at]), env); err != nil {
			return err
		}
		head := line + newlines(text[:r.start])
		rounds, err := parseHeader(text[r.start:r.body])
		if err != nil {
			return fmt.Errorf("template: line %d: %w", head, err)
		}
		for _, vars := range rounds {
			for k, v := range env {
				vars[k] = v
			}
			if err := e.expand(text[r.body:r.stop], line+newlines(text[:r.body]), level+1, vars); err != nil {
				return err
			}
		}
		at = r.end
	}
	return e.emit(text[at:], line+newlines(text[:at]), env)
}

func newlines(s string) int32 { return int32(strings.Count(s, "\n")) }

// findRepeat finds the next loop of a level.
func findRepeat(text string, from, level int) (repeat, bool) {
	suffix := ""
	if level > 0 {
		suffix = strconv.Itoa(level)
	}
	start := strings.Index(text[from:], "/**begin repeat"+suffix)
	if start < 0 {
		return repeat{}, false
	}
	r := repeat{start: from + start}
	comment := strings.Index(text[r.start:], "*/")
	if comment < 0 {
		return repeat{}, false
	}
	r.body = lineEnd(text, r.start+comment)
	stop := strings.Index(text[r.body:], "/**end repeat"+suffix+"**/")
	if stop < 0 {
		return repeat{}, false
	}
	r.stop = r.body + stop
	r.end = lineEnd(text, r.stop)
	return r, true
}

// lineEnd returns the offset after the newline at or after i.
func lineEnd(text string, i int) int {
	if n := strings.IndexByte(text[i:], '\n'); n >= 0 {
		return i + n + 1
	}
	return len(text)
}

var templateName = regexp.MustCompile(`@(\w+)@`)

// emit writes text with names replaced; unknown names stay.
func (e *expander) emit(text string, line int32, env map[string]string) error {
	for piece := range strings.Lines(text) {
		if len(env) > 0 && strings.IndexByte(piece, '@') >= 0 {
			piece = templateName.ReplaceAllStringFunc(piece, func(m string) string {
				if v, ok := env[m[1:len(m)-1]]; ok {
					return v
				}
				return m
			})
		}
		if e.out.Len()+len(piece) > e.limit {
			return fmt.Errorf("template expands to more than %s", sizeText(int64(e.limit)))
		}
		e.out.WriteString(piece)
		e.line = line
		if strings.HasSuffix(piece, "\n") {
			e.lines = append(e.lines, line)
			line++
		}
	}
	return nil
}

var (
	headerFold  = regexp.MustCompile(`\n\s*\*?`)
	headerNames = regexp.MustCompile(`#\s*(\w+)\s*=([^#]*)#`)
	groupTimes  = regexp.MustCompile(`\(([^)]*)\)\*(\d+)`)
	valueTimes  = regexp.MustCompile(`^([^*]+)\*(\d+)$`)
)

// parseHeader returns the names and values of each round of a loop.
func parseHeader(head string) ([]map[string]string, error) {
	head = headerFold.ReplaceAllString(strings.ReplaceAll(head, "\r", ""), "")
	var rounds []map[string]string
	for _, m := range headerNames.FindAllStringSubmatch(head, -1) {
		values := parseValues(m[2])
		if rounds == nil {
			rounds = make([]map[string]string, len(values))
			for i := range rounds {
				rounds[i] = map[string]string{}
			}
		}
		if len(values) != len(rounds) {
			return nil, fmt.Errorf("%s has %d values instead of %d", m[1], len(values), len(rounds))
		}
		for i, v := range values {
			rounds[i][m[1]] = v
		}
	}
	if rounds == nil {
		return nil, fmt.Errorf("loop without values")
	}
	return rounds, nil
}

// maxRounds bounds x*n in a loop header.
const maxRounds = 10000

// parseValues splits a list of values: (a, b)*2, c*3.
func parseValues(s string) []string {
	repeatList := func(m []string) []string {
		n, err := strconv.Atoi(m[2])
		if err != nil || n > maxRounds {
			n = maxRounds
		}
		list := make([]string, n)
		for i := range list {
			list[i] = m[1]
		}
		return list
	}
	s = groupTimes.ReplaceAllStringFunc(s, func(g string) string {
		return strings.Join(repeatList(groupTimes.FindStringSubmatch(g)), ",")
	})
	var out []string
	for _, v := range strings.Split(s, ",") {
		v = strings.TrimSpace(v)
		if m := valueTimes.FindStringSubmatch(v); m != nil {
			out = append(out, repeatList(m)...)
			continue
		}
		out = append(out, v)
	}
	return out
}
