package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A browser shows reports to tests.
type browser struct {
	t   *testing.T
	ctx context.Context

	mu       sync.Mutex
	requests []string // addresses that pages asked for
	trouble  []string // what pages wrote to the console, and their exceptions
}

// newBrowser starts Chromium, without which the test is skipped, but not in CI.
func newBrowser(t *testing.T) *browser {
	t.Helper()
	// The pages are ours, and neither containers nor all distributions allow a sandbox.
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.NoSandbox)
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	b := &browser{t: t, ctx: ctx}
	err := chromedp.Do(ctx, chromedp.Navigate("about:blank"))
	if errors.Is(err, exec.ErrNotFound) && os.Getenv("REFCHECK_REQUIRE_PYTHON") == "" {
		t.Skip(err)
	}
	b.check(err)
	_, err = chromedp.Call(ctx, network.Enable, network.EnableParams{})
	b.check(err)
	b.check(chromedp.Listen(ctx, b.listen))
	return b
}

func (b *browser) check(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *browser) listen(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		b.requests = append(b.requests, e.Request.URL)
	case *runtime.EventConsoleAPICalled:
		b.trouble = append(b.trouble, "the page wrote to the console")
	case *runtime.EventExceptionThrown:
		b.trouble = append(b.trouble, e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		b.trouble = append(b.trouble, e.Entry.Text)
	}
}

// emulate makes the window that wide, with a colour scheme.
func (b *browser) emulate(width int64, scheme string) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: width, Height: 800, DeviceScaleFactor: 1, Mobile: width < 500,
	})
	b.check(err)
	_, err = chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	b.check(err)
}

// open loads a file, with a fragment, as a link from elsewhere does.
func (b *browser) open(file, fragment string) {
	b.t.Helper()
	path, err := filepath.Abs(file)
	b.check(err)
	b.check(chromedp.Do(b.ctx, chromedp.Navigate("about:blank"), chromedp.Navigate("file://"+filepath.ToSlash(path)+fragment)))
}

// press types keys into whatever has the focus. As with a keyboard, a key whose
// press the page claims for itself types nothing, for which press and text have to
// come as one event.
func (b *browser) press(keys string) {
	b.t.Helper()
	for _, key := range keys {
		events := kb.Encode(key)
		for _, e := range events {
			if e.Type == input.DispatchKeyEventTypeChar {
				events[0].Text, events[0].UnmodifiedText = e.Text, e.UnmodifiedText
			}
		}
		for _, e := range []*input.DispatchKeyEventParams{events[0], events[len(events)-1]} {
			_, err := chromedp.Call(b.ctx, input.DispatchKeyEvent, *e)
			b.check(err)
		}
	}
}

// click clicks with the mouse in the middle of an element.
func (b *browser) click(css string) {
	b.t.Helper()
	b.check(chromedp.Do(b.ctx, chromedp.Click(chromedp.CSS(css))))
}

// choose picks a value from a list as a user does, who also makes an event.
func (b *browser) choose(id, value string) {
	b.t.Helper()
	b.run(`(e => { e.value = "` + value + `"; e.dispatchEvent(new Event("input", {bubbles: true})); return "" })(document.getElementById("` + id + `"))`)
}

// run evaluates an expression, which must be a string.
func (b *browser) run(expression string) string {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](expression))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// want evaluates an expression and compares.
func (b *browser) want(what, expression, want string) {
	b.t.Helper()
	if got := b.run(expression); got != want {
		b.t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

// quiet fails if a page asked for something but itself, or complained.
func (b *browser) quiet() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, url := range b.requests {
		if url != "about:blank" && !(strings.HasPrefix(url, "file://") && strings.HasSuffix(url, ".html")) {
			b.t.Errorf("the page asks for %s", url)
		}
	}
	if len(b.requests) == 0 {
		b.t.Error("no request was seen, not even for the page")
	}
	for _, s := range b.trouble {
		b.t.Errorf("in the console: %s", s)
	}
}
