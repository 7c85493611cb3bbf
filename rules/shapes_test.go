package rules

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// thinShapes is the number of shapes in docs/thin-ice.md.
const thinShapes = 13

var fixtureName = regexp.MustCompile("`(\\w+\\.c):(\\w+)`")

// TestThinIceShapes compares the table of shapes with the fixtures: each shape has a bug, a twin and a look-alike,
// and they are functions that are there, with the verdict that the column asks for.
func TestThinIceShapes(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "docs", "thin-ice.md"))
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]fixtureFunc{}
	for _, folder := range []string{"danglingbuffer", "releasethenset", "thinicecall", "thinicegil", "thiniceiter", "useafterrelease"} {
		maps.Copy(known, fixtureFuncs(t, folder))
	}
	shapes := 0
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "| S") {
			continue
		}
		shapes++
		cells := strings.Split(strings.Trim(line, "| \n"), "|")
		if len(cells) != 4 {
			t.Fatalf("%d columns, want 4: %s", len(cells), line)
		}
		for i, suffix := range []string{"_bad", "_ok", "_ok"} {
			names := fixtureName.FindAllStringSubmatch(cells[i+1], -1)
			if len(names) == 0 {
				t.Errorf("nothing in column %d: %s", i+1, line)
			}
			for _, m := range names {
				if _, ok := known[m[1]+":"+m[2]]; !ok || !strings.HasSuffix(m[2], suffix) {
					t.Errorf("%s:%s is no function *%s of a fixture", m[1], m[2], suffix)
				}
			}
		}
	}
	if shapes != thinShapes {
		t.Errorf("%d shapes, want %d", shapes, thinShapes)
	}
}
